"""What must hold on any graph, tried on random small ones."""

from dataclasses import dataclass

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.gaps import Fault, GapAnalysis, analyse, replay
from kg.gaps.model import STATUSES, Text

from .mini import Mini, ex

ROWS = {"a": None, "a1": "a", "a11": "a1", "a2": "a", "b": None}
COLUMNS = {"x": None, "x1": "x", "y": None}
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
