"""How Japanese labels are read and shortened, by the SudachiPy analyser at build time."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from sudachipy import Dictionary, SplitMode, Tokenizer

from kg.terms.folding import width_case
from kg.terms.kana import is_kana, spell_letters, to_katakana

_KANJI = re.compile("[\u3005\u3400-\u4dbf\u4e00-\u9fff]")
_NOT_KANA = re.compile("[^\u30a1-\u30fa\u30fc]+")
_JOINTS = re.compile(r"[\s・\-]+")
_LONGEST = 200
_LONGEST_SPELLED = 30


class Reading(NamedTuple):
    """The katakana reading of a label and the first characters of its words, both empty where there are none."""

    kana: str
    initials: str


NO_READING = Reading("", "")


def read_labels(labels: Sequence[str]) -> list[Reading]:
    """Give the reading of every label, empty where the label itself says how it is read."""
    tokenizer = Dictionary().tokenizer(mode=SplitMode.A)
    known: dict[str, Reading] = {}
    for label in labels:
        if label not in known:
            known[label] = _read(tokenizer, width_case(label)[:_LONGEST])
    return [known[label] for label in labels]


def _read(tokenizer: Tokenizer, label: str) -> Reading:
    if not _KANJI.search(label):
        kana = reading_of_query(label)
        return Reading(kana, "") if len(label) < len(kana) < _LONGEST_SPELLED else NO_READING
    words = tokenizer.tokenize(label)
    kana = _NOT_KANA.sub("", "".join(spell_letters(word.reading_form()) for word in words))
    return Reading(kana, "".join(word.surface()[0] for word in words if word.surface()[0].isalnum()))


def reading_of_query(text: str) -> str:
    """The katakana that a query written in kana, or in kana and Latin letters, is read as; empty if it has kanji."""
    kana = to_katakana(spell_letters(width_case(text)))
    kana = _JOINTS.sub("", kana)
    return kana if is_kana(kana) else ""
