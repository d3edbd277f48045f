"""Concepts as entries: what tables, term bases and JSKOS say of a concept, read once from the snapshot."""

from collections.abc import Iterable, Iterator
from typing import Final

import pyoxigraph as ox
from pydantic import BaseModel, ConfigDict

from kg.catalog import load_query
from kg.export.statements import descriptions
from kg.gaps.places import place_text
from kg.store import Row, Store
from kg.vocab import BASE, DCTERMS, OWL, SKOS

LANGUAGES: Final = ("ja", "en")
MATCHES: Final = ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")
ByLanguage = dict[str, tuple[str, ...]]


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True)


class Reference(_Value):
    """A document and a section of it."""

    source: str
    locator: str
    title: dict[str, str]

    def words(self, lang: str) -> str:
        """Say it in one line."""
        title = self.title.get(lang) or next(iter(self.title.values()), self.source)
        place = place_text(self.locator).in_lang(lang)
        return f"{title}, {place}" if place else title


class Definition(_Value):
    """A text that says what a concept means, with its kind and its grounds."""

    text: str
    lang: str
    kind: str = ""
    relation: str = ""
    references: tuple[Reference, ...] = ()


class Entry(_Value):
    """One concept with everything that the plain SKOS says of it, and the grounds of its definitions."""

    iri: str
    scheme: str = ""
    texts: dict[str, ByLanguage]
    links: dict[str, tuple[str, ...]]
    notations: tuple[str, ...] = ()
    deprecated: bool = False
    definitions: tuple[Definition, ...] = ()
    references: tuple[Reference, ...] = ()
    statuses: dict[str, str] = {}

    def text(self, name: str, lang: str) -> tuple[str, ...]:
        """Give the values of one property, such as `altLabel`, in one language."""
        return self.texts.get(name, {}).get(lang, ())

    def label(self, lang: str) -> str:
        """Give the preferred label in a language, or in another where there is none."""
        labels = self.texts.get("prefLabel", {})
        ordered = [lang, *LANGUAGES, *sorted(labels)]
        return next((labels[tag][0] for tag in ordered if tag in labels), self.iri)

    def languages(self) -> list[str]:
        """Give the languages of the entry, Japanese and English always and first; readings belong to theirs."""
        found = {tag.split("-")[0] for texts in self.texts.values() for tag in texts if tag}
        return [*LANGUAGES, *sorted(found - set(LANGUAGES))]

    def definitions_in(self, lang: str) -> tuple[Definition, ...]:
        """Give the definitions in one language, the preferred one first."""
        preferred = self.text("definition", lang)
        found = {definition.text: definition for definition in self.definitions if definition.lang == lang}
        first = [found.pop(text, Definition(text=text, lang=lang)) for text in preferred]
        return (*first, *found.values())


class Scheme(_Value):
    """A concept scheme with its entries."""

    iri: str
    title: dict[str, str]
    description: dict[str, str]
    notation: str
    entries: tuple[Entry, ...]

    @property
    def name(self) -> str:
        """Give the last part of its IRI."""
        return self.iri.rstrip("/#").rsplit("/", 1)[-1].rsplit("#", 1)[-1]


def proper_tag(tag: str) -> str:
    """Write a language tag as BCP 47 recommends.

    >>> proper_tag("ja-kana"), proper_tag("en-gb")
    ('ja-Kana', 'en-GB')
    """
    first, *rest = tag.split("-")
    forms = {2: str.upper, 4: str.title}
    return "-".join([first.lower(), *(forms.get(len(part), str.lower)(part) for part in rest)])


def read_schemes(skos: Iterable[ox.Triple], store: Store, scheme: ox.NamedNode | None) -> list[Scheme]:
    """Make entries of the plain SKOS of one scheme or of all, in the order of their IRIs."""
    entries: dict[str, list[Entry]] = {}
    for entry in _entries(skos, store):
        for iri in entry.links.get("inScheme", ()):
            entries.setdefault(iri, []).append(entry.model_copy(update={"scheme": iri}))
    rows = store.select(load_query("export/schemes").bind(scheme=scheme))
    return [_scheme(row, entries.get(row["scheme"].value, [])) for row in rows]


