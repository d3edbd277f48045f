"""What must hold on any graph, tried on random small ones."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import prod

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.gaps import Fault, GapAnalysis, analyse, replay
from kg.gaps.model import STATUSES, Text

from .mini import EX, WEIGHTS, Mini, ex

ROWS: dict[str, str | None] = {"a": None, "a1": "a", "a11": "a1", "a2": "a", "b": None}
COLUMNS: dict[str, str | None] = {"x": None, "x1": "x", "y": None}
few = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@dataclass(frozen=True)
class Done:
    """One activity with one edge."""

    area: str
    facet: str
    actor: str
    role: str
    maturity: str
    grade: str
    review: str | None


NO_REVIEW = st.none()


def done(review: st.SearchStrategy[str | None] = NO_REVIEW) -> st.SearchStrategy[Done]:
    return st.builds(
        Done,
        area=st.sampled_from(sorted(ROWS)),
        facet=st.sampled_from(sorted(COLUMNS)),
        actor=st.sampled_from(["ann", "bob", "cy"]),
        role=st.sampled_from(["primary", "secondary", "mention"]),
        maturity=st.sampled_from(["planned", "piloted", "operating", "evaluated"]),
        grade=st.sampled_from(["independent", "official", "self-reported", "secondary"]),
        review=review,
    )


def graph_of(work: list[Done], *, complete: bool = False) -> Mini:
    graph = Mini(rows=ROWS, columns=COLUMNS)
    for number, each in enumerate(work):
        graph.activity(f"act-{number}", [each.facet], [each.actor])
        graph.edge(
            f"act-{number}",
            each.area,
            role=each.role,
            maturity=each.maturity,
            grade=each.grade,
            review=each.review,
        )
    if complete:
        graph.complete("rows")
    graph.protocol()
    return graph


def figures(analysis: GapAnalysis) -> dict[tuple[str, str], tuple[int, int, float]]:
    return {(c.area, c.facet): (c.rolled_up.n, c.rolled_up.actors, c.rolled_up.depth) for c in analysis.cells}


@few
@given(st.lists(done(), max_size=6), done())
def test_more_evidence_never_makes_a_cell_shallower(work: list[Done], more: Done) -> None:
    before, after = figures(analyse(graph_of(work).store)), figures(analyse(graph_of([*work, more]).store))
    for where, (n, actors, depth) in before.items():
        assert (n, actors) <= after[where][:2]
        assert depth <= after[where][2] + 1e-9


@few
@given(st.lists(done(), max_size=6))
def test_rolled_up_figures_are_never_below_direct_ones(work: list[Done]) -> None:
    for cell in analyse(graph_of(work).store).cells:
        assert cell.direct.n <= cell.rolled_up.n
        assert cell.direct.actors <= cell.rolled_up.actors
        assert cell.direct.depth <= cell.rolled_up.depth + 1e-9 <= 1 + 1e-9


@few
@given(st.lists(done(), max_size=6))
def test_what_is_not_recorded_is_never_absent(work: list[Done]) -> None:
    analysis = analyse(graph_of(work).store)
    assert not {cell.status for cell in analysis.cells} & {"ABSENT-STATED", "ABSENT-IN-SCOPE"}
    assert not [gap for gap in analysis.gaps if gap.type == "G1"]


@few
@given(st.lists(done(), max_size=6))
def test_a_complete_map_has_nothing_unknown(work: list[Done]) -> None:
    analysis = analyse(graph_of(work, complete=True).store)
    assert analysis.counts["UNKNOWN"] == 0
    for cell in analysis.cells:
        assert (cell.rolled_up.n == 0) == (cell.status == "ABSENT-IN-SCOPE")


@few
@given(st.lists(done(), min_size=1, max_size=6), st.data())
def test_a_faulty_activity_counts_like_one_that_is_not_there(work: list[Done], data: st.DataObject) -> None:
    bad = data.draw(st.integers(0, len(work) - 1))
    fault = Fault(record=ex(f"act-{bad}"), rule="rule", message=Text(ja="不備", en="at fault"))
    with_fault = figures(analyse(graph_of(work).store, faults=[fault]))
    without = figures(analyse(graph_of([each for number, each in enumerate(work) if number != bad]).store))
    assert with_fault == without


@few
@given(st.lists(done(), max_size=4), st.lists(done(st.sampled_from(["proposed", "rejected"])), max_size=4))
def test_what_is_not_accepted_never_counts(work: list[Done], pending: list[Done]) -> None:
    assert figures(analyse(graph_of(work).store)) == figures(analyse(graph_of([*work, *pending]).store))


@few
@given(st.lists(done(st.sampled_from([None, "proposed"])), max_size=6), st.booleans())
def test_every_gap_replays_and_has_a_name_of_its_own(work: list[Done], complete: bool) -> None:
    graph = graph_of(work, complete=complete)
    analysis = analyse(graph.store)
    assert len({gap.id for gap in analysis.gaps}) == len(analysis.gaps)
    assert all(replay(graph.store, gap) for gap in analysis.gaps)


@few
@given(st.lists(done(st.sampled_from([None, "rejected"])), max_size=6), st.booleans())
def test_every_cell_has_one_status_and_the_counts_add_up(work: list[Done], complete: bool) -> None:
    analysis = analyse(graph_of(work, complete=complete).store)
    assert len(analysis.cells) == len(ROWS) * len(COLUMNS) == sum(analysis.counts.values())
    assert set(analysis.counts) == set(STATUSES)
    assert sum(analysis.gap_counts.values()) == len(analysis.gaps)


Limit = tuple[str, str | None]
limits = st.lists(st.tuples(st.sampled_from(sorted(ROWS)), st.sampled_from([None, *COLUMNS])), max_size=2)


def within(value: str | None, broader: str | None, tree: Mapping[str, str | None]) -> bool:
    """Climb from a value until the broader one is met; no limit holds everything."""
    return broader is None or value == broader or (value is not None and within(tree[value], broader, tree))


def counted(
    work: list[Done], absent: list[Limit], listed: list[Limit], area: str, facet: str
) -> tuple[object, ...]:
    """Say what is known of one cell by the definitions, one after the other, with nothing clever about it."""
    here = [
        w for w in work if w.review is None and within(w.area, area, ROWS) and within(w.facet, facet, COLUMNS)
    ]
    best: dict[str, float] = {}
    for each in here:
        parts = (f"coverage-role/{each.role}", f"maturity/{each.maturity}", f"evidence-grade/{each.grade}")
        best[each.actor] = max(best.get(each.actor, 0.0), prod(WEIGHTS[part] for part in parts))
    depth = 1 - prod(1 - weight for weight in best.values())
    figures = (len(here), len(best), pytest.approx(depth, abs=1e-6))
    holds = [
        any(within(area, a, ROWS) and within(facet, f, COLUMNS) for a, f in limit)
        for limit in (absent, listed)
    ]
    if here and holds[0]:
        return "CONFLICT", *figures
    if here:
        deep = depth >= 0.75 and any(each.maturity != "planned" for each in here)
        return "COVERED" if deep else "THIN", *figures
    return "ABSENT-STATED" if holds[0] else "ABSENT-IN-SCOPE" if holds[1] else "UNKNOWN", *figures


@settings(few, max_examples=40)
@given(st.lists(done(st.sampled_from([None, "rejected"])), max_size=6), limits, limits)
def test_every_cell_is_as_a_naive_count_has_it(
    work: list[Done], absent: list[Limit], listed: list[Limit]
) -> None:
    graph = graph_of(work)
    for number, (area, facet) in enumerate(absent):
        graph.absent(area, facet, name=f"statement/absent-{number}")
    for number, (area, facet) in enumerate(listed):
        graph.complete(area, facets=[facet] if facet else [], name=f"statement/complete-{number}")
    for cell in analyse(graph.store).cells:
        area, facet = cell.area.removeprefix(EX), cell.facet.removeprefix(EX)
        figures = (cell.rolled_up.n, cell.rolled_up.actors, cell.rolled_up.depth)
        assert counted(work, absent, listed, area, facet) == (cell.status, *figures)
