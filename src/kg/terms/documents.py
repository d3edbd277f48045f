"""Read documents as plain text that keeps where each of its characters stood: text, Markdown, HTML, PDF."""

import html
import re
from html.parser import HTMLParser
from pathlib import PurePath
from typing import Literal, NamedTuple

import numpy as np

from kg.errors import CallerError, TooLargeError
from kg.terms.grams import Ints

Format = Literal["text", "markdown", "html", "pdf"]
LARGEST = 20_000_000
"""The most bytes that a document may have."""

_FORMATS: dict[str, Format] = {
    ".htm": "html",
    ".html": "html",
    ".markdown": "markdown",
    ".md": "markdown",
    ".pdf": "pdf",
    ".xhtml": "html",
}
_BLOCK_TAGS = (
    "address article aside blockquote body br dd div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr "
    "html li main nav ol option p pre section table tbody td tfoot th thead title tr ul"
)
_BLOCKS = frozenset(_BLOCK_TAGS.split())
_UNREAD = frozenset(["script", "style", "template", "noscript"])
# every repetition is bounded: no text, however made, may take more than a step a character
_MARKDOWN = re.compile(
    r"(?P<fence>^(?:```|~~~)[^\n]{0,200}$)"
    r"|(?P<block>^[ \t]{0,9}(?:#{1,6}[ \t]|>[ \t]?|[-*+][ \t]|\d{1,9}[.)][ \t])"
    r"|^[ \t]{0,9}[-*_=|:][-*_=|: ]{2,200}$|[ \t]\|[ \t]?|^\||\|$)"
    r"|(?P<inline>\*{1,3}|__|~~|`{1,9}|!\[|\](?:\([^()\n]{0,300}\)|\[[^\[\]\n]{0,300}\])"
    r"|\[(?=[^\[\]\n]{0,300}\][(\[])|</?[A-Za-z][^<>\n]{0,300}>|\\(?=[!-/:-@[-`{-~]))",
    re.MULTILINE,
)
_PARAGRAPH = "\n\n"
_MOST_TAGS = 400_000  # each costs the parser as much as hundreds of characters


class Document(NamedTuple):
    """A text to read, and the text that was sent.

    Character i of the one stands for the characters `first[i]` to before `last[i]` of the other; where both are the
    same text, the two are None.
    """

    text: str
    sent: str
    first: Ints | None = None
    last: Ints | None = None
    extracted: bool = False

    def span(self, begin: int, end: int) -> tuple[int, int]:
        """Where a part of the text stands in the text sent."""
        if self.first is None or self.last is None:
            return begin, end
        return int(self.first[begin]), int(self.last[end - 1])


def format_of(name: str) -> Format:
    """What kind of document a file name says it is."""
    return _FORMATS.get(PurePath(name).suffix.lower(), "text")


def read_document(content: str | bytes, kind: Format = "text", seconds: float | None = None) -> Document:
    """Read a document; of a PDF, read in so many seconds, the text sent is the text that stands in it."""
    if len(content) > LARGEST:
        raise TooLargeError(
            f"The document has {len(content)} bytes or characters, the most are {LARGEST}: cut it."
        )
    if kind == "pdf":
        text = _pdf_text(content, seconds)
        return Document(text, text, extracted=True)
    text = content if isinstance(content, str) else _decoded(content)
    if kind == "html":
        return _html(text)
    return _markdown(text) if kind == "markdown" else _plain(text)


def _plain(text: str) -> Document:
    return Document(text, text)


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CallerError(
            f"Byte {error.start} of the document is not UTF-8: save it as UTF-8 and send it again."
        ) from error


def _pdf_text(content: str | bytes, seconds: float | None) -> str:
    if isinstance(content, str):
        raise CallerError("A PDF is sent as bytes, not as text: send the file itself.")
    from kg.terms.pdf import pages_of  # 17 MB that a server without PDFs does not need

    return _PARAGRAPH.join(pages_of(content, seconds))


