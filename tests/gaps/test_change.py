"""Diff with causes, history, what-if and the closing set."""

from collections.abc import Callable

import pyoxigraph as ox
import pytest

from kg.errors import CallerError, DataError, StoreError
from kg.gaps import Fault, GapAnalysis, analyse, closing_set, diff, whatif
from kg.gaps.change_values import Diff
from kg.gaps.difference import with_history
from kg.gaps.keeping import from_bytes, to_bytes
from kg.gaps.model import Text
from kg.gaps.plan_values import WhatIf
from kg.gaps.plans import plan_store, plan_summary
from kg.vocab import AISI, BASE, PROV, SKOS, XSD

from .mini import WEIGHTS, Mini, day, ex
from .read import cell, gap
from .test_proof import eventful

PREFIXES = "@prefix aisi: <https://w3id.org/aisi-kg/ontology#> .\n"


def base() -> Mini:
    graph = Mini(rows={"a": None, "a1": "a", "b": None})
    graph.complete("rows")
    graph.does("one", "a1", "x", "ann", grade="self-reported", asserted="2024-01-01")
    graph.does("two", "b", "y", "bob")
    return graph


Edit = Callable[[Mini], object]


def changed(
    edit: Edit, *, faults: tuple[Fault, ...] = (), was_faulty: tuple[Fault, ...] = (), **protocol: object
) -> Diff:
    old, new = base(), base()
    old.protocol(half_life=3.0)
    new.protocol(**{"half_life": 3.0, **protocol})  # type: ignore[arg-type]
    edit(new)
    return diff(analyse(old.store, faults=was_faulty), analyse(new.store, faults=faults))


def causes(found: Diff, area: str, facet: str) -> tuple[str, ...]:
    for change in found.cells:
        if change.cell.facet is not None and (change.cell.area.iri, change.cell.facet.iri) == (
            ex(area),
            ex(facet),
        ):
            return change.causes
    return ()


FAULT = Fault(record=ex("one"), rule="rule", message=Text(ja="不備", en="at fault"))


def nothing(_: Mini) -> None:
    """Leave the graph as it is."""


def test_nothing_changed() -> None:
    found = changed(nothing)
    assert (found.cells, found.gaps, found.protocol_changes) == ((), (), ())
    assert found.summary.en == "No gaps opened and no gaps closed."


def redated(graph: Mini, as_of: str) -> None:
    prop = ox.NamedNode(AISI + "asOf")
    old = next(graph.inner.quads_for_pattern(ox.NamedNode(ex("statement/complete")), prop, None))
    graph.inner.remove(old)
    graph.add("statement/complete", AISI + "asOf", day(as_of))


def test_a_statement_of_completeness_that_says_something_else() -> None:
    found = changed(lambda g: redated(g, "2025-06-30"))
    assert not found.cells  # every cell keeps its status; what is said of it speaks of another day
    assert {change.causes for change in found.gaps} == {("completeness-changed",)}


def test_another_name_is_no_change() -> None:
    def renamed(graph: Mini) -> None:
        graph.label("doc", en="Aaa")  # the first by alphabet is shown

    assert changed(renamed).gaps == ()


def demanding(*areas: str, verb: str = "will") -> GapAnalysis:
    """Eight areas, work on all but the first; four clauses, the first on `areas`."""
    rows = [f"r{position}" for position in range(8)]
    graph = Mini(rows=dict.fromkeys(rows))
    graph.complete("rows")
    for row in rows[1:]:
        graph.does(f"act-{row}", row, "x")
    for row in rows[1:4]:
        graph.provision(f"charter/{row}", areas=[row])
    graph.provision("charter/one", areas=areas, verb=verb)
    graph.protocol(weights={**WEIGHTS, "verb-class/will": 1.0, "verb-class/welcome": 0.0})
    return analyse(graph.store)


def test_demand_that_moves_opens_a_gap_because_of_demand() -> None:
    found = diff(demanding("r7"), demanding("r0"))
    opened = {change.type: change.causes for change in found.gaps if change.kind == "opened"}
    assert opened["G10"] == ("demand-changed",)


def test_a_clause_that_obliges_no_longer_closes_its_gap_because_of_its_record() -> None:
    found = diff(demanding("r0"), demanding("r0", verb="welcome"))
    assert [(c.type, c.kind, c.causes) for c in found.gaps if c.type == "G5"] == [
        ("G5", "closed", ("provision-changed",))
    ]


