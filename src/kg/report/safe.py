"""Texts of a graph made harmless for where they go: Markdown, spreadsheets."""

import re

_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~])")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")


def markdown(text: object) -> str:
    """Escape what Markdown or HTML would read as a mark, and keep the text on one line.

    >>> markdown("a|b <img>")
    'a\\\\|b \\\\<img\\\\>'
    """
    return _MARKS.sub(r"\\\1", " ".join(_CONTROL.sub("", str(text)).split()))


def spreadsheet(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would run as a formula.

    >>> spreadsheet("=HYPERLINK(1)")
    "'=HYPERLINK(1)"
    """
    clean = _CONTROL.sub("", text)
    return f"'{clean}" if clean.startswith(_FORMULA) else clean
