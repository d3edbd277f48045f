"""The commitments ledger (G5): status by record, priority by verb, never the other way round."""

import pytest

from kg.gaps import Fault, GapAnalysis, analyse
from kg.gaps.ledgers import Commitment
from kg.gaps.model import Text
from kg.vocab import RDF

from .mini import ORG, Mini, ex, term
from .read import gap


def row(analysis: GapAnalysis, provision: str = "charter/1") -> Commitment:
    return next(row for row in analysis.commitments if row.provision.iri == ex(provision))


def charter(**provision: object) -> Mini:
    graph = Mini()
    graph.complete("rows")
    graph.does("one", "b", "y", "bob")
    graph.provision("charter/1", areas=["a"], actions=["x"], **provision)  # type: ignore[arg-type]
    graph.protocol()
    return graph


@pytest.mark.parametrize(
    ("extents", "status"),
    [
        ([], "no-record"),
        (["planned"], "planned"),
        (["partial"], "in-part"),
        (["full"], "implemented"),
        (["planned", "full"], "implemented"),
        (["stated-not-done"], "stated-not-done"),
        (["full", "stated-not-done"], "conflict"),
    ],
)
def test_the_status_follows_what_sources_say(extents: list[str], status: str) -> None:
    graph = charter()
    for number, extent in enumerate(extents):
        graph.does(f"act-{number}", "b", "y", "bob")
        graph.implement(f"act-{number}", "charter/1", extent)
    assert row(analyse(graph.store)).status == status


def test_a_clause_that_is_not_yet_due_is_no_gap() -> None:
    analysis = analyse(charter(due="2025-06-01").store)
    assert (row(analysis).status, row(analysis).gap) == ("not-yet-due", None)


def test_a_clause_that_fell_due_on_the_cut_off_is_a_gap() -> None:
    analysis = analyse(charter(due="2025-01-01").store)
    assert row(analysis).gap is not None


def test_a_clause_made_after_the_cut_off_is_not_yet_due() -> None:
    graph = charter()
    graph.instrument("charter", adopted="2025-03-01")
    assert row(analyse(graph.store)).status == "not-yet-due"


def test_an_undated_instrument_is_no_older_than_what_it_refers_to() -> None:
    graph = charter()
    graph.instrument("later", issued="2025-03-01")
    graph.add("charter", "http://purl.org/dc/terms/references", "later")
    assert row(analyse(graph.store)).status == "not-yet-due"


def test_an_unfulfilled_clause_is_a_gap_with_its_proof() -> None:
    analysis = analyse(charter().store)
    found = gap(analysis, "G5")
    assert found is not None
    assert (found.status, found.record and found.record.iri) == ("ABSENT-IN-SCOPE", ex("charter/1"))
    assert (found.query.name, found.bindings) == ("gaps/implementations-of", ())
    assert row(analysis).gap == found.id


def test_without_completeness_a_clause_is_a_search_task_and_no_gap() -> None:
    graph = Mini()
    graph.provision("charter/1", areas=["a"], actions=["x"])
    graph.protocol()
    analysis = analyse(graph.store)
    assert gap(analysis, "G5") is None
    assert [task.record.iri for task in analysis.search_list if task.record] == [ex("charter/1")]
    assert row(analysis).status == "no-record"


def test_a_planned_implementation_leaves_a_thin_gap() -> None:
    graph = charter()
    graph.implement("one", "charter/1", "planned")
    found = gap(analyse(graph.store), "G5")
    assert found is not None
    assert found.status == "THIN"
    assert "planned only" in found.sentence.en


def test_a_stated_refusal_is_known_absent_according_to_its_source() -> None:
    graph = charter()
    graph.implement("one", "charter/1", "stated-not-done")
    found = gap(analyse(graph.store), "G5")
    assert found is not None
    assert found.status == "ABSENT-STATED"
    assert "known absent, according to" in found.sentence.en


def test_the_verb_sets_the_priority_and_not_the_status() -> None:
    graph = charter(verb="encourage")
    graph.weight("protocol/p-1.0", term("verb-class/encourage"), 0.5)
    analysis = analyse(graph.store)
    found = gap(analysis, "G5")
    assert found is not None
    assert (row(analysis).status, row(analysis).priority, found.figures["priority"]) == (
        "no-record",
        0.5,
        0.5,
    )


def test_a_verb_that_obliges_nobody_makes_no_gap_but_keeps_its_row() -> None:
    graph = charter(verb="welcome")
    graph.weight("protocol/p-1.0", term("verb-class/welcome"), 0.0)
    analysis = analyse(graph.store)
    assert gap(analysis, "G5") is None
    assert (row(analysis).obliges, row(analysis).status) == (False, "no-record")


def test_an_implementation_that_is_only_proposed_does_not_count() -> None:
    graph = charter()
    graph.implement("one", "charter/1", "full", review="proposed")
    assert row(analyse(graph.store)).status == "no-record"


def test_a_proposed_implementation_is_the_nearest_on_record_and_a_rejected_one_is_not() -> None:
    graph = charter()
    graph.implement("one", "charter/1", "full", review="proposed")
    graph.does("two", "b", "y", "bob")
    graph.implement("two", "charter/1", "full", review="rejected")
    nearest = row(analyse(graph.store)).nearest
    assert [(near.record.iri, near.failed) for near in nearest] == [(ex("one"), ("review",))]


