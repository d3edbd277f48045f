"""Short and full forms of a label: what stands in brackets, and initial letters."""

import re

_BRACKETS = re.compile(r"[（(\[［【]([^（()）\[\]［］【】]*)[）)\]］】]")
_WORDS = re.compile(r"[A-Za-z0-9]+")
_SMALL_WORDS = frozenset(["a", "an", "and", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"])
_SHORTEST, _LONGEST = 2, 10


def without_brackets(text: str) -> list[str]:
    """The text outside of its brackets and the texts inside, empty when it has no brackets."""
    inside = _BRACKETS.findall(text)
    outside = " ".join(_BRACKETS.sub(" ", text).split())
    return [part.strip() for part in (outside, *inside) if part.strip()] if inside else []


def initials(text: str) -> list[str]:
    """The acronyms that the Latin words of a text may be shortened to, with and without its small words."""
    words = _WORDS.findall(text)
    if len(words) < 2 or not text.isascii():
        return []
    full = "".join(map(_initial, words))
    short = "".join(_initial(word) for word in words if word.lower() not in _SMALL_WORDS)
    return [one.lower() for one in dict.fromkeys((short, full)) if _SHORTEST <= len(one) <= _LONGEST]


def _initial(word: str) -> str:
    return word if word.isupper() or word.isdigit() else word[0]
