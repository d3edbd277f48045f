"""The answers of the Skosmos REST interface, version 1, in the shapes that live servers give."""

import re
from collections.abc import Sequence

from kg.terms.folding import kana_form
from kg.terms.skosmos_fields import fields_of
from kg.terms.table import local_name
from kg.terms.thesaurus import Thesaurus
from kg.vocab import DCTERMS, RDFS, SKOS

Json = dict[str, object]

ONKI = "http://schema.onki.fi/onki#"
_CONTEXT: Json = {"skos": SKOS, "uri": "@id", "type": "@type"}
_LABELS: Json = {
    "prefLabel": "skos:prefLabel",
    "altLabel": "skos:altLabel",
    "hiddenLabel": "skos:hiddenLabel",
}
_STARS = re.compile(r"\*{2,}")
_SEARCHED = ("pref", "alt", "former", "hidden", "reading")
_ALTERNATIVE = {"alt": "altLabel", "former": "altLabel", "hidden": "hiddenLabel", "reading": "hiddenLabel"}
_CONCEPT = {"ja": "概念", "en": "Concept"}


def document(lang: str | None, context: Json, uri: str, content: Json) -> Json:
    """Wrap an answer with its JSON-LD context."""
    language: Json = {"@language": lang} if lang else {}
    return {"@context": {**_CONTEXT, **context, **language}, "uri": uri, **content}


def vocabularies(thesaurus: Thesaurus, lang: str) -> Json:
    """Every scheme as a vocabulary."""
    found = [
        {"uri": vocid, "id": vocid, "title": thesaurus.name(iri, lang)[0]}
        for vocid, iri in sorted(thesaurus.schemes.items())
    ]
    context: Json = {
        "rdfs": RDFS,
        "onki": ONKI,
        "title": {"@id": "rdfs:label", "@language": lang},
        "vocabularies": "onki:hasVocabulary",
        "id": "onki:vocabularyIdentifier",
    }
    return document(None, context, "", {"vocabularies": found})


def vocabulary(thesaurus: Thesaurus, vocid: str, lang: str | None) -> Json:
    """What there is to say of one vocabulary."""
    scheme = thesaurus.schemes[vocid]
    title = thesaurus.name(scheme, lang)[0]
    context: Json = {
        "rdfs": RDFS,
        "onki": ONKI,
        "dct": DCTERMS,
        "conceptschemes": "onki:hasConceptScheme",
        "id": "onki:vocabularyIdentifier",
        "defaultLanguage": "onki:defaultLanguage",
        "languages": "onki:language",
        "label": "rdfs:label",
        "prefLabel": "skos:prefLabel",
        "title": "dct:title",
    }
    schemes = [
        {"label": title, "prefLabel": title, "title": title, "uri": scheme, "type": "skos:ConceptScheme"}
    ]
    content: Json = {
        "id": vocid,
        "title": title,
        "defaultLanguage": "ja",
        "languages": ["ja", "en"],
        "conceptschemes": schemes,
    }
    return document(lang, context, "", content)


def types(lang: str | None) -> Json:
    """The types of what the vocabularies hold."""
    label = type_label(lang)
    context: Json = {
        "rdfs": RDFS,
        "onki": ONKI,
        "label": "rdfs:label",
        "superclass": {"@id": "rdfs:subClassOf", "@type": "@id"},
        "types": "onki:hasType",
    }
    return document(lang, context, "", {"types": [{"uri": f"{SKOS}Concept", "label": label}]})


def type_label(lang: str | None) -> str:
    """What concepts are called in a language."""
    return _CONCEPT.get((lang or "").lower().split("-")[0], _CONCEPT["en"])


