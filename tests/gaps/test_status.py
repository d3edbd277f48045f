"""What is known about a cell: one small graph for each status and each way to get it wrong."""

import pytest

from kg.gaps import Fault, analyse
from kg.gaps.model import Text
from kg.vocab import AISI

from .mini import SSSOM, Mini, ex
from .read import cell, kinds


def fault(record: str) -> Fault:
    return Fault(record=ex(record), rule="rule", message=Text(ja="不備", en="at fault"))


def test_a_cell_at_its_target_is_covered() -> None:
    graph = Mini()
    graph.does("one", "a", "x", grade="independent", maturity="evaluated")
    graph.protocol()
    found = cell(analyse(graph.store), "a", "x")
    assert (found.status, found.rolled_up.n, found.rolled_up.actors, found.rolled_up.depth) == (
        "COVERED",
        1,
        1,
        1.0,
    )


def test_a_cell_exactly_at_its_target_is_covered() -> None:
    graph = Mini()
    graph.does("one", "a", "x")
    graph.protocol(target=0.72)
    assert cell(analyse(graph.store), "a", "x").status == "COVERED"


def test_a_cell_below_its_target_is_thin() -> None:
    graph = Mini()
    graph.does("one", "a", "x", grade="self-reported")
    graph.protocol()
    found = cell(analyse(graph.store), "a", "x")
    assert (found.status, found.planned_only, found.rolled_up.depth) == ("THIN", False, 0.4)


def test_planned_work_alone_is_thin_however_deep() -> None:
    graph = Mini()
    graph.does("one", "a", "x", maturity="planned", grade="independent")
    graph.protocol(target=0.05)
    found = cell(analyse(graph.store), "a", "x")
    assert (found.status, found.planned_only, found.rolled_up.depth) == ("THIN", True, 0.1)


def test_an_empty_cell_is_not_recorded_and_a_search_task() -> None:
    graph = Mini()
    graph.protocol()
    analysis = analyse(graph.store)
    assert {c.status for c in analysis.cells} == {"UNKNOWN"}
    assert not [gap for gap in analysis.gaps if gap.cell is not None]
    assert len([task for task in analysis.search_list if task.type == "G1"]) == 4


def test_a_stated_absence_reaches_narrower_areas_but_not_broader_ones() -> None:
    graph = Mini(rows={"a": None, "a1": "a", "a11": "a1"})
    graph.absent("a1")
    graph.protocol()
    analysis = analyse(graph.store)
    assert [cell(analysis, area, "x").status for area in ("a", "a1", "a11")] == [
        "UNKNOWN",
        "ABSENT-STATED",
        "ABSENT-STATED",
    ]


def test_a_stated_absence_keeps_to_its_facet() -> None:
    graph = Mini()
    graph.absent("a", "x")
    graph.protocol()
    analysis = analyse(graph.store)
    assert (cell(analysis, "a", "x").status, cell(analysis, "a", "y").status) == ("ABSENT-STATED", "UNKNOWN")


def test_an_absence_of_one_actor_says_nothing_of_the_others() -> None:
    graph = Mini()
    graph.absent("a", "x", actor="ann")
    graph.protocol()
    found = cell(analyse(graph.store), "a", "x")
    assert found.status == "UNKNOWN"
    assert [statement.iri for statement in found.negative] == [ex("statement/absent")]


def test_an_absence_of_the_whole_population_counts() -> None:
    graph = Mini()
    graph.actor("ann")
    graph.absent("a", "x", actor="ann")
    graph.protocol(population=["ann"])
    assert cell(analyse(graph.store), "a", "x").status == "ABSENT-STATED"


def test_an_activity_stated_not_done_is_negative_evidence() -> None:
    graph = Mini()
    graph.activity("one", ["x"], status="stated-not-done")
    graph.edge("one", "a")
    graph.protocol()
    found = cell(analyse(graph.store), "a", "x")
    assert (found.status, found.rolled_up.n) == ("ABSENT-STATED", 0)
    assert [statement.kind for statement in found.negative] == ["stated-not-done"]


