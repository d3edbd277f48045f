"""What the reconciliation service knows of records: their types, properties and short descriptions."""

import html
from collections import defaultdict
from collections.abc import Iterator, Sequence

from kg.terms.folding import width_case
from kg.terms.table import local_name
from kg.terms.thesaurus import Thesaurus
from kg.vocab import BASE

Json = dict[str, object]

CLASSES = {
    "Concept": "Concept / 概念",
    "Actor": "Actor / 主体",
    "Instrument": "Instrument / 文書",
    "Activity": "Activity / 活動",
    "Provision": "Provision / 条項",
}
PROPERTIES = {
    "prefLabel-ja": "Preferred label (ja) / 優先ラベル(日本語)",
    "prefLabel-en": "Preferred label (en) / 優先ラベル(英語)",
    "altLabel": "Other labels / 別名",
    "definition-ja": "Definition (ja) / 定義(日本語)",
    "definition-en": "Definition (en) / 定義(英語)",
    "notation": "Notation / 記号",
    "scheme": "Scheme / 体系",
    "broader": "Broader / 上位",
    "narrower": "Narrower / 下位",
    "related": "Related / 関連",
    "mapping": "Mapped to / 対応先",
}
_ENTITIES = ("scheme", "broader", "narrower", "related", "mapping")


def short_id(iri: str) -> str:
    """The identifier of a record: its IRI without the common beginning."""
    return iri.removeprefix(BASE)


def full_iri(identifier: str) -> str:
    """The IRI of an identifier, which may be the IRI itself."""
    return identifier if "://" in identifier else BASE + identifier


def type_names(thesaurus: Thesaurus, iri: str, lang: str | None) -> list[dict[str, str]]:
    """The class of a record, and its scheme if it has one."""
    record = thesaurus.table.records[thesaurus.table.numbers[iri]]
    name = local_name(record.type)
    types = [{"id": name, "name": CLASSES.get(name, name)}]
    if record.scheme in thesaurus.table.numbers:
        types.append({"id": short_id(record.scheme), "name": thesaurus.name(record.scheme, lang)[0]})
    return types


class Properties:
    """The values of the properties that a spreadsheet may ask for, and which records have them."""

    def __init__(self, thesaurus: Thesaurus) -> None:
        self.thesaurus = thesaurus
        self._having: dict[str, dict[str, set[str]]] = {}

    def texts(self, iri: str, pid: str) -> list[str]:
        """The values of a property that is text."""
        name, _, lang = pid.partition("-")
        if name == "prefLabel":
            return self.thesaurus.labels(iri, "pref").get(lang, [])
        if name == "altLabel":
            labels = self.thesaurus.labels(iri, "alt", "former")
            return [text for one in sorted(labels) for text in labels[one]]
        if name == "definition":
            return self.thesaurus.notes.get((iri, "definition"), {}).get(lang, [])
        return self.thesaurus.values(iri, "notation") if name == "notation" else []

    def entities(self, iri: str, pid: str) -> list[str]:
        """The records that are the values of a property."""
        thesaurus = self.thesaurus
        if pid == "scheme":
            return [one for one in (thesaurus.scheme_of(iri),) if one]
        if pid == "mapping":
            return [match.object for match in thesaurus.matches_of(iri)]
        if pid == "narrower":
            return thesaurus.children.get(iri, [])
        return thesaurus.broader(iri) if pid == "broader" else thesaurus.related(iri)

    def having(self, pid: str, value: str) -> set[str]:
        """The records in use of which a property has a value, given as text or as an identifier."""
        if pid not in PROPERTIES:
            return set()
        if pid not in self._having:
            self._having[pid] = self._by_value(pid)
        return self._having[pid].get(width_case(value), set())

    def _by_value(self, pid: str) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for record in self.thesaurus.table.records:
            for value in () if record.deprecated else self._written(record.iri, pid):
                found[width_case(value)].add(record.iri)
        return dict(found)

    def _written(self, iri: str, pid: str) -> Iterator[str]:
        """The ways to write the values of a property: as text, as IRI, as identifier, as name."""
        yield from self.texts(iri, pid)
        for one in self.entities(iri, pid) if pid in _ENTITIES else ():
            yield from (one, short_id(one), *(self.thesaurus.name(one, lang)[0] for lang in ("ja", "en")))

    def cells(self, iri: str, pid: str) -> list[Json]:
        """The values of a property for the cells of a table."""
        if pid in _ENTITIES:
            return [
                {"id": short_id(one), "name": self.thesaurus.name(one, None)[0]}
                for one in self.entities(iri, pid)
            ]
        return [{"str": text} for text in self.texts(iri, pid)]


