"""How Japanese labels are read and shortened, by the SudachiPy analyser at build time."""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from kg.terms.folding import fold_each, width_case
from kg.terms.kana import is_kana, spell_letters, to_katakana

if TYPE_CHECKING:
    from sudachipy import Dictionary

_IN_KANJI = re.compile(
    "[\u3041-\u3096]*[\u3005\u3400-\u4dbf\u4e00-\u9fff][\u3041-\u3096\u3005\u3400-\u4dbf\u4e00-\u9fff]*"
)
_KANJI = re.compile("[\u3005\u3400-\u4dbf\u4e00-\u9fff]")
_NOT_KANA = re.compile("[^\u30a1-\u30fa\u30fc\n]+")
_AFTER_FIRST_KATAKANA = re.compile("(?<=[\u30a1-\u30fa])[\u30a1-\u30fa\u30fc]+")
_JOINTS = re.compile(r"[\s・\-]+")
_LONGEST = 200
_LONGEST_SPELLED = 8


class Reading(NamedTuple):
    """The katakana reading of a label and the first characters of its words, both empty where there are none."""

    kana: str
    initials: str


NO_READING = Reading("", "")


def read_labels(labels: Sequence[str]) -> list[Reading]:
    """Give the reading of every label, empty where the label itself says how it is read."""
    unread = [label for label in dict.fromkeys(labels) if _is_unread(label)]
    folded = [label[:_LONGEST] for label in fold_each(width_case, unread)]
    parts = _analysed({part for label in folded for part in _IN_KANJI.findall(label)})
    kana = fold_each(
        _as_kana, [_IN_KANJI.sub(lambda found: parts[found.group()].kana, label) for label in folded]
    )
    initials = fold_each(
        _first_katakana,
        [_IN_KANJI.sub(lambda found: parts[found.group()].initials, label) for label in folded],
    )
    known = dict(zip(unread, map(Reading, kana, initials), strict=True))
    return [known.get(label, NO_READING) for label in labels]


def reading_of_query(text: str) -> str:
    """The katakana that a query written in kana or Latin letters is read as; empty if it has anything else."""
    kana = _JOINTS.sub("", to_katakana(spell_letters(width_case(text))))
    return kana if is_kana(kana) else ""


def heard(text: str) -> str:
    """The katakana of a query with kanji as an analyser reads it; empty for a query without kanji.

    The first call loads the dictionary: 0.03 s and 80 MB that queries without kanji never cost.
    """
    if not _KANJI.search(text):
        return ""
    (reading,) = _analysed([width_case(text)]).values()
    return _NOT_KANA.sub("", to_katakana(spell_letters(reading.kana.lower())))


@cache
def _dictionary() -> "Dictionary":
    from sudachipy import Dictionary  # needed where indexes are built and for few queries

    return Dictionary()


def _analysed(parts: Iterable[str]) -> dict[str, Reading]:
    from sudachipy import SplitMode

    tokenizer = _dictionary().tokenizer(mode=SplitMode.A)  # one for each call: threads may not share it
    read = {}
    for part in parts:
        words = tokenizer.tokenize(part)
        kana, initials = "", ""
        for word in words:
            kana += word.reading_form()
            initials += word.surface()[0]
        read[part] = Reading(kana, initials)
    return read


def _as_kana(text: str) -> str:
    return _NOT_KANA.sub("", to_katakana(spell_letters(text)))


def _is_unread(label: str) -> bool:
    """Whether a label does not say itself how it is read: kanji, letters beside kana, an acronym."""
    return len(label) <= _LONGEST_SPELLED if label.isascii() else not is_kana(label)


def _first_katakana(text: str) -> str:
    """The initials of a text whose kanji are initials already."""
    return _AFTER_FIRST_KATAKANA.sub("", text)
