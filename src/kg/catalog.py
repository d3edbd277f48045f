"""The catalogue of queries: `.rq` files with a described head, bound through their VALUES row."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

from pyoxigraph import Literal, NamedNode
from rapidfuzz import process

from kg.errors import CallerError

Parameter = NamedNode | Literal | str | None

_HEAD = re.compile(r"^#\+ *(\w+): *(.*)$", re.MULTILINE)
_VALUES = re.compile(r"VALUES\s*\(([^)]*)\)\s*\{\s*\(([\sUNDEF]*)\)\s*\}")


@dataclass(frozen=True)
class Query:
    """One catalogue query: runnable as it is, described by its head."""

    name: str
    text: str
    head: dict[str, str] = field(hash=False)

    @property
    def params(self) -> list[str]:
        """Give the names of the parameters in the order of the VALUES row."""
        found = _VALUES.search(self.text)
        return re.findall(r"\?(\w+)", found.group(1)) if found else []

    def bind(self, **values: Parameter) -> str:
        """Fill the VALUES row: a str becomes a plain literal, None stays unbound."""
        unknown = sorted(set(values) - set(self.params))
        if unknown:
            known = ", ".join(self.params) or "none"
            raise CallerError(f"Query {self.name} has no parameter {', '.join(unknown)}; it has: {known}.")
        names = " ".join(f"?{name}" for name in self.params)
        row = " ".join(_sparql(values.get(name)) for name in self.params)
        return _VALUES.sub(lambda _: f"VALUES ({names}) {{ ({row}) }}", self.text, count=1)


def _sparql(value: Parameter) -> str:
    if value is None:
        return "UNDEF"
    return str(Literal(value) if isinstance(value, str) else value)


@cache
def query_names() -> tuple[str, ...]:
    """List the names of all catalogue queries, for example `gaps/cells`."""
    return tuple(sorted(name for name, _ in _walk(_root(), "")))


def load_query(name: str) -> Query:
    """Load one catalogue query by its name."""
    if name not in query_names():
        near = ", ".join(hit[0] for hit in process.extract(name, query_names(), limit=3))
        raise CallerError(f"There is no query {name}; the nearest are {near}.")
    return read_query(name, _root().joinpath(f"{name}.rq").read_text(encoding="utf-8"))


def read_query(name: str, text: str) -> Query:
    """Make a query of a text with a `#+ key: value` head."""
    return Query(name, text, dict(_HEAD.findall(text)))


def queries_in(folder: str) -> list[Query]:
    """Load all catalogue queries of one folder, in the order of their names."""
    return [load_query(name) for name in query_names() if name.startswith(f"{folder}/")]


def _root() -> Traversable:
    return resources.files("kg") / "queries"


def _walk(folder: Traversable, prefix: str) -> Iterator[tuple[str, Traversable]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _walk(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith(".rq"):
            yield prefix + entry.name.removesuffix(".rq"), entry
