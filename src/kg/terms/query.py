"""A query, folded once in all the ways in which it is looked for."""

import re
from typing import NamedTuple

from kg.terms.acronyms import is_acronym
from kg.terms.folding import RUNGS, forms, spaced_words
from kg.terms.kana import spell_letters, widen_small_kana, without_vowel_length
from kg.terms.particles import split_at_particles
from kg.terms.readings import reading_of_query
from kg.terms.romaji import romaji_to_katakana

_BEYOND_LATIN = 0x250
_WORDS = re.compile(
    r"[0-9]+(?:\.[0-9]+)+|[a-z0-9]+|[\u30a1-\u30fa\u30fc]+"
    r"|(?!(?<=[0-9])年)[\u3005\u3400-\u4dbf\u4e00-\u9fff]+|[\u3041-\u3096]{3,}"  # not particles, not 2024年
)
_PARTS = re.compile(r"[^\W\u0250-\U0010ffff]+|[\u30a1-\u30fa\u30fc]+|\S")
_DASH = RUNGS.index("dash")
_MIDDLE_DOT = RUNGS.index("middle-dot")
_JOINED = RUNGS.index("joined")
_KANA = RUNGS.index("kana")
_SPELLING = RUNGS.index("spelling")


class Spoken(NamedTuple):
    """A query that is kana or romaji: how it sounds, the loosest form of that, and the rung for a hit by it."""

    rung: str
    kana: str
    skeleton: str


class Query(NamedTuple):
    """All forms of a query."""

    text: str
    forms: list[str]
    compact: str
    singular: str
    spoken: Spoken | None


def fold_query(text: str) -> Query:
    """Fold a query."""
    all_forms = forms(text)
    words = spaced_words(all_forms[_KANA])
    singular = spaced_words(all_forms[_SPELLING]) if all_forms[_SPELLING].isascii() else words
    return Query(text, all_forms, words.replace(" ", ""), singular.replace(" ", ""), _spoken(text))


def words_in(text: str) -> list[str]:
    """The words of a query, in order: Latin words, numbers, and runs of katakana, of kanji and of long hiragana."""
    parts = split_at_particles(text).split()
    return [word for part in parts for word in _WORDS.findall(forms(part)[_MIDDLE_DOT])]


def parts_in(text: str) -> list[str]:
    """The smallest parts of a query that a name may begin or end with, in order; joined, they want `loosest`."""
    return [forms(part)[_JOINED] for part in _PARTS.findall(forms(text)[_DASH])]


def _spoken(text: str) -> Spoken | None:
    latin = all(ord(character) < _BEYOND_LATIN for character in text)
    kana = _kana_of_romaji(text) if latin else reading_of_query(text)
    if not kana:
        return None
    wide = widen_small_kana(kana)
    return Spoken("romaji" if latin else "reading", wide, without_vowel_length(wide))


def _kana_of_romaji(text: str) -> str:
    """The kana of a query in romaji, an acronym in it spelled; empty for anything else, and for acronyms alone."""
    words = text.split()
    if all(map(is_acronym, words)):
        return ""  # AISI is no romaji
    kana = [spell_letters(word.lower()) if is_acronym(word) else romaji_to_katakana(word) for word in words]
    return "".join(kana) if all(kana) else ""
