"""Compare two analyses of one map and name a cause for every change."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from kg.errors import CallerError
from kg.gaps.causes import Comparer, Side, Where, came_went_or_changed, in_order, said_in
from kg.gaps.change_values import CAUSES, Cause, CellChange, Diff, GapChange, Kind
from kg.gaps.ledgers import Commitment
from kg.gaps.model import CellKey, Gap, Ref, Text
from kg.gaps.result import GapAnalysis
from kg.gaps.sentences import count_en, listed


def diff(old: GapAnalysis, new: GapAnalysis) -> Diff:
    """Compare two analyses under protocols of one series, of graphs in one ontology."""
    _comparable(old, new)
    comparer = Comparer(Side(old), Side(new))
    axes = [{v.iri for v in (*a.areas, *a.facets, *a.groups)} for a in (old, new)]
    gaps = tuple(_Gaps(comparer, old, new).changes())
    return Diff(
        protocol=new.protocol.iri,
        summary=_summary(gaps),
        protocol_changes=comparer.protocol_changes,
        added=tuple(sorted(axes[1] - axes[0])),
        removed=tuple(sorted(axes[0] - axes[1])),
        cells=tuple(_cells(comparer)),
        gaps=gaps,
        opened=_counted(gaps, "opened"),
        closed=_counted(gaps, "closed"),
    )


def _comparable(old: GapAnalysis, new: GapAnalysis) -> None:
    if old.protocol.series != new.protocol.series:
        raise CallerError(
            f"Protocols {old.protocol.name} and {new.protocol.name} are of different series; "
            "compare analyses of the same one with --protocol."
        )
    one, other = old.ontology, new.ontology
    if one is None or other is None:
        return
    if one.iri != other.iri or _major(one.version) != _major(other.version):
        raise CallerError(
            f"The snapshots are in different ontologies, {one.iri} {one.version or ''} and {other.iri} "
            f"{other.version or ''}; build both again with one version of kg."
        )


def _major(version: str | None) -> str:
    return (version or "").split(".")[0]


def _cells(comparer: Comparer) -> Iterator[CellChange]:
    old, new = comparer.old.cells, comparer.new.cells
    labels = _labels(comparer)
    for where in sorted(old.keys() | new.keys(), key=lambda each: (each[0], each[1], each[2] or "")):
        before, after = old.get(where), new.get(where)
        statuses = [None if cell is None else (cell.status, cell.planned_only) for cell in (before, after)]
        if statuses[0] != statuses[1]:
            causes = in_order(comparer.causes(where))
            shown = after or before
            yield CellChange(
                cell=_key(labels, where),
                before=None if before is None else before.status,
                after=None if after is None else after.status,
                causes=causes,
                sentence=_because(shown.sentence if shown else Text(ja="", en=""), causes),
            )


def _labels(comparer: Comparer) -> dict[str, Ref]:
    return {
        value.iri: Ref(iri=value.iri, label=value.label)
        for side in (comparer.old, comparer.new)
        for value in (*side.analysis.areas, *side.analysis.facets, *side.analysis.groups)
    }


def _key(labels: dict[str, Ref], where: Where) -> CellKey:
    area, facet, group = where
    return CellKey(area=labels[area], facet=labels[facet], group=None if group is None else labels[group])


def _because(sentence: Text, causes: Sequence[Cause]) -> Text:
    if not causes:
        return sentence
    reasons = listed([CAUSES[cause] for cause in causes])
    return Text(ja=f"{sentence.ja}(理由: {reasons.ja})", en=f"{sentence.en} (Because {reasons.en}.)")


@dataclass(frozen=True)
class _Gaps:
    """Finds the changes among the gaps."""

    comparer: Comparer
    old: GapAnalysis
    new: GapAnalysis

    def changes(self) -> Iterator[GapChange]:
        old, new = {gap.id: gap for gap in self.old.gaps}, {gap.id: gap for gap in self.new.gaps}
        for name in sorted(old.keys() | new.keys()):
            before, after = old.get(name), new.get(name)
            kind = _kind(before, after)
            shown = after or before
            if kind is not None and shown is not None:
                causes = in_order(self._causes(shown)) or ("record-changed",)
                yield GapChange(
                    id=name,
                    type=shown.type,
                    kind=kind,
                    before=None if before is None else before.status,
                    after=None if after is None else after.status,
                    causes=causes,
                    sentence=_because(shown.sentence, causes),
                )

    def _causes(self, gap: Gap) -> set[Cause]:
        if gap.type == "G5" and gap.record is not None:
            return self._of_provision(gap.record.iri)
        if gap.type == "G6" and gap.record is not None:
            return self._of_term(gap.record.iri)
        if gap.cell is None:
            return {"document-changed" if gap.record is not None else "record-changed"}
        found = {cause for where in self._standing_on(gap, gap.cell) for cause in self.comparer.causes(where)}
        return found or ({"demand-changed"} if gap.type == "G10" else set())

    def _standing_on(self, gap: Gap, key: CellKey) -> Iterator[Where]:
        """Give the cells that a gap stands on: its own, its row, and the whole map where areas are compared."""
        if gap.type == "G9":
            return (where for row in self._by_area.values() for where in row if where[2] is None)
        row = self._by_area.get(key.area.iri, ())
        return (where for where in row if gap.type == "G8" or _touches(key, where))

    @cached_property
    def _by_area(self) -> dict[str, list[Where]]:
        found: dict[str, list[Where]] = {}
        for where in self.comparer.old.cells.keys() | self.comparer.new.cells.keys():
            found.setdefault(where[0], []).append(where)
        return found

    @cached_property
    def _scope_changes(self) -> set[Cause]:
        """Give the changes of completeness anywhere on the map: clauses can stand on many cells."""
        one, other = ([s for cell in a.cells for s in cell.completeness] for a in (self.old, self.new))
        return set(came_went_or_changed(one, other, "completeness"))

    @cached_property
    def _rows(self) -> tuple[dict[str, Commitment], dict[str, Commitment]]:
        one, other = ({row.provision.iri: row for row in a.commitments} for a in (self.old, self.new))
        return one, other

    def _of_provision(self, provision: str) -> set[Cause]:
        before, after = (rows.get(provision) for rows in self._rows)
        if before is None or after is None:
            return {"provision-added" if before is None else "provision-withdrawn"}
        if _implemented(before) != _implemented(after):
            return {"implementation-changed"}
        if _asked(before) != _asked(after):
            return {"provision-changed"}
        if self.comparer.protocol_changes and (before.priority, before.status) != (
            after.priority,
            after.status,
        ):
            return {"protocol-changed"}
        return self._scope_changes

    def _of_term(self, concept: str) -> set[Cause]:
        known = [any(row.concept.iri == concept for row in a.terminology) for a in (self.old, self.new)]
        if known[0] != known[1]:
            schemes = [a.protocol.terminology_schemes for a in (self.old, self.new)]
            return {"taxonomy-changed" if schemes[0] == schemes[1] else "protocol-changed"}
        return {"term-changed"}


def _implemented(row: Commitment) -> set[tuple[str, str, str]]:
    return {(each.implementation, each.activity.iri, each.extent.iri) for each in row.implementations}


def _asked(row: Commitment) -> tuple[object, ...]:
    """Give what a clause asks of whom, without how it is worded."""
    named = (*row.addressees, *row.action_types, *row.areas)
    strength = (row.verb_class and row.verb_class.iri, row.hedge and row.hedge.iri)
    return {ref.iri for ref in named}, *strength, row.due_date


def _touches(key: CellKey, where: Where) -> bool:
    """Tell whether a cell is the gap's own, or one of its row where the gap is of a whole area."""
    same_area, same_facet = key.area.iri == where[0], key.facet is None or key.facet.iri == where[1]
    return same_area and same_facet and where[2] == (None if key.group is None else key.group.iri)


