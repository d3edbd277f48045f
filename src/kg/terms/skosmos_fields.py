"""What a search of the Skosmos interface adds to its results on demand: relations, matches and texts of concepts."""

from collections.abc import Sequence

from kg.terms.models import Kind
from kg.terms.table import language_order, local_name
from kg.terms.thesaurus import Texts, Thesaurus

Json = dict[str, object]

_RELATIONS = ("broader", "narrower", "related")
_MATCHES = ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")
_LABELS: dict[str, tuple[Kind, ...]] = {"altLabel": ("alt", "former"), "hiddenLabel": ("hidden", "reading")}


def fields_of(thesaurus: Thesaurus, iri: str, fields: Sequence[str], lang: str | None) -> Json:
    """Those of the fields asked for that a concept has; prefLabel comes in all languages."""
    found = {field: _values(thesaurus, iri, field, lang) for field in fields if field != "prefLabel"}
    kept: Json = {field: values for field, values in found.items() if values}
    if "prefLabel" in fields:
        kept["prefLabels"] = {one: texts[0] for one, texts in thesaurus.labels(iri, "pref").items()}
    return kept


def next_to(thesaurus: Thesaurus, iri: str, field: str) -> list[str]:
    """The next broader, narrower or related concepts."""
    if field == "narrower":
        return thesaurus.children.get(iri, [])
    return thesaurus.broader(iri) if field == "broader" else thesaurus.related(iri)


def named(thesaurus: Thesaurus, iri: str, lang: str | None) -> Json:
    """A concept by IRI and preferred label."""
    return {"uri": iri, "prefLabel": thesaurus.name(iri, lang)[0]}


def _values(thesaurus: Thesaurus, iri: str, field: str, lang: str | None) -> Sequence[object]:
    if field in _RELATIONS:
        return [named(thesaurus, one, lang) for one in next_to(thesaurus, iri, field)]
    if field in _MATCHES:
        matches = thesaurus.matches_of(iri)
        return [named(thesaurus, one.object, lang) for one in matches if local_name(one.predicate) == field]
    if field in _LABELS:
        return _in_one_language(thesaurus.labels(iri, *_LABELS[field]), lang)
    return _in_one_language(thesaurus.notes.get((iri, field), {}), lang)


def _in_one_language(texts: Texts, lang: str | None) -> list[str]:
    return texts[language_order(lang, tuple(sorted(texts)))[0]] if texts else []