def _markdown(text: str) -> Document:
    """Leave out the signs of Markdown; those between blocks separate terms."""
    pieces = _Pieces(text)
    reached = 0
    for sign in _MARKDOWN.finditer(text):
        pieces.take(reached, sign.start())
        if sign.lastgroup != "inline":
            pieces.separate(sign.start())
        reached = sign.end()
    pieces.take(reached, len(text))
    return pieces.document()


def _html(text: str) -> Document:
    if text.count("<") > _MOST_TAGS:
        raise CallerError(f"The page has more than {_MOST_TAGS} tags: send its text.")
    reader = _HtmlText(text)
    reader.feed(text)
    reader.take_rest()
    return reader.pieces.document()


class _Pieces:
    """The parts of a text that are read, with their places; neighbours that are read as they stand are one part."""

    def __init__(self, sent: str) -> None:
        self.sent = sent
        self.parts: list[tuple[int, int, str | None]] = []

    def take(self, begin: int, end: int) -> None:
        """Read a part as it stands."""
        if self.parts and self.parts[-1][1:] == (begin, None):
            begin = self.parts.pop()[0]
        if begin < end:
            self.parts.append((begin, end, None))

    def replace(self, begin: int, end: int, shown: str) -> None:
        """Read a part as other characters, all of which stand for the whole of it."""
        self.parts.append((begin, end, shown))

    def separate(self, place: int) -> None:
        """Let no term go on across a place."""
        if not self.parts or self.parts[-1] != (place, place, _PARAGRAPH):
            self.replace(place, place, _PARAGRAPH)

    def document(self) -> Document:
        """The text that was read."""
        texts = [self.sent[begin:end] if shown is None else shown for begin, end, shown in self.parts]
        lengths = np.fromiter(map(len, texts), np.int32, len(texts))
        places = np.array([(begin, end) for begin, end, _ in self.parts], dtype=np.int32).reshape(-1, 2)
        kept = np.fromiter((shown is None for *_, shown in self.parts), np.bool_, len(self.parts))
        first, last = np.repeat(places, lengths, axis=0).T
        within = np.arange(len(first), dtype=np.int32) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        stands = np.repeat(kept, lengths)
        first = first + np.where(stands, within, 0)
        return Document(
            "".join(texts),
            self.sent,
            first.astype(np.int32),
            np.where(stands, first + 1, last).astype(np.int32),
        )


class _HtmlText(HTMLParser):
    """Collects the text that a reader of a page sees."""

    def __init__(self, sent: str) -> None:
        super().__init__(convert_charrefs=False)
        self.pieces = _Pieces(sent)
        self.unread = 0
        self.line_starts = [0, *(found.end() for found in re.finditer("\n", sent))]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the parser's call
        """Note where a block or an unread part begins."""
        self.unread += tag in _UNREAD
        self._separate(tag)

    def handle_endtag(self, tag: str) -> None:
        """Note where a block or an unread part ends."""
        self.unread -= tag in _UNREAD and self.unread > 0
        self._separate(tag)

    def handle_data(self, data: str) -> None:
        """Read text."""
        if not self.unread:
            self.pieces.take(self._place(), self._place() + len(data))

    def handle_entityref(self, name: str) -> None:
        """Read a character by name."""
        self._reference(f"&{name}")

    def handle_charref(self, name: str) -> None:
        """Read a character by number."""
        self._reference(f"&#{name}")

    def take_rest(self) -> None:
        """Read what is left after an open tag or comment as it stands.

        The parser's own end tries every sign of it anew, which takes minutes for 400 kB of comment signs.
        """
        if not self.unread:
            self.pieces.take(len(self.pieces.sent) - len(self.rawdata), len(self.pieces.sent))

    def _reference(self, written: str) -> None:
        begin = self._place()
        end = begin + len(written)
        end += self.pieces.sent[end : end + 1] == ";"
        if not self.unread:
            self.pieces.replace(begin, end, html.unescape(f"{written};"))

    def _separate(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.pieces.separate(self._place())

    def _place(self) -> int:
        line, column = self.getpos()
        return self.line_starts[line - 1] + column
