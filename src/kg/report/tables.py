"""The tables of a report, flat: what CSV and the sheets of XLSX hold."""

from collections.abc import Iterable
from dataclasses import dataclass

from kg.gaps.ledgers import Commitment, SearchTask, TermRow
from kg.gaps.model import Cell, CitationRef, Evidence, Gap, Nearest, Owner, Ref, Statement, Text
from kg.report.closing import condition
from kg.report.signs import COMMITMENT_WORDS, SIGNS, key_of
from kg.report.sources import Part, SourceRow, sources
from kg.report.view import Report, distinct
from kg.report.words import LANGUAGES, Words, fixed_words

Value = str | int | float | bool | None
Row = dict[str, Value | Text | Ref]

_NOTHING = Text(ja="", en="")
_NOBODY = Ref(iri="", label=_NOTHING)
_PLACES = 6


@dataclass(frozen=True)
class Table:
    """A table; a text in both languages takes two columns, `_ja` and `_en`, a record one more for its IRI."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


def tables(report: Report) -> tuple[Table, ...]:
    """Give all tables of a report."""
    analysis = report.analysis
    return (
        cells(report),
        _table("gaps", [_gap(gap) for gap in analysis.gaps]),
        _table("commitments", [_commitment(row) for row in analysis.commitments]),
        _table("search", [_task(report, task) for task in analysis.search_list]),
        _table("sources", [_source(row) for row in sources(report)]),
        _table("terms", [_term(row) for row in analysis.terminology]),
    )


def cells(report: Report) -> Table:
    """Give every cell of the map, those without any activity too."""
    return _table("cells", [_cell(report, cell) for cell in report.analysis.cells])


def _table(name: str, rows: list[Row]) -> Table:
    flat = [_flat(row) for row in rows]
    columns = tuple(flat[0]) if flat else ()
    return Table(name, columns, tuple(tuple(row.values()) for row in flat))


def _flat(row: Row) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for key, value in row.items():
        if isinstance(value, Ref):
            found[key] = value.iri
        if isinstance(value, Text | Ref):
            text = value if isinstance(value, Text) else value.label
            found |= {f"{key}_{lang}": text.in_lang(lang) for lang in LANGUAGES}
        else:
            found[key] = round(value, _PLACES) if isinstance(value, float) else value
    return found


def _cell(report: Report, cell: Cell) -> Row:
    found = report.gaps_of_cells.get((cell.area, cell.facet, cell.group), ())
    return {
        "area": _axis_value(report, cell.area),
        "facet": _axis_value(report, cell.facet),
        "group": _axis_value(report, cell.group),
        "status": cell.status,
        "status_word": _status_word(key_of(cell)),
        "planned_only": cell.planned_only,
        "activities": cell.direct.n,
        "actors": cell.direct.actors,
        "depth": cell.direct.depth,
        "activities_with_narrower": cell.rolled_up.n,
        "actors_with_narrower": cell.rolled_up.actors,
        "depth_with_narrower": cell.rolled_up.depth,
        "target": cell.target,
        "keeps_status": cell.stays,
        "sentence": cell.sentence,
        "evidence_activities": " ".join(dict.fromkeys(item.activity.iri for item in cell.evidence)),
        "evidence": _joined(_evidence(item) for item in distinct(cell.evidence)),
        "counter_evidence": _joined(_statement(one) for one in cell.negative),
        "read_to_the_end": _joined(_statement(one) for one in cell.completeness),
        "gaps": " ".join(gap.id for gap in found),
    }


def _gap(gap: Gap) -> Row:
    cell = gap.cell
    return {
        "rank": gap.rank.position,
        "id": gap.id,
        "type": gap.type,
        "type_word": _fixed(f"type_{gap.type}"),
        "status": gap.status,
        "status_word": _status_word(gap.status),
        "sentence": gap.sentence,
        "area": cell.area if cell else _NOBODY,
        "facet": (cell.facet if cell else None) or _NOBODY,
        "group": (cell.group if cell else None) or _NOBODY,
        "record": gap.record or _NOBODY,
        "rule": gap.rule,
        "evidence": _joined(_evidence(item) for item in distinct(gap.evidence)),
        "nearest": _joined(_nearest(near) for near in gap.nearest),
        "counter_evidence": _joined(_statement(one) for one in gap.negative),
        "read_to_the_end": _joined(_statement(one) for one in gap.completeness),
        "closes_if": condition(gap.closes_if) or _NOTHING,
        "owners": _joined(_owner(owner) for owner in gap.owners),
        "rank_low": gap.rank.low,
        "rank_high": gap.rank.high,
        "need": gap.rank.need,
        "reach": gap.rank.reach,
        "actionability": gap.rank.actionability,
        "confidence": gap.rank.confidence,
        "knowledge": gap.confidence.knowledge,
        "soundness": gap.confidence.soundness,
        "robustness": gap.robustness.share,
        "query": gap.query.name,
        "query_sha256": gap.query.sha256,
    }


def _commitment(row: Commitment) -> Row:
    done = [
        _both(one.activity.label, "({})", _labels([one.extent]), _cited(one.citations))
        for one in row.implementations
    ]
    return {
        "instrument": row.instrument,
        "locator": row.locator,
        "clause": row.provision,
        "addressees": _labels(row.addressees),
        "verb": _labels([row.verb_class] if row.verb_class else []),
        "hedge": _labels([row.hedge] if row.hedge else []),
        "due": row.due_date,
        "obliges": row.obliges,
        "priority": row.priority,
        "status": row.status,
        "status_word": Text(**COMMITMENT_WORDS[row.status]),
        "implemented_by": _joined(done),
        "nearest": _joined(_nearest(near) for near in row.nearest),
        "source": _cited(row.citations),
        "gap": row.gap,
    }


def _task(report: Report, task: SearchTask) -> Row:
    sources = report.look_in(task)
    return {
        "id": task.id,
        "type": task.type,
        "type_word": _fixed(f"type_{task.type}"),
        "sentence": task.sentence,
        "search_words": task.terms,
        "search_where": _labels(sources) if sources else _fixed("search_anywhere"),
    }


def _source(row: SourceRow) -> Row:
    return {
        "document": row.document,
        "places": row.places,
        "read_to_the_end": _joined(_part(part) for part in row.read),
    }


def _term(row: TermRow) -> Row:
    return {
        "term": row.concept,
        "scheme": row.scheme,
        "languages": " ".join(row.labels),
        "definitions": " ".join(row.definitions),
        "mappings": _joined(
            _both(edge.target.label, "({})", Text(ja=edge.relation, en=edge.relation))
            for edge in row.mappings
        ),
        "no_match": _labels(row.no_match),
        "gaps": " ".join(row.gaps),
    }


def _axis_value(report: Report, iri: str | None) -> Ref:
    return Ref(iri=iri, label=report.axis_values[iri].label) if iri else _NOBODY


def _fixed(key: str) -> Text:
    return Text(**{lang: fixed_words()[key][lang] for lang in LANGUAGES})


def _status_word(key: str) -> Text:
    return Text(**SIGNS[key].word)


def _joined(texts: Iterable[Text]) -> Text:
    found = list(texts)
    return Text(ja="\u3000/\u3000".join(text.ja for text in found), en=" / ".join(text.en for text in found))


def _both(first: Text, pattern: str, *others: Text) -> Text:
    """Write the first text with the others behind it, the next one in the pattern."""
    head, *rest = others
    said = {
        lang: " ".join(
            part
            for part in (
                first.in_lang(lang),
                pattern.format(head.in_lang(lang)),
                *(text.in_lang(lang) for text in rest),
            )
            if part
        )
        for lang in LANGUAGES
    }
    return Text(**said)


def _labels(refs: Iterable[Ref]) -> Text:
    found = list(refs)
    return Text(**{lang: Words(lang).names(found) for lang in LANGUAGES})


def _cited(citations: Iterable[CitationRef]) -> Text:
    found = list(citations)
    return Text(**{lang: Words(lang).listed(Words(lang).cited(one) for one in found) for lang in LANGUAGES})


def _evidence(item: Evidence) -> Text:
    return _both(item.activity.label, "({})", _labels(item.actors), _cited(item.citations))


def _nearest(near: Nearest) -> Text:
    return _both(near.record.label, "— {}", near.reason)


def _owner(owner: Owner) -> Text:
    return _both(owner.actor.label, "— {}", owner.reason)


def _statement(one: Statement) -> Text:
    return _both(_labels(one.sources), "({})", _day(one.as_of), _cited(one.citations))


def _part(part: Part) -> Text:
    return _both(part.source.label, "({})", _day(part.as_of))


def _day(iso: str | None) -> Text:
    return Text(**{lang: Words(lang).day(iso) for lang in LANGUAGES})
