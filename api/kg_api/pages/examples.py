"""The example queries of the SPARQL page, each a question in the reader's language."""

import re
from dataclasses import dataclass
from functools import cache

from kg.catalog import queries_in
from kg.errors import CallerError

_FOLDER = "examples"
_HEAD = re.compile(r"^#\+.*\n", re.MULTILINE)
_LANGUAGE = re.compile(r'(LANG\(\?\w+\) = )"\w+"')


@dataclass(frozen=True)
class Example:
    """A question and the query that answers it; `name` is the last part of its name in the catalogue."""

    name: str
    question: str
    text: str


@cache
def examples_for(lang: str) -> tuple[Example, ...]:
    """Give the examples in a language: what asks for names in one language asks for them in this one."""
    ending = "_ja" if lang == "ja" else ""
    return tuple(
        Example(
            query.name.removeprefix(f"{_FOLDER}/"),
            query.head[f"question{ending}"],
            _readable(query.text, query.head[f"question{ending}"], lang),
        )
        for query in queries_in(_FOLDER)
    )


def chosen_example(name: str, lang: str) -> Example:
    """Give one example by its name, or the first without a name."""
    examples = examples_for(lang)
    found = next((one for one in examples if name in {one.name, ""}), None)
    if found is None:
        known = ", ".join(one.name for one in examples)
        raise CallerError(f"There is no example {name}; there are: {known}.")
    return found


def _readable(text: str, question: str, lang: str) -> str:
    """Put the question in the place of the head, and the language where only one is asked for."""
    body = _HEAD.sub("", text).strip()
    if len({found[0] for found in re.finditer(r'= "\w\w"', body)}) == 1:
        body = _LANGUAGE.sub(rf'\1"{lang}"', body)
    return f"# {question}\n{body}\n"
