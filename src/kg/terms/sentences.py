"""Cut a document into paragraphs and sentences, and read their dates."""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

_PARAGRAPH_END = re.compile(r"\n[^\S\n]*\n\s*|\n(?=[^\S\n]*(?:[-*・•#]|\d+[.)．）]))")
_SENTENCE_END = re.compile(r"(?<=[。！？])(?!」|』|）)\s*|(?<=[.!?])\s+(?=[A-Z0-9「(])")
_JAPANESE_DATE = re.compile(r"(\d{4}) ?年(?: ?(\d{1,2}) ?月(?: ?(\d{1,2}) ?日)?)?")
_ISO_DATE = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_MONTHS = "january february march april may june july august september october november december".split()  # noqa: SIM905
_ENGLISH_DATE = re.compile(
    rf"(?:(?<!\d)(\d{{1,2}}) )?\b({'|'.join(_MONTHS)}) (?:(\d{{1,2}}), )?(\d{{4}})", re.IGNORECASE
)


class Sentence(NamedTuple):
    """A sentence with its place in the document, the number of its paragraph and its own in there, from 1."""

    start: int
    end: int
    paragraph: int
    number: int
    text: str


def sentences_of(text: str) -> Iterator[Sentence]:
    """Give the sentences of a text in order."""
    for paragraph, (first, last) in enumerate(_parts(text, 0, len(text), _PARAGRAPH_END), 1):
        for number, (start, end) in enumerate(_parts(text, first, last, _SENTENCE_END), 1):
            yield Sentence(start, end, paragraph, number, text[start:end])


def _parts(text: str, first: int, last: int, separator: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    begin = first
    for found in separator.finditer(text, first, last):
        if text[begin : found.start()].strip():
            yield begin, found.start()
            begin = found.end()
    if text[begin:last].strip():
        yield begin, last


def dates_in(text: str) -> list[str]:
    """The dates that a text names, in its order, as exact as it names them: 2024-05-21, 2024-05 or 2024."""
    plain = unicodedata.normalize("NFKC", text)
    found = [
        (one.start(), one.groups())
        for pattern in (_JAPANESE_DATE, _ISO_DATE)
        for one in pattern.finditer(plain)
    ]
    for one in _ENGLISH_DATE.finditer(plain):
        day, month, other_day, year = one.groups()
        found.append((one.start(), (year, str(_MONTHS.index(month.lower()) + 1), day or other_day)))
    dates = ["-".join(part.zfill(2) for part in parts if part) for _, parts in sorted(found)]
    return [date for date in dict.fromkeys(dates) if _is_date(date)]


def _is_date(text: str) -> bool:
    year, month, day = (*text.split("-"), "01", "01")[:3]
    return 1 <= int(month) <= 12 and 1 <= int(day) <= 31 and int(year) > 0
