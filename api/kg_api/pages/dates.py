"""Dates as people read them; the data keep their ISO form."""

import re

from markupsafe import Markup

_DATE = re.compile(r"^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def is_date(value: str) -> bool:
    """Tell whether a text is a day or a month in ISO form; a bare year may as well be a number."""
    return _DATE.match(value) is not None and "-" in value


def date_text(value: str, lang: str) -> str:
    """Give a day, month or year in words; anything else as it stands.

    >>> date_text("2024-02-14", "en")
    '14 February 2024'
    >>> date_text("2024-02", "ja")
    '2024年2月'
    """
    found = _DATE.match(value)
    if not found:
        return value
    year, month, day = (int(part) if part else 0 for part in found.groups())
    if lang == "ja":
        return f"{year}年" + (f"{month}月" if month else "") + (f"{day}日" if day else "")
    name = _MONTHS[month - 1] if 1 <= month <= len(_MONTHS) else ""
    return " ".join(str(part) for part in (day, name, year) if part)


def time_tag(value: str, lang: str) -> Markup:
    """Give a date as a time element, empty where there is none."""
    if not value:
        return Markup("")
    return Markup('<time datetime="{}">{}</time>').format(value, date_text(value, lang))


def span_tag(start: str, end: str, lang: str) -> Markup:
    """Give a time from a start to an end; one date where they are equal or one is missing."""
    if not start or not end or start == end:
        return time_tag(start or end, lang)
    return Markup("{}–{}").format(time_tag(start, lang), time_tag(end, lang))