def test_completeness_turns_not_recorded_into_none_found() -> None:
    graph = Mini()
    graph.complete("rows")
    graph.protocol()
    found = cell(analyse(graph.store), "a", "x")
    assert found.status == "ABSENT-IN-SCOPE"
    assert [statement.iri for statement in found.completeness] == [ex("statement/complete")]


def test_completeness_of_an_area_holds_below_it_and_not_above() -> None:
    graph = Mini(rows={"a": None, "a1": "a", "b": None})
    graph.complete("a1")
    graph.protocol()
    analysis = analyse(graph.store)
    statuses = [cell(analysis, area, "x").status for area in ("a", "a1", "b")]
    assert statuses == ["UNKNOWN", "ABSENT-IN-SCOPE", "UNKNOWN"]


def test_completeness_limited_to_a_facet_holds_for_it_only() -> None:
    graph = Mini()
    graph.complete("rows", facets=["y"])
    graph.protocol()
    analysis = analyse(graph.store)
    assert (cell(analysis, "a", "x").status, cell(analysis, "a", "y").status) == (
        "UNKNOWN",
        "ABSENT-IN-SCOPE",
    )


def test_every_source_of_the_corpus_must_be_complete() -> None:
    graph = Mini()
    graph.source("other", issued="2025-01-01")
    graph.complete("rows")
    graph.protocol(corpus=["doc", "other"])
    assert cell(analyse(graph.store), "a", "x").status == "UNKNOWN"


def test_completeness_of_a_whole_document_holds_for_its_parts() -> None:
    graph = Mini()
    graph.source("doc-1.2", part_of="doc")
    graph.complete("rows", source="doc")
    graph.protocol(corpus=["doc-1.2"])
    assert cell(analyse(graph.store), "a", "x").status == "ABSENT-IN-SCOPE"


def test_completeness_of_a_part_does_not_hold_for_the_whole() -> None:
    graph = Mini()
    graph.source("doc-1.2", part_of="doc")
    graph.complete("rows", source="doc-1.2")
    graph.protocol(corpus=["doc"])
    assert cell(analyse(graph.store), "a", "x").status == "UNKNOWN"


@pytest.mark.parametrize(
    ("issued", "as_of", "status"),
    [
        ("2024-06-01", "2024-06-01", "ABSENT-IN-SCOPE"),
        ("2024-06-01", "2024-05-31", "UNKNOWN"),
        ("2025-06-01", "2025-01-01", "ABSENT-IN-SCOPE"),
        ("2025-06-01", "2024-12-31", "UNKNOWN"),
    ],
)
def test_completeness_must_reach_the_day_of_the_document_or_the_cut_off(
    issued: str, as_of: str, status: str
) -> None:
    graph = Mini()
    graph.source("other", issued=issued)
    graph.complete("rows", source="other", as_of=as_of)
    graph.protocol(corpus=["other"], cut_off="2025-01-01")
    assert cell(analyse(graph.store), "a", "x").status == status


def test_of_an_undated_document_no_more_is_claimed_than_the_statement_says() -> None:
    graph = Mini()
    graph.source("living")
    graph.complete("rows", source="living", as_of="2024-03-31")
    graph.protocol(corpus=["living"], cut_off="2025-01-01")
    found = cell(analyse(graph.store), "a", "x")
    assert found.status == "ABSENT-IN-SCOPE"
    assert found.sentence.en.endswith("none found in Living as of 31 March 2024.")


def test_the_date_of_one_document_does_not_decide_for_the_corpus() -> None:
    graph = Mini()
    graph.source("living")
    graph.complete("rows")
    graph.complete("rows", source="living", as_of="2024-03-31", name="statement/living")
    graph.protocol(corpus=["doc", "living"], cut_off="2026-01-01")
    found = cell(analyse(graph.store), "a", "x")
    assert found.status == "ABSENT-IN-SCOPE"
    assert found.sentence.en.endswith("each as of its own date (31 March 2024 to 1 January 2025).")


