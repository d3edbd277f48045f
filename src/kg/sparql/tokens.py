"""Cut a SPARQL query into tokens the way the engine's parser does, in one pass and without recursion."""

import re
from collections.abc import Iterator
from typing import Final

_IRI: Final = r"<(?:[^<>\"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>"
# possessive repeats: a text of a million characters needs no memory for ways back that are never taken
_STRING: Final = (
    r'"""(?:[^"\\]++|\\.|"(?!""))*+"""'
    r"|'''(?:[^'\\]++|\\.|'(?!''))*+'''"
    r'|"(?:[^"\\\r\n]++|\\.)*+"'
    r"|'(?:[^'\\\r\n]++|\\.)*+'"
)
_ESCAPE: Final = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"

TOKEN: Final = re.compile(
    rf"""
      (?P<iri>{_IRI})
    | (?P<string>{_STRING})
    | (?P<variable>[?$]\w+)
    | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<blank>_:\w[\w.\-]*)
    | (?P<number>(?:(?<=[\s({{,])[+-])?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)
    | (?P<name>(?:[^\W\d_][\w.\-]*)?:(?:[\w:.\-]|%[0-9A-Fa-f]{{2}}|\\[_~.\-!$&'()*+,;=/?\#@%])*)
    | (?P<word>\w+)
    | (?P<open>[{{(\[])
    | (?P<close>[}})\]])
    | (?P<space>[\s]+|\#[^\r\n]*)
    | (?P<operator>\|\||&&|\^\^|[<>!]=|.)
    """,
    re.VERBOSE | re.DOTALL,
)
# what stands before the first keyword in nearly every query; the rest is read token by token
PLAIN_HEAD: Final = re.compile(
    rf"(?:\s++|\#[^\r\n]*+|BASE\s*+{_IRI}|PREFIX\s++(?:[^\W\d_][\w.\-]*+)?:\s*+{_IRI})*+(SELECT|ASK)\b",
    re.IGNORECASE,
)
_ESCAPED_OUTSIDE: Final = re.compile(
    rf"(?P<keep>{_IRI}|{_STRING}|\#[^\r\n]*)|(?P<escape>{_ESCAPE})", re.DOTALL
)
_CODEPOINT: Final = re.compile(_ESCAPE)
_STRING_ESCAPE: Final = re.compile(rf"(?P<pair>\\[^uU])|{_ESCAPE}", re.DOTALL)
_UNREAD_DOTS: Final = 2
_BARE_DOT: Final = re.compile(r"(?<!\\)\.")
_ESCAPED_DOT: Final = r"\\."
_WRITTEN: Final = {'"': r"\"", "'": r"\'", "\\": r"\\", "\n": r"\n", "\r": r"\r", "\t": r"\t"}

Token = tuple[str, str, int]


def tokens(text: str) -> Iterator[Token]:
    """Give kind, text and position of each token, leaving out white space and comments.

    >>> [kind for kind, _, _ in tokens("SELECT ?s { ?s a <b> } # end")]
    ['word', 'variable', 'open', 'variable', 'word', 'iri', 'close']
    """
    for match in TOKEN.finditer(text):
        kind = match.lastgroup or "operator"
        if kind != "space":
            yield kind, match.group(), match.start()


def resolve_escapes(text: str) -> str:
    r"""Replace the codepoint escapes outside strings and IRIs, which the engine does not know.

    Inside strings and IRIs the engine resolves them itself, after it has found where they end.

    >>> resolve_escapes(r'\u0041SK { ?s ?p "\u0041" }')
    'ASK { ?s ?p "\\u0041" }'
    """
    if "\\" not in text:
        return text
    return _ESCAPED_OUTSIDE.sub(lambda match: match["keep"] or _character(match["escape"]), text)


def with_escaped_dots(text: str) -> str:
    r"""Escape the dots inside prefixed names that have several: the engine reads but one.

    >>> with_escaped_dots("ASK { ex:v1.0.2 ex:is 'ex:v1.0.2' , ex:a.b. }")
    "ASK { ex:v1\\.0\\.2 ex:is 'ex:v1.0.2' , ex:a.b. }"
    """
    return TOKEN.sub(_dots_escaped, text)


def _dots_escaped(match: re.Match[str]) -> str:
    prefix, _, local = match.group().partition(":")
    inner = local.rstrip(".")
    if match.lastgroup != "name" or inner.count(".") < _UNREAD_DOTS:
        return match.group()
    return f"{prefix}:{_BARE_DOT.sub(_ESCAPED_DOT, inner)}{local[len(inner) :]}"


def spelled_out(text: str) -> str:
    r"""Give a query that means the same to every engine: no codepoint escapes, no comments.

    The standard has escapes resolved before anything else, so to a strict reader an escaped quotation mark
    ends a string and an escaped line end a comment; to the engine under us they do neither.

    >>> spelled_out(r'ASK { ?s ?p "\u0022 SERVICE <x:y> {} #" } # \u000A SERVICE')
    'ASK { ?s ?p "\\" SERVICE <x:y> {} #" } \n'
    """
    return TOKEN.sub(_plainly, text)


def _plainly(match: re.Match[str]) -> str:
    token = match.group()
    if match.lastgroup == "space" and token.startswith("#"):
        return "\n"
    if match.lastgroup == "string" and "\\" in token:
        return _STRING_ESCAPE.sub(_in_string, token)
    if match.lastgroup == "iri" and "\\" in token:
        return _CODEPOINT.sub(lambda escape: _character(escape.group()), token)
    return token


def _in_string(match: re.Match[str]) -> str:
    if match["pair"]:
        return match.group()
    character = _character(match.group())
    return _WRITTEN.get(character, character)


def _character(escape: str) -> str:
    code = int(escape[2:], 16)
    if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return escape  # no character at all: the parser names the place
    return chr(code)


def place(text: str, position: int) -> tuple[int, int]:
    """Give line and column of a position, both counted from 1."""
    return text.count("\n", 0, position) + 1, position - text.rfind("\n", 0, position)