def _kind(before: Gap | None, after: Gap | None) -> Kind | None:
    if before is None or after is None:
        return "opened" if before is None else "closed"
    said = [
        (gap.status, gap.bindings, gap.figures, said_in(gap.negative), said_in(gap.completeness))
        for gap in (before, after)
    ]
    return None if said[0] == said[1] else "changed"


def _counted(gaps: Sequence[GapChange], kind: Kind) -> dict[Cause, int]:
    """Count each change under its first cause."""
    counts = Counter(change.causes[0] for change in gaps if change.kind == kind)
    return {cause: counts[cause] for cause in CAUSES if counts[cause]}


def _summary(gaps: Sequence[GapChange]) -> Text:
    opened, closed = _counted(gaps, "opened"), _counted(gaps, "closed")
    up, down = sum(opened.values()), sum(closed.values())
    return Text(
        ja=f"新たなギャップは{_number(up)}{_reasons(opened).ja}、なくなったギャップは{_number(down)}{_reasons(closed).ja}。",
        en=f"{count_en(up, 'gap', 'gaps').capitalize()} opened{_reasons(opened).en} and "
        f"{count_en(down, 'gap', 'gaps')} closed{_reasons(closed).en}.",
    )


def _number(count: int) -> str:
    return f"{count}件" if count else "なし"


def _reasons(counts: dict[Cause, int]) -> Text:
    if not counts:
        return Text(ja="", en="")
    parts = listed(
        [Text(ja=f"{CAUSES[c].ja}{n}件", en=f"{n} because {CAUSES[c].en}") for c, n in counts.items()]
    )
    return Text(ja=f"({parts.ja})", en=f" ({parts.en})")


def with_history(new: GapAnalysis, old: GapAnalysis | None, version: str) -> GapAnalysis:
    """Give an analysis whose gaps know in which version of the data they were first seen and last changed."""
    before = {} if old is None else {gap.id: gap for gap in old.gaps}

    def dated(gap: Gap) -> Gap:
        known = before.get(gap.id)
        if known is None:
            return gap.model_copy(update={"first_seen": version, "last_changed": version})
        changed = version if _kind(known, gap) == "changed" else known.last_changed or version
        return gap.model_copy(update={"first_seen": known.first_seen or version, "last_changed": changed})

    return new.model_copy(update={"gaps": tuple(dated(gap) for gap in new.gaps)})
