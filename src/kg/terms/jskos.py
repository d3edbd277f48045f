"""Concepts, schemes and mappings as JSKOS, the JSON form of SKOS that vocabulary software exchanges."""

from collections.abc import Sequence

from kg.terms.models import Hit
from kg.terms.table import local_name
from kg.terms.thesaurus import Match, Texts, Thesaurus
from kg.vocab import BASE, SKOS

Json = dict[str, object]

CONTEXT = "https://gbv.github.io/jskos/context.json"
MEDIA_TYPE = "application/vnd.jskos+json"


def scheme(thesaurus: Thesaurus, iri: str) -> Json:
    """A concept scheme."""
    found: Json = {
        "@context": CONTEXT,
        "uri": iri,
        "type": [f"{SKOS}ConceptScheme"],
        "prefLabel": _one_each(thesaurus.labels(iri, "pref")),
        "notation": [local_name(iri)],
        "namespace": f"{BASE}term/{local_name(iri)}/",
        "languages": ["ja", "en"],
        "extent": str(len(thesaurus.members.get(iri, []))),
    }
    description = thesaurus.notes.get((iri, "description"))
    return found | ({"definition": dict(description)} if description else {})


def concept(thesaurus: Thesaurus, iri: str) -> Json:
    """A concept with its names, notes and neighbours."""
    above = thesaurus.broader(iri)
    in_scheme = [{"uri": one} for one in (thesaurus.scheme_of(iri),) if one]
    found: Json = {
        "@context": CONTEXT,
        "uri": iri,
        "type": [f"{SKOS}Concept"],
        "prefLabel": _one_each(thesaurus.labels(iri, "pref")),
        "inScheme": in_scheme,
        "broader": _links(above),
        "narrower": _links(thesaurus.children.get(iri, [])),
        "related": _links(thesaurus.related(iri)),
        "ancestors": _links(thesaurus.upwards(iri)[1:]),
    }
    optional: Json = {
        "altLabel": thesaurus.labels(iri, "alt", "former"),
        "hiddenLabel": thesaurus.labels(iri, "hidden", "reading"),
        "definition": thesaurus.notes.get((iri, "definition")),
        "scopeNote": thesaurus.notes.get((iri, "scopeNote")),
        "notation": thesaurus.values(iri, "notation"),
        "topConceptOf": [] if above else in_scheme,
        "deprecated": thesaurus.table.records[thesaurus.table.numbers[iri]].deprecated,
    }
    return found | {name: value for name, value in optional.items() if value}


def mapping(thesaurus: Thesaurus, match: Match) -> Json:
    """A mapping between two concepts."""
    found: Json = {
        "@context": CONTEXT,
        "uri": match.iri,
        "type": [match.predicate],
        "from": {"memberSet": [_named(thesaurus, match.subject)]},
        "to": {"memberSet": [_named(thesaurus, match.object)]},
    }
    for name, end in (("fromScheme", match.subject), ("toScheme", match.object)):
        home = thesaurus.scheme_of(end) if thesaurus.known(end) else None
        if home:
            found[name] = {"uri": home}
    if match.author:
        found["creator"] = [{"prefLabel": {"en": match.author}}]
    return found if match.confidence is None else found | {"mappingRelevance": match.confidence}


def suggestions(query: str, hits: Sequence[Hit]) -> list[object]:
    """Hits in the form of OpenSearch suggestions: the query, labels, descriptions and IRIs."""
    return [query, [hit.label for hit in hits], [hit.matched for hit in hits], [hit.iri for hit in hits]]


def mappings(
    thesaurus: Thesaurus,
    *,
    start: str | None,
    end: str | None,
    start_scheme: str | None,
    end_scheme: str | None,
) -> list[Match]:
    """The mappings that begin and end where wanted."""
    return [
        match
        for match in thesaurus.matches
        if start in (None, match.subject)
        and end in (None, match.object)
        and _in_scheme(thesaurus, match.subject, start_scheme)
        and _in_scheme(thesaurus, match.object, end_scheme)
    ]


def _in_scheme(thesaurus: Thesaurus, iri: str, wanted: str | None) -> bool:
    return wanted is None or (thesaurus.known(iri) and wanted == thesaurus.scheme_of(iri))


def _named(thesaurus: Thesaurus, iri: str) -> Json:
    if not thesaurus.known(iri):
        return {"uri": iri}
    return {"uri": iri, "prefLabel": _one_each(thesaurus.labels(iri, "pref"))}


def _one_each(texts: Texts) -> dict[str, str]:
    return {language: found[0] for language, found in sorted(texts.items())}


def _links(iris: Sequence[str]) -> list[Json]:
    return [{"uri": iri} for iri in iris]
