"""Several institutes' graphs side by side: named graphs with publisher and trust, gaps by institute."""

import io
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.compare.federation import Member, federate, read_members, write_federation
from kg.errors import CallerError
from kg.snapshot import Snapshot
from tests.news.conftest import BASE, first, town_snapshot

__all__ = ["first"]

Towns = dict[Member, Snapshot]
ABSENT = """
<NoDrills> a aisi:AbsenceStatement ;
    aisi:absentArea <Fire> ;
    aisi:absentFacet <Fire> ;
    aisi:asOf "2026-11-22"^^xsd:date ;
    aisi:citation <Cite> .
"""


def member(name: str) -> Member:
    return Member(name=name, publisher=f"https://{name}.example/", trust="official", snapshot=Path(name))


@pytest.fixture(scope="module")
def towns(first: Snapshot, tmp_path_factory: pytest.TempPathFactory) -> Towns:
    """A town with a drill, and another that is known to have none."""
    idle = town_snapshot(
        tmp_path_factory.mktemp("idle"), ABSENT, ("aisi:coverageOf <Fire> ;", "aisi:coverageOf <Hazards> ;")
    )
    return {member("active"): first, member("idle"): idle}


def test_gaps_are_told_by_institute(towns: Towns) -> None:
    active, idle = federate(towns).members
    assert active.gaps is not None and idle.gaps is not None
    assert active.gaps.get("G1", 0) == 0 and idle.gaps["G1"] == 1
    assert (active.publisher, active.trust) == ("https://active.example/", "official")


def test_a_cell_that_one_covers_and_another_lacks_stands_apart(towns: Towns) -> None:
    (cell,) = federate(towns).cells
    assert cell.area.iri == BASE + "Fire"
    assert cell.apart and set(cell.statuses) == {"active", "idle"}


def test_what_is_not_recorded_is_not_compared(first: Snapshot, tmp_path: Path) -> None:
    silent = town_snapshot(tmp_path, "", ("aisi:coverageOf <Fire> ;", "aisi:coverageOf <Hazards> ;"))
    (cell,) = federate({member("active"): first, member("silent"): silent}).cells
    assert cell.statuses["silent"] == "UNKNOWN" and not cell.apart


def test_every_member_has_a_named_graph_with_publisher_and_trust(towns: Towns) -> None:
    out = io.BytesIO()
    write_federation(towns, out)
    store = ox.Store()
    store.load(out.getvalue(), ox.RdfFormat.N_QUADS)
    graphs = {graph for graph in store.named_graphs() if isinstance(graph, ox.NamedNode)}
    assert {graph.value.rpartition("/")[2] for graph in graphs} == {"active", "idle"}
    for graph in graphs:
        said = {q.predicate.value for q in store.quads_for_pattern(graph, None, None, ox.DefaultGraph())}
        assert {"http://purl.org/dc/terms/publisher", "http://www.w3.org/ns/dqv#hasQualityAnnotation"} <= said
        assert list(store.quads_for_pattern(ox.NamedNode(BASE + "Fire"), None, None, graph))


def test_areas_of_another_namespace_are_compared_through_exact_matches(
    first: Snapshot, tmp_path: Path
) -> None:
    other = "https://other.example/map/"
    theirs = town_snapshot(
        tmp_path,
        ABSENT + f"<Fire> skos:exactMatch <{BASE}Fire> .\n",
        ("aisi:coverageOf <Fire> ;", "aisi:coverageOf <Hazards> ;"),
        (f"@base <{BASE}>", f"@base <{other}>"),
    )
    (cell,) = federate({member("active"): first, member("idle"): theirs}).cells
    assert cell.apart and cell.area.iri == BASE + "Fire"
    assert cell.known_as == {
        "active": (BASE + "Fire", BASE + "Fire"),
        "idle": (other + "Fire", other + "Fire"),
    }


def test_two_graphs_share_nothing_that_has_no_name(towns: Towns) -> None:
    out = io.BytesIO()
    write_federation(towns, out)
    graphs: dict[str, set[str]] = {}
    for quad in ox.parse(out.getvalue(), ox.RdfFormat.N_QUADS):
        for term in (quad.subject, quad.object):
            if isinstance(term, ox.BlankNode):
                graphs.setdefault(term.value, set()).add(str(quad.graph_name))
    assert graphs and all(len(found) == 1 for found in graphs.values())


FAULTY = {
    "[[member": "is no TOML",
    '[[member]]\nname = "a"\n': "every member needs",
    '[[member]]\nname = "a"\npublisher = "https://a.example/"\ntrust = "blind"\ndata = "x"\n': "trust",
    '[[member]]\nname = "a"\npublisher = "https://a.example/"\ntrust = "official"\ndata = "x"\n': "too few",
}


@pytest.mark.parametrize("text", FAULTY)
def test_a_faulty_list_of_members_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "members.toml").write_text(text, encoding="utf-8")
    with pytest.raises(CallerError, match=FAULTY[text]):
        read_members(tmp_path / "members.toml")
