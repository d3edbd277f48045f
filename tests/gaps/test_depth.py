"""Depth, independence, roll-up and robustness, with figures reckoned by hand."""

import pyoxigraph as ox
import pytest

from kg.gaps import analyse
from kg.vocab import AISI

from .mini import WEIGHTS, Mini, ex, term
from .read import cell


def depth(graph: Mini, **protocol: object) -> float:
    graph.protocol(**protocol)  # type: ignore[arg-type]
    return cell(analyse(graph.store), "a", "x").rolled_up.depth


def test_the_weight_of_an_edge_is_the_product_of_its_factors() -> None:
    graph = Mini()
    graph.does("one", "a", "x", role="secondary", maturity="piloted", grade="official")
    assert depth(graph) == pytest.approx(0.5 * 0.5 * 0.9)


def test_independent_actors_add_up() -> None:
    graph = Mini()
    graph.does("one", "a", "x", "ann", maturity="piloted", grade="independent")
    graph.does("two", "a", "x", "bob", maturity="operating", grade="self-reported")
    assert depth(graph) == pytest.approx(1 - (1 - 0.5) * (1 - 0.4))


def test_only_the_best_edge_of_an_actor_counts() -> None:
    graph = Mini()
    graph.does("one", "a", "x", "ann", maturity="piloted", grade="independent")
    graph.does("two", "a", "x", "ann", maturity="operating", grade="independent")
    graph.protocol()
    found = cell(analyse(graph.store), "a", "x").rolled_up
    assert (found.n, found.actors, found.depth) == (2, 1, 0.8)


def test_a_secretariat_and_its_host_are_one() -> None:
    graph = Mini()
    graph.does("one", "a", "x", "office", maturity="piloted", grade="independent")
    graph.does("two", "a", "x", "host", maturity="piloted", grade="independent")
    graph.actor("desk", counts_as="office")
    graph.actor("office", counts_as="host")
    graph.does("three", "a", "x", "desk", maturity="piloted", grade="independent")
    graph.protocol()
    found = cell(analyse(graph.store), "a", "x").rolled_up
    assert (found.n, found.actors, found.depth) == (3, 1, 0.5)


def test_actors_that_count_as_each_other_in_a_circle_are_one() -> None:
    graph = Mini()
    graph.does("one", "a", "x", "ann")
    graph.does("two", "a", "x", "bob")
    graph.actor("ann", counts_as="bob")
    graph.actor("bob", counts_as="ann")
    graph.protocol()
    assert cell(analyse(graph.store), "a", "x").rolled_up.actors == 1


def test_a_joint_activity_counts_for_each_actor() -> None:
    graph = Mini()
    graph.activity("one", ["x"], ["ann", "bob"])
    graph.edge("one", "a", maturity="piloted", grade="independent")
    graph.protocol()
    found = cell(analyse(graph.store), "a", "x").rolled_up
    assert (found.n, found.actors, found.depth) == (1, 2, 0.75)


def test_all_unnamed_actors_together_count_as_one() -> None:
    graph = Mini()
    for name in ("one", "two"):
        graph.activity(name, ["x"], [])
        graph.edge(name, "a", maturity="piloted", grade="independent")
    graph.protocol()
    found = cell(analyse(graph.store), "a", "x").rolled_up
    assert (found.n, found.actors, found.depth) == (2, 1, 0.5)


def test_a_score_multiplies_the_weight() -> None:
    graph = Mini()
    graph.does("one", "a", "x", grade="independent", score=0.25)
    assert depth(graph) == pytest.approx(0.8 * 0.25)


def test_a_score_of_zero_is_thin_not_absent() -> None:
    graph = Mini()
    graph.does("one", "a", "x", score=0.0)
    graph.protocol()
    found = cell(analyse(graph.store), "a", "x")
    assert (found.status, found.rolled_up.n, found.rolled_up.depth) == ("THIN", 1, 0.0)


def test_evidence_counts_for_half_after_the_half_life() -> None:
    graph = Mini()
    graph.does("one", "a", "x", grade="independent", asserted="2021-01-01")
    assert depth(graph, half_life=2.0, cut_off="2025-01-01") == pytest.approx(0.8 * 0.25)