def test_a_document_issued_before_the_cut_off_need_not_be_read_later() -> None:
    graph = Mini()
    graph.complete("rows", as_of="2025-01-01")
    graph.protocol(cut_off="2026-01-01")
    assert cell(analyse(graph.store), "a", "x").status == "ABSENT-IN-SCOPE"


@pytest.mark.parametrize(
    ("population", "status"), [([], "UNKNOWN"), (["ann"], "ABSENT-IN-SCOPE"), (["bob"], "UNKNOWN")]
)
def test_completeness_for_one_actor_holds_for_a_population_inside_it(
    population: list[str], status: str
) -> None:
    graph = Mini()
    graph.actor("house")
    graph.actor("ann", part_of="house")
    graph.actor("bob")
    graph.complete("rows", actor="house")
    graph.protocol(population=population)
    assert cell(analyse(graph.store), "a", "x").status == status


def test_without_a_corpus_nothing_is_ever_absent() -> None:
    graph = Mini()
    graph.complete("rows")
    graph.protocol(corpus=[])
    assert cell(analyse(graph.store), "a", "x").status == "UNKNOWN"


def test_an_excluded_cell_does_not_apply_and_gives_the_reason() -> None:
    graph = Mini(rows={"a": None, "a1": "a", "b": None})
    graph.complete("rows")
    graph.protocol()
    graph.exclude(area="a", facet="x")
    analysis = analyse(graph.store)
    found = cell(analysis, "a1", "x")
    assert found.status == "NOT-APPLICABLE"
    assert found.excluded_because == Text(ja="ありえない。", en="No such thing.")
    assert cell(analysis, "a1", "y").status == "ABSENT-IN-SCOPE"
    assert kinds(analysis, "a", "x") == set()


def test_positive_and_negative_evidence_is_a_conflict_at_every_level() -> None:
    graph = Mini(rows={"a": None, "a1": "a", "a11": "a1", "b": None})
    graph.absent("a1", "x")
    graph.does("one", "a11", "x")
    graph.protocol()
    analysis = analyse(graph.store)
    statuses = [cell(analysis, area, "x").status for area in ("a", "a1", "a11", "b")]
    assert statuses == ["THIN", "CONFLICT", "CONFLICT", "UNKNOWN"]
    assert kinds(analysis, "a11", "x") == set()


def test_an_absence_of_one_actor_conflicts_with_that_actor_only() -> None:
    graph = Mini()
    graph.absent("a", "x", actor="ann")
    graph.absent("b", "x", actor="ann", name="statement/absent-b")
    graph.does("one", "a", "x", "ann")
    graph.does("two", "b", "x", "bob")
    graph.protocol()
    analysis = analyse(graph.store)
    assert (cell(analysis, "a", "x").status, cell(analysis, "b", "x").status) == ("CONFLICT", "THIN")


def test_a_conflict_statement_between_two_edges_of_a_cell_marks_it() -> None:
    graph = Mini()
    one = graph.does("one", "a", "x", "ann")
    two = graph.does("two", "a", "x", "bob")
    three = graph.does("three", "b", "x", "bob")
    graph.disagree(one, two)
    graph.disagree(one, three, name="statement/elsewhere")
    graph.protocol()
    analysis = analyse(graph.store)
    assert (cell(analysis, "a", "x").status, cell(analysis, "b", "x").status) == ("CONFLICT", "THIN")


@pytest.mark.parametrize("record", ["one", "edge/one-a", "citation/one-a", "ann"])
def test_a_fault_in_any_record_behind_an_edge_marks_the_cell_and_counts_for_nothing(record: str) -> None:
    graph = Mini()
    graph.does("one", "a", "x", "ann")
    graph.does("two", "a", "x", "bob")
    graph.protocol()
    analysis = analyse(graph.store, faults=[fault(record)])
    found = cell(analysis, "a", "x")
    assert (found.status, found.rolled_up.n) == ("DATA-FAULT", 1)
    assert [each.record for each in found.faults] == [ex(record)]
    assert kinds(analysis, "a", "x") == set()


