"""Gaps of single cells: what opens them, what they carry, what would close them."""

import pytest

from kg.gaps import analyse
from kg.vocab import AISI

from .mini import Mini, ex, term
from .read import gap, kinds


def test_a_cell_known_to_be_absent_is_a_gap_and_one_not_recorded_is_not() -> None:
    graph = Mini()
    graph.complete("a")
    graph.protocol()
    analysis = analyse(graph.store)
    assert (kinds(analysis, "a", "x"), kinds(analysis, "b", "x")) == ({"G1"}, set())


def test_a_thin_cell_of_one_actor_is_thin_and_rests_on_one() -> None:
    graph = Mini()
    graph.does("one", "a", "x")
    graph.protocol()
    assert kinds(analyse(graph.store), "a", "x") == {"G2", "G3"}


def test_two_actors_with_equal_shares_are_no_single_point_of_failure() -> None:
    graph = Mini()
    graph.does("one", "a", "x", "ann")
    graph.does("two", "a", "x", "bob")
    graph.protocol()
    assert kinds(analyse(graph.store), "a", "x") == set()


def test_two_actors_of_which_one_does_most_are_one_in_effect() -> None:
    graph = Mini()
    for name, actor in (("one", "ann"), ("two", "ann"), ("three", "bob")):
        graph.does(name, "a", "x", actor)
    graph.protocol()
    assert kinds(analyse(graph.store), "a", "x") == {"G3"}


def test_three_actors_are_never_a_single_point_of_failure() -> None:
    graph = Mini()
    for name, actor in (("one", "ann"), ("two", "ann"), ("three", "ann"), ("four", "bob"), ("five", "cy")):
        graph.does(name, "a", "x", actor)
    graph.protocol()
    assert kinds(analyse(graph.store), "a", "x") == set()


def test_a_narrow_gap_is_not_hidden_by_roll_up() -> None:
    graph = Mini(rows={"a": None, "a1": "a", "a2": "a"})
    graph.does("one", "a1", "x", grade="independent", maturity="evaluated")
    graph.complete("rows")
    graph.protocol()
    analysis = analyse(graph.store)
    assert kinds(analysis, "a2", "x") == {"G1"}
    assert "G1" not in kinds(analysis, "a", "x")


def test_self_reported_evidence_alone_is_a_gap_of_assurance() -> None:
    graph = Mini()
    graph.does("one", "a", "x", "ann", grade="self-reported")
    graph.does("two", "b", "x", "ann", grade="self-reported")
    graph.does("three", "b", "x", "bob", grade="official")
    graph.protocol()
    analysis = analyse(graph.store)
    assert ("G11" in kinds(analysis, "a", "x"), "G11" in kinds(analysis, "b", "x")) == (True, False)


def test_old_evidence_is_a_gap_from_the_day_after_the_limit() -> None:
    graph = Mini()
    graph.does("one", "a", "x", asserted="2022-12-30")
    graph.does("two", "b", "x", asserted="2023-01-02")
    graph.protocol(stale_after=2.0, cut_off="2025-01-01")
    analysis = analyse(graph.store)
    assert ("G4" in kinds(analysis, "a", "x"), "G4" in kinds(analysis, "b", "x")) == (True, False)


def test_evidence_without_a_date_is_never_called_old() -> None:
    graph = Mini()
    graph.does("one", "a", "x", asserted="2020-01-01")
    graph.does("two", "a", "x")
    graph.protocol(stale_after=2.0)
    assert "G4" not in kinds(analyse(graph.store), "a", "x")


def test_an_instrument_older_than_what_it_builds_on_is_stale() -> None:
    graph = Mini()
    graph.instrument("rules-v1", issued="2024-01-01")
    graph.instrument("rules-v2", issued="2024-06-01")
    graph.add("rules-v2", "http://purl.org/dc/terms/replaces", "rules-v1")
    graph.instrument("guide", issued="2024-03-01")
    graph.add("guide", "http://www.w3.org/ns/prov#wasDerivedFrom", "rules-v1")
    graph.protocol()
    found = gap(analyse(graph.store), "G4")
    assert found is not None
    assert (found.record and found.record.iri, found.nearest[0].record.iri) == (ex("guide"), ex("rules-v2"))


def test_a_version_after_the_cut_off_makes_nothing_stale() -> None:
    graph = Mini()
    graph.instrument("rules-v1", issued="2024-01-01")
    graph.instrument("rules-v2", issued="2025-06-01")
    graph.add("rules-v2", "http://purl.org/dc/terms/replaces", "rules-v1")
    graph.instrument("guide", issued="2024-03-01")
    graph.add("guide", "http://www.w3.org/ns/prov#wasDerivedFrom", "rules-v1")
    graph.protocol(cut_off="2025-01-01")
    assert gap(analyse(graph.store), "G4") is None


