"""The terminology ledger, and what is missing in it (G6)."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import NamedNode

from kg.catalog import load_query
from kg.gaps.closing import closes_if, has_value, quoted, some
from kg.gaps.demand import Demand
from kg.gaps.drafts import Draft
from kg.gaps.ground import Ground
from kg.gaps.identity import gap_id
from kg.gaps.ledgers import TermMapping, TermRow
from kg.gaps.model import ClosesIf, Ref, Text
from kg.gaps.proof import Bindings, in_order, proof
from kg.gaps.sentences import date_text, listed
from kg.gaps.terms import groups_of, must, slug, text_of

LANGUAGES = ("ja", "en")
_WORDS = {"ja": Text(ja="日本語", en="Japanese"), "en": Text(ja="英語", en="English")}
_MAPPING = Text(ja="ほかの語彙との対応付け", en="mapping to another vocabulary")
_NEEDS = {"label": 1.0, "definition": 0.6, "definition-language": 0.4, "unrelated": 0.4, "crosswalk": 0.2}


@dataclass(frozen=True)
class Record:
    """What is on record about one term."""

    concept: str
    scheme: str
    found: tuple[tuple[str, str, str], ...]

    def values(self, what: str) -> tuple[str, ...]:
        """Give the values of one kind, for example the languages of definitions."""
        return tuple(sorted({value for kind, value, _ in self.found if kind == what}))

    @property
    def is_mapped(self) -> bool:
        """Tell whether a crosswalk has a row for it, be it that nothing matches."""
        return any(kind in ("mapping", "no-match") for kind, _, _ in self.found)


@dataclass(frozen=True)
class Terminology:
    """Looks at the terms of the protocol's schemes, the schemes of the axes where it names none."""

    ground: Ground
    demand: Demand

    @cached_property
    def schemes(self) -> tuple[Ref, ...]:
        """Give the schemes whose terms are looked at."""
        protocol = self.ground.protocol
        axes = tuple(axis.scheme for axis in (protocol.rows, protocol.columns) if axis.scheme is not None)
        unique = {ref.iri: ref for ref in protocol.terminology_schemes or axes}
        return tuple(unique[iri] for iri in sorted(unique))

    @cached_property
    def records(self) -> tuple[Record, ...]:
        """Read what is on record about every term; a term with a fault is left out."""
        found: dict[tuple[str, str], list[tuple[str, str, str]]] = {}
        for scheme in self.schemes:
            rows = self.ground.store.select(load_query("gaps/terms").bind(scheme=NamedNode(scheme.iri)))
            for row in rows:
                if text_of(row, "node") in self.ground.faults:
                    continue
                parts = (must(row, "what"), text_of(row, "value") or "", text_of(row, "detail") or "")
                found.setdefault((must(row, "concept"), scheme.iri), []).append(parts)
        return tuple(
            Record(concept, scheme, tuple(parts))
            for (concept, scheme), parts in sorted(found.items())
            if concept not in self.ground.faults
        )

    @cached_property
    def _crosswalked(self) -> frozenset[str]:
        """Give the schemes that have a crosswalk at all: only there a term without one is missing a row."""
        return frozenset(record.scheme for record in self.records if record.is_mapped)

    @cached_property
    def _below(self) -> dict[str, dict[str, tuple[str, ...]]]:
        """Give for each scheme the terms that stand directly below each of its tops."""
        return {ref.iri: self._below_tops(ref.iri) for ref in self.schemes}

    def _below_tops(self, scheme: str) -> dict[str, tuple[str, ...]]:
        rows = self.ground.store.select(load_query("gaps/broader").bind(scheme=NamedNode(scheme)))
        pairs = [(must(row, "broader"), must(row, "concept")) for row in rows]
        below = {concept for _, concept in pairs}
        return groups_of((above, concept) for above, concept in pairs if above not in below)

    def _is_container(self, record: Record) -> bool:
        """Tell whether a top only gathers terms: crosswalks speak of what stands below it, and do."""
        below = self._below[record.scheme].get(record.concept, ())
        return any((record.scheme, each) in self._mapped for each in below)

    @cached_property
    def _mapped(self) -> frozenset[tuple[str, str]]:
        return frozenset((record.scheme, record.concept) for record in self.records if record.is_mapped)

    def ledger(self) -> tuple[TermRow, ...]:
        """Give one row for each term."""
        return tuple(self._row(record) for record in self.records)

    def _row(self, record: Record) -> TermRow:
        labels = self.ground.labels
        mappings = sorted({(value, detail) for what, value, detail in record.found if what == "mapping"})
        return TermRow(
            concept=labels.ref(record.concept),
            scheme=labels.ref(record.scheme),
            labels=record.values("label"),
            definitions=record.values("definition"),
            bodies=labels.refs(sorted({*record.values("unrelated"), *record.values("related")})),
            mappings=tuple(
                TermMapping(target=labels.ref(value), relation=slug(detail)) for value, detail in mappings
            ),
            no_match=labels.refs(record.values("no-match")),
            gaps=tuple(draft.id for draft in self._drafts[record.scheme, record.concept]),
        )

    def drafts(self) -> list[Draft]:
        """Find the terms that lack something; a term of two schemes once."""
        found = {draft.id: draft for drafts in self._drafts.values() for draft in drafts}
        return list(found.values())

    @cached_property
    def _drafts(self) -> dict[tuple[str, str], tuple[Draft, ...]]:
        return {(record.scheme, record.concept): tuple(self._of(record)) for record in self.records}

    @cached_property
    def _as_of(self) -> Text:
        """Give the last day on which a source was read: what is on record about terms is as of then."""
        rows = self.ground.store.select(load_query("gaps/last-read").bind())
        when = date_text((text_of(rows[0], "last") if rows else None) or self.ground.protocol.cut_off)
        return Text(ja=f"{when.ja}時点の", en=f"as of {when.en}")

    def _of(self, record: Record) -> Iterator[Draft]:
        for language in LANGUAGES:
            if language not in record.values("label"):
                yield self._draft(
                    record, f"label-{language}", "label", _lack("優先名称", "preferred label", language)
                )
        defined = record.values("definition")
        if not defined:
            what = Text(ja="定義", en="definition")
            yield self._draft(record, "definition", "definition", what)
        for language in LANGUAGES if defined else ():
            if language not in defined:
                lack = _lack("定義", "definition", language)
                yield self._draft(record, f"definition-{language}", "definition-language", lack)
        if len(record.values("unrelated")) > 1:
            yield self._draft(record, "unrelated", "unrelated", self._unrelated(record))
        if record.scheme in self._crosswalked and not record.is_mapped and not self._is_container(record):
            yield self._draft(record, "crosswalk", "crosswalk", _MAPPING)

    def _unrelated(self, record: Record) -> Text:
        bodies = listed([self.ground.labels.text(iri) for iri in record.values("unrelated")])
        return Text(
            ja=f"{bodies.ja}による定義どうしの関係の記述",
            en=f"stated relation between the definitions by {bodies.en}",
        )

    def _draft(self, record: Record, aspect: str, kind: str, what: Text) -> Draft:
        ground = self.ground
        label = ground.labels.text(record.concept)
        lacking, when = (
            Text(ja=f"用語「{label.ja}」の{what.ja}", en=f"{what.en} for “{label.en}”"),
            self._as_of,
        )
        gap = gap_id("G6", ground.protocol, record.concept, aspect)
        present = sum(
            language in record.values(what) for what in ("label", "definition") for language in LANGUAGES
        )
        rows = [ground.rows.index[record.concept]] if record.concept in ground.rows.index else []
        return Draft(
            id=gap,
            type="G6",
            status="ABSENT-IN-SCOPE",
            record=ground.labels.ref(record.concept),
            sentence=Text(
                ja=f"{lacking.ja}は、{when.ja}このグラフには見当たらない。",
                en=f"No {lacking.en} was found in this graph {when.en}.",
            ),
            query=proof("gaps/term-record", {"concept": record.concept}),
            bindings=_bindings(record),
            closes_if=_shape(gap, record.concept, aspect, lacking),
            need=_NEEDS[kind],
            reach=self.demand.reach(rows),
            closeness=present / (2 * len(LANGUAGES)),
        )


