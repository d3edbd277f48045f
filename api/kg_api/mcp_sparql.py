"""An answer to a SPARQL query, cut to what a language model can read."""

import json
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field

from kg.errors import CallerError
from kg.sparql.pool import Reply

MOST_ROWS: Final = 50
"""The most rows or triples that are told."""

_LONGEST_VALUE: Final = 500


class QueryAnswer(BaseModel):
    """Rows, triples or the truth of a query; `cut` says how many of them are left out, and why."""

    model_config = ConfigDict(frozen=True)

    columns: tuple[str, ...] = ()
    rows: tuple[dict[str, str], ...] = Field(
        default=(), description="Values; an IRI stands in angle brackets."
    )
    triples: tuple[str, ...] = ()
    truth: bool | None = None
    cut: str = ""
    snapshot: str = Field(description="Version of the data.")


def query_answer(reply: Reply) -> QueryAnswer:
    """Read the reply of the query pool; a query that has no answer is the caller's to repair."""
    answer = reply.answer
    if answer.outcome != "ok":
        told = not answer.line or f"line {answer.line}, column {answer.column}" in answer.message
        where = "" if told else f" (line {answer.line}, column {answer.column})"
        raise CallerError(f"{answer.message}{where}")
    if not answer.media_type.endswith("json"):
        triples = [line for line in answer.body.decode().splitlines() if line]
        return QueryAnswer(
            triples=tuple(_short(line) for line in triples[:MOST_ROWS]),
            cut=_cut(len(triples)),
            snapshot=reply.version,
        )
    document = json.loads(answer.body)
    if "boolean" in document:
        return QueryAnswer(truth=document["boolean"], snapshot=reply.version)
    rows = document["results"]["bindings"]
    return QueryAnswer(
        columns=tuple(document["head"]["vars"]),
        rows=tuple({name: _value(term) for name, term in row.items()} for row in rows[:MOST_ROWS]),
        cut=_cut(len(rows)),
        snapshot=reply.version,
    )


def _cut(count: int) -> str:
    return f"{MOST_ROWS} of {count} are given; ask for fewer with LIMIT." if count > MOST_ROWS else ""


def _value(term: dict[str, Any]) -> str:
    if term["type"] == "uri":
        return f"<{term['value']}>"
    return _short(str(term["value"]))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_VALUE else text[: _LONGEST_VALUE - 1] + "…"
