"""What reaches an area: activities, or the independent actors behind them."""

from collections.abc import Iterator

from kg.gaps.model import Ref
from kg.gaps.relation_values import Unit
from kg.gaps.result import GapAnalysis


def reached(analysis: GapAnalysis, unit: Unit) -> Iterator[tuple[str, Ref]]:
    """Give what reaches each area by an edge of its own."""
    counting = _counting(analysis)
    for cell in analysis.cells:
        for evidence in cell.evidence:
            if cell.group is None and evidence.area == cell.area:
                if unit == "activity":
                    yield evidence.area, evidence.activity
                for actor in evidence.actors if unit == "actor" else ():
                    yield evidence.area, counting[actor.iri]


def _counting(analysis: GapAnalysis) -> dict[str, Ref]:
    """Give whom each actor counts as; where that one does nothing itself, the first of those who do."""
    actors = {ref.iri: ref for cell in analysis.cells for e in cell.evidence for ref in e.actors}
    whom: dict[str, Ref] = {}
    for iri, ref in sorted(actors.items()):
        counted = analysis.counts_as.get(iri, iri)
        whom.setdefault(counted, actors.get(counted, ref))
    return {iri: whom[analysis.counts_as.get(iri, iri)] for iri in actors}
