"""The gap engine on the graph that ships."""

import pytest

from kg.gaps import GapAnalysis, analyse, protocols, replay
from kg.gaps.model import STATUSES
from kg.store import EmbeddedStore

_OF_EACH_TYPE = 2


@pytest.fixture(scope="module")
def analysis(shipped_store: EmbeddedStore) -> GapAnalysis:
    return analyse(shipped_store)


def test_the_shipped_protocols_can_all_be_analysed(shipped_store: EmbeddedStore) -> None:
    for protocol in protocols(shipped_store):
        found = analyse(shipped_store, protocol.iri)
        assert sum(found.counts.values()) == len(found.areas) * len(found.facets), protocol.name


def test_every_weight_of_the_default_protocol_gives_its_reason(analysis: GapAnalysis) -> None:
    assert [weight.concept.iri for weight in analysis.protocol.weights if weight.reason is None] == []


def test_gaps_of_every_type_replay(shipped_store: EmbeddedStore, analysis: GapAnalysis) -> None:
    for kind in analysis.gap_counts:
        some = [gap for gap in analysis.gaps if gap.type == kind][:_OF_EACH_TYPE]
        assert [gap.id for gap in some if not replay(shipped_store, gap)] == []


def test_every_type_has_gaps_or_a_reason_why_not(analysis: GapAnalysis) -> None:
    said = set(analysis.gap_counts) | {note.type for note in analysis.not_testable}
    silent = {f"G{number}" for number in range(1, 14)} - said
    assert silent <= {"G8", "G10"}, "these were looked for and none was found"
    assert set(analysis.counts) == set(STATUSES)


def test_evidence_of_the_shipped_map_is_cited_and_weighed(analysis: GapAnalysis) -> None:
    evidence = [each for cell in analysis.cells for each in cell.evidence]
    assert evidence
    assert all(each.citations and 0 < each.weight <= 1 for each in evidence)
