"""Short and full forms of a label: what stands in brackets, and initial letters."""

import re

_OPENING = re.compile(r"[（(\[［【]")
_BRACKETS = re.compile(r"[（(\[［【]([^（()）\[\]［］【】]*)[）)\]］】]")
_SMALL_WORDS = re.compile(
    r"(?<![A-Za-z0-9])(?:an?|and|by|for|from|in|of|on|or|the|to|with)(?![A-Za-z0-9])", re.IGNORECASE
)
_AFTER_INITIAL = re.compile(r"(?<=[A-Za-z])[a-z][A-Za-z0-9]*|[^A-Za-z0-9\n]+")
_SHORTEST, _LONGEST = 2, 10


def without_brackets(text: str) -> list[str]:
    """The text outside of its brackets and the texts inside, empty when it has no brackets."""
    if not _OPENING.search(text):
        return []
    inside = _BRACKETS.findall(text)
    outside = " ".join(_BRACKETS.sub(" ", text).split())
    return [part.strip() for part in (outside, *inside) if part.strip()] if inside else []


def initials(text: str) -> str:
    """The initial letters and the acronyms of each line of a text in Latin script."""
    return _AFTER_INITIAL.sub("", text).lower()


def without_small_words(text: str) -> str:
    """Each line of a text without the small words that acronyms leave out."""
    return _SMALL_WORDS.sub("", text)


def is_acronym(label: str) -> bool:
    """Whether a label is a short one in capitals."""
    return len(label) <= _LONGEST and label.isascii() and label.isupper()


def names_by_brackets(text: str) -> list[str]:
    """The names that a label with brackets holds: the one before, and one inside if either is an acronym."""
    parts = without_brackets(text)
    return [part for part in parts if part == parts[0] or is_acronym(part) or is_acronym(parts[0])]


def is_short_for(short: str, text: str) -> bool:
    """Whether initials are as long as an acronym may be and say less than the text."""
    return _SHORTEST <= len(short) <= _LONGEST and len(short) < len(text)
