"""A query, folded once in all the ways in which it is looked for."""

from typing import NamedTuple

from kg.terms.acronyms import is_acronym
from kg.terms.folding import RUNGS, forms, spaced_words
from kg.terms.kana import widen_small_kana, without_vowel_length
from kg.terms.readings import reading_of_query
from kg.terms.romaji import romaji_to_katakana

_BEYOND_LATIN = 0x250
_MIDDLE_DOT = RUNGS.index("middle-dot")
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
    tokens: str
    compact: str
    singular: str
    spoken: Spoken | None


def fold_query(text: str) -> Query:
    """Fold a query."""
    all_forms = forms(text)
    words = spaced_words(all_forms[_KANA])
    singular = spaced_words(all_forms[_SPELLING]) if all_forms[_SPELLING].isascii() else words
    tokens = all_forms[_MIDDLE_DOT]
    return Query(text, all_forms, tokens, words.replace(" ", ""), singular.replace(" ", ""), _spoken(text))


def _spoken(text: str) -> Spoken | None:
    if is_acronym(text):
        return None  # AISI is no romaji
    latin = all(ord(character) < _BEYOND_LATIN for character in text)
    kana = romaji_to_katakana(text) if latin else reading_of_query(text)
    if not kana:
        return None
    wide = widen_small_kana(kana)
    return Spoken("romaji" if latin else "reading", wide, without_vowel_length(wide))
