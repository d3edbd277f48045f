"""Sort values of mixed kinds by their kind first.

The engine compares numbers as numbers and anything with a string as strings, in which 10 comes before 5a, 5a
before 9, and 9 before 10: where it notices that there is no order it ends the process.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from kg.sparql.tokens import Token, tokens

_KIND: Final = "(IF(ISLITERAL({0}), IF(ISNUMERIC({0}), '', STR(DATATYPE({0}))), '')) "
_DIRECTIONS: Final = frozenset({"ASC", "DESC"})
_END: Final[Token] = ("", "", 0)
_AFTER: Final = frozenset({"LIMIT", "OFFSET", "VALUES"})


def with_kinds_first(query: str) -> str:
    """Put the datatype before each variable by which a query orders.

    >>> with_kinds_first("ORDER BY DESC(?o) STR(?s)")
    "ORDER BY DESC(IF(ISLITERAL(?o), IF(ISNUMERIC(?o), '', STR(DATATYPE(?o))), '')) DESC(?o) STR(?s)"
    """
    pieces: list[str] = []
    done = 0
    for position, direction, variable in _conditions([*tokens(query), _END]):
        pieces += query[done:position], direction, _KIND.format(variable)
        done = position
    return "".join(pieces) + query[done:]


def _conditions(found: Sequence[Token]) -> Iterator[tuple[int, str, str]]:
    """Give place, direction and variable of each condition that is a variable and nothing else."""
    depth = 0
    level: int | None = None  # how deep in brackets the clause stands in which we are
    for number, (kind, token, position) in enumerate(found):
        depth += (kind == "open") - (kind == "close")
        word = token.upper()
        if word == "BY" and found[number - 1][1].upper() == "ORDER":
            level = depth
        elif level is None or depth < level or word in _AFTER:
            level = None
        elif kind == "variable" and depth == level:
            yield position, "", token
        elif kind == "variable" and depth == level + 1 and found[number + 1][0] == "close":
            _, direction, start = found[number - 2]
            if direction.upper() in _DIRECTIONS:
                yield start, direction, token
