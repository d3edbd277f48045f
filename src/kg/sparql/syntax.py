"""Say where a query stops to parse: the engine itself only tells how far it has looked."""

import re
from bisect import bisect_right
from typing import Final

import pyoxigraph as ox

from kg.sparql.messages import Answer
from kg.sparql.tokens import place, tokens
from kg.vocab import BASE

_ENGINE_ERROR: Final = re.compile(r"error at (\d+):(\d+): expected (?:one of )?(.*)", re.DOTALL)
_ENGINE_REASON: Final = re.compile(r"(?:^|, )([A-Z][A-Za-z]* [^,\[\]]{5,120})")
_SHOWN: Final = 36
_PARENTHESIS: Final = "("
_ROOM: Final = " " * 20  # more than the longest keyword: no look ahead reaches over it
_WINDOW: Final = 400


def syntax_answer(message: str, query: str) -> Answer:
    """Give line and column of the token that does not fit, and of what the engine expected only sentences."""
    looked = _offset(message, query)
    if looked is None:
        return Answer("syntax", message=f"The query does not parse: {message}.")
    position, message = _token_at_fault(message, query, looked)
    line, column = place(query, position)
    shown = query[position : position + _SHOWN].partition("\n")[0].strip()
    near = f"near '{shown}'" if shown else "where it ends"
    reasons = "".join(f": {reason}" for reason in _ENGINE_REASON.findall(_expected(message)))
    detail = f"The query does not parse at line {line}, column {column}, {near}{reasons}."
    return Answer("syntax", message=detail, line=line, column=column)


def _expected(message: str) -> str:
    found = _ENGINE_ERROR.match(message)
    return found[3] if found else ""


def _offset(message: str, query: str) -> int | None:
    found = _ENGINE_ERROR.match(message)
    if found is None:
        return None
    lines = query.split("\n")[: int(found[1]) - 1]
    return sum(len(line) + 1 for line in lines) + int(found[2]) - 1


def _token_at_fault(message: str, query: str, looked: int) -> tuple[int, str]:
    """Give the place of the token and what the engine says of it.

    The engine names the farthest character it has read, and to try for a keyword it reads as many as the
    keyword has. So it is asked again about the same tokens with much room between them.
    """
    spread, places = _spread(query, looked)
    try:
        ox.Store().query(spread, base_iri=BASE)
    except SyntaxError as error:
        message = str(error)
    offset = _offset(message, spread)
    if offset is None or not places:
        return min(looked, len(query)), message
    index = bisect_right(places, (offset, len(query))) - 1
    return places[max(0, index)][1], message


def _spread(query: str, looked: int) -> tuple[str, list[tuple[int, int]]]:
    """Put room before the tokens around a place where that changes nothing; tell where each came from."""
    pieces: list[str] = []
    places: list[tuple[int, int]] = []
    size = end = 0
    before = ""
    for kind, token, start in tokens(query):
        gap = query[end:start]
        apart = (
            gap
            or kind == "close"
            or token in {",", ";", "{", "["}
            or (token == _PARENTHESIS and before != "<")
        )
        if apart and looked - _WINDOW < start <= looked:
            gap += _ROOM
        size += len(gap)
        places.append((size, start))
        pieces += (gap, token)
        size += len(token)
        end, before = start + len(token), token
    spread = "".join(pieces) + query[end:] + _ROOM
    places.append((len(spread), end))
    return spread, places
