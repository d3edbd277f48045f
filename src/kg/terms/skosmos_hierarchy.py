"""Answers of the Skosmos REST interface about the hierarchy: wider, narrower, related, trees."""

from kg.terms.skosmos import ONKI, Json, document
from kg.terms.skosmos_fields import named, next_to
from kg.terms.thesaurus import Thesaurus


def neighbours(thesaurus: Thesaurus, iri: str, field: str, lang: str | None) -> Json:
    """The next broader, narrower or related concepts."""
    found = [named(thesaurus, one, lang) for one in next_to(thesaurus, iri, field)]
    return document(lang, {"prefLabel": "skos:prefLabel", field: f"skos:{field}"}, iri, {field: found})


def transitive(thesaurus: Thesaurus, iri: str, field: str, lang: str | None, limit: int) -> Json:
    """A concept with all its broader or narrower concepts, as an object with their IRIs as keys."""
    reached = thesaurus.upwards(iri) if field == "broader" else thesaurus.downwards(iri)
    found: Json = {}
    for one in reached[:limit]:
        direct = next_to(thesaurus, one, field)
        found[one] = named(thesaurus, one, lang) | ({field: direct} if direct else {})
    context: Json = {
        "prefLabel": "skos:prefLabel",
        field: {"@id": f"skos:{field}", "@type": "@id"},
        f"{field}Transitive": {"@id": f"skos:{field}Transitive", "@container": "@index"},
    }
    return document(lang, context, iri, {f"{field}Transitive": found})


def top_concepts(thesaurus: Thesaurus, scheme: str, lang: str | None) -> Json:
    """The concepts of a scheme that have no wider one."""
    context: Json = {
        "onki": ONKI,
        "topconcepts": "skos:hasTopConcept",
        "notation": "skos:notation",
        "label": "skos:prefLabel",
    }
    found = [
        {
            "uri": iri,
            "topConceptOf": scheme,
            "label": thesaurus.name(iri, lang)[0],
            "hasChildren": iri in thesaurus.children,
            **_notation(thesaurus, iri),
        }
        for iri in thesaurus.tops(scheme)
    ]
    return document(lang, context, scheme, {"topconcepts": found})


def children(thesaurus: Thesaurus, iri: str, lang: str | None) -> Json:
    """The next narrower concepts, each with whether it has narrower ones itself."""
    context: Json = {
        "prefLabel": "skos:prefLabel",
        "narrower": "skos:narrower",
        "notation": "skos:notation",
        "hasChildren": "onki:hasChildren",
    }
    found = [_child(thesaurus, one, lang) for one in thesaurus.children.get(iri, [])]
    return document(lang, context, iri, {"narrower": found})


def _child(thesaurus: Thesaurus, iri: str, lang: str | None, name: str = "prefLabel") -> Json:
    has_children = {"hasChildren": iri in thesaurus.children}
    return {"uri": iri, name: thesaurus.name(iri, lang)[0], **has_children, **_notation(thesaurus, iri)}


def _notation(thesaurus: Thesaurus, iri: str) -> Json:
    notation = thesaurus.notation(iri)
    return {"notation": notation} if notation else {}


def hierarchy(thesaurus: Thesaurus, iri: str, lang: str | None) -> Json:
    """A concept with the wider ones, and the next narrower ones of each, to draw a tree."""
    found: Json = {}
    for one in thesaurus.upwards(iri):
        below = thesaurus.children.get(one, [])
        above = thesaurus.broader(one)
        scheme = thesaurus.scheme_of(one)
        found[one] = {
            **_child(thesaurus, one, lang),
            **({"broader": above} if above else {"top": scheme, "tops": [scheme]}),
            **({"narrower": [_child(thesaurus, child, lang, "label") for child in below]} if below else {}),
        }
    context: Json = {
        "onki": ONKI,
        "prefLabel": "skos:prefLabel",
        "notation": "skos:notation",
        "narrower": {"@id": "skos:narrower", "@type": "@id"},
        "broader": {"@id": "skos:broader", "@type": "@id"},
        "broaderTransitive": {"@id": "skos:broaderTransitive", "@container": "@index"},
        "top": {"@id": "skos:topConceptOf", "@type": "@id"},
        "tops": {"@id": "skos:topConceptOf", "@type": "@id"},
        "hasChildren": "onki:hasChildren",
    }
    return document(lang, context, iri, {"broaderTransitive": found})