def each_entry_once(schemes: Iterable[Scheme]) -> list[Scheme]:
    """Leave a concept of several schemes in the first of them, for files in which it may stand only once."""
    seen: set[str] = set()
    found = []
    for scheme in schemes:
        entries = tuple(entry for entry in scheme.entries if entry.iri not in seen)
        seen.update(entry.iri for entry in entries)
        found.append(scheme.model_copy(update={"entries": entries}))
    return found


def _scheme(row: Row, entries: Iterable[Entry]) -> Scheme:
    return Scheme(
        iri=row["scheme"].value,
        title=_bilingual(row, "title"),
        description=_bilingual(row, "description"),
        notation=row["notation"].value if "notation" in row else "",
        entries=tuple(entries),
    )


def _bilingual(row: Row, name: str) -> dict[str, str]:
    return {lang: row[name + lang.title()].value for lang in LANGUAGES if name + lang.title() in row}


def _entries(skos: Iterable[ox.Triple], store: Store) -> Iterator[Entry]:
    references = _references(store)
    definitions = _definitions(store, references)
    statuses = _statuses(store)
    for subject, triples in descriptions(skos):
        if isinstance(subject, ox.NamedNode) and any(
            t.object == ox.NamedNode(SKOS + "Concept") for t in triples
        ):
            yield _entry(subject.value, triples).model_copy(
                update={
                    "definitions": definitions.get(subject.value, ()),
                    "references": references.get(subject.value, ()),
                    "statuses": statuses.get(subject.value, {}),
                }
            )


def _entry(iri: str, triples: list[ox.Triple]) -> Entry:
    texts: dict[str, dict[str, list[str]]] = {}
    links: dict[str, list[str]] = {}
    notations = []
    for triple in triples:
        name = triple.predicate.value.removeprefix(SKOS).removeprefix(DCTERMS).removeprefix(OWL)
        if isinstance(triple.object, ox.NamedNode):
            links.setdefault(name, []).append(triple.object.value)
        elif isinstance(triple.object, ox.Literal) and name == "notation":
            notations.append(triple.object.value)
        elif isinstance(triple.object, ox.Literal):
            tag = proper_tag(triple.object.language or "")
            texts.setdefault(name, {}).setdefault(tag, []).append(triple.object.value)
    return Entry(
        iri=iri,
        texts={
            name: {tag: tuple(sorted(values)) for tag, values in tags.items()} for name, tags in texts.items()
        },
        links={name: tuple(sorted(values)) for name, values in links.items()},
        notations=tuple(sorted(notations)),
        deprecated="deprecated" in texts,
    )


def _references(store: Store) -> dict[str, tuple[Reference, ...]]:
    found: dict[str, list[Reference]] = {}
    for row in store.select(load_query("export/citations").text):
        reference = Reference(
            source=row["source"].value, locator=row["locator"].value, title=_bilingual(row, "source")
        )
        found.setdefault(row["record"].value, []).append(reference)
    return {record: tuple(references) for record, references in found.items()}


def _definitions(
    store: Store, references: dict[str, tuple[Reference, ...]]
) -> dict[str, tuple[Definition, ...]]:
    found: dict[str, list[Definition]] = {}
    for row in store.select(load_query("export/definitions").text):
        text = row["text"]
        definition = Definition(
            text=text.value,
            lang=proper_tag(text.language or "") if isinstance(text, ox.Literal) else "",
            kind=_slug(row, "kind"),
            relation=_slug(row, "relation"),
            references=references.get(row["definition"].value, ()),
        )
        found.setdefault(row["concept"].value, []).append(definition)
    return {concept: tuple(definitions) for concept, definitions in found.items()}


def _slug(row: Row, name: str) -> str:
    return row[name].value.rsplit("/", 1)[-1] if name in row else ""


def _statuses(store: Store) -> dict[str, dict[str, str]]:
    """Give for each concept the status of the labels that have one."""
    found: dict[str, dict[str, str]] = {}
    for row in store.select(load_query("export/label-records").text):
        found.setdefault(row["concept"].value, {})[row["form"].value] = _slug(row, "status")
    return found


def slug_of(iri: str) -> str:
    """Shorten an IRI of ours to its path."""
    return iri.removeprefix(BASE)