def test_a_fault_below_marks_a_broader_cell_that_has_nothing_else() -> None:
    graph = Mini(rows={"a": None, "a1": "a", "b": None, "b1": "b"})
    graph.does("one", "a1", "x")
    graph.does("two", "b1", "x")
    graph.does("three", "b", "x", "bob")
    graph.complete("rows")
    graph.protocol()
    analysis = analyse(graph.store, faults=[fault("one"), fault("two")])
    assert [cell(analysis, area, "x").status for area in ("a", "a1", "b", "b1")] == [
        "DATA-FAULT",
        "DATA-FAULT",
        "THIN",
        "DATA-FAULT",
    ]


def test_a_faulty_concept_marks_its_row() -> None:
    graph = Mini()
    graph.complete("rows")
    graph.protocol()
    analysis = analyse(graph.store, faults=[fault("a")])
    assert [cell(analysis, area, "y").status for area in ("a", "b")] == ["DATA-FAULT", "ABSENT-IN-SCOPE"]


def test_a_faulty_completeness_statement_entails_nothing() -> None:
    graph = Mini()
    graph.complete("rows")
    graph.protocol()
    analysis = analyse(graph.store, faults=[fault("statement/complete")])
    assert {c.status for c in analysis.cells} == {"UNKNOWN"}


def test_a_faulty_absence_statement_leaves_its_cells_under_repair() -> None:
    graph = Mini()
    graph.absent("a", "x")
    graph.does("one", "b", "x")
    graph.protocol()
    analysis = analyse(graph.store, faults=[fault("citation/absent")])
    assert (cell(analysis, "a", "x").status, cell(analysis, "a", "y").status) == ("DATA-FAULT", "UNKNOWN")


@pytest.mark.parametrize("review", ["proposed", "rejected"])
def test_an_edge_that_is_not_accepted_never_counts_but_is_shown(review: str) -> None:
    graph = Mini()
    graph.does("one", "a", "x", review=review)
    graph.protocol()
    found = cell(analyse(graph.store), "a", "x")
    assert (found.status, found.rolled_up.n, len(found.pending)) == ("UNKNOWN", 0, 1)


def test_activities_outside_the_population_do_not_count() -> None:
    graph = Mini()
    graph.does("one", "a", "x", "ann")
    graph.does("two", "b", "x", "bob")
    graph.protocol(population=["ann"])
    analysis = analyse(graph.store)
    assert (cell(analysis, "a", "x").rolled_up.n, cell(analysis, "b", "x").rolled_up.n) == (1, 0)


def test_a_withdrawn_concept_is_no_row_and_its_edges_are_mentioned() -> None:
    graph = Mini()
    graph.does("one", "b", "x")
    graph.withdraw("b")
    graph.protocol()
    analysis = analyse(graph.store)
    assert [area.iri for area in analysis.areas] == [ex("a")]
    assert [note.en for note in analysis.notes] == ["One edge to withdrawn concepts left out of all counts."]


def test_both_axes_can_be_read_off_coverage_edges() -> None:
    graph = Mini()
    graph.activity("one", [])
    graph.edge("one", "a")
    graph.edge("one", "x", role="secondary")
    graph.protocol(column_property=None)
    found = cell(analyse(graph.store), "a", "x")
    assert (found.rolled_up.n, found.rolled_up.depth) == (1, 0.36)
    assert found.evidence[0].edges == (ex("edge/one-a"), ex("edge/one-x"))


def test_both_axes_can_be_read_off_properties() -> None:
    graph = Mini()
    graph.activity("one", ["x"])
    graph.add("one", AISI + "about", "a")
    graph.protocol(row_property=AISI + "about")
    found = cell(analyse(graph.store), "a", "x")
    assert (found.status, found.rolled_up.depth, found.evidence[0].edges) == ("COVERED", 1.0, ())


def test_a_withdrawn_concept_in_the_middle_does_not_cut_the_roll_up() -> None:
    graph = Mini(rows={"a": None, "a1": "a", "a11": "a1"})
    graph.does("one", "a11", "x")
    graph.withdraw("a1")
    graph.protocol()
    assert cell(analyse(graph.store), "a", "x").rolled_up.n == 1


