"""What an export says of itself: title, licence, version, day and maker."""

from collections.abc import Collection, Iterable, Iterator
from typing import Final

import pyoxigraph as ox

from kg.snapshot import Manifest
from kg.vocab import BASE, DCTERMS, OWL, SKOS, XSD

LICENCE: Final = "https://creativecommons.org/licenses/by/4.0/"
CREATOR: Final = BASE + "about#curators"
CREATOR_NAME: Final = "aisi-kg curators"


def ours(iris: Iterable[str]) -> bool:
    """Tell whether all of this is of this graph: licence and maker are ours to state of nothing else.

    >>> ours([BASE + "scheme/risk-area"]), ours([BASE + "scheme/risk-area", "https://example.org/scheme"])
    (True, False)
    """
    return all(iri.startswith(BASE) for iri in iris)


def version_iri(path: str, version: str) -> str:
    """Give the IRI of one version of a record, for example of `scheme/risk-area`."""
    return f"{BASE}version/{version}/{path}"


def scheme_metadata(
    scheme: ox.NamedNode, said: Collection[ox.Triple], manifest: Manifest
) -> Iterator[ox.Triple]:
    """Give what the plain SKOS says of a scheme beside the scheme's own statements."""
    for triple in said:
        if triple.predicate.value == SKOS + "prefLabel":
            yield ox.Triple(scheme, ox.NamedNode(DCTERMS + "title"), triple.object)
    yield ox.Triple(scheme, ox.NamedNode(OWL + "versionInfo"), ox.Literal(manifest.version))
    if manifest.issued:
        day = ox.Literal(manifest.issued, datatype=ox.NamedNode(XSD + "date"))
        yield ox.Triple(scheme, ox.NamedNode(DCTERMS + "issued"), day)
    if ours([scheme.value]):
        path = scheme.value.removeprefix(BASE)
        version = version_iri(path, manifest.version)
        yield ox.Triple(scheme, ox.NamedNode(OWL + "versionIRI"), ox.NamedNode(version))
        if manifest.previous:
            before = version_iri(path, manifest.previous)
            yield ox.Triple(scheme, ox.NamedNode(OWL + "priorVersion"), ox.NamedNode(before))
        yield ox.Triple(scheme, ox.NamedNode(DCTERMS + "license"), ox.NamedNode(LICENCE))
        yield ox.Triple(scheme, ox.NamedNode(DCTERMS + "creator"), ox.NamedNode(CREATOR))