def test_an_instrument_that_is_revised() -> None:
    def dated(issued: str) -> GapAnalysis:
        graph = Mini()
        graph.instrument("guide", issued=issued)
        graph.instrument("base", issued="2023-01-01")
        graph.add("guide", PROV + "wasDerivedFrom", "base")
        graph.protocol()
        return analyse(graph.store)

    found = diff(dated("2022-01-01"), dated("2024-01-01"))
    assert [(c.type, c.kind, c.causes) for c in found.gaps] == [("G4", "closed", ("document-changed",))]


def test_a_new_activity() -> None:
    found = changed(lambda g: g.does("three", "a1", "y", "cy"))
    assert causes(found, "a1", "y") == ("activity-added",)
    assert found.closed == {"activity-added": 2}


def test_new_evidence_of_a_known_activity() -> None:
    found = changed(lambda g: g.edge("two", "a1", grade="independent", maturity="evaluated"))
    assert causes(found, "a1", "y") == ("evidence-added",)


def test_withdrawn_evidence() -> None:
    def drop(graph: Mini) -> None:
        for quad in list(graph.inner.quads_for_pattern(None, None, None)):
            if ex("edge/one-a1") in str(quad.subject):
                graph.inner.remove(quad)

    found = changed(drop)
    assert causes(found, "a1", "x") == ("evidence-withdrawn",)


def test_an_added_concept_is_a_change_of_the_taxonomy() -> None:
    def add(graph: Mini) -> None:
        graph.a("c", SKOS + "Concept")
        graph.label("c")
        graph.add("c", SKOS + "inScheme", "rows")

    found = changed(add)
    assert found.added == (ex("c"),)
    assert causes(found, "c", "x") == ("taxonomy-changed",)
    assert set(found.opened) == {"taxonomy-changed"}


def test_a_moved_concept_is_a_change_of_the_taxonomy() -> None:
    def move(graph: Mini) -> None:
        graph.inner.update(f"DELETE WHERE {{ <{ex('a1')}> <{SKOS}broader> ?x }}")

    found = changed(move)
    assert "taxonomy-changed" in causes(found, "a", "x")


def test_a_fault_found_and_a_fault_repaired() -> None:
    assert causes(changed(nothing, faults=(FAULT,)), "a1", "x") == ("fault-found",)
    assert causes(changed(nothing, was_faulty=(FAULT,)), "a1", "x") == ("fault-repaired",)


def test_a_changed_target_is_a_change_of_the_protocol() -> None:
    found = changed(nothing, target=0.2)
    assert causes(found, "a1", "x") == ("protocol-changed",)
    assert found.protocol_changes == ("targetDepth",)


def test_time_alone_makes_evidence_age() -> None:
    old, new = base(), base()
    old.protocol(half_life=3.0, target=0.3)
    new.protocol(half_life=3.0, target=0.3, cut_off="2027-01-01")
    found = diff(analyse(old.store), analyse(new.store))
    assert "evidence-aged" in causes(found, "a1", "x")


def test_another_half_life_is_a_change_of_the_protocol() -> None:
    old, new = base(), base()
    old.protocol(half_life=30.0, target=0.3)
    new.protocol(half_life=1.0, target=0.3)
    assert causes(diff(analyse(old.store), analyse(new.store)), "a1", "x") == ("protocol-changed",)


def test_withdrawn_completeness() -> None:
    old, new = base(), Mini(rows={"a": None, "a1": "a", "b": None})
    new.does("one", "a1", "x", "ann", grade="self-reported", asserted="2024-01-01")
    new.does("two", "b", "y", "bob")
    for graph in (old, new):
        graph.protocol(half_life=3.0)
    assert causes(diff(analyse(old.store), analyse(new.store)), "b", "x") == ("completeness-withdrawn",)
    assert causes(diff(analyse(new.store), analyse(old.store)), "b", "x") == ("completeness-added",)


def test_a_stated_absence() -> None:
    assert causes(changed(lambda g: g.absent("b", "x")), "b", "x") == ("absence-stated",)


