"""Concepts, schemes and mappings as JSKOS, the JSON form of SKOS that vocabulary software exchanges."""

from collections.abc import Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

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
        "concepts": [None] if thesaurus.members.get(iri) else [],  # null: there are some, not named here
        "topConcepts": [None] if thesaurus.tops(iri) else [],
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


def concepts(thesaurus: Thesaurus, *, uris: str, notations: str, scheme: str | None) -> list[str]:
    """The concepts with one of the IRIs or notations, of the scheme; none if nothing is asked for."""
    if not uris and not notations:
        return thesaurus.members.get(scheme, []) if scheme else []
    within = thesaurus.members.get(scheme, []) if scheme else thesaurus.concepts()
    named = [one for one in uris.split("|") if thesaurus.known(one)]
    noted = set(notations.split("|")) - {""}
    found = [*named, *(one for one in within if noted and thesaurus.notation(one) in noted)]
    return [one for one in dict.fromkeys(found) if scheme in (None, thesaurus.scheme_of(one))]


def item(thesaurus: Thesaurus, iri: str) -> Json | None:
    """Whatever has an IRI: a concept, a scheme or a mapping; None if nothing has it."""
    if iri in thesaurus.schemes.values():
        return scheme(thesaurus, iri)
    if thesaurus.known(iri):
        return concept(thesaurus, iri)
    found = next((one for one in thesaurus.matches if one.iri == iri), None)
    return mapping(thesaurus, found) if found else None


def without(found: Json, properties: str) -> Json:
    """An item without the properties that a list leaves out: those after a minus, up to a plus."""
    removed: set[str] = set()
    removing = False
    for name in filter(None, properties.split(",")):
        removing = name[0] == "-" or (
            removing and name[0] not in "+ "
        )  # a plus that is not encoded is a space
        (removed.add if removing else removed.discard)(name.lstrip("-+ "))
    return {name: value for name, value in found.items() if name not in removed} if removed else found


class MappingWishes(BaseModel):
    """Which mappings are wanted; several values of one field have | between them."""

    model_config = ConfigDict(frozen=True)

    start: str = Field(
        default="", alias="from", max_length=4000, description="IRIs or notations, * at the end."
    )
    end: str = Field(default="", alias="to", max_length=4000, description="IRIs or notations, * at the end.")
    start_scheme: str = Field(
        default="", alias="fromScheme", max_length=1000, description="IRIs or notations."
    )
    end_scheme: str = Field(default="", alias="toScheme", max_length=1000, description="IRIs or notations.")
    mode: Literal["and", "or"] = Field(default="and", description="How both ends go together.")
    direction: Literal["forward", "backward", "both"] = Field(
        default="forward", description="Which end is from and which is to."
    )
    type: str = Field(default="", max_length=1000, description="IRIs of kinds of mapping.")
    creator: str = Field(default="", max_length=1000, description="Names of creators.")
    identifier: str = Field(default="", max_length=4000, description="IRIs of mappings.")


def mappings(thesaurus: Thesaurus, wanted: MappingWishes) -> list[Match]:
    """The mappings that are wanted."""
    return [
        match
        for match in thesaurus.matches
        if _is_among(match.predicate, wanted.type)
        and _is_among(match.author, wanted.creator)
        and _is_among(match.iri, wanted.identifier)
        and _has_ends(thesaurus, match, wanted)
    ]


def _has_ends(thesaurus: Thesaurus, match: Match, wanted: MappingWishes) -> bool:
    forward, backward = (match.subject, match.object), (match.object, match.subject)
    ways = {"forward": [forward], "backward": [backward], "both": [forward, backward]}
    return any(_runs(thesaurus, start, end, wanted) for start, end in ways[wanted.direction])


def _runs(thesaurus: Thesaurus, start: str, end: str, wanted: MappingWishes) -> bool:
    asked = [
        _is_end(thesaurus, iri, concept, scheme)
        for iri, concept, scheme in (
            (start, wanted.start, wanted.start_scheme),
            (end, wanted.end, wanted.end_scheme),
        )
        if concept or scheme
    ]
    return all(asked) if wanted.mode == "and" else any(asked) or not asked


def _is_end(thesaurus: Thesaurus, iri: str, concept: str, scheme: str) -> bool:
    known = thesaurus.known(iri)
    names = [iri, *([thesaurus.notation(iri)] if known else [])]
    home = thesaurus.scheme_of(iri) if known else None
    homes = [home, local_name(home)] if home else []
    return (not concept or any(_matches(name, concept) for name in names if name)) and (
        not scheme or any(one in scheme.split("|") for one in homes)
    )


def _matches(name: str, wanted: str) -> bool:
    return any(
        name.startswith(one[:-1]) if one.endswith("*") else name == one for one in wanted.split("|") if one
    )


def _is_among(value: str, wanted: str) -> bool:
    return not wanted or value in wanted.split("|")


def _named(thesaurus: Thesaurus, iri: str) -> Json:
    if not thesaurus.known(iri):
        return {"uri": iri}
    return {"uri": iri, "prefLabel": _one_each(thesaurus.labels(iri, "pref"))}


def _one_each(texts: Texts) -> dict[str, str]:
    return {language: found[0] for language, found in sorted(texts.items())}


def _links(iris: Sequence[str]) -> list[Json]:
    return [{"uri": iri} for iri in iris]
