"""Protocols: how one is chosen, read and refused."""

import pyoxigraph as ox
import pytest

from kg.errors import CallerError, DataError
from kg.gaps import analyse, protocols
from kg.vocab import AISI, SKOS

from .mini import WEIGHTS, Mini, day, ex, number, term


def test_protocols_are_listed_by_series_and_version() -> None:
    graph = Mini()
    for name, version in (("protocol/p-1.10", "1.10"), ("protocol/p-1.9", "1.9"), ("protocol/a-1.0", "1.0")):
        graph.protocol(name, version=version)
    assert [each.name for each in protocols(graph.store)] == ["a-1.0", "p-1.9", "p-1.10"]


@pytest.mark.parametrize("wanted", ["p", "p-1.0", ex("protocol/p-1.0"), ex("protocol/p")])
def test_a_protocol_can_be_named_in_every_way(wanted: str) -> None:
    graph = Mini()
    graph.protocol("protocol/p-1.0")
    graph.protocol("protocol/a-1.0")
    assert analyse(graph.store, wanted).protocol.name == "p-1.0"


def test_a_series_means_its_newest_version() -> None:
    graph = Mini()
    graph.protocol("protocol/p-1.0")
    graph.protocol("protocol/p-2.0", version="2.0")
    assert analyse(graph.store, "p").protocol.version == "2.0"


def test_without_a_wish_the_default_series_is_taken() -> None:
    graph = Mini()
    graph.protocol("protocol/a-1.0")
    graph.protocol("protocol/default-1.0")
    assert analyse(graph.store).protocol.name == "default-1.0"


def test_an_unknown_protocol_is_refused_with_the_nearest_names() -> None:
    graph = Mini()
    graph.protocol("protocol/practice-1.0")
    with pytest.raises(CallerError, match="no gap protocol practise; the nearest are practice"):
        analyse(graph.store, "practise")


def test_a_graph_without_a_protocol_says_so() -> None:
    with pytest.raises(DataError, match="holds no gap protocol"):
        analyse(Mini().store)


@pytest.mark.parametrize("value", ["1.5", "-0.1", "much"])
def test_a_weight_outside_its_range_is_refused(value: str) -> None:
    graph = Mini()
    graph.protocol(weights={})
    graph.weight("protocol/p-1.0", term("maturity/piloted"), 0.5)
    node = "protocol/p-1.0/weight/term-maturity-piloted"
    graph.inner.remove(ox.Quad(ox.NamedNode(ex(node)), ox.NamedNode(AISI + "weightValue"), number(0.5)))
    graph.add(node, AISI + "weightValue", ox.Literal(value))
    with pytest.raises(
        DataError, match=f"protocol p-1.0, <{ex(node)}>: aisi:weightValue must be a number from 0 to 1"
    ):
        analyse(graph.store)


def test_two_weights_for_one_value_are_refused() -> None:
    graph = Mini()
    graph.protocol()
    graph.add("protocol/p-1.0", AISI + "weight", "another")
    graph.add("another", AISI + "weightOf", term("maturity/piloted"))
    graph.add("another", AISI + "weightValue", number(0.4))
    with pytest.raises(DataError, match="has another weight in this protocol; keep one"):
        analyse(graph.store)


def test_two_cut_offs_are_refused() -> None:
    graph = Mini()
    graph.protocol()
    graph.add("protocol/p-1.0", AISI + "cutOff", day("2026-01-01"))
    with pytest.raises(DataError, match="cutOff is given 2 times"):
        analyse(graph.store)


def test_an_unknown_scheme_is_refused_with_the_nearest() -> None:
    graph = Mini()
    graph.protocol(rows="row")
    with pytest.raises(
        DataError,
        match=r"rowAxis names the unknown scheme https://example.org/row; the nearest are https://example.org/rows",
    ):
        analyse(graph.store)


def test_a_scheme_that_is_only_pointed_to_is_as_unknown_as_one_never_named() -> None:
    graph = Mini()
    graph.a(
        "ghost", SKOS + "ConceptScheme"
    )  # the range of aisi:axisScheme says no less when the graph is built
    graph.protocol(rows="ghost")
    with pytest.raises(DataError, match="rowAxis names the unknown scheme"):
        analyse(graph.store)


def test_a_scheme_without_concepts_is_refused() -> None:
    graph = Mini()
    graph.scheme("empty", {})
    graph.protocol(columns="empty")
    with pytest.raises(DataError, match="has no concepts yet"):
        analyse(graph.store)


def test_an_unknown_corpus_is_refused() -> None:
    graph = Mini()
    graph.protocol(corpus=["dok"])
    with pytest.raises(DataError, match="corpus names the unknown source"):
        analyse(graph.store)


def test_an_exclusion_without_a_reason_is_refused() -> None:
    graph = Mini()
    graph.protocol()
    graph.add("protocol/p-1.0", AISI + "exclusion", "bare")
    graph.add("bare", AISI + "excludedArea", "a")
    with pytest.raises(DataError, match="needs its reason in rdfs:comment"):
        analyse(graph.store)


def test_a_cut_off_that_is_no_date_is_refused() -> None:
    graph = Mini()
    graph.protocol()
    graph.inner.remove(
        ox.Quad(ox.NamedNode(ex("protocol/p-1.0")), ox.NamedNode(AISI + "cutOff"), day("2025-01-01"))
    )
    with pytest.raises(DataError, match="cutOff must be a date, not nothing"):
        analyse(graph.store)


def test_a_half_life_of_zero_is_refused() -> None:
    graph = Mini()
    graph.protocol(half_life=0.0)
    with pytest.raises(DataError, match="halfLifeYears must be a number above 0"):
        analyse(graph.store)


def test_the_protocol_shows_its_weights_and_their_reasons() -> None:
    graph = Mini()
    graph.protocol()
    graph.add(
        "protocol/p-1.0/weight/term-maturity-piloted",
        "http://www.w3.org/2000/01/rdf-schema#comment",
        ox.Literal("Tried out.", language="en"),
    )
    weights = analyse(graph.store).protocol.weights
    assert len(weights) == len(WEIGHTS)
    assert [w.reason.en for w in weights if w.reason] == ["Tried out."]