def test_an_activity_that_ended() -> None:
    """It is over, and what is said of it now is less."""
    old, new = base(), base()
    old.does("three", "b", "x", "cy", maturity="evaluated")
    new.activity("three", ["x"], ["cy"], status="completed")
    new.edge("three", "b", maturity="piloted")
    for graph in (old, new):
        graph.protocol()
    assert causes(diff(analyse(old.store), analyse(new.store)), "b", "x") == (
        "activity-ended",
        "evidence-changed",
    )


def test_a_decided_review() -> None:
    old, new = base(), base()
    old.does("three", "b", "x", review="proposed")
    new.does("three", "b", "x", review="accepted")
    for graph in (old, new):
        graph.protocol()
    assert causes(diff(analyse(old.store), analyse(new.store)), "b", "x") == ("review-decided",)


def test_graphs_in_different_ontologies_are_not_compared() -> None:
    old, new = base(), base()
    for graph, version in ((old, "0.1.0"), (new, "1.0.0")):
        graph.protocol()
        graph.a("ontology", "http://www.w3.org/2002/07/owl#Ontology")
        graph.inner.update(
            f'INSERT DATA {{ <{ex("ontology")}> <http://www.w3.org/2002/07/owl#versionInfo> "{version}" }}'
        )
    with pytest.raises(CallerError, match="different ontologies"):
        diff(analyse(old.store), analyse(new.store))


def test_different_protocols_are_not_compared() -> None:
    old, new = base(), base()
    old.protocol("protocol/p-1.0")
    new.protocol("protocol/q-1.0")
    with pytest.raises(CallerError, match="different series"):
        diff(analyse(old.store), analyse(new.store))


def test_a_gap_remembers_when_it_was_first_seen_and_last_changed() -> None:
    old, new = base(), base()
    for graph in (old, new):
        graph.protocol()
    new.does("three", "a1", "y", "cy", role="mention")
    first = with_history(analyse(old.store), None, "v1")
    second = with_history(analyse(new.store), first, "v2")
    seen = {g.id: (g.first_seen, g.last_changed) for g in second.gaps}
    same, opened = gap(second, "G1", "b", "x"), gap(second, "G2", "a1", "y")
    assert same is not None
    assert opened is not None
    assert (seen[same.id], seen[opened.id]) == (("v1", "v1"), ("v2", "v2"))


def plan(area: str = "b", kind: str = "x", actor: str = "cy", **factors: str) -> bytes:
    said = {"role": "primary", "maturity": "evaluated", "grade": "official"} | factors
    return f"""{PREFIXES}
<{ex("plan")}> a aisi:Activity ; aisi:activityType <{ex(kind)}> ; aisi:carriedOutBy <{ex(actor)}> .
<{ex("plan-edge")}> a aisi:Coverage ; aisi:coverageBy <{ex("plan")}> ; aisi:coverageOf <{ex(area)}> ;
    aisi:coverageRole <{BASE}term/coverage-role/{said["role"]}> ;
    aisi:maturity <{BASE}term/maturity/{said["maturity"]}> ;
    aisi:evidenceGrade <{BASE}term/evidence-grade/{said["grade"]}> .
""".encode()


def planned(turtle: bytes, graph: Mini | None = None) -> tuple[GapAnalysis, WhatIf]:
    graph = graph or base()
    graph.protocol()
    analysis = analyse(graph.store)
    return analysis, whatif(analysis, plan_store(turtle))


def test_a_plan_that_is_carried_out_closes_an_absent_cell() -> None:
    analysis, found = planned(plan())
    absent = gap(analysis, "G1", "b", "x")
    assert absent is not None
    assert [outcome.id for outcome in found.closed] == [absent.id]
    assert [(c.before, c.after, c.figures_after.depth) for c in found.cells] == [
        ("ABSENT-IN-SCOPE", "COVERED", 0.9)
    ]
    assert found.untouched == len(analysis.gaps) - 1


def test_a_plan_that_remains_a_plan_only_reduces() -> None:
    _, found = planned(plan(maturity="planned"))
    assert (found.closed, len(found.reduced), found.cells[0].planned_only) == ((), 1, True)
    assert found.once_under_way == found.reduced
    assert found.summary.en.endswith("Once what is planned is under way, 1 more would close.")


def test_a_plan_on_a_narrow_area_touches_the_broader_ones_too() -> None:
    _, found = planned(plan(area="a1", actor="cy"))
    assert [c.cell.area.iri for c in found.cells] == [ex("a"), ex("a1")]
    assert {outcome.type for outcome in found.closed} == {"G2", "G3", "G11"}


