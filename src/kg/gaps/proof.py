"""Proof of a gap: the catalogue query as bound, its hash and its answer; and running it again."""

from collections.abc import Iterable, Mapping
from functools import cache

from pyoxigraph import Literal, NamedNode

from kg.catalog import Query, load_query
from kg.errors import CallerError
from kg.gaps.identity import text_hash
from kg.gaps.model import Fault, Gap, QueryProof
from kg.store import Row, Store

Bindings = tuple[dict[str, str], ...]


def proof(name: str, params: Mapping[str, str]) -> QueryProof:
    """Bind a catalogue query and keep its text and hash."""
    text = _bound(name, params)
    return QueryProof(name=name, params=dict(params), text=text, sha256=text_hash(text))


def _bound(name: str, params: Mapping[str, str]) -> str:
    return _query(name).bind(**{key: _term(value) for key, value in params.items()})


def _term(value: str) -> NamedNode | Literal:
    """Read an IRI, or a text: a list of IRIs is one too, known by its blanks."""
    return NamedNode(value) if ":" in value and " " not in value else Literal(value)


@cache
def _query(name: str) -> Query:
    return load_query(name)  # an analysis binds the same few queries thousands of times


def answer_of(rows: Iterable[Row]) -> Bindings:
    """Write rows as plain strings in a fixed order."""
    plain = ({name: term.value for name, term in sorted(row.items())} for row in rows)
    return tuple(sorted(plain, key=lambda row: sorted(row.items())))


def in_order(rows: Iterable[Mapping[str, str]]) -> Bindings:
    """Put rows that were reckoned elsewhere into the order of an answer."""
    return tuple(sorted((dict(sorted(row.items())) for row in rows), key=lambda row: sorted(row.items())))


def rerun(store: Store, gap: Gap, faults: Iterable[Fault] = ()) -> Bindings:
    """Run a gap's query again and give its answer, without the rows that name a record with a fault or lean on one.

    A query whose text is not the one that was hashed proves nothing and is refused.
    """
    if (
        _bound(gap.query.name, gap.query.params) != gap.query.text
        or text_hash(gap.query.text) != gap.query.sha256
    ):
        raise CallerError(
            f"Gap {gap.id} was found by another text of query {gap.query.name} than the one shipped now; "
            "build the snapshot again: kg build."
        )
    faulty = _with_leaning(store, {fault.record for fault in faults})
    return tuple(row for row in answer_of(store.select(gap.query.text)) if not faulty & set(row.values()))


def _with_leaning(store: Store, faulty: set[str]) -> set[str]:
    """Add the records that stand on a faulty citation, document or actor."""
    if not faulty:
        return faulty
    rows = store.select(_query("gaps/leaning-on").bind())
    return faulty | {row["record"].value for row in rows if row["ground"].value in faulty}


def replay(store: Store, gap: Gap, faults: Iterable[Fault] = ()) -> bool:
    """Tell whether a gap's query, run again, still gives the bindings of the gap."""
    return gap.bindings == rerun(store, gap, faults)
