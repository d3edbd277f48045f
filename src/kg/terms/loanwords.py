"""English words in katakana: both reduced to the consonants that one hears in Japanese."""

import re
from collections.abc import Sequence
from functools import cached_property

from rapidfuzz.distance import OSA

from kg.terms.english import stem
from kg.terms.folding import dashes, fold_each, width_case

_ROWS = {
    "K": "カキクケコ",
    "S": "サシスセソザズゼゾ",
    "J": "ジヂ",
    "C": "チ",
    "T": "タツテト",
    "D": "ダヅデド",
    "N": "ナニヌネノン",
    "H": "ハヒヘホ",
    "F": "フ",
    "M": "マミムメモ",
    "R": "ラリルレロ",
    "G": "ガギグゲゴ",
    "B": "バビブベボヴ",
    "P": "パピプペポ",
}
_KANA = str.maketrans({kana: sound for sound, row in _ROWS.items() for kana in row})
_SOFT = re.compile("チ(?=[ェュャョ])")
_SPELLINGS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"[ts]ion", "SN"),
        (r"\bof\b", "B"),
        (r"(?<=\bte)ch(?=n)", "K"),
        (r"tch|ch", "C"),
        (r"ph", "F"),
        (r"sh|th", "S"),
        (r"ck|q", "K"),
        (r"dge?(?=[eiy])|g(?=[eiy])", "J"),
        (r"c(?=[eiy])", "S"),
        (r"x", "KS"),
        (r"(?<=[aeiou])r(?![aeiouy])", ""),
        (r"(.)\1", r"\1"),
    )
)
_LETTERS = str.maketrans("bcdfghjklmnprstvz", "BKDFGHJKRMNPRSTBS")
_UNHEARD = re.compile("[^A-Z\n]+")
_ALL_SOUND = re.compile("(?=.*[\u30a1-\u30fc]{4})[\u30a1-\u30fca-z ]+")
_FEWEST = 3
_MOST_LABELS = 200_000
_ALIKE = 0.79  # one of five consonants may differ, none of fewer


def sounds(text: str) -> str:
    """The consonants of each line of a text in katakana, English or both.

    >>> sounds("インターオペラビリティ"), sounds("interoperability")
    ('NTPRBRT', 'NTRPRBRT')
    """
    text = text.lower()
    for pattern, sound in _SPELLINGS:
        text = pattern.sub(sound, text)
    return _UNHEARD.sub("", _SOFT.sub("C", text).translate(_KANA).translate(_LETTERS))


class Loanwords:
    """English labels by how they sound, whole or as stems (テスト for testing); made when first needed."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts

    def heard_in(self, text: str) -> list[int]:
        """The labels that a katakana text, perhaps with Latin words, is the sound of; most alike first."""
        kana = dashes(width_case(text)).replace("・", "")
        asked = sounds(kana)
        if not _ALL_SOUND.fullmatch(kana) or len(asked) < _FEWEST:
            return []
        known = self._by_sound.get(_key(asked), ())
        alike = [(OSA.normalized_similarity(asked, sound), number) for number, sound in known]
        return [number for similarity, number in sorted(alike, key=_most_alike) if similarity >= _ALIKE]

    @cached_property
    def _by_sound(self) -> dict[str, list[tuple[int, str]]]:
        found: dict[str, list[tuple[int, str]]] = {}
        numbers = [number for number, text in enumerate(self._texts) if text.isascii()]
        if len(numbers) > _MOST_LABELS:
            return found  # it would take longer than a query may
        texts = [self._texts[number].lower() for number in numbers]
        stems = [" ".join(map(stem, text.split())) for text in texts]
        for number, sound in zip(numbers * 2, fold_each(sounds, texts + stems), strict=True):
            if len(sound) >= _FEWEST:
                found.setdefault(_key(sound), []).append((number, sound))
        return found


def _key(sound: str) -> str:
    """The consonants without R, which Japanese hears or drops from word to word, and with チ as ティ."""
    return sound.replace("R", "").replace("C", "T")


def _most_alike(one: tuple[float, int]) -> tuple[float, int]:
    return -one[0], one[1]
