"""The third axis: cells of groups, and differences between groups (G8) where they can be compared."""

import math

import pytest

from kg.gaps import analyse, replay
from kg.gaps.exact import fisher, log_odds
from kg.vocab import AISI

from .mini import Mini, ex, number, term
from .read import cell, gap

PROTOCOL = "protocol/p-1.0"


def grouped(graph: Mini, scheme: str | None = None, *, through: str | None = None) -> Mini:
    graph.protocol()
    graph.axis(PROTOCOL, "groupAxis", scheme, AISI + "carriedOutBy", through)
    return graph


def test_each_actor_has_a_map_of_its_own() -> None:
    graph = Mini()
    graph.does("one", "a", "x", "ann")
    graph.does("two", "a", "x", "bob", grade="self-reported")
    analysis = analyse(grouped(graph).store)
    assert [value.iri for value in analysis.groups] == [ex("ann"), ex("bob")]
    assert [cell(analysis, "a", "x", who).rolled_up.depth for who in ("ann", "bob")] == [0.72, 0.4]
    assert cell(analysis, "b", "x", "ann").status == "UNKNOWN"
    assert cell(analysis, "a", "x").rolled_up.n == 2


def test_a_joint_activity_counts_in_the_map_of_each_actor_once() -> None:
    graph = Mini()
    graph.activity("one", ["x"], ["ann", "bob"])
    graph.edge("one", "a", grade="independent")
    analysis = analyse(grouped(graph).store)
    found = cell(analysis, "a", "x", "ann").rolled_up
    assert (found.n, found.actors, found.depth) == (1, 1, 0.8)


def test_groups_can_be_read_through_the_actor() -> None:
    graph = Mini()
    graph.scheme("lands", {"land": None, "sea": None})
    graph.does("one", "a", "x", "ann")
    graph.add("ann", AISI + "jurisdiction", "land")
    analysis = analyse(grouped(graph, "lands", through=AISI + "jurisdiction").store)
    assert [cell(analysis, "a", "x", land).rolled_up.n for land in ("land", "sea")] == [1, 0]


def test_an_absence_stated_of_one_actor_is_absent_on_its_map_only() -> None:
    graph = Mini()
    graph.does("one", "b", "x", "ann")
    graph.does("two", "b", "x", "bob")
    graph.absent("a", "x", actor="ann")
    analysis = analyse(grouped(graph).store)
    assert [cell(analysis, "a", "x", who).status for who in ("ann", "bob")] == ["ABSENT-STATED", "UNKNOWN"]


def test_completeness_of_one_actor_is_known_on_its_map_only() -> None:
    graph = Mini()
    graph.does("one", "b", "x", "ann")
    graph.does("two", "b", "x", "bob")
    graph.complete("rows", actor="ann")
    analysis = analyse(grouped(graph).store)
    assert [cell(analysis, "a", "x", who).status for who in ("ann", "bob")] == ["ABSENT-IN-SCOPE", "UNKNOWN"]
    assert cell(analysis, "a", "x").status == "UNKNOWN"


def lopsided(*listed: str) -> Mini:
    """Ann works on a ten times out of ten, Bob on b ten times out of ten."""
    graph = Mini()
    for position in range(10):
        graph.does(f"ann-{position}", "a", "x", "ann")
        graph.does(f"bob-{position}", "b", "x", "bob")
    for actor in listed:
        graph.complete("rows", actor=actor, name=f"statement/{actor}")
    return grouped(graph)


def test_a_difference_between_comparable_groups_is_tested_exactly() -> None:
    graph = lopsided("ann", "bob")
    found = gap(analyse(graph.store), "G8", "a")
    assert found is not None
    assert found.figures["p"] == pytest.approx(2 / math.comb(20, 10), abs=1e-6)
    assert found.figures["logOdds"] == pytest.approx(math.log(21 * 21), abs=1e-6)
    spread = 1.959964 * math.sqrt(2 / 0.5 + 2 / 10.5)
    assert found.figures["low"] == pytest.approx(math.log(21 * 21) - spread, abs=1e-5)
    assert found.cell is not None
    assert found.cell.group is not None
    assert found.cell.group.iri == ex("bob")
    assert "The counts are raw" in found.sentence.en
    assert replay(graph.store, found)


def test_without_completeness_of_their_own_groups_are_not_compared() -> None:
    for listed in ((), ("ann",)):
        analysis = analyse(lopsided(*listed).store)
        assert gap(analysis, "G8") is None
        assert [note.type for note in analysis.not_testable if note.type == "G8"] == ["G8"]


def test_a_statement_about_a_document_does_not_make_actors_comparable() -> None:
    graph = lopsided()
    graph.complete("rows")
    assert gap(analyse(graph.store), "G8") is None


@pytest.mark.parametrize(("listed", "compared"), [(("ann", "eve", "bob"), True), (("ann", "bob"), False)])
def test_a_country_is_listed_when_every_actor_of_it_is(listed: tuple[str, ...], compared: bool) -> None:
    graph = lopsided(*listed)
    graph.protocol("protocol/lands-1.0")
    graph.axis("protocol/lands-1.0", "groupAxis", "lands", AISI + "carriedOutBy", AISI + "jurisdiction")
    graph.scheme("lands", {"land": None, "sea": None})
    graph.does("more", "a", "x", "eve")
    for actor, land in (("ann", "land"), ("eve", "land"), ("bob", "sea")):
        graph.add(actor, AISI + "jurisdiction", land)
    assert (gap(analyse(graph.store, "lands"), "G8") is not None) is compared


def test_work_on_areas_that_were_not_listed_is_no_part_of_the_comparison() -> None:
    graph = lopsided()
    for actor in ("ann", "bob"):
        graph.complete("a", actor=actor, name=f"statement/{actor}")
    analysis = analyse(graph.store)
    assert gap(analysis, "G8") is None
    assert [note.type for note in analysis.not_testable if note.type == "G8"] == ["G8"]


def test_a_chance_that_rounds_to_nothing_is_only_bounded() -> None:
    found = gap(analyse(lopsided("ann", "bob").store), "G8", "a")
    assert found is not None
    assert "p<0.001" in found.sentence.en
    assert "p<0.001" in found.sentence.ja


def test_staff_figures_put_the_counts_in_proportion() -> None:
    graph = lopsided("ann", "bob")
    for actor, heads in (("ann", 100), ("bob", 10)):
        quantity = f"quantity/{actor}"
        graph.a(quantity, AISI + "Quantity")
        graph.add(quantity, AISI + "quantityOf", actor)
        graph.add(quantity, AISI + "quantityKind", term("quantity-kind/staff"))
        graph.add(quantity, AISI + "value", number(heads))
    found = gap(analyse(graph.store), "G8", "a")
    assert found is not None
    assert "Per ten staff that is 1.0 against 10.0 activities on those areas." in found.sentence.en


def test_small_differences_are_no_gap() -> None:
    graph = Mini()
    graph.does("one", "a", "x", "ann")
    graph.does("two", "b", "x", "bob")
    for actor in ("ann", "bob"):
        graph.complete("rows", actor=actor, name=f"statement/{actor}")
    assert gap(analyse(grouped(graph).store), "G8") is None


def test_fisher_and_log_odds_of_a_known_table() -> None:
    assert fisher(((8, 2), (1, 5))) == pytest.approx(0.03497, abs=1e-5)
    estimate, low, high = log_odds(((8, 2), (1, 5)))
    assert estimate == pytest.approx(math.log(8.5 * 5.5 / (2.5 * 1.5)))
    assert low < estimate < high