def test_more_of_the_same_actor_does_not_close_a_single_point_of_failure() -> None:
    _, found = planned(plan(area="a1", actor="ann"))
    assert {outcome.type for outcome in found.unchanged} == {"G3"}


def test_a_plan_says_what_a_whole_new_analysis_would_say() -> None:
    graph = base()
    analysis, found = planned(plan(area="a1", actor="cy"), graph)
    graph.does("plan", "a1", "x", "cy", maturity="evaluated")
    again = analyse(graph.store)
    expected = {g.id for g in analysis.gaps} - {g.id for g in again.gaps}
    assert {outcome.id for outcome in found.closed} == expected
    for touched in found.cells:
        after = cell(again, touched.cell.area.iri, touched.cell.facet.iri if touched.cell.facet else "")
        assert (after.status, after.rolled_up) == (touched.after, touched.figures_after)


def test_a_plan_that_implements_a_clause_closes_it() -> None:
    graph = base()
    graph.provision("charter/1", areas=["b"], actions=["x"])
    turtle = (
        plan()
        + f"""
<{ex("i")}> aisi:implementedBy <{ex("plan")}> ; aisi:implementationOf <{ex("charter/1")}> ;
    aisi:extent <{BASE}term/extent/full> .""".encode()
    )
    _, found = planned(turtle, graph)
    assert {outcome.type for outcome in found.closed} == {"G1", "G5"}


@pytest.mark.parametrize(
    ("turtle", "message"),
    [
        (b"<a> <b>", "line 1"),
        (PREFIXES.encode(), "holds no aisi:Activity"),
        (plan(role="leading"), "term/coverage-role/leading as its role"),
        (plan(area="c"), "https://example.org/c is no value of this map; the nearest are"),
        (plan(kind="z"), "touches no cell of the map"),
        (
            plan() + f"<{ex('plan-edge')}> aisi:score 1.5 .".encode(),
            "has the score 1.5; give one from 0 to 1",
        ),
    ],
)
def test_a_plan_that_cannot_be_meant_is_refused(turtle: bytes, message: str) -> None:
    with pytest.raises(DataError, match=message):
        planned(turtle)


@pytest.mark.parametrize(
    ("maturity", "asserted", "closes"),
    [
        ("operating", None, True),
        ("operating", "2024-06-01", True),
        ("operating", "2020-01-01", False),
        ("planned", None, False),
    ],
)
def test_only_recent_work_makes_an_old_cell_young(maturity: str, asserted: str | None, closes: bool) -> None:
    """The cell was last seen in 2020, five years before the cut-off, and the protocol allows two."""
    graph = Mini()
    graph.does("one", "b", "x", asserted="2020-01-01")
    graph.protocol(stale_after=2)
    turtle = plan(maturity=maturity)
    if asserted:
        turtle += f'<{ex("plan-edge")}> aisi:assertedOn "{asserted}"^^<{XSD}date> .'.encode()
    found = whatif(analyse(graph.store), plan_store(turtle))
    assert ("G4" in {each.type for each in found.closed}) == closes


@pytest.mark.parametrize(("actor", "status"), [("office", "COVERED"), ("bob", "UNKNOWN")])
def test_a_plan_counts_if_its_actor_belongs_to_the_population(actor: str, status: str) -> None:
    """That the office is part of the agency stands in the graph and not in the plan."""
    graph = Mini()
    graph.actor("office", part_of="agency")
    graph.actor("agency")
    graph.actor("bob")
    graph.protocol(population=["agency"])
    analysis = analyse(graph.store)
    second = (
        plan(actor="agency", area="a", kind="y").replace(b"plan>", b"plan2>").replace(b"plan-edge", b"edge2")
    )
    touched = whatif(analysis, plan_store(plan(actor=actor) + second)).cells
    found = {(c.cell.area.iri, c.cell.facet.iri if c.cell.facet else ""): c.after for c in touched}
    assert found.get((ex("b"), ex("x")), "UNKNOWN") == status


