"""Relations between areas: exact tests, null model, clusters, nestedness; and recall by recapture."""

import math

import numpy as np
import pytest
from scipy.stats import binomtest, fisher_exact

from kg.gaps import GapAnalysis, analyse, associations, replay
from kg.gaps.exact import smallest_margin
from kg.gaps.incidence import shared
from kg.gaps.nullmodel import random_tables
from kg.gaps.recapture import chapman
from kg.gaps.relations import nodf
from kg.vocab import AISI, DCTERMS

from .mini import Mini, ex
from .read import gap


def worked(*activities: tuple[str, ...], areas: str = "abcd") -> GapAnalysis:
    """Analyse a map in which each activity covers the areas of its entry."""
    return analyse(reaching(*activities, areas=areas).store)


def reaching(*activities: tuple[str, ...], areas: str) -> Mini:
    graph = Mini(rows=dict.fromkeys(areas))
    for position, covered in enumerate(activities):
        graph.activity(f"act-{position}", ["x"], [f"actor-{position % 3}"])
        for area in covered:
            graph.edge(f"act-{position}", area)
    graph.protocol()
    return graph


def test_margins_that_a_claim_needs() -> None:
    assert (smallest_margin(100, 1), smallest_margin(100, 190)) == (16, 25)


def test_two_areas_that_always_meet() -> None:
    relations = associations(worked(*[("a", "b")] * 10, *[("c",)] * 10))
    found = next(r for r in relations.associations if (r.first.iri, r.second.iri) == (ex("a"), ex("b")))
    assert (found.in_first, found.in_second, found.in_both, found.expected) == (10, 10, 10, 5.0)
    assert found.p_together == pytest.approx(1 / math.comb(20, 10), abs=1e-6)
    assert found.phi is not None
    assert (found.lift.value, found.phi.value, found.verdict) == (2.0, 1.0, "together")
    assert [ref.iri for ref in found.shared] == [ex(f"act-{n}") for n in range(5)]


def test_two_areas_that_never_meet() -> None:
    relations = associations(worked(*[("a",)] * 10, *[("b",)] * 10))
    found = relations.associations[0]
    assert found.p_apart == pytest.approx(1 / math.comb(20, 10), abs=1e-6)
    assert found.phi is not None
    assert (found.lift.value, found.phi.value, found.verdict) == (0.0, -1.0, "apart")


def test_small_margins_are_not_testable_and_say_so() -> None:
    relations = associations(worked(*[("a",)] * 3, *[("b",)] * 3, *[("c",)] * 14))
    found = next(r for r in relations.associations if (r.first.iri, r.second.iri) == (ex("a"), ex("b")))
    assert found.verdict == "not-testable"
    assert "not testable" in found.sentence.en
    assert "検定できない" in found.sentence.ja


def test_p_values_are_adjusted_over_all_pairs() -> None:
    relations = associations(worked(*[("a", "b")] * 10, *[("c", "d")] * 10))
    p = np.array([r.p_together for r in relations.associations])
    q = np.array([r.q_together for r in relations.associations])
    assert relations.pairs == 6
    assert (q >= p - 1e-6).all()
    assert q.min() == pytest.approx(6 * 1 / math.comb(20, 10) / 2, abs=1e-5)


def test_intervals_hold_their_figures() -> None:
    relations = associations(worked(*[("a", "b")] * 6, *[("a",)] * 4, *[("b",)] * 4, *[("c",)] * 6))
    for found in relations.associations:
        assert found.phi is not None
        assert found.phi.low <= found.phi.value <= found.phi.high
        assert found.lift.low <= found.lift.value <= found.lift.high
    apart = next(r for r in relations.associations if r.in_both == 0)
    assert (apart.lift.low, apart.lift.value) == (0.0, 0.0)


def test_figures_of_a_pair_agree_with_those_of_scipy() -> None:
    """20 activities: 10 on a, 10 on b, 6 on both."""
    relations = associations(worked(*[("a", "b")] * 6, *[("a",)] * 4, *[("b",)] * 4, *[("c",)] * 6))
    found = next(r for r in relations.associations if (r.first.iri, r.second.iri) == (ex("a"), ex("b")))
    table = np.array([[6, 4], [4, 6]])
    assert found.p_together == pytest.approx(fisher_exact(table, "greater").pvalue, abs=1e-6)
    assert found.p_apart == pytest.approx(fisher_exact(table, "less").pvalue, abs=1e-6)
    assert found.phi is not None
    assert found.phi.value == pytest.approx((6 * 6 - 4 * 4) / 100)
    share = binomtest(6, 10).proportion_ci(0.95, "exact")
    assert (found.lift.low, found.lift.high) == pytest.approx((2 * share.low, 2 * share.high), abs=1e-6)


