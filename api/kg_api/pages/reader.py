"""The reader of a page: language, address, texts, labels and links in that language."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import quote, urlencode

from fastapi import Request
from markupsafe import Markup

from kg.gaps.model import Ref as GapRef
from kg.gaps.model import Text
from kg.gaps.places import place_text
from kg.records.model import ActorEntry, Entry, Ref, Statement, Tally, Term
from kg.report.words import Words
from kg.vocab import BASE, compact
from kg_api.axes import Value
from kg_api.pages.dates import date_text, is_date, number_text, plural_of, span_tag, time_tag
from kg_api.wording import LANGUAGES, preferred, texts

COOKIE = "lang"
_KILO = 1000
Named = TypeVar("Named", Ref, Entry, ActorEntry)


def _in_number(found: Mapping[str, str], lang: str, n: object) -> str:
    """Choose the form of a text that goes with a number of things; most texts have but one."""
    form = f"{lang}_{plural_of(n, lang)}" if isinstance(n, int) else lang
    return found.get(form, found[lang])


@dataclass(frozen=True)
class Reader:
    """The reader of a page; links to records lead to what is served, or to a release: `at` is then its path."""

    lang: str
    url: str
    params: tuple[tuple[str, str], ...]
    at: str = ""

    def t(self, name: str, /, **values: object) -> str:
        """Give an interface text in the reader's language; with marked-up values it is marked up as well."""
        text = _in_number(texts()[name], self.lang, values.get("n"))
        written = {key: self.number(value) if type(value) is int else value for key, value in values.items()}
        if any(isinstance(value, Markup) for value in written.values()):
            return Markup("{}").format(text).format(**written)
        return text.format(**written)

    def number(self, value: float) -> str:
        """Give a number as it is written in the reader's language."""
        return number_text(value, self.lang)

    def catalogue(self, prefix: str) -> dict[str, str]:
        """Give the interface texts of one page, with their places for values left open for the browser to fill."""
        found = texts()
        return {
            name.removeprefix(prefix): found[name][self.lang] for name in found if name.startswith(prefix)
        }

    def has(self, name: str) -> bool:
        """Tell whether there is an interface text of this name."""
        return name in texts()

    def text(self, labels: Text | Mapping[str, str]) -> str:
        """Give a label by the language rule, as bare text."""
        return self._chosen(labels)[1]

    def label(self, labels: Text | Mapping[str, str], fallback: str = "") -> Markup:
        """Give a label by the language rule, marked with the language it is in."""
        lang, text = self._chosen(labels)
        if not text:
            return Markup("<bdi>{}</bdi>").format(fallback)
        return Markup('<bdi lang="{}">{}</bdi>').format(lang or "und", text)

    def link(self, record: Ref | GapRef | Term | Entry | Value, fallback: str = "") -> Markup:
        """Give a record as a link with its label; without a link where its IRI is no address for a browser."""
        iri = record.value if isinstance(record, Term) else record.iri
        shown = self.label(record.label, fallback or ("" if record.label else compact(iri)))
        address = self.href(iri)
        return Markup('<a href="{}">{}</a>').format(address, shown) if address else shown

    def href(self, iri: str) -> str:
        """Give the address of a record: our own path for our IRIs, a web address as it is, nothing for others."""
        if iri.startswith(BASE):
            path = quote(iri.removeprefix(BASE).lstrip("/"), safe="/#")  # two slashes would name a host
            return f"/{self.at}{path}"
        return iri if iri.startswith(("https://", "http://")) else ""

    def short(self, iri: str) -> str:
        """Give one of our IRIs without its base, as addresses of this site name it."""
        return iri.removeprefix(BASE)

    def literal(self, term: Term) -> Markup:
        """Give a text or date of a record, marked with its language."""
        if term.value in LANGUAGES:
            return Markup("{}").format(self.language(term.value))
        if not term.lang:
            return (
                self.date(term.value) if is_date(term.value) else Markup("<bdi>{}</bdi>").format(term.value)
            )
        return Markup('<bdi lang="{}">{}</bdi>').format(term.lang, term.value)

    def in_reach(self, terms: Sequence[Term]) -> list[Term]:
        """Leave out texts in other languages where there are some in the reader's."""
        mine = [term for term in terms if not term.lang or term.lang.split("-")[0] == self.lang]
        return mine or list(terms)

    def property(self, statement: Statement | Tally) -> Markup | str:
        """Give the name of a property: ours from the ontology, others' from the interface texts."""
        name = compact(statement.property)
        return self.t(name) if self.has(name) else self.label(statement.label, name)

    def inverse(self, statement: Statement) -> Markup | str:
        """Give the name of a property as seen from the record that it points to."""
        name = f"by {compact(statement.property)}"
        return self.t(name) if self.has(name) else self.property(statement)

    def language(self, tag: str) -> str:
        """Give the name of a language, or its tag."""
        name = f"language {tag.lower()}"
        return self.t(name) if self.has(name) else tag

    def locator(self, name: str | None) -> str:
        """Give a place in a document as people write it; nothing for the document as a whole."""
        return place_text(name).in_lang(self.lang)

    def date(self, value: str) -> Markup:
        """Give a date in words."""
        return time_tag(value, self.lang)

    def size(self, count: int) -> str:
        """Give a number of bytes in the unit that people read."""
        if count < _KILO:
            return f"{count} B"
        return f"{count / _KILO:,.0f} kB" if count < _KILO**2 else f"{count / _KILO**2:,.1f} MB"

    def date_text(self, value: str) -> str:
        """Give a date in words as bare text."""
        return date_text(value, self.lang)

    def share(self, share: float) -> str:
        """Give a share in per cent; only all is 100 and only nothing is 0."""
        return Words(self.lang).share(share)

    def span(self, start: str, end: str) -> Markup:
        """Give a time from a start to an end in words."""
        return span_tag(start, end, self.lang)

    def with_params(self, **changed: str | list[str] | None) -> str:
        """Give this page's address with some parameters changed, None to leave one out."""
        kept = [(name, value) for name, value in self.params if name not in changed]
        for name, value in changed.items():
            values = [value] if isinstance(value, str) else value or []
            kept += [(name, one) for one in values]
        return f"{quote(self.url)}?{urlencode(kept)}" if kept else quote(self.url)

    def toggled(self, name: str, value: str) -> str:
        """Give this page's address with one value of a parameter switched on or off, back on the first page."""
        values = [one for key, one in self.params if key == name]
        switched = [one for one in values if one != value] if value in values else [*values, value]
        return self.with_params(**{name: switched, "offset": None})

    def sorted(self, records: Iterable[Named]) -> list[Named]:
        """Put records in the order of their labels in the reader's language."""
        return sorted(records, key=lambda one: (self.text(one.label), one.iri))

    def other_language(self) -> str:
        """Give the language that the switch leads to."""
        return "en" if self.lang == "ja" else "ja"

    def _chosen(self, labels: Text | Mapping[str, str]) -> tuple[str, str]:
        found = labels.model_dump() if isinstance(labels, Text) else labels
        for lang in (self.lang, *LANGUAGES, "", *sorted(found)):
            if found.get(lang):
                return lang, found[lang]
        return "", ""


def reader_of(request: Request) -> Reader:
    """Find the reader's language: asked for, then remembered, then preferred by the browser, then Japanese."""
    asked = request.query_params.get("lang", "").split("-")[0].lower()
    remembered = request.cookies.get(COOKIE, "")
    wanted = preferred(request.headers.get("accept-language", ""))
    lang = next((one for one in (asked, remembered, *wanted) if one in LANGUAGES), LANGUAGES[0])
    return Reader(lang, request.url.path, tuple(request.query_params.multi_items()))
