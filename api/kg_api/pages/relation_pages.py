"""Pages of relations: the network around a record, and how areas go together."""

from collections import Counter
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from kg.records.model import Entry
from kg.records.network import Link, Network
from kg.vocab import BASE
from kg_api.pages.context import page
from kg_api.pages.picture import picture
from kg_api.pages.reader import reader_of
from kg_api.problems import NotFoundError
from kg_api.rest import Protocol, SiteOf

router = APIRouter(include_in_schema=False)

EDGES = {
    "who": ("aisi:carriedOutBy", "aisi:participant", "aisi:host", "aisi:commissionedBy"),
    "order": ("aisi:follows", "aisi:partOf"),
    "documents": ("prov:used", "prov:wasGeneratedBy"),
    "builds": ("prov:wasDerivedFrom", "dcterms:references", "dcterms:isVersionOf"),
    "implements": ("aisi:implements",),
    "areas": ("aisi:covers",),
}
"""The kinds of link that a reader switches on and off, each with its properties."""

VERDICTS = {"together": "+", "apart": "−", "no-difference": "=", "not-testable": "?"}
"""The sign of every finding on two areas."""

_STARTS = {"Actor": 6, "Instrument": 6, "Activity": 4, "Concept": 4}
_READABLE = 30

Name = Annotated[str, Query(max_length=300)]


@router.get("/relations")
def show_relations(
    request: Request,
    site: SiteOf,
    focus: Name = "",
    edges: Annotated[list[str], Query(max_length=20)] = [],  # noqa: B006 - FastAPI reads the default
) -> HTMLResponse:
    """Show a record with what it is linked to, as a picture and as a list."""
    network = site.network
    iri = (focus if "://" in focus else BASE + focus) if focus else _first(network)
    if iri not in network.nodes:
        raise NotFoundError(f"{focus or 'Nothing'} has no links on record; choose a record: /relations.")
    kinds = [kind for kind in EDGES if kind in edges] or list(EDGES)
    properties = {name for kind in kinds for name in EDGES[kind]}
    return page(
        request,
        site,
        "relations.html",
        network=network,
        focus=network.nodes[iri],
        picture=picture(network, iri, properties, reader_of(request).lang),
        groups=_groups(network, iri, properties),
        linked=len(network.neighbours(iri, properties)),
        kinds=kinds,
        edges=EDGES,
        kind_of={name: kind for kind, names in EDGES.items() for name in names},
        starts=_starts(network),
    )


def _first(network: Network) -> str:
    """Choose the document that most is linked to and that still makes a readable picture."""
    found = [
        iri
        for iri, kind in network.kinds.items()
        if kind == "Instrument" and 0 < network.degree(iri) <= _READABLE
    ]
    return max(found or network.around or [""], key=lambda iri: (network.degree(iri), iri))


def _starts(network: Network) -> list[tuple[str, list[Entry]]]:
    """Give the records with most links, by kind: places to start from."""
    found = []
    for kind, most in _STARTS.items():
        iris = [iri for iri, one in network.kinds.items() if one == kind and network.degree(iri)]
        best = sorted(iris, key=lambda iri: (-network.degree(iri), iri))[:most]
        found.append((kind, [network.nodes[iri] for iri in best]))
    return found


def _groups(network: Network, iri: str, properties: set[str]) -> list[tuple[str, bool, list[Entry]]]:
    """Give what a record is linked to by property and direction."""
    found: dict[tuple[str, bool], list[Link]] = {}
    for link in network.around.get(iri, ()):
        if link.property in properties:
            found.setdefault((link.property, link.source == iri), []).append(link)
    order = list(properties_in_order())
    return [
        (name, outward, [network.nodes[link.target if outward else link.source] for link in links])
        for (name, outward), links in sorted(
            found.items(), key=lambda item: (order.index(item[0][0]), item[0][1])
        )
    ]


def properties_in_order() -> list[str]:
    """Give the properties of all kinds of link in the order of the kinds."""
    return [name for names in EDGES.values() for name in names]


@router.get("/associations")
def show_associations(request: Request, site: SiteOf, protocol: Protocol = None) -> HTMLResponse:
    """Show which areas are worked on together, with «not testable» where the figures are too small."""
    analysis = site.analysis(protocol or None)
    found = site.associations(analysis.protocol.name)
    pairs = {(one.first.iri, one.second.iri): one for one in found.associations}
    areas = [area for area in analysis.areas if any(area.iri in pair for pair in pairs)]
    return page(
        request,
        site,
        "associations.html",
        analysis=analysis,
        protocols=site.protocols,
        found=found,
        counted=Counter(one.verdict for one in found.associations),
        areas=areas,
        pairs=pairs | {(second, first): one for (first, second), one in pairs.items()},
        signs_of=VERDICTS,
        tested=[one for one in found.associations if one.verdict != "not-testable"],
        untested=[one for one in found.associations if one.verdict == "not-testable" and one.in_both],
    )
