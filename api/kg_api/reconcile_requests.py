"""The requests of the Reconciliation API, read strictly: batches of queries, columns to add."""

import json
from typing import Annotated, Any
from urllib.parse import parse_qsl

from fastapi import Depends, Request
from pydantic import ValidationError

from kg.errors import CallerError, TooLargeError
from kg.terms.reconcile import Asked, Condition, candidates
from kg_api.rest import body_of
from kg_api.site import Site

Json = dict[str, Any]

MOST_QUERIES = 100
"""The most queries of a batch."""

_MOST_ROWS = 1000
_LARGEST_BODY = 1_000_000
_MOST_VALUES = 20
_MOST_CONDITIONS = 20
_MOST_TYPES = 10
_MISSHAPEN = "A query has a type, limit or property that is none: see the specification."


async def _body(request: Request) -> bytes:
    return await body_of(request, _LARGEST_BODY)


async def _form(request: Request) -> dict[str, str]:
    """The parameters of a request, in its address or in its body."""
    form = dict(request.query_params)
    return form | _fields(await _body(request)) if request.method == "POST" else form


def _fields(body: bytes) -> dict[str, str]:
    """The fields of a form; what is no UTF-8 in it is replaced."""
    try:
        return dict(parse_qsl(body.decode("utf-8", "replace"), max_num_fields=20))
    except ValueError as error:
        raise CallerError(f"The form cannot be read: {error}; send the field queries or extend.") from error


def _document(body: Annotated[bytes, Depends(_body)]) -> Json:
    return read_object(body.decode("utf-8", "replace"), "body")


Form = Annotated[dict[str, str], Depends(_form)]
Document = Annotated[Json, Depends(_document)]


def read_object(text: str, name: str) -> Json:
    """Read a JSON object, or say that it is none."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise CallerError(f"The parameter {name} is no JSON: {error}.") from error
    if not isinstance(found, dict):
        raise CallerError(f"The parameter {name} is no JSON object: send an object.")
    return found


def writable(text: str) -> str:
    """The text as an answer may repeat it: half a surrogate pair, which no UTF-8 can hold, becomes a ?."""
    return text.encode("utf-8", "replace").decode()


def check_batch(count: int) -> None:
    """Refuse a batch with too many queries."""
    _check(count, MOST_QUERIES, "queries")


def matched(site: Site, asked: Asked) -> list[Json]:
    """Give the candidates for one query."""
    return [one.model_dump() for one in candidates(site.terms, site.properties, asked)]


def asked_0_2(query: Any) -> Asked:
    """Read a query of version 0.2; it may have properties instead of a name."""
    if (
        not isinstance(query, dict)
        or not isinstance(query.get("query", ""), str)
        or not query.keys() & _NAMED
    ):
        raise CallerError('A query is no object with a text "query": send {"q0": {"query": "..."}}.')
    properties = [one for one in query.get("properties") or [] if isinstance(one, dict)]
    return _asked(
        query, query.get("query", ""), [{"pid": one.get("pid"), "values": one.get("v")} for one in properties]
    )


def asked_1_0(query: Any) -> Asked:
    """Read a query with conditions, whose names two states of the draft spell differently, or one as of 0.2."""
    if isinstance(query, dict) and "conditions" not in query and "query" in query:
        return asked_0_2(query)
    conditions = query.get("conditions") if isinstance(query, dict) else None
    if not isinstance(conditions, list) or not all(isinstance(one, dict) for one in conditions):
        raise CallerError('A query has no list "conditions": send one with the matchType name.')
    kinds = [one.get("matchType", one.get("match_type")) for one in conditions]
    values = [one.get("propertyValue", one.get("v")) for one in conditions]
    names = [value for kind, value in zip(kinds, values, strict=True) if kind == "name"]
    others = [
        {
            "pid": one.get("propertyId", one.get("pid")),
            "values": value,
            "required": one.get("required", False),
            "quantifier": one.get("matchQuantifier", "any"),
        }
        for one, kind, value in zip(conditions, kinds, values, strict=True)
        if kind == "property"
    ]
    return _asked(query, " ".join(_values(names[0])) if names else "", others)


def columns(wanted: Json) -> tuple[list[str], list[str]]:
    """Read the records and the properties that columns are asked for."""
    ids, properties = wanted.get("ids"), wanted.get("properties")
    if not isinstance(ids, list) or not isinstance(properties, list):
        raise CallerError(
            'An extension names no ids and properties: send {"ids": [...], "properties": [{"id": "..."}]}.'
        )
    _check(len(ids), _MOST_ROWS, "rows")
    pids = [str(one.get("id")) for one in properties if isinstance(one, dict)]
    return [writable(str(one)) for one in ids], list(dict.fromkeys(pids))


_NAMED = {"query", "properties"}


def _check(count: int, most: int, name: str) -> None:
    if count > most:
        raise TooLargeError(
            f"The batch has {count} {name}, the most are {most}: send them in several batches."
        )


def _asked(query: Json, text: str, conditions: list[Json]) -> Asked:
    wanted = query.get("type") or []
    try:
        return Asked(
            text=text,
            types=tuple(wanted if isinstance(wanted, list) else [wanted])[:_MOST_TYPES],
            lang=query.get("lang"),
            limit=min(max(int(query.get("limit") or 5), 1), 50),
            conditions=tuple(
                Condition.model_validate({**one, "values": _values(one["values"])})
                for one in conditions[:_MOST_CONDITIONS]
            ),
        )
    except (ValidationError, TypeError, ValueError, OverflowError) as error:
        raise CallerError(_MISSHAPEN) from error


def _values(value: Any) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [value]
    return tuple(str(one.get("id", "") if isinstance(one, dict) else one) for one in values[:_MOST_VALUES])
