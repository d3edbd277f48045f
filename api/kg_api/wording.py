"""The catalogue of interface texts, and messages said in the language that a client prefers."""

import re
import tomllib
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

LANGUAGES: Final = ("ja", "en")
_TEXTS: Final = Path(__file__).parent / "texts.toml"
_MESSAGES: Final = "said_"
_FIELD: Final = re.compile(r"('?)\\\{(\w+)\\\}")
_MOST_PREFERRED: Final = 20
_LONGEST_HEADER: Final = 1_000


@cache
def texts() -> dict[str, dict[str, str]]:
    """Read the catalogue of interface texts."""
    return tomllib.loads(_TEXTS.read_text(encoding="utf-8"))


def preferred(header: str) -> list[str]:
    """Read Accept-Language in its order; what weighs nothing, or has a weight that is no number, does not count.

    >>> preferred("en;q=0.5, ja-JP, fr;q=0, de;q=x")
    ['ja', 'en']
    """
    weighted = []
    for part in header.split(",")[:_MOST_PREFERRED]:
        tag, _, weight = part.partition(";q=")
        try:
            weighted.append((-float(weight or 1), tag.strip().split("-")[0].lower()))
        except ValueError:
            continue
    return [tag for negative, tag in sorted(weighted, key=lambda pair: pair[0]) if negative < 0]


@lru_cache(maxsize=128)
def language_of_messages(header: str) -> str:
    """Give the language for messages to programs: English, unless Accept-Language prefers another of ours.

    >>> [language_of_messages(header) for header in ("", "de, ja-JP;q=0.5", "en, ja;q=0.9")]
    ['en', 'ja', 'en']
    """
    return next((tag for tag in preferred(header[:_LONGEST_HEADER]) if tag in LANGUAGES), "en")


def said(message: str, language: str) -> str:
    """Say a message in a language; what the catalogue does not have stays in English, as it was written.

    >>> said("All query workers are busy.", "ja")
    '問合せの処理がすべてふさがっています。'
    """
    if language == "en":
        return message
    for pattern, text in _patterns(language):
        found = pattern.fullmatch(message)
        if found:
            return text.format(**found.groupdict())
    return message


@cache
def _patterns(language: str) -> list[tuple[re.Pattern[str], str]]:
    """Give the English messages of the catalogue as patterns of their values, each with its text."""
    messages = (text for name, text in texts().items() if name.startswith(_MESSAGES))
    return [(_pattern(text["en"]), text[language]) for text in messages]


def _pattern(template: str) -> re.Pattern[str]:
    return re.compile(_FIELD.sub(_value, re.escape(template)), re.DOTALL)


def _value(field: re.Match[str]) -> str:
    """Give the pattern of a value; one in quotation marks may hold such marks."""
    return f"{field[1]}(?P<{field[2]}>.*{'' if field[1] else '?'})"
