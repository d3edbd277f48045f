"""Namespaces and prefixes: the only place where an IRI of ours is written down."""

from typing import Final

from pyoxigraph import NamedNode

BASE: Final = "https://w3id.org/aisi-kg/"
AISI: Final = BASE + "ontology#"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
OWL: Final = "http://www.w3.org/2002/07/owl#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
DCTERMS: Final = "http://purl.org/dc/terms/"
PROV: Final = "http://www.w3.org/ns/prov#"

PREFIXES: Final[dict[str, str]] = {
    "airo": "https://w3id.org/airo#",
    "aisi": AISI,
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": DCTERMS,
    "dpv-ai": "https://w3id.org/dpv/ai#",
    "dqv": "http://www.w3.org/ns/dqv#",
    "eu-aiact": "https://w3id.org/dpv/legal/eu/aiact#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "org": "http://www.w3.org/ns/org#",
    "owl": OWL,
    "prov": PROV,
    "qb": "http://purl.org/linked-data/cube#",
    "rdf": RDF,
    "rdfs": RDFS,
    "semapv": "https://w3id.org/semapv/vocab/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": SKOS,
    "skosxl": "http://www.w3.org/2008/05/skos-xl#",
    "sssom": "https://w3id.org/sssom/",
    "vair": "https://w3id.org/vair#",
    "vann": "http://purl.org/vocab/vann/",
    "xsd": XSD,
}

RDF_TYPE: Final = NamedNode(RDF + "type")

GRAPH: Final = BASE + "graph/"
GENID: Final = BASE + ".well-known/genid/"  # RDF 1.1 Concepts, section 3.5
ONTOLOGY_GRAPH: Final = NamedNode(GRAPH + "ontology")
INFERRED_GRAPH: Final = NamedNode(GRAPH + "inferred")
SHAPES_GRAPH: Final = NamedNode(GRAPH + "shapes")


def data_graph(relative_stem: str) -> NamedNode:
    """Give the named graph of a curated file, for example `schemes/risk-area`."""
    return NamedNode(f"{GRAPH}data/{relative_stem}")


def compact(iri: str) -> str:
    """Shorten an IRI to prefix:name where a prefix fits, for people to read.

    >>> compact("http://www.w3.org/2004/02/skos/core#Concept")
    'skos:Concept'
    """
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri.removeprefix(BASE)