def search(
    thesaurus: Thesaurus,
    query: str,
    *,
    lang: str | None = None,
    labellang: str | None = None,
    vocids: Sequence[str] = (),
    parent: str | None = None,
    fields: Sequence[str] = (),
    unique: bool = False,
    maxhits: int = 100,
    offset: int = 0,
) -> Json:
    """The labels that a pattern with asterisks matches, in the order of the labels."""
    shown = labellang or lang
    matched = _matched(thesaurus, query, lang, vocids, parent)
    if unique:
        matched = list({thesaurus.table.record.item(label): label for label in reversed(matched)}.values())[
            ::-1
        ]
    results = [_result(thesaurus, label, shown, fields) for label in matched[offset : offset + maxhits]]
    context: Json = {
        "isothes": "http://purl.org/iso25964/skos-thes#",
        "onki": ONKI,
        "results": {"@id": "onki:results", "@container": "@list"},
        **_LABELS,
        **{field: f"skos:{field}" for field in fields},
    }
    if "prefLabel" in fields:
        context["prefLabels"] = {"@id": "skos:prefLabel", "@container": "@language"}
    return document(shown, context, "", {"results": results})


def lookup(thesaurus: Thesaurus, vocid: str, label: str, lang: str | None) -> Json | None:
    """The concepts with this label: preferred ones, without them alternative ones; None without any."""
    matched = _matched(thesaurus, label.replace("*", ""), lang, [vocid], None)
    for wanted in (("pref",), ("alt", "former"), ("hidden", "reading")):
        hits = [one for one in matched if thesaurus.table.kind_of(one) in wanted]
        exact = [one for one in hits if thesaurus.table.texts[one] == label]
        if hits:
            found = [
                _result(thesaurus, one, lang or thesaurus.table.language_of(one), ()) for one in exact or hits
            ]
            context: Json = {"onki": ONKI, "results": {"@id": "onki:results"}, **_LABELS}
            return {
                "@context": {**_CONTEXT, **context, **({"@language": lang} if lang else {})},
                "result": found,
            }
    return None


def _matched(
    thesaurus: Thesaurus, query: str, lang: str | None, vocids: Sequence[str], parent: str | None
) -> list[int]:
    table = thesaurus.table
    parts = [kana_form(part) for part in _STARS.sub("*", query.replace("\n", " ")).split("*")]
    schemes = {thesaurus.schemes[vocid] for vocid in vocids if vocid in thesaurus.schemes}
    below = set(thesaurus.downwards(parent)) - {parent} if parent else None
    base = lang.lower().split("-")[0] if lang else None
    found = []
    for label, folded in enumerate(thesaurus.folded):
        if not _fits(parts, folded) or table.kind_of(label) not in _SEARCHED:
            continue
        record = table.records[table.record.item(label)]
        if (
            local_name(record.type) != "Concept"
            or record.deprecated
            or (vocids and record.scheme not in schemes)
        ):
            continue
        if base and table.language_of(label).lower().split("-")[0] != base:
            continue
        if below is None or record.iri in below:
            found.append(label)
    return sorted(found, key=lambda label: (thesaurus.folded[label], table.order.item(label)))


def _fits(parts: Sequence[str], text: str) -> bool:
    """Whether the parts between asterisks stand in the text one after another, from its beginning to its end."""
    if len(parts) == 1:
        return text == parts[0]
    first, *inner, last = parts
    if not text.startswith(first) or not text.endswith(last) or len(text) < len(first) + len(last):
        return False
    place, end = len(first), len(text) - len(last)
    for part in inner:
        found = text.find(part, place, end)
        if found < 0:
            return False
        place = found + len(part)
    return True


def _result(thesaurus: Thesaurus, label: int, lang: str | None, fields: Sequence[str]) -> Json:
    table = thesaurus.table
    record = table.records[table.record.item(label)]
    name, language = thesaurus.name(record.iri, lang)
    result: Json = {
        "uri": record.iri,
        "type": ["skos:Concept"],
        "localname": local_name(record.iri),
        "prefLabel": name,
        "lang": language,
    }
    kind = table.kind_of(label)
    if kind == "pref" and table.texts[label] != name:
        result["matchedPrefLabel"] = table.texts[label]
    elif kind != "pref":
        result[_ALTERNATIVE[kind]] = table.texts[label]
    notation = thesaurus.notation(record.iri)
    if notation:
        result["notation"] = notation
    return {
        **result,
        **fields_of(thesaurus, record.iri, fields, lang),
        "vocab": local_name(record.scheme or ""),
    }
