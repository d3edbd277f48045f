"""The SPARQL 1.1 Service Description of the endpoint, as triples."""

from collections.abc import Mapping
from typing import Final

import pyoxigraph as ox

from kg.sparql.limits import SparqlLimits
from kg.vocab import RDF_TYPE, RDFS, XSD

_SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_VOID: Final = "http://rdfs.org/ns/void#"
_FORMATS: Final = "http://www.w3.org/ns/formats/"
_RESULT_FORMATS: Final = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "RDF_XML",
    "JSON-LD",
)


def service_description(
    endpoint: str, version: str, default_triples: int, graphs: Mapping[str, int], limits: SparqlLimits
) -> list[ox.Triple]:
    """Describe the endpoint: language, formats, the default graph and the named ones, what limits hold."""
    service = ox.NamedNode(endpoint)
    dataset, default = ox.NamedNode(f"{endpoint}#dataset"), ox.NamedNode(f"{endpoint}#default-graph")
    triples = [
        ox.Triple(service, RDF_TYPE, _sd("Service")),
        ox.Triple(service, _sd("endpoint"), service),
        ox.Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query")),
        ox.Triple(service, _sd("feature"), _sd("UnionDefaultGraph")),
        ox.Triple(
            service, _sd("defaultEntailmentRegime"), ox.NamedNode("http://www.w3.org/ns/entailment/Simple")
        ),
        ox.Triple(service, ox.NamedNode(RDFS + "seeAlso"), ox.NamedNode(f"{endpoint}/examples")),
        ox.Triple(service, _sd("defaultDataset"), dataset),
        ox.Triple(service, _sd("availableGraphs"), dataset),  # FROM may choose among its graphs and no others
        ox.Triple(dataset, RDF_TYPE, _sd("Dataset")),
        ox.Triple(dataset, ox.NamedNode("http://purl.org/dc/terms/hasVersion"), ox.Literal(version)),
        ox.Triple(dataset, _sd("defaultGraph"), default),
        ox.Triple(default, RDF_TYPE, _sd("Graph")),
        ox.Triple(default, _triples(), _integer(default_triples)),
    ]
    triples += [
        ox.Triple(service, _sd("resultFormat"), ox.NamedNode(_FORMATS + name)) for name in _RESULT_FORMATS
    ]
    triples += [ox.Triple(service, ox.NamedNode(RDFS + "comment"), text) for text in _comments(limits)]
    for number, name in enumerate(sorted(graphs), 1):
        triples += _named_graph(endpoint, number, name, graphs[name])
    return triples


def _named_graph(endpoint: str, number: int, name: str, size: int) -> list[ox.Triple]:
    entry = ox.NamedNode(f"{endpoint}#named-graph-{number}")
    graph = ox.NamedNode(f"{endpoint}#graph-{number}")
    return [
        ox.Triple(ox.NamedNode(f"{endpoint}#dataset"), _sd("namedGraph"), entry),
        ox.Triple(entry, RDF_TYPE, _sd("NamedGraph")),
        ox.Triple(entry, _sd("name"), ox.NamedNode(name)),
        ox.Triple(entry, _sd("graph"), graph),
        ox.Triple(graph, RDF_TYPE, _sd("Graph")),
        ox.Triple(graph, _triples(), _integer(size)),
    ]


def _comments(limits: SparqlLimits) -> list[ox.Literal]:
    return [
        ox.Literal(
            "The default graph is the union of the asserted and the inferred graphs. "
            "SERVICE and updates are not offered. "
            f"A query may run {limits.timeout:g} seconds and give {limits.rows} rows; a cut answer says so. "
            "The engine gives numbers, truth values, dates, times and durations in canonical form, whole numbers "
            "of every type as xsd:integer (01 becomes 1, 1.50 becomes 1.5, P12M becomes P1Y); the exports keep the "
            "written form. Language tags are in lower case (ja-kana).",
            language="en",
        ),
        ox.Literal(
            "既定グラフは、記述されたグラフと推論されたグラフの和である。SERVICE と更新は受け付けない。"
            f"問合せは {limits.timeout:g} 秒、{limits.rows} 行までで、打ち切った結果にはその旨を記す。"
            "数値・真偽値・日付・時刻・期間は正規形、整数はどの型も xsd:integer で返す"
            "（01 は 1、1.50 は 1.5、P12M は P1Y）。元の表記はエクスポートに残る。"
            "言語タグは小文字である（ja-kana）。",
            language="ja",
        ),
    ]


def _sd(name: str) -> ox.NamedNode:
    return ox.NamedNode(_SD + name)


def _triples() -> ox.NamedNode:
    return ox.NamedNode(_VOID + "triples")


def _integer(value: int) -> ox.Literal:
    return ox.Literal(str(value), datatype=ox.NamedNode(XSD + "integer"))
