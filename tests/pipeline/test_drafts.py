"""What a draft proposes stays out of the graph until a person has accepted each record."""

from pathlib import Path

import pytest

from kg.load import CuratedGraph, load_graph
from kg.paths import GraphPaths, packaged_graph
from kg.vocab import BASE

_DRAFT = """
PREFIX aisi: <https://w3id.org/aisi-kg/ontology#>
PREFIX status: <https://w3id.org/aisi-kg/term/review-status/>
BASE <https://w3id.org/aisi-kg/>

<citation/report/p1/s1> a aisi:Citation ; aisi:locator "p1" ; aisi:reviewStatus status:{citation} .
<provision/report/p1-s1> a aisi:Provision ; aisi:reviewStatus status:{provision} .
<provision/report/p1-s1> aisi:citation <citation/report/p1/s1> .
<provision/report/p2-s1> a aisi:Provision ; aisi:reviewStatus status:proposed .
<term/scheme/concept> aisi:citation <citation/report/p1/s1> .
"""


def _graph(folder: Path, citation: str, provision: str) -> CuratedGraph:
    (folder / "drafts").mkdir(exist_ok=True)
    (folder / "some.ttl").write_text("<x:a> <x:b> <x:c> .")
    (folder / "drafts" / "report.ttl").write_text(_DRAFT.format(citation=citation, provision=provision))
    packaged = packaged_graph()
    return load_graph(GraphPaths(packaged.ontology, folder, packaged.shapes))


def _drafted(graph: CuratedGraph) -> set[str]:
    triples = [triple for file in graph.data for triple in file.triples if "drafts" in file.path.parts]
    return {str(triple.subject).strip("<>").removeprefix(BASE) for triple in triples}


@pytest.mark.parametrize(
    ("citation", "provision", "in_graph"),
    [
        ("proposed", "proposed", set()),
        ("rejected", "rejected", set()),
        ("proposed", "accepted", {"provision/report/p1-s1", "citation/report/p1/s1"}),
        ("accepted", "proposed", {"citation/report/p1/s1", "term/scheme/concept"}),
    ],
)
def test_only_what_is_accepted_comes_into_the_graph(
    tmp_path: Path, citation: str, provision: str, in_graph: set[str]
) -> None:
    assert _drafted(_graph(tmp_path, citation, provision)) == in_graph


def test_proposals_change_no_snapshot_but_are_counted(tmp_path: Path) -> None:
    proposed = _graph(tmp_path, "proposed", "proposed")
    rejected = _graph(tmp_path, "rejected", "rejected")
    accepted = _graph(tmp_path, "accepted", "proposed")
    assert (proposed.waiting, rejected.waiting) == (3, 1)
    assert proposed.digest == rejected.digest != accepted.digest