def _lack(ja: str, en: str, language: str) -> Text:
    word = _WORDS[language]
    return Text(ja=f"{word.ja}の{ja}", en=f"{en} in {word.en}")


def _bindings(record: Record) -> Bindings:
    kinds = ("label", "definition", "unrelated", "mapping", "no-match")
    return in_order({"what": what, "value": value} for what in kinds for value in record.values(what))


def _shape(gap: str, concept: str, aspect: str, lacking: Text) -> ClosesIf:
    """Write what the concept, or a new record about it, would have to show."""
    description = Text(ja=f"{lacking.ja}を記録する。", en=f"Record the {lacking.en}.")
    language = aspect.rpartition("-")[2]
    term = has_value("definitionOf", concept, Text(ja="概念", en="concept"))
    cited = some("citation", "aisi:Citation", Text(ja="典拠", en="citation"))
    if aspect.startswith("label"):
        return closes_if(gap, description, [_in_language("prefLabel", language)], target=concept)
    if aspect in ("definition-ja", "definition-en"):
        return closes_if(gap, description, [_in_language("definition", language)], target=concept)
    if aspect == "definition":
        properties = [_in_language("definition", each) for each in LANGUAGES]
        return closes_if(gap, description, properties, target=concept)
    if aspect == "unrelated":
        path = Text(ja="優先定義との関係", en="relation to preferred definition")
        relation = (
            f"sh:path aisi:relationToPreferred ; sh:name {quoted(path.ja, 'ja')} , {quoted(path.en, 'en')}"
        )
        stated = [term, f"{relation} ; sh:minCount 1 ; sh:maxCount 1", cited]
        found_from = (concept, "[ sh:inversePath aisi:definitionOf ]")
        return closes_if(gap, description, stated, found_from=found_from)
    name = Text(ja="対応付けの主語", en="mapped term")
    subject = has_value("https://w3id.org/sssom/subject_id", concept, name)
    target_name = Text(ja="対応付けの目的語", en="mapped to")
    names = f"{quoted(target_name.ja, 'ja')} , {quoted(target_name.en, 'en')}"
    mapped = f"sh:path <https://w3id.org/sssom/object_id> ; sh:name {names} ; sh:minCount 1"
    found_from = (concept, "[ sh:inversePath <https://w3id.org/sssom/subject_id> ]")
    return closes_if(gap, description, [subject, mapped, cited], found_from=found_from)


def _in_language(name: str, language: str) -> str:
    word = _WORDS[language]
    path = f"<http://www.w3.org/2004/02/skos/core#{name}>"
    return (
        f"sh:path {path} ; sh:name {quoted(word.ja, 'ja')} , {quoted(word.en, 'en')} ; sh:qualifiedMinCount 1 ; "
        f'sh:qualifiedValueShape [ sh:languageIn ( "{language}" ) ]'
    )