def test_another_grade_elsewhere_assures_nothing_here() -> None:
    """The plan reaches a on the word of those involved, and b as an official source says."""
    graph = Mini()
    graph.does("one", "a", "x", grade="self-reported")
    turtle = plan() + plan(area="a", grade="self-reported").replace(b"plan-edge", b"plan-edge-a")
    _, found = planned(turtle, graph)
    assert "G11" not in {each.type for each in found.closed}


def test_the_closing_set_closes_what_it_says_it_closes() -> None:
    graph = base()
    graph.protocol()
    analysis = analyse(graph.store)
    found = closing_set(analysis)
    assert found.open == ()
    for template in found.templates:
        area, facet = template.cell.area.iri, template.cell.facet.iri if template.cell.facet else ""
        for copy in range(4):  # as many new actors as any cell here needs
            name = f"new-{template.cell.area.label.en}-{facet[-1]}-{copy}"
            graph.activity(name, [facet], [f"by-{name}"])
            graph.edge(name, area, maturity="evaluated", grade="independent", name=f"edge/{name}")
    again = analyse(graph.store)
    assert not {g.id for g in again.gaps} & set(found.closed)


def test_one_narrow_activity_can_close_several_gaps() -> None:
    graph = Mini(rows={"a": None, "a1": "a"}, columns={"x": None, "x1": "x"})
    graph.complete("rows")
    graph.protocol()
    found = closing_set(analyse(graph.store))
    assert [(t.cell.area.iri, t.cell.facet.iri if t.cell.facet else "") for t in found.templates] == [
        (ex("a1"), ex("x1"))
    ]
    assert len(found.closed) == 4
    assert found.bound == pytest.approx(1 + 1 / 2 + 1 / 3 + 1 / 4, abs=1e-6)
    assert "would close all four gaps chosen" in found.statement.en
    assert "at most 2.08 times the least" in found.statement.en


def test_a_budget_is_never_exceeded() -> None:
    graph = Mini(rows=dict.fromkeys("abcd"))
    graph.complete("rows")
    graph.does("one", "a", "x")
    graph.protocol()
    found = closing_set(analyse(graph.store), budget=3)
    assert 0 < found.cost <= 3
    assert found.open
    assert found.statement.en.endswith("so no bound on its cost is claimed.")


def test_an_unknown_gap_is_refused_with_the_nearest() -> None:
    graph = base()
    graph.protocol()
    with pytest.raises(CallerError, match="There is no gap G1-0 under this protocol; the nearest are G"):
        closing_set(analyse(graph.store), ["G1-0"])


def test_an_analysis_can_be_kept_and_read_back() -> None:
    graph = eventful()
    graph.absent("c", "x")
    analysis = analyse(graph.store)
    back = from_bytes(to_bytes(analysis))
    assert back == analysis
    assert back.model_dump_json() == analysis.model_dump_json()


def test_bytes_that_are_no_analysis_are_refused() -> None:
    with pytest.raises(StoreError, match="cannot be read; build it again"):
        from_bytes(b"{}")


def test_one_activity_below_two_areas_closes_both() -> None:
    """c stands below a and b, so an activity there helps with both: the bound is H(2) = 1 + 1/2."""
    graph = Mini(rows={"a": None, "b": None, "c": "a", "d": None})
    graph.add("c", SKOS + "broader", "b")
    graph.complete("rows")
    graph.does("one", "d", "x")
    graph.protocol()
    analysis = analyse(graph.store)
    gaps = [found.id for area in "ab" if (found := gap(analysis, "G1", area, "y")) is not None]
    chosen = closing_set(analysis, gaps)
    assert [each.cell.area.iri for each in chosen.templates] == [ex("c")]
    assert (set(chosen.closed), chosen.bound) == (set(gaps), 1.5)


@pytest.mark.parametrize(
    ("counts", "ja", "en"),
    [
        ((4, 0, 0, 0), "この計画が記録されれば、ギャップ4件が解消する。", "four gaps would close."),
        ((1, 2, 0, 0), "ギャップ1件が解消し、2件が縮小する。", "one gap would close and two gaps shrink."),
        ((0, 0, 1, 0), "関係するギャップ1件は変わらない。", "It touches one gap without a change."),
    ],
)
def test_a_plan_is_summed_up_without_counting_nothing(
    counts: tuple[int, int, int, int], ja: str, en: str
) -> None:
    said = plan_summary(*counts)
    assert ja in said.ja and said.en.endswith(en)
    assert "0" not in said.ja
