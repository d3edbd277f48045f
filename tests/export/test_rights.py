"""Licence and publisher of a graph: ours of ours, those of another's as it states them, else none."""

import io

import networkx as nx
import pytest
import rdflib

from kg.export.rights import OURS, Rights, rights_of_graph
from kg.news.add import add_exports
from kg.news.feed import feed_of
from kg.news.syndication import atom, json_feed
from kg.snapshot import Snapshot
from kg.store import EmbeddedStore
from kg_api.signposts import signposts
from tests.export.conftest import exported_from
from tests.news.conftest import BASE, town_snapshot

ZERO = "https://creativecommons.org/publicdomain/zero/1.0/"
DESCRIPTION = f"""
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix void: <http://rdfs.org/ns/void#> .

<about> a void:DatasetDescription ; foaf:primaryTopic <graph> .
<graph> a void:Dataset ; dcterms:license <{ZERO}> ; dcterms:publisher <Office> .
<Office> a foaf:Agent ; foaf:name "Town & Office"@en , "町役場"@ja .
<survey> a void:Dataset ; dcterms:license <https://example.org/another-licence> .
"""
STATED = Rights(licence=ZERO, publisher=BASE + "Office", names={"en": "Town & Office", "ja": "町役場"})


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """Another's graph that says whose it is."""
    snapshot = town_snapshot(tmp_path_factory.mktemp("described"), DESCRIPTION)
    add_exports(snapshot, lambda _: None)
    return snapshot


@pytest.fixture(scope="module")
def silent(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """Another's graph that says nothing of itself."""
    return town_snapshot(tmp_path_factory.mktemp("silent"))


def rights_of(snapshot: Snapshot) -> Rights:
    return rights_of_graph(EmbeddedStore.open(snapshot.store))


def test_rights_are_read_from_the_description_and_not_from_other_data_sets(
    small: Snapshot, described: Snapshot, silent: Snapshot
) -> None:
    assert [rights_of(one) for one in (small, described, silent)] == [OURS, STATED, Rights()]
    assert [one.licence_name for one in (OURS, STATED, Rights())] == ["CC BY 4.0", "CC0 1.0", ""]


def test_graphml_states_what_the_graph_states(described: Snapshot, silent: Snapshot) -> None:
    stated, unstated = (
        nx.read_graphml(io.BytesIO(exported_from(one)("graphml"))).graph for one in (described, silent)
    )
    assert (stated["license"], stated["publisher"]) == (ZERO, BASE + "Office")
    assert not unstated.keys() & {"license", "publisher"}


def test_feeds_state_what_the_graph_states(silent: Snapshot) -> None:
    def written(rights: Rights) -> str:
        feed = feed_of([], "all", "en", silent.manifest, EmbeddedStore.open(silent.store), rights)
        return (atom(feed) + json_feed(feed)).decode()

    assert f"<rights>{ZERO}</rights>" in written(STATED) and "Town &amp; Office" in written(STATED)
    assert "<rights>" not in written(Rights()) and "license" not in written(Rights())
    assert "<author><name>publisher not stated</name></author>" in written(Rights())
    assert "authors" not in written(Rights())


def test_the_catalogue_and_links_name_the_publisher_that_the_graph_names(described: Snapshot) -> None:
    graph = rdflib.Graph().parse(data=described.read("exports/catalog.ttl"), format="turtle")
    named = set(graph.objects(None, rdflib.DCTERMS.publisher))
    assert named == {rdflib.URIRef(BASE + "Office")}
    assert f'<{ZERO}>; rel="license"' in signposts(BASE, "term/x", STATED)
    assert not any("license" in link or "author" in link for link in signposts(BASE, "term/x", Rights()))
