"""A graph that nobody here made: the folder `reef`, checked, built and analysed as its owner would, figures by hand."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.analyses import protocol_names, read_analysis
from kg.build import build
from kg.checking import check
from kg.errors import CallerError
from kg.gaps import GapAnalysis, replay
from kg.gaps.model import Cell
from kg.paths import graph_paths
from kg.store import EmbeddedStore

REEF = Path(__file__).parent / "reef"
HERE = "https://reef.example/"
PREFIXES = f"""PREFIX aisi: <https://w3id.org/aisi-kg/ontology#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX activity: <{HERE}activity/>
PREFIX actor: <{HERE}actor/>
PREFIX citation: <{HERE}citation/>
PREFIX coverage: <{HERE}coverage/>
PREFIX measure: <{HERE}measure/>
PREFIX threat: <{HERE}threat/>
PREFIX role: <https://w3id.org/aisi-kg/term/coverage-role/>
PREFIX maturity: <https://w3id.org/aisi-kg/term/maturity/>
PREFIX grade: <https://w3id.org/aisi-kg/term/evidence-grade/>
PREFIX status: <https://w3id.org/aisi-kg/term/activity-status/>
"""
SOUND_ACTIVITY = """activity:new a aisi:Activity ; skos:prefLabel "New"@en , "新"@ja ;
  aisi:activityType measure:restore ; aisi:carriedOutBy actor:univ ; aisi:status status:ongoing ;
  aisi:citation citation:a .
"""
SOUND_EDGE = """coverage:new a aisi:Coverage ; aisi:coverageBy activity:new ; aisi:coverageOf threat:nutrient ;
  aisi:coverageRole role:primary ; aisi:maturity maturity:operating ; aisi:evidenceGrade grade:official ;
  aisi:citation citation:a .
"""
Analyse = Callable[..., GapAnalysis]


@pytest.fixture
def analyse_reef(tmp_path: Path) -> Analyse:
    """Build the reef, with more Turtle beside it, and read what was found."""

    def run(more: str = "") -> GapAnalysis:
        data = tmp_path / "data"
        shutil.copytree(REEF, data)
        if more:
            (data / "more.ttl").write_text(PREFIXES + more)
        checked = check(graph_paths(data), lambda _: None)
        assert bool(checked.violations) == bool(more)
        return read_analysis(build(checked, tmp_path / "s", lambda _: None, quarantine=True), None)

    return run


def at(analysis: GapAnalysis, threat: str, measure: str) -> Cell:
    where = (f"{HERE}threat/{threat}", f"{HERE}measure/{measure}")
    return next(cell for cell in analysis.cells if (cell.area, cell.facet) == where)


MONITORING = """
    water         COVERED  0  4  2  0.9216
    runoff        COVERED  0  3  2  0.7375
    nutrient      COVERED  1  1  1  0.72
    sediment      COVERED  1  2  2  0.7375
    dredging      THIN     1  1  1  0.0625
    microplastic  COVERED  1  1  1  0.72
    litter        UNKNOWN  0  0  0  0
    coast         THIN     0  1  1  0.0625
    construction  THIN     0  1  1  0.0625
    fishing       COVERED  0  2  2  0.7424
    blast         THIN     1  1  1  0.08
    trawl         CONFLICT 1  1  1  0.72
    climate       UNKNOWN  0  0  0  0
"""


def test_figures_roll_up_a_tree_with_two_parents_and_a_withdrawn_branch(analyse_reef: Analyse) -> None:
    """Status, direct n, rolled-up n, independent actors (the laboratory counts as its agency) and depth."""
    analysis = analyse_reef()
    expected = [line.split() for line in MONITORING.strip().splitlines()]
    found = []
    for threat, *_ in expected:
        cell = at(analysis, threat, "monitor")
        figures = cell.rolled_up
        found.append(
            [threat, cell.status, cell.direct.n, figures.n, figures.actors, pytest.approx(figures.depth)]
        )
    assert [[*row[:2], *map(float, row[2:])] for row in expected] == found


STATUSES = """
                 law              restore          nursery          outplant
    water        THIN             UNKNOWN          UNKNOWN          UNKNOWN
    runoff       THIN             ABSENT-IN-SCOPE  ABSENT-IN-SCOPE  ABSENT-IN-SCOPE
    dredging     ABSENT-IN-SCOPE  ABSENT-IN-SCOPE  ABSENT-IN-SCOPE  ABSENT-IN-SCOPE
    litter       UNKNOWN          ABSENT-STATED    UNKNOWN          UNKNOWN
    microplastic UNKNOWN          UNKNOWN          UNKNOWN          UNKNOWN
    construction UNKNOWN          UNKNOWN          UNKNOWN          UNKNOWN
    climate      UNKNOWN          THIN             THIN             UNKNOWN
    heat         UNKNOWN          NOT-APPLICABLE   NOT-APPLICABLE   NOT-APPLICABLE
    acid         UNKNOWN          THIN             THIN             UNKNOWN
    fishing      ABSENT-IN-SCOPE  UNKNOWN          UNKNOWN          UNKNOWN
    blast        ABSENT-STATED    UNKNOWN          UNKNOWN          UNKNOWN
    trawl        ABSENT-STATED    ABSENT-STATED    ABSENT-STATED    ABSENT-STATED
