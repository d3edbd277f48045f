"""Refuse what must never reach the parser, and measure what a query is made of."""

import re
from dataclasses import dataclass, field
from typing import Final, Literal

from kg.sparql.bounds import Bounds
from kg.sparql.tokens import Token, place, resolve_escapes, tokens

Form = Literal["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"]
Reason = Literal["service", "update", "complex", "long", "syntax"]

FORMS: Final[frozenset[str]] = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
UPDATES: Final = frozenset(
    {"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"}
)
_PROLOGUE: Final = frozenset({"BASE", "PREFIX", "VERSION"})
_VOLATILE: Final = frozenset({"RAND", "NOW", "UUID", "STRUUID", "BNODE"})
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


@dataclass(slots=True)
class Inspected:
    """A query that may be parsed: its text for the engine, its form and what it says of itself."""

    text: str
    form: str = ""
    volatile: bool = False
    prefixes: dict[str, str] = field(default_factory=dict)


def inspect(query: str, bounds: Bounds) -> Inspected:
    """Let a query through or raise RefusedError with the reason and the place."""
    if len(query) > bounds.length:
        message = f"The query has {len(query)} characters; at most {bounds.length} are read."
        raise RefusedError("long", message, 1, 1)
    inspection = _Inspection(resolve_escapes(query), bounds)
    return inspection.run()


class _Inspection:
    """One walk over the tokens of one query."""

    def __init__(self, text: str, bounds: Bounds) -> None:
        self.text = text
        self.bounds = bounds
        self.result = Inspected(text)
        self.depth = 0
        self.counts: dict[str, int] = {}
        self.previous: Token = ("", "", 0)
        self.before: Token = ("", "", 0)

    def run(self) -> Inspected:
        for token in tokens(self.text):
            kind, text, _ = token
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
            if kind == "blank" or text == "[":
                self._blank()
            self.before, self.previous = self.previous, token
        return self.result

    def _refuse(self, reason: Reason, message: str, position: int) -> RefusedError:
        return RefusedError(reason, message, *place(self.text, position))

    def _word(self, token: Token) -> None:
        _, text, position = token
        word = text.upper()
        if "SERVICE" in word:
            raise self._refuse("service", "SERVICE is not offered: no query leaves this server.", position)
        if not self.result.form:
            self._first_word(word, position)
        if word in _VOLATILE:
            self.result.volatile = True
        elif word in _CHAINED_WORDS:
            self._count(word, self.bounds.chain, position)

    def _first_word(self, word: str, position: int) -> None:
        """Take the form from the first keyword after the prologue; words glued to it are the parser's."""
        if word in UPDATES:
            message = f"{word} is an update; this service answers queries and changes nothing."
            raise self._refuse("update", message, position)
        if word in _PROLOGUE:
            return
        for form in FORMS:
            if word.startswith(form):
                self.result.form = form
                return

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
            message = "SERVICE is not offered: no query leaves this server."
            raise self._refuse("service", message, self.previous[2])

    def _service_as_prefix(self) -> bool:
        """Tell whether the parser could read `SERVICE:x {` as the keyword and a name."""
        kind, text, _ = self.previous
        if kind != "name" or not text.split(":", 1)[0].upper().endswith("SERVICE"):
            return False
        return self.before[1].upper() != "GRAPH"

    def _iri(self, token: Token) -> None:
        _, text, position = token
        if _DOUBTFUL_IRI.search(text):
            message = "This may be an IRI or a comparison followed by SERVICE; put a space after <."
            raise self._refuse("service", message, position)
        if self.previous[0] == "name" and self.before[1].upper() == "PREFIX":
            self.result.prefixes[self.previous[1].removesuffix(":")] = text[1:-1]

    def _blank(self) -> None:
        """A template with blank nodes gives new ones at every run."""
        if self.result.form == "CONSTRUCT":
            self.result.volatile = True

    def _count(self, what: str, most: int, position: int) -> None:
        count = self.counts.get(what, 0) + 1
        self.counts[what] = count
        if count > most:
            message = f"The query has more than {most} {what}; split it or send the values in VALUES."
            raise self._refuse("complex", message, position)