def test_a_faulty_implementation_leaves_the_clause_under_repair() -> None:
    graph = charter()
    name = graph.implement("one", "charter/1", "full")
    fault = Fault(record=name, rule="rule", message=Text(ja="不備", en="at fault"))
    analysis = analyse(graph.store, faults=[fault])
    assert (row(analysis).status, gap(analysis, "G5")) == ("data-fault", None)


def test_nearest_activities_say_what_matches_and_what_does_not() -> None:
    graph = Mini()
    graph.complete("rows")
    graph.does("all-three", "a", "x", "ann")
    graph.does("area-and-kind", "a", "x", "bob")
    graph.does("area-only", "a", "y", "bob")
    graph.does("addressee-only", "b", "y", "ann")
    graph.provision("charter/1", areas=["a"], actions=["x"], addressees=["ann"])
    graph.protocol()
    nearest = row(analyse(graph.store)).nearest
    assert [(near.record.iri, near.matched) for near in nearest] == [
        (ex("all-three"), ("area", "action", "addressee")),
        (ex("area-and-kind"), ("area", "action")),
        (ex("area-only"), ("area",)),
    ]
    assert all(near.failed[-1] == "implementation" for near in nearest)


def test_a_member_of_the_addressed_group_matches_the_addressee() -> None:
    graph = Mini()
    graph.does("one", "a", "x", "ann")
    graph.add("membership", RDF + "type", "https://w3id.org/aisi-kg/ontology#Membership")
    graph.add("membership", ORG + "organization", "league")
    graph.add("membership", ORG + "member", "ann")
    graph.provision("charter/1", areas=["a"], actions=["x"], addressees=["league"])
    graph.protocol()
    assert row(analyse(graph.store)).nearest[0].matched == ("area", "action", "addressee")


def test_the_protocol_can_limit_the_ledger_to_some_instruments() -> None:
    graph = charter()
    graph.provision("treaty/1", areas=["a"], instrument="treaty")
    graph.add("protocol/p-1.0", "https://w3id.org/aisi-kg/ontology#commitmentInstrument", "treaty")
    assert [each.provision.iri for each in analyse(graph.store).commitments] == [ex("treaty/1")]


def test_a_document_no_younger_than_a_clause_cannot_tell_what_came_of_it() -> None:
    graph = charter()
    graph.instrument("charter", adopted="2024-12-31")
    assert gap(analyse(graph.store), "G5") is not None
    graph = charter()
    graph.instrument("charter", adopted="2025-01-01")
    graph.protocol("protocol/p-2.0", version="2.0", cut_off="2026-01-01")
    analysis = analyse(graph.store, "p-2.0")
    assert (row(analysis).status, gap(analysis, "G5")) == ("no-record", None)
    assert [task.record.iri for task in analysis.search_list if task.record] == [ex("charter/1")]


@pytest.mark.parametrize(("adopted", "found"), [("2024-06-01", True), ("2024-06-30", False)])
def test_an_undated_document_tells_of_a_clause_up_to_the_day_that_its_statement_names(
    adopted: str, found: bool
) -> None:
    graph = charter()
    graph.instrument("charter", adopted=adopted)
    graph.source("living")
    graph.complete("rows", source="living", as_of="2024-06-30", name="statement/living")
    graph.protocol("protocol/p-2.0", version="2.0", corpus=["living"])
    assert (gap(analyse(graph.store, "p-2.0"), "G5") is not None) is found


@pytest.mark.parametrize(("addressee", "found"), [("bob", True), ("house", True), ("ann", False)])
def test_only_a_document_by_or_about_those_addressed_can_tell(addressee: str, found: bool) -> None:
    graph = charter(addressees=[addressee])
    graph.instrument("charter", adopted="2024-06-01")
    graph.actor("ann")
    graph.actor("bob", part_of="house")
    graph.cite("one")
    assert (gap(analyse(graph.store), "G5") is not None) is found


def test_a_plan_that_the_passage_itself_announces_is_named_and_nothing_more_is_claimed() -> None:
    graph = charter()
    graph.cite("charter/1", locator="7")
    graph.activity("plan", ["x"], ["bob"], status="planned")
    graph.edge("plan", "a", maturity="planned")
    graph.cite("plan", locator="7")
    analysis = analyse(graph.store)
    found = gap(analysis, "G5")
    assert found is not None
    assert "the same passage announces “Plan”; none that has begun was found in Doc" in found.sentence.en
    assert [ref.iri for ref in row(analysis).announced] == [ex("plan")]
    assert row(analysis).status == "no-record"


def test_silence_is_dated_by_the_documents_and_not_by_the_cut_off() -> None:
    graph = charter()
    graph.source("late", issued="2025-06-01")
    graph.complete("rows", source="late", as_of="2025-06-01", name="statement/late")
    graph.protocol("protocol/p-2.0", version="2.0", cut_off="2026-01-01", corpus=["doc", "late"])
    found = gap(analyse(graph.store, "p-2.0"), "G1", "a", "x")
    assert found is not None
    assert found.sentence.en.endswith(", each as of its own date (1 January 2025 to 1 June 2025).")
    assert "(各文書の時点は2025年1月1日〜2025年6月1日)には見当たらない" in found.sentence.ja