def test_a_gap_shows_its_nearest_evidence_with_the_factor_that_failed() -> None:
    graph = Mini(rows={"top": None, "a": "top", "b": "top"})
    graph.complete("rows")
    graph.does("proposed", "a", "x", review="proposed")
    graph.does("broader", "top", "x", "bob")
    graph.does("other-kind", "a", "y", "cy")
    graph.protocol()
    found = gap(analyse(graph.store), "G1", "a", "x")
    assert found is not None
    failures = [(near.record.iri, near.failed) for near in found.nearest]
    assert failures == [
        (ex("proposed"), ("review-status",)),
        (ex("broader"), ("broader-area",)),
        (ex("other-kind"), ("facet",)),
    ]


def test_a_thin_cell_names_the_weakest_factor_of_its_evidence() -> None:
    graph = Mini()
    graph.does("one", "a", "x", role="mention", maturity="operating", grade="official")
    graph.protocol()
    found = gap(analyse(graph.store), "G2", "a", "x")
    assert found is not None
    assert found.nearest[0].failed == ("role",)
    assert found.nearest[0].reason.en == "Its role is “mention”, which weighs only 0.20."


def test_owners_are_those_active_around_the_gap_and_not_in_it() -> None:
    graph = Mini()
    graph.does("here", "a", "x", "ann", role="mention")
    graph.does("beside", "a", "y", "bob")
    graph.does("beside-too", "a", "y", "bob")
    graph.does("below", "b", "x", "cy")
    graph.protocol()
    found = gap(analyse(graph.store), "G2", "a", "x")
    assert found is not None
    assert [(owner.actor.iri, owner.activities) for owner in found.owners] == [(ex("bob"), 2), (ex("cy"), 1)]


def test_a_rank_shows_its_parts_and_an_interval_around_the_position() -> None:
    graph = Mini()
    graph.complete("rows")
    graph.does("one", "b", "x", role="secondary")
    graph.provision("charter/1", areas=["a"], actions=["x"])
    graph.protocol()
    analysis = analyse(graph.store)
    assert [found.rank.position for found in analysis.gaps] == list(range(1, len(analysis.gaps) + 1))
    assert all(g.rank.low <= g.rank.position <= g.rank.high for g in analysis.gaps)
    asked, unasked = gap(analysis, "G1", "a", "x"), gap(analysis, "G1", "a", "y")
    assert asked is not None
    assert unasked is not None
    assert (asked.rank.need, unasked.rank.need) == (1.0, 0.75)


def test_the_share_of_redraws_in_which_a_thin_cell_stays_thin() -> None:
    graph = Mini()
    graph.does("one", "a", "x", role=None, maturity="piloted", grade=None)
    graph.protocol(target=0.6, weights={"maturity/piloted": 0.5})
    found = gap(analyse(graph.store), "G2", "a", "x")
    assert found is not None
    assert found.robustness.draws == 1000
    assert found.robustness.share == pytest.approx(0.75, abs=0.04)
    assert found.rank.confidence == pytest.approx(0.5 * found.robustness.share, abs=1e-6)


def test_ids_stay_when_the_protocol_changes_around_a_gap() -> None:
    def ids(**protocol: object) -> dict[str, str]:
        graph = Mini()
        graph.complete("rows")
        graph.does("one", "b", "x", role="secondary")
        graph.protocol(**protocol)  # type: ignore[arg-type]
        return {f"{g.type}|{g.cell}": g.id for g in analyse(graph.store).gaps if g.cell}

    before = ids()
    after = ids(
        name="protocol/p-2.0", version="2.0", target=0.8, half_life=4.0, weights={"maturity/piloted": 0.5}
    )
    assert before == after
    assert all(
        name.split("-")[0] in ("G1", "G2", "G3") and len(name.split("-")[1]) == 10 for name in before.values()
    )


def test_ids_differ_between_protocols_of_different_series() -> None:
    def first(name: str) -> str:
        graph = Mini()
        graph.complete("rows")
        graph.protocol(name=name)
        return analyse(graph.store).gaps[0].id

    assert first("protocol/p-1.0") != first("protocol/q-1.0")


def test_an_axis_read_off_the_actors() -> None:
    graph = Mini()
    graph.scheme("people", {"ann": None, "bob": None})
    graph.does("one", "a", "x", "ann")
    graph.complete("rows")
    graph.protocol(columns="people", column_property=AISI + "carriedOutBy")
    analysis = analyse(graph.store)
    assert kinds(analysis, "a", "bob") == {"G1"}
    assert term("maturity/operating") in {
        e.maturity.iri for g in analysis.gaps for e in g.evidence if e.maturity
    }