def test_an_edge_without_a_date_is_as_old_as_its_activity() -> None:
    graph = Mini()
    graph.activity("one", ["x"], asserted="2023-01-01")
    graph.edge("one", "a", grade="independent")
    assert depth(graph, half_life=2.0, cut_off="2025-01-01") == pytest.approx(0.8 * 0.5, abs=1e-3)


def test_evidence_after_the_cut_off_does_not_age_and_is_mentioned() -> None:
    graph = Mini()
    graph.does("one", "a", "x", grade="independent", asserted="2025-06-01")
    graph.protocol(half_life=2.0)
    analysis = analyse(graph.store)
    found = cell(analysis, "a", "x")
    assert found.rolled_up.depth == 0.8
    assert found.evidence[0].after_cut_off
    assert [note.en for note in analysis.notes] == [
        "One edge dated after the cut-off: counted without ageing."
    ]


def test_work_that_only_other_documents_report_is_mentioned() -> None:
    graph = Mini()
    graph.source("elsewhere", issued="2024-01-01")
    graph.source("doc-1", part_of="doc")
    for name, source in (("one", "elsewhere"), ("two", "doc-1"), ("three", "doc")):
        graph.does(name, "a", "x")
        [read] = graph.inner.quads_for_pattern(
            ox.NamedNode(ex(f"citation/{name}-a")), ox.NamedNode(AISI + "source"), None, None
        )
        graph.inner.remove(read)
        graph.add(f"citation/{name}-a", AISI + "source", source)
    graph.protocol()
    [note] = analyse(graph.store).notes
    assert note.en.startswith("One activity that counts is cited from documents outside the corpus alone")
    assert "1件は、調査対象でない資料だけ" in note.ja


@pytest.mark.parametrize("factor", ["role", "maturity", "grade"])
def test_an_edge_that_leaves_out_a_factor_is_a_fault_and_counts_for_nothing(factor: str) -> None:
    graph = Mini()
    graph.does("one", "a", "x", **{factor: None})  # type: ignore[arg-type]
    graph.does("two", "b", "x")
    graph.protocol()
    found = cell(analyse(graph.store), "a", "x")
    assert (found.status, found.rolled_up.n, found.rolled_up.depth) == ("DATA-FAULT", 0, 0.0)


def test_a_factor_that_the_protocol_does_not_weigh_may_be_left_out() -> None:
    graph = Mini()
    graph.does("one", "a", "x", role=None, grade=None, maturity="piloted")
    graph.protocol(weights={"maturity/piloted": 0.5})
    assert cell(analyse(graph.store), "a", "x").rolled_up.depth == 0.5


def test_a_value_without_weight_weighs_as_the_lowest_of_its_kind_and_is_mentioned() -> None:
    graph = Mini()
    graph.does("one", "a", "x", grade="secondary", maturity="evaluated")
    graph.does("two", "b", "x")
    graph.protocol(weights={k: v for k, v in WEIGHTS.items() if k != "evidence-grade/secondary"})
    analysis = analyse(graph.store)
    assert cell(analysis, "a", "x").rolled_up.depth == 0.5
    assert "secondary" in analysis.notes[0].en


def test_a_kind_without_any_weight_does_not_weigh() -> None:
    graph = Mini()
    graph.does("one", "a", "x", grade="secondary")
    weights = {k: v for k, v in WEIGHTS.items() if not k.startswith("evidence-grade")}
    assert depth(graph, weights=weights) == pytest.approx(0.8)


def test_narrower_work_counts_for_the_broader_area_and_never_downward() -> None:
    graph = Mini(rows={"a": None, "a1": "a", "a11": "a1"})
    graph.does("one", "a1", "x", grade="independent")
    graph.protocol()
    analysis = analyse(graph.store)
    figures = {area: cell(analysis, area, "x") for area in ("a", "a1", "a11")}
    assert [(c.direct.n, c.rolled_up.n) for c in figures.values()] == [(0, 1), (1, 1), (0, 0)]
    assert figures["a"].rolled_up.depth == figures["a1"].direct.depth == 0.8
    assert [each.area for each in figures["a"].evidence] == [ex("a1")]