def extend(
    properties: Properties, ids: Sequence[str], pids: Sequence[str]
) -> tuple[list[Json], dict[str, dict[str, list[Json]]]]:
    """The meta data of the columns, and by identifier and property the cells."""
    known = [pid for pid in pids if pid in PROPERTIES]
    meta: list[Json] = [{"id": pid, "name": PROPERTIES[pid]} for pid in known]
    rows: dict[str, dict[str, list[Json]]] = {}
    for identifier in ids:
        iri = full_iri(identifier)
        there = iri in properties.thesaurus.table.numbers
        rows[identifier] = {pid: properties.cells(iri, pid) if there else [] for pid in known}
    return meta, rows


def suggest_types(thesaurus: Thesaurus, prefix: str) -> list[Json]:
    """The classes and schemes whose names contain the text."""
    return _containing(_types(thesaurus), prefix)


def suggest_properties(prefix: str) -> list[Json]:
    """The properties whose names contain the text."""
    return _containing(PROPERTIES, prefix)


def _types(thesaurus: Thesaurus) -> dict[str, str]:
    schemes = {
        short_id(iri): " / ".join(thesaurus.name(iri, lang)[0] for lang in ("en", "ja"))
        for iri in thesaurus.schemes.values()
    }
    return CLASSES | dict(sorted(schemes.items()))


def _containing(names: dict[str, str], text: str) -> list[Json]:
    wanted = width_case(text)
    return [{"id": key, "name": name} for key, name in names.items() if wanted in width_case(f"{key} {name}")]


def flyout(thesaurus: Thesaurus, kind: str, identifier: str) -> str | None:
    """What a client shows of an entity, a type or a property, as HTML; None if there is none such."""
    if kind == "entity":
        return _summary(thesaurus, full_iri(identifier))
    names = {"type": _types(thesaurus), "property": PROPERTIES}.get(kind, {})
    return f"<h1>{html.escape(names[identifier])}</h1>" if identifier in names else None


def preview(thesaurus: Thesaurus, identifier: str) -> str | None:
    """A small HTML page about a record, None if there is no such record."""
    iri = full_iri(identifier)
    body = _summary(thesaurus, iri)
    if body is None:
        return None
    head = f'<meta charset="utf-8"><title>{html.escape(_both_names(thesaurus, iri))}</title>'
    return f'<!doctype html>\n<html lang="ja"><head>{head}</head><body>{body}</body></html>\n'


def _both_names(thesaurus: Thesaurus, iri: str) -> str:
    return " / ".join(dict.fromkeys(thesaurus.name(iri, lang)[0] for lang in ("ja", "en")))


def _summary(thesaurus: Thesaurus, iri: str) -> str | None:
    """Names, types and definitions of a record as HTML."""
    if iri not in thesaurus.table.numbers:
        return None
    types = ", ".join(one["name"] for one in type_names(thesaurus, iri, "en"))
    notes = "".join(
        f'<p lang="{lang}">{html.escape(note)}</p>'
        for lang in ("ja", "en")
        for note in thesaurus.notes.get((iri, "definition"), {}).get(lang, [])
    )
    names = html.escape(_both_names(thesaurus, iri))
    return f"<h1>{names}</h1><p>{html.escape(types)}</p>{notes}<p>{html.escape(iri)}</p>"
