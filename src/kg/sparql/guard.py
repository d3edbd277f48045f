"""Refuse what must never reach the parser, and measure what a query is made of."""

import re
from typing import Final, Literal

from kg.sparql.bounds import Bounds
from kg.sparql.tokens import PLAIN_HEAD, Token, place, resolve_escapes, tokens

Form = Literal["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"]
Reason = Literal["service", "update", "complex", "long", "syntax"]

FORMS: Final[frozenset[str]] = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
UPDATES: Final = frozenset(
    {"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"}
)
_PROLOGUE: Final = frozenset({"BASE", "PREFIX", "VERSION"})
_VOLATILE_NAMES: Final = ("RAND", "NOW", "UUID", "BNODE")
_VOLATILE: Final = re.compile(r"(?<![\w?$:])(?:RAND|NOW|UUID|STRUUID|BNODE)\s*\(")
_NO_SERVICE: Final = "SERVICE is not offered: no query leaves this server."
_MAYBE_SERVICE: Final = (
    "This may be read as SERVICE, which is not offered; put a full stop before { or rename the prefix."
)
_BEFORE_A_NAME: Final = frozenset({"GRAPH", "FROM", "NAMED", "DESCRIBE"})
_CHAINED_WORDS: Final = frozenset(
    {"UNION", "OPTIONAL", "MINUS", "FILTER", "BIND", "GRAPH", "SELECT", "VALUES", "LATERAL", "EXISTS"}
)
_CHAINED_OPERATORS: Final = frozenset({"||", "&&", "+", "-", "*", "/", "|", "^", "!", "=", "<", ">", "?"})
_PATTERN_ENDS: Final = frozenset({".", ";"})
# `?a<1)SERVICE?u#>` is an IRI for a tokeniser and a comparison for a parser that expects one
_DOUBTFUL_IRI: Final = re.compile(r"\).*service[^#]*#", re.IGNORECASE | re.DOTALL)


class RefusedError(Exception):
    """A query that is not handed to the parser: why, and at which line and column."""

    def __init__(self, reason: Reason, message: str, line: int, column: int) -> None:
        super().__init__(message)
        self.reason: Reason = reason
        self.message = message
        self.line = line
        self.column = column


class Inspected:
    """A query that may be parsed: its text for the engine, its form and what it says of itself."""

    __slots__ = ("form", "prefixes", "text", "volatile")

    def __init__(self, text: str) -> None:
        self.text = text
        self.form = ""
        self.volatile = False
        self.prefixes: dict[str, str] = {}


def inspect(query: str, bounds: Bounds) -> Inspected:
    """Let a query through or raise RefusedError with the reason and the place."""
    if len(query) > bounds.length:
        message = f"The query has {len(query)} characters; at most {bounds.length} are read."
        raise RefusedError("long", message, 1, 1)
    text = resolve_escapes(query)
    inspected = _head(text)
    upper = text.upper()
    inspected.volatile = _is_volatile(upper) or (inspected.form == "CONSTRUCT" and _has_blank(text))
    if _suspicious(text, upper, bounds):
        _Walk(text, bounds).run()
    return inspected


def _head(text: str) -> Inspected:
    """Read the form and, for graphs, the prefixes; words glued to the first keyword are the parser's business."""
    inspected = Inspected(text)
    plain = PLAIN_HEAD.match(text)
    if plain:
        inspected.form = plain[1].upper()
        return inspected
    previous = before = ""
    for kind, token, position in tokens(text):
        word = token.upper()
        if kind == "iri" and before.upper() == "PREFIX":
            inspected.prefixes[previous.removesuffix(":")] = token[1:-1]
        elif kind == "word" and word not in _PROLOGUE:
            if word in UPDATES:
                message = f"{word} is an update; this service answers queries and changes nothing."
                raise RefusedError("update", message, *place(text, position))
            inspected.form = next((form for form in FORMS if word.startswith(form)), "")
            return inspected
        before, previous = previous, token
    return inspected


def _is_volatile(upper: str) -> bool:
    """Tell whether a function is called that gives something else at every run."""
    return any(name in upper for name in _VOLATILE_NAMES) and bool(_VOLATILE.search(upper))


def _has_blank(text: str) -> bool:
    """Tell whether a template may make new blank nodes at every run."""
    return "[" in text or "_:" in text


def _suspicious(text: str, upper: str, bounds: Bounds) -> bool:
    """Tell whether a walk over all tokens could find anything; plain counting tells for most queries."""
    if "SERVICE" in upper or text.count("{") + text.count("(") + text.count("[") > bounds.depth:
        return True
    if len(text) <= min(bounds.chain, bounds.patterns):
        return False
    return (
        any(text.count(operator) > bounds.chain for operator in _CHAINED_OPERATORS)
        or any(upper.count(word) > bounds.chain for word in _CHAINED_WORDS)
        or text.count(".") + text.count(";") > bounds.patterns
    )


class _Walk:
    """One walk over all tokens of a query."""

    def __init__(self, text: str, bounds: Bounds) -> None:
        self.text = text
        self.bounds = bounds
        self.depth = 0
        self.counts: dict[str, int] = {}
        self.previous: Token = ("", "", 0)
        self.before: Token = ("", "", 0)

    def run(self) -> None:
        for token in tokens(self.text):
            kind = token[0]
            if kind == "word":
                self._word(token)
            elif kind == "operator":
                self._operator(token)
            elif kind == "open":
                self._open(token)
            elif kind == "close":
                self.depth -= 1
            elif kind == "iri":
                self._iri(token)
            self.before, self.previous = self.previous, token

    def _refuse(self, reason: Reason, message: str, position: int) -> RefusedError:
        return RefusedError(reason, message, *place(self.text, position))

    def _word(self, token: Token) -> None:
        _, text, position = token
        word = text.upper()
        if "SERVICE" in word:
            raise self._refuse("service", _NO_SERVICE, position)
        if word in _CHAINED_WORDS:
            self._count(word, self.bounds.chain, position)

    def _operator(self, token: Token) -> None:
        _, text, position = token
        if text in _CHAINED_OPERATORS:
            self._count(text, self.bounds.chain, position)
        elif text in _PATTERN_ENDS:
            self._count("triple patterns", self.bounds.patterns, position)

    def _open(self, token: Token) -> None:
        _, text, position = token
        self.depth += 1
        if self.depth > self.bounds.depth:
            message = f"The query nests deeper than {self.bounds.depth} brackets; write it flatter."
            raise self._refuse("complex", message, position)
        if text == "{" and self._service_as_prefix():
            raise self._refuse("service", _MAYBE_SERVICE, self.previous[2])

    def _service_as_prefix(self) -> bool:
        """Tell whether the parser could read `SERVICE:x {` as the keyword and a name."""
        kind, text, _ = self.previous
        if kind != "name" or not text.split(":", 1)[0].upper().endswith("SERVICE"):
            return False
        return self.before[1] != "a" and self.before[1].upper() not in _BEFORE_A_NAME

    def _iri(self, token: Token) -> None:
        _, text, position = token
        if _DOUBTFUL_IRI.search(text):
            message = "This may be an IRI or a comparison followed by SERVICE; put a space after <."
            raise self._refuse("service", message, position)

    def _count(self, what: str, most: int, position: int) -> None:
        count = self.counts.get(what, 0) + 1
        self.counts[what] = count
        if count > most:
            message = f"The query has more than {most} {what}; split it or send the values in VALUES."
            raise self._refuse("complex", message, position)