def test_facets_roll_up_too() -> None:
    graph = Mini(columns={"x": None, "x1": "x"})
    graph.does("one", "a", "x1")
    graph.protocol()
    found = cell(analyse(graph.store), "a", "x")
    assert (found.direct.n, found.rolled_up.n) == (0, 1)


def test_an_area_with_two_broader_areas_counts_for_both_once() -> None:
    graph = Mini(rows={"top": None, "left": "top", "right": "top", "deep": "left"})
    graph.add("deep", "http://www.w3.org/2004/02/skos/core#broader", "right")
    graph.does("one", "deep", "x", grade="independent")
    graph.protocol()
    analysis = analyse(graph.store)
    assert [cell(analysis, area, "x").rolled_up.n for area in ("top", "left", "right")] == [1, 1, 1]


def test_a_circle_of_broader_areas_is_read_as_one_level() -> None:
    graph = Mini(rows={"a": "b", "b": "a"})
    graph.does("one", "a", "x")
    graph.protocol()
    analysis = analyse(graph.store)
    assert [cell(analysis, area, "x").rolled_up.n for area in ("a", "b")] == [1, 1]


def test_the_nearest_target_holds() -> None:
    graph = Mini(rows={"a": None, "a1": "a"})
    graph.protocol()
    graph.aim(0.5, area="a")
    graph.aim(0.25, area="a", facet="y")
    graph.aim(0.9, facet="x")
    analysis = analyse(graph.store)
    targets = {where: cell(analysis, *where).target for where in (("a1", "x"), ("a1", "y"), ("a", "x"))}
    assert targets[("a1", "y")] == 0.25
    assert targets[("a1", "x")] == targets[("a", "x")] == 0.5


def test_redraws_of_one_weight_keep_a_gap_as_often_as_the_weight_stays_low() -> None:
    graph = Mini()
    graph.does("one", "a", "x", maturity="piloted", grade=None, role=None)
    graph.protocol(target=0.6, weights={"maturity/piloted": 0.5})
    found = cell(analyse(graph.store), "a", "x")
    assert found.stays == pytest.approx(0.75, abs=0.04)  # uniform on [0.3, 0.7], below 0.6


def test_the_same_graph_gives_the_same_bytes() -> None:
    def built() -> str:
        graph = Mini()
        graph.does("one", "a", "x", grade="self-reported")
        graph.does("two", "a", "x", "bob", role="mention")
        graph.protocol()
        return analyse(graph.store).model_dump_json()

    assert built() == built()


def test_redraws_keep_the_order_inside_a_kind() -> None:
    from kg.gaps.ground import lay_ground

    graph = Mini()
    graph.does("one", "a", "x")
    graph.protocol()
    ground = lay_ground(graph.store, None, ())
    low = ground.table.slots[term("coverage-role/secondary")]
    high = ground.table.slots[term("coverage-role/primary")]
    assert ground.drawn.shape[0] == 1000
    assert (ground.drawn[:, low] <= ground.drawn[:, high]).all()


def test_concentration_is_the_sum_of_squared_shares() -> None:
    graph = Mini()
    for name, actor in (("one", "ann"), ("two", "ann"), ("three", "ann"), ("four", "bob")):
        graph.does(name, "a", "x", actor)
    graph.protocol()
    assert cell(analyse(graph.store), "a", "x").concentration == pytest.approx(0.75**2 + 0.25**2)


def test_a_property_axis_through_another_record() -> None:
    graph = Mini()
    graph.does("one", "a", "x", "ann")
    graph.add("ann", AISI + "jurisdiction", "land")
    graph.scheme("lands", {"land": None, "sea": None})
    graph.protocol(columns="lands", column_property=AISI + "carriedOutBy")
    graph.add("protocol/p-1.0/axis/columnAxis", AISI + "axisThrough", AISI + "jurisdiction")
    analysis = analyse(graph.store)
    assert (cell(analysis, "a", "land").rolled_up.n, cell(analysis, "a", "sea").rolled_up.n) == (1, 0)
