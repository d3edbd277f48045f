"""Fold a term step by step, from exactly as written to a loose skeleton that all its spellings share."""

import re
import unicodedata
from collections.abc import Callable, Sequence

from kg.terms.characters import CharacterTable
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
_LONG_DASHES = dict.fromkeys("–—―－─━﹣﹘〜～⁓", _LONG_DASH)
_HYPHENS = dict.fromkeys("‐‑‒⁃", "-")
_APOSTROPHES = dict.fromkeys("’‘ʼ＇´", "'")
_BEFORE_NFKC = CharacterTable(_LONG_DASHES | _HYPHENS | _APOSTROPHES)
_INVISIBLE = re.compile(
    r"[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u180e"
    r"\u200b-\u200f\u202a-\u202e\u2060-\u206f\ud800-\udfff\ufe00-\ufe0f\ufeff]+"
)
_SPACES = re.compile(r"[^\S\n]{2,}|[^\S\n ]")
_OUTER_SPACES = re.compile(r"^ +| +$", re.MULTILINE)
_CJK = "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f"
_KATAKANA = "\u30a1-\u30fa\u30fc-\u30fe\u31f0-\u31ff"
_SPACE_BY_CJK = re.compile(rf" (?<=[{_CJK}] )(?![{_KATAKANA}])| (?=[{_CJK}])(?<![{_KATAKANA}] )")
_KANA_DASH = re.compile(
    rf"[{_LONG_DASH}\-](?<=[\u3041-\u3096{_KATAKANA}].)|一(?<=[{_KATAKANA}].)(?=[{_KATAKANA}]|$)",
    re.MULTILINE,
)
_MIDDLE_DOTS = re.compile(r"[・･·•‧∙⋅●]")
_SPACE_IN_KATAKANA = re.compile(rf" (?<=[{_KATAKANA}] )(?=[{_KATAKANA}])")
_FINAL_LONG_VOWEL = re.compile(rf"ー+(?<=[{_KATAKANA}]{{2}}ー)(?![{_KATAKANA}])")
_PUNCTUATION = re.compile(r"[^\w\n ]|_")
_MANY_SPACES = re.compile(" {2,}")


def width_case(text: str) -> str:
    """The text after NFKC, case and white-space folding, its dashes still told apart."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", _BEFORE_NFKC.apply(text))
    folded = _OUTER_SPACES.sub("", _SPACES.sub(" ", _INVISIBLE.sub("", text).casefold()))
    return folded if text.isascii() else _SPACE_BY_CJK.sub("", folded)


def dashes(text: str) -> str:
    """A width-case form with each dash after kana read as a long vowel and every other one as a hyphen."""
    return text if text.isascii() else _KANA_DASH.sub("ー", text).replace(_LONG_DASH, "-")


def middle_dots(text: str) -> str:
    """A dash form without middle dots and without the spaces between katakana words."""
    return text if text.isascii() else _SPACE_IN_KATAKANA.sub("", _MIDDLE_DOTS.sub("", text))


def final_long_vowels(text: str) -> str:
    """A kana form whose katakana words have lost their final long vowel marks."""
    return text if text.isascii() else _FINAL_LONG_VOWEL.sub("", text)


def joined(text: str) -> str:
    """A spelling form without hyphens, spaces and punctuation."""
    return _PUNCTUATION.sub("", text).replace(" ", "")


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
_KANA = _STEPS.index(to_katakana) + 1


def forms(text: str) -> list[str]:
    """The text at every rung of RUNGS, in that order."""
    result = [text]
    for step in _STEPS:
        result.append(step(result[-1]))
    return result


def kana_form(text: str) -> str:
    """Each line of a text with width, case, dashes, middle dots and kana folded."""
    for step in _STEPS[:_KANA]:
        text = step(text)
    return text


def shared_rung(one: list[str], other: list[str]) -> str:
    """The strictest rung at which two lists of forms agree whose skeletons are equal."""
    return next(name for name, left, right in zip(RUNGS, one, other, strict=True) if left == right)


def skeleton(text: str) -> str:
    """The loosest form of each line of a text, equal for all spellings that any rung holds to be equal."""
    for step in _STEPS:
        text = step(text)
    return text


def fold_labels(labels: Sequence[str]) -> tuple[list[str], list[str]]:
    """The skeletons of many labels and their searchable forms, faster than one by one."""
    skeletons, searchables = [""] * len(labels), [""] * len(labels)
    for ascii_only in (True, False):  # most steps have nothing to do in ASCII
        numbers = [number for number, label in enumerate(labels) if label.isascii() is ascii_only]
        bare, spaced = _fold_lines("\n".join([labels[number].replace("\n", " ") for number in numbers]))
        for number, one, other in zip(numbers, bare.split("\n"), spaced.split("\n"), strict=False):
            skeletons[number], searchables[number] = one, other
    return skeletons, searchables


def _fold_lines(text: str) -> tuple[str, str]:
    text = kana_form(text)
    spaced = spaced_words(text)
    for step in _STEPS[_KANA:]:
        text = step(text)
    return text, spaced


def spaced_words(text: str) -> str:
    """The words of a kana form, its spelling and small kana folded, kept apart by one space."""
    folded = fold_inner_spelling(widen_small_kana(text).replace("'", ""))
    return _OUTER_SPACES.sub("", _MANY_SPACES.sub(" ", _PUNCTUATION.sub(" ", folded)))


def fold_kana(readings: Sequence[str]) -> tuple[list[str], list[str]]:
    """The skeletons of many katakana readings and their searchable forms."""
    folded = widen_small_kana("\n".join(readings))
    return (without_vowel_length(folded).split("\n"), folded.split("\n")) if readings else ([], [])


def fold_each(step: Callable[[str], str], texts: Sequence[str]) -> list[str]:
    """Fold many texts by one step at once, as the lines of one text: many times faster than one by one."""
    if not texts:
        return []
    return step("\n".join([" ".join(text.split("\n")) if "\n" in text else text for text in texts])).split(
        "\n"
    )