@pytest.mark.parametrize("record", ["edge/one-a", "one"])
def test_withdrawn_evidence_is_as_if_it_were_not_there(record: str) -> None:
    graph = Mini()
    graph.does("one", "a", "x")
    graph.withdraw(record)
    graph.protocol()
    assert cell(analyse(graph.store), "a", "x").status == "UNKNOWN"


@pytest.mark.parametrize("record", ["statement/complete", "statement/absent"])
def test_a_withdrawn_statement_entails_nothing(record: str) -> None:
    graph = Mini()
    graph.complete("rows") if record == "statement/complete" else graph.absent("a", "x")
    graph.withdraw(record)
    graph.protocol()
    assert cell(analyse(graph.store), "a", "x").status == "UNKNOWN"


def test_a_statement_finds_its_cells_whichever_way_the_axes_are_turned() -> None:
    graph = Mini()
    graph.absent("x", "a")
    graph.absent("y", name="statement/no-y")
    graph.protocol()
    analysis = analyse(graph.store)
    assert [cell(analysis, area, facet).status for area in "ab" for facet in "xy"] == [
        "ABSENT-STATED",
        "ABSENT-STATED",
        "UNKNOWN",
        "ABSENT-STATED",
    ]


def test_a_faulty_document_takes_all_that_is_cited_from_it_out_of_the_counts() -> None:
    graph = Mini()
    graph.does("one", "a", "x")
    graph.protocol()
    assert cell(analyse(graph.store, faults=[fault("doc")]), "a", "x").status == "DATA-FAULT"


def test_a_faulty_activity_without_a_kind_leaves_its_whole_row_in_doubt() -> None:
    graph = Mini(rows={"a": None, "a1": "a", "b": None})
    graph.activity("one", [])
    graph.edge("one", "a1")
    graph.does("two", "a1", "y")
    graph.complete("rows")
    graph.protocol()
    analysis = analyse(graph.store, faults=[fault("one")])
    statuses = [cell(analysis, area, facet).status for area in ("a", "a1", "b") for facet in "xy"]
    assert statuses == ["DATA-FAULT", "THIN", "DATA-FAULT", "THIN", "ABSENT-IN-SCOPE", "ABSENT-IN-SCOPE"]
    assert [each.record for each in cell(analysis, "a", "x").faults] == [ex("one")]


def test_a_faulty_edge_without_an_activity_leaves_its_row_in_doubt() -> None:
    graph = Mini()
    graph.a("edge/loose", AISI + "Coverage")
    graph.add("edge/loose", AISI + "coverageOf", "a")
    graph.complete("rows")
    graph.protocol()
    analysis = analyse(graph.store, faults=[fault("edge/loose")])
    assert [cell(analysis, area, "x").status for area in "ab"] == ["DATA-FAULT", "ABSENT-IN-SCOPE"]


def test_a_mapping_that_says_no_match_states_an_absence() -> None:
    """Where the columns are the vocabulary that was searched, the whole row is known to be empty."""
    graph = Mini()
    graph.add("mapping/a", SSSOM + "subject_id", "a")
    graph.add("mapping/a", SSSOM + "object_id", SSSOM + "NoTermFound")
    graph.add("mapping/a", SSSOM + "object_source", "columns")
    graph.add("mapping/b", SSSOM + "subject_id", "b")
    graph.add("mapping/b", SSSOM + "object_id", SSSOM + "NoTermFound")
    graph.add("mapping/b", SSSOM + "object_source", "elsewhere")
    graph.protocol()
    analysis = analyse(graph.store)
    statuses = [cell(analysis, area, facet).status for area in "ab" for facet in "xy"]
    assert statuses == ["ABSENT-STATED", "ABSENT-STATED", "UNKNOWN", "UNKNOWN"]
    assert [statement.iri for statement in cell(analysis, "a", "x").negative] == [ex("mapping/a")]