def test_areas_can_be_related_by_actors() -> None:
    relations = associations(worked(("a",), ("b",), ("c",), ("d",)), "actor")
    assert (relations.unit, relations.members) == ("actor", 3)
    found = next(r for r in relations.associations if (r.first.iri, r.second.iri) == (ex("a"), ex("d")))
    assert found.in_both == 1


def test_actors_that_count_as_one_are_one_even_where_that_one_does_nothing_itself() -> None:
    graph = Mini()
    for actor, area in (("team", "a"), ("office", "b")):
        graph.does(f"by-{actor}", area, "x", actor)
        graph.actor(actor, counts_as="ministry")
    graph.actor("ministry")
    graph.protocol()
    relations = associations(analyse(graph.store), "actor")
    assert (relations.members, relations.associations[0].in_both) == (1, 1)


def test_an_area_that_holds_everything_has_no_phi() -> None:
    found = associations(worked(*[("a", "b")] * 5, *[("a",)] * 5)).associations[0]
    assert (found.phi, found.lift.value) == (None, 1.0)


def test_the_note_claims_margins_for_areas_that_never_meet_alone() -> None:
    relations = associations(worked(*[("a", "b")] * 10, *[("c",)] * 10, *[("d",)] * 20))
    assert relations.margin_all is not None
    assert relations.tested > 0
    assert all(
        min(r.in_first, r.in_second) >= 5 for r in relations.associations if r.verdict != "not-testable"
    )
    assert min(r.in_first for r in relations.associations if r.verdict == "together") < relations.margin_all
    assert "to say that they often meet can take fewer" in relations.note.en
    assert "より少なくて足りることもある" in relations.note.ja


def test_relations_are_repeatable() -> None:
    analysis = worked(*[("a", "b")] * 6, *[("c", "d")] * 6, ("a", "c"))
    assert associations(analysis).model_dump_json() == associations(analysis).model_dump_json()


def test_random_tables_keep_their_sums() -> None:
    table = np.random.default_rng(3).random((6, 40)) < 0.3
    for random in random_tables(table, 20, 7):
        assert (random.sum(axis=0) == table.sum(axis=0)).all()
        assert (random.sum(axis=1) == table.sum(axis=1)).all()


def test_random_tables_that_follow_each_other_are_hardly_more_alike_than_others() -> None:
    table = np.random.default_rng(4).random((12, 30)) < 0.2
    drawn = [random.copy() for random in random_tables(table, 400, 7)]

    def alike(distance: int) -> float:
        pairs = zip(drawn, drawn[distance:], strict=False)
        return float(np.mean([(one & other).sum() for one, other in pairs]))

    assert alike(1) - alike(50) < 0.15 * (table.sum() - alike(50))


def test_random_tables_differ_from_each_other() -> None:
    table = np.random.default_rng(3).random((6, 40)) < 0.3
    assert len({random.tobytes() for random in random_tables(table, 20, 7)}) == 20


@pytest.mark.parametrize("density", [0.02, 0.9])
def test_shared_members_are_counted_alike_in_sparse_and_dense_tables(density: float) -> None:
    table = np.random.default_rng(5).random((12, 300)) < density
    numbers = table.astype(float)
    assert (shared(table) == numbers @ numbers.T).all()


def test_nestedness_of_a_staircase_is_whole_and_of_strangers_none() -> None:
    staircase = np.array([[1, 1, 1], [1, 1, 0], [1, 0, 0]], dtype=bool)
    strangers = np.array([[1, 1, 0, 0, 0], [0, 0, 1, 0, 0]], dtype=bool)
    assert (nodf(shared(staircase)), nodf(shared(strangers))) == (100.0, 0.0)


def clustered_graph() -> Mini:
    left = [("a", "b"), ("b", "c"), ("a", "c")] * 8
    right = [("d", "e"), ("e", "f"), ("d", "f")] * 8
    return reaching(*left, *right, ("c", "d"), areas="abcdef")