"""


def test_what_is_unknown_what_is_absent_and_what_is_stated_are_kept_apart(analyse_reef: Analyse) -> None:
    analysis = analyse_reef()
    measures, *rows = [line.split() for line in STATUSES.strip().splitlines()]
    found = [[threat, *(at(analysis, threat, m).status for m in measures)] for threat, *_ in rows]
    assert rows == found
    assert at(analysis, "water", "law").planned_only
    assert [len(at(analysis, "litter", measure).negative) for measure in ("law", "restore")] == [1, 1]
    assert len(at(analysis, "litter", "monitor").pending) == 2


def test_nothing_is_a_gap_that_is_unknown_disputed_or_does_not_apply(analyse_reef: Analyse) -> None:
    analysis = analyse_reef()
    silent = {
        (cell.area, cell.facet)
        for cell in analysis.cells
        if cell.status in ("UNKNOWN", "CONFLICT", "NOT-APPLICABLE")
    }
    where = {(gap.cell.area.iri, gap.cell.facet.iri) for gap in analysis.gaps if gap.cell and gap.cell.facet}
    assert not silent & where
    assert len(analysis.search_list) == sum(cell.status == "UNKNOWN" for cell in analysis.cells)


FAULTS = {
    "an edge without a role": SOUND_ACTIVITY + SOUND_EDGE.replace("aisi:coverageRole role:primary ; ", ""),
    "an edge without a source": SOUND_ACTIVITY
    + SOUND_EDGE.replace("aisi:citation citation:a", "aisi:score 1.0"),
    "an edge beyond the scale": SOUND_ACTIVITY
    + SOUND_EDGE.replace("aisi:citation", "aisi:score 1.5 ; aisi:citation"),
    "an activity that ends before it begins": SOUND_ACTIVITY.replace(
        "aisi:citation",
        'aisi:startDate "2025-02-01"^^xsd:date ; aisi:endDate "2025-01-01"^^xsd:date ; aisi:citation',
    )
    + SOUND_EDGE,
    "an activity of no kind": SOUND_ACTIVITY.replace("aisi:activityType measure:restore ;", "") + SOUND_EDGE,
    "an edge from nowhere": SOUND_EDGE,
    "an edge whose citation names no document": SOUND_ACTIVITY
    + SOUND_EDGE.replace("citation:a", "citation:new")
    + 'citation:new a aisi:Citation ; aisi:locator "1" ; aisi:attestedForm "reef"@en .',
    "an actor that is declared nowhere": SOUND_ACTIVITY.replace("actor:univ", "actor:nobody") + SOUND_EDGE,
}


@pytest.mark.parametrize("name", sorted(FAULTS))
def test_a_fault_is_seen_where_it_strikes_and_counts_for_nothing(analyse_reef: Analyse, name: str) -> None:
    """Without the fault the cell would be covered; left out silently it would look absent."""
    analysis = analyse_reef(FAULTS[name])
    struck = at(analysis, "nutrient", "restore")
    assert (struck.status, struck.rolled_up.n) == ("DATA-FAULT", 0)
    assert struck.faults
    assert at(analysis, "sediment", "restore").status == "ABSENT-IN-SCOPE"
    assert at(analysis, "water", "monitor").rolled_up.n == 4
    assert sum(analysis.counts.values()) == len(analysis.cells)


@pytest.mark.parametrize(
    "name", ["an edge whose citation names no document", "an actor that is declared nowhere"]
)
def test_what_leans_on_a_faulty_record_is_left_out_of_the_snapshot_too(tmp_path: Path, name: str) -> None:
    """Whoever counts in the snapshot gets the numbers of the report, and every gap can be proved there."""
    data = tmp_path / "data"
    shutil.copytree(REEF, data)
    (data / "more.ttl").write_text(PREFIXES + FAULTS[name])
    snapshot = build(
        check(graph_paths(data), lambda _: None), tmp_path / "s", lambda _: None, quarantine=True
    )
    store, analysis = EmbeddedStore.open(snapshot.store), read_analysis(snapshot, None)
    assert all(replay(store, gap, analysis.faults) for gap in analysis.gaps)
    assert not store.ask(f"ASK {{ <{HERE}activity/new> ?p ?o . <{HERE}coverage/new> ?q ?r }}")


def test_blank_nodes_are_a_fault_of_naming_and_take_no_evidence_away(tmp_path: Path) -> None:
    """What is only left without a name counts, is shown, and can be proved from the snapshot."""
    data = tmp_path / "data"
    shutil.copytree(REEF, data)
    nested = SOUND_EDGE.replace("coverage:new a", "[] a").replace(
        "citation:a", '[ a aisi:Citation ; aisi:source <https://reef.example/source/a> ; aisi:locator "2" ]'
    )
    (data / "more.ttl").write_text(PREFIXES + SOUND_ACTIVITY + nested)
    checked = check(graph_paths(data), lambda _: None)
    assert {each.rule for each in checked.violations} >= {"https://w3id.org/aisi-kg/shape/Record"}
    snapshot = build(checked, tmp_path / "s", lambda _: None, quarantine=True)
    analysis = read_analysis(snapshot, None)
    found = at(analysis, "nutrient", "restore")
    assert (found.status, found.rolled_up.n, found.rolled_up.depth) == ("COVERED", 1, 0.72)
    assert [each.locator for each in found.evidence[0].citations] == ["2"]
    store = EmbeddedStore.open(snapshot.store)
    assert all(replay(store, gap, analysis.faults) for gap in analysis.gaps)


def test_names_that_are_missing_take_no_evidence_away(tmp_path: Path) -> None:
    """Told in English only, with documents nobody hashed, the reef breaks rules by the dozen and says the same."""
    data = tmp_path / "data"
    shutil.copytree(REEF, data)
    for file in data.glob("*.ttl"):
        poor = re.sub(r'"[^"]*"@ja(-Kana)?', '"Name"@en', file.read_text())
        file.write_text(re.sub(r'aisi:sha256 "[^"]*"\s*;', "", poor))
    checked = check(graph_paths(data), lambda _: None)
    assert len(checked.violations) > 50
    snapshot = build(checked, tmp_path / "s", lambda _: None, quarantine=True)
    assert snapshot.manifest.faults == 0
    poor_cells = {(c.area, c.facet): (c.status, c.rolled_up) for c in read_analysis(snapshot, None).cells}
    whole = build(check(graph_paths(REEF), lambda _: None), tmp_path / "whole", lambda _: None)
    assert poor_cells == {
        (c.area, c.facet): (c.status, c.rolled_up) for c in read_analysis(whole, None).cells
    }


def test_a_series_and_no_wish_at_all_mean_its_newest_version(tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(REEF, data)
    first = (data / "protocol.ttl").read_text()
    for version in ("1.9", "1.10"):
        newer = first.replace("protocol:reef-1.0", f"protocol:reef-{version}").replace(
            '"1.0"', f'"{version}"'
        )
        head = newer[: newer.index("axis:threats a ")]  # axes and weights are those of the first version
        (data / f"protocol-{version}.ttl").write_text(head)
    checked = check(graph_paths(data), lambda _: None)
    snapshot = build(checked, tmp_path / "s", lambda _: None)
    wishes = [None, "reef", "reef-1.9", f"{HERE}protocol/reef", f"{HERE}protocol/reef-1.0"]
    found = [read_analysis(snapshot, wish).protocol.version for wish in wishes]
    assert found == ["1.10", "1.10", "1.9", "1.10", "1.0"]
    with pytest.raises(CallerError, match="no protocol reff in this graph; the nearest are reef-1"):
        read_analysis(snapshot, "reff")


def test_protocols_of_one_name_under_two_bases_are_kept_apart(tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(REEF, data)
    text = (data / "protocol.ttl").read_text()
    head = text[: text.index("axis:threats a ")]
    elsewhere = head.replace(
        "PREFIX protocol: <https://reef.example", "PREFIX protocol: <https://shoal.example"
    )
    (data / "elsewhere.ttl").write_text(elsewhere.replace("aisi:targetDepth 0.7", "aisi:targetDepth 0.8"))
    snapshot = build(check(graph_paths(data), lambda _: None), tmp_path / "s", lambda _: None)
    assert len(protocol_names(snapshot)) == 2
    for base, target in (("reef", 0.7), ("shoal", 0.8)):
        for end in ("reef", "reef-1.0"):
            found = read_analysis(snapshot, f"https://{base}.example/protocol/{end}").protocol
            assert (found.iri, found.target_depth) == (f"https://{base}.example/protocol/reef-1.0", target)
    assert read_analysis(snapshot, "reef").protocol.target_depth == 0.7
