"""Fold a term step by step, from exactly as written to a loose skeleton that all its spellings share."""

import re
import unicodedata

from kg.terms.english import fold_inner_spelling, fold_words
from kg.terms.kana import to_katakana, widen_small_kana, without_vowel_length

RUNGS = (
    "exact",
    "width-case",
    "dash",
    "middle-dot",
    "kana",
    "final-long-vowel",
    "small-kana",
    "spelling",
    "joined",
    "loose",
)
"""The steps of the ladder at which two whole terms may be equal, strictest first."""

# NFKC turns a full-width hyphen into an ASCII one and so loses that it stood for a long vowel: all long dashes
# are kept apart under one sign until it is known whether kana precedes them.
_LONG_DASH = "−"
_DASHES = dict.fromkeys(map(ord, "–—―−－─━﹣﹘〜～~ｰ⁓"), _LONG_DASH) | dict.fromkeys(map(ord, "‐‑‒⁃"), "-")
_DASHES[ord("ｰ")] = "ー"
_APOSTROPHES = dict.fromkeys(map(ord, "’‘ʼ＇`´"), "'")
_BEFORE_NFKC = _DASHES | _APOSTROPHES
_INVISIBLE = re.compile(
    r"[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u180e"
    r"\u200b-\u200f\u202a-\u202e\u2060-\u206f\ud800-\udfff\ufe00-\ufe0f\ufeff]+"
)
_SPACES = re.compile(r"\s+")
_CJK = "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f"
_KATAKANA = "\u30a1-\u30fa\u30fc-\u30fe\u31f0-\u31ff"
_SPACE_BY_CJK = re.compile(
    rf"(?<=[{_CJK}]) (?![{_KATAKANA}])|(?<=[{_CJK}])(?<![{_KATAKANA}]) | (?=[{_CJK}])(?<![{_KATAKANA}] )"
)
_KANA_DASH = re.compile(
    rf"(?<=[\u3041-\u3096{_KATAKANA}])[{_LONG_DASH}\-]|(?<=[{_KATAKANA}])一(?=[{_KATAKANA}]|$)"
)
_MIDDLE_DOTS = re.compile(r"[・･·•‧∙⋅●]")
_SPACE_IN_KATAKANA = re.compile(rf"(?<=[{_KATAKANA}]) (?=[{_KATAKANA}])")
_FINAL_LONG_VOWEL = re.compile(rf"(?<=[{_KATAKANA}]{{2}})ー+(?![{_KATAKANA}])")
_NOT_WORD = re.compile(r"[\W_]+")


def width_case(text: str) -> str:
    """The text after NFKC, case and white-space folding, its dashes still told apart."""
    if text.isascii():
        return " ".join(_INVISIBLE.sub("", text).casefold().split())
    folded = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text).translate(_BEFORE_NFKC)).casefold()
    return _SPACE_BY_CJK.sub("", _SPACES.sub(" ", folded).strip())


def dashes(text: str) -> str:
    """A width-case form with each dash after kana read as a long vowel and every other one as a hyphen."""
    return _KANA_DASH.sub("ー", text).replace(_LONG_DASH, "-")


def middle_dots(text: str) -> str:
    """A dash form without middle dots and without the spaces between katakana words."""
    return _SPACE_IN_KATAKANA.sub("", _MIDDLE_DOTS.sub("", text))


def final_long_vowels(text: str) -> str:
    """A kana form whose katakana words have lost their final long vowel marks."""
    return _FINAL_LONG_VOWEL.sub("", text)


def joined(text: str) -> str:
    """A spelling form without hyphens, spaces and punctuation."""
    return _NOT_WORD.sub("", text) or text


_STEPS = (
    width_case,
    dashes,
    middle_dots,
    to_katakana,
    final_long_vowels,
    widen_small_kana,
    fold_words,
    joined,
    without_vowel_length,
)


def forms(text: str) -> list[str]:
    """The text at every rung of RUNGS, in that order."""
    result = [text]
    for step in _STEPS:
        result.append(step(result[-1]))
    return result


def skeleton(text: str) -> str:
    """The loosest form, equal for all spellings that any rung holds to be equal."""
    if text.isascii():
        return joined(fold_words(width_case(text)))
    for step in _STEPS:
        text = step(text)
    return text


def shared_rung(one: list[str], other: list[str]) -> str:
    """The strictest rung at which two lists of forms agree whose skeletons are equal."""
    return next(name for name, left, right in zip(RUNGS, one, other, strict=True) if left == right)


def searchable(text: str) -> str:
    """The form in which prefixes and parts are looked for, its words kept apart by one space."""
    folded = widen_small_kana(to_katakana(middle_dots(dashes(width_case(text)))))
    return _NOT_WORD.sub(" ", fold_inner_spelling(folded.replace("'", ""))).strip()