def clustered() -> GapAnalysis:
    return analyse(clustered_graph().store)


def test_few_bridges_between_clusters_are_suggested_and_never_claimed() -> None:
    found = gap(clustered(), "G9")
    assert found is not None
    assert (found.figures["seen"], found.confidence.knowledge) == (1, 0.5)
    assert "states no fact" in found.sentence.en
    assert "示唆" in found.sentence.ja


def test_the_proof_of_a_missing_bridge_names_every_activity_that_was_counted() -> None:
    graph = clustered_graph()
    found = gap(analyse(graph.store), "G9")
    assert found is not None
    assert found.bindings == ({"activity": ex("act-48")},)
    assert replay(graph.store, found)


def test_many_pairs_of_clusters_are_too_many_for_the_random_maps() -> None:
    areas = "abcdefghijkl"
    pairs = [(areas[i], areas[i + 1]) for i in range(0, len(areas), 2)]
    analysis = worked(*pairs * 8, areas=areas)
    assert len(associations(analysis).clusters) == 6
    assert gap(analysis, "G9") is None
    [note] = [note for note in analysis.not_testable if note.type == "G9"]
    assert "15 pairs of clusters" in note.reason.en
    assert not any(each.testable for each in associations(analysis).connections)


def test_clusters_and_what_connects_them() -> None:
    relations = associations(clustered())
    assert [[ref.iri for ref in cluster] for cluster in relations.clusters] == [
        [ex(area) for area in "abc"],
        [ex(area) for area in "def"],
    ]
    assert [connector.member.iri for connector in relations.connectors] == [ex("act-48")]


def test_small_maps_cannot_be_searched_for_bridges() -> None:
    analysis = worked(("a", "b"), ("c", "d"))
    assert [note.type for note in analysis.not_testable if note.type == "G9"] == ["G9"]


def test_chapman_of_a_known_example() -> None:
    estimate, low, high = chapman(30, 20, 10)
    assert estimate == pytest.approx(31 * 21 / 11 - 1)
    assert low == pytest.approx(
        max(estimate - 1.96 * math.sqrt(31 * 21 * 20 * 10 / (11**2 * 12)), 40), abs=0.01
    )
    assert low < estimate < high


def listings(common: int, publishers: tuple[str, str] = ("ann", "bob"), read: str = "rows") -> GapAnalysis:
    """Two documents, read to the end, of 20 activities each, some of them in both; the second as far as said."""
    graph = Mini()
    graph.source("second", issued="2025-01-01")
    for source, publisher in zip(("doc", "second"), publishers, strict=True):
        graph.add(source, AISI + "sourceInstrument", f"{source}-text")
        graph.add(f"{source}-text", DCTERMS + "creator", publisher)
        graph.complete("rows" if source == "doc" else read, source=source, name=f"statement/{source}")
    for position in range(40 - common):
        graph.does(f"act-{position}", "a", "x")
        for source, listed in (("doc", position < 20), ("second", position >= 20 - common)):
            if listed:
                graph.add(f"act-{position}", AISI + "citation", f"citation/in-{source}")
    for source in ("doc", "second"):
        graph.a(f"citation/in-{source}", AISI + "Citation")
        graph.add(f"citation/in-{source}", AISI + "source", source)
    graph.protocol()
    return analyse(graph.store)


def test_recall_is_estimated_from_two_independent_listings() -> None:
    analysis = listings(common=10)
    assert len(analysis.recall) == 1
    found = analysis.recall[0]
    assert (found.in_first, found.in_second, found.in_both, found.recorded) == (20, 20, 10, 30)
    assert found.estimate == pytest.approx(21 * 21 / 11 - 1, abs=1e-3)


def test_listings_of_one_publisher_are_not_independent() -> None:
    analysis = listings(common=10, publishers=("ann", "ann"))
    assert analysis.recall == ()
    assert analysis.recall_note is not None
    assert "different publishers" in analysis.recall_note.en


def test_a_document_read_in_part_is_no_listing() -> None:
    analysis = listings(common=10, read="a")
    assert analysis.recall == ()
    assert analysis.recall_note is not None
    assert "both read to the end" in analysis.recall_note.en


def test_too_few_in_common_give_no_estimate() -> None:
    analysis = listings(common=3)
    assert analysis.recall == ()
    assert analysis.recall_note is not None
    assert "share three activities at most" in analysis.recall_note.en
