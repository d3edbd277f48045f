"""The fixed words of the report in both languages, and how numbers, dates and places are written."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources

from kg.gaps.model import CitationRef, Ref, Text
from kg.gaps.places import place_text
from kg.gaps.sentences import date_text

LANGUAGES = ("ja", "en")


@cache
def fixed_words() -> dict[str, dict[str, str]]:
    """Read all fixed words: key, then language."""
    text = (resources.files("kg.report") / "words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@dataclass(frozen=True)
class Words:
    """Writes in one language."""

    lang: str

    def __call__(self, key: str, **values: object) -> str:
        """Give a fixed text with its values filled in; `n` = 1 takes the English for one thing."""
        texts = fixed_words()[key]
        single = self.lang == "en" and values.get("n") == 1 and "en_one" in texts
        return texts["en_one" if single else self.lang].format(**values)

    def of(self, text: Text) -> str:
        """Give a text of the data in this language."""
        return text.in_lang(self.lang)

    def names(self, refs: Iterable[Ref]) -> str:
        """Join the labels of records."""
        return self.listed(self.of(ref.label) for ref in refs)

    def listed(self, parts: Iterable[str]) -> str:
        """Join parts that may hold commas themselves."""
        return ("、" if self.lang == "ja" else "; ").join(parts)

    def share(self, share: float) -> str:
        """Write a share in per cent; only all is 100 and only nothing is 0."""
        rounded = round(100 * share)
        unit = "%" if self.lang == "ja" else " %"
        if rounded == 100 and share < 1:
            return f"> 99{unit}"
        return f"< 1{unit}" if rounded == 0 and share > 0 else f"{rounded}{unit}"

    def day(self, iso: str | None) -> str:
        """Write a date, as precise as it is."""
        if iso is None:
            return self("undated")
        if re.fullmatch(r"\d{4}(-\d\d){0,2}", iso):
            return self.of(date_text(iso))
        return iso

    def place(self, locator: str | None) -> str:
        """Write a locator as a reader finds the place."""
        return self.of(place_text(locator))

    def cited(self, citation: CitationRef) -> str:
        """Name the document and the place in it, so that paper works too."""
        document, place = self.of(citation.document.label), self.place(citation.locator)
        return self("cited", document=document, place=place) if place else document
