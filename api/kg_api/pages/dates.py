"""Dates and numbers as people write them in their language; the data keep their ISO form."""

import re
from datetime import date

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal
from markupsafe import Markup

_DATE = re.compile(r"^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$")
_LOCALES = {"ja": Locale("ja"), "en": Locale("en", "GB")}


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
    try:
        first = date(year, month or 1, day or 1)
    except ValueError:
        return value
    locale = _LOCALES[lang]
    if day:
        return format_date(first, "long", locale=locale)
    return format_skeleton("yMMMM" if month else "y", first, locale=locale)


def number_text(value: float, lang: str) -> str:
    """Give a number with its thousands apart.

    >>> number_text(62902, "en")
    '62,902'
    """
    return format_decimal(value, locale=_LOCALES[lang])


def plural_of(value: float, lang: str) -> str:
    """Name the form that a language takes for a number of things: one, other.

    >>> plural_of(1, "en"), plural_of(1, "ja")
    ('one', 'other')
    """
    return _LOCALES[lang].plural_form(value)


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
