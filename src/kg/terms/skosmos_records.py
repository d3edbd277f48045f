"""Answers of the Skosmos REST interface: labels and mappings of a concept, letters and counts of a vocabulary."""

from collections import Counter

from kg.terms.models import Kind, NamedRecord
from kg.terms.skosmos import ONKI, Json, document, type_label
from kg.terms.table import language_order, local_name
from kg.terms.thesaurus import Match, Thesaurus
from kg.vocab import DCTERMS, RDFS, SKOS, XSD

_LABELS: Json = {
    "prefLabel": "skos:prefLabel",
    "altLabel": "skos:altLabel",
    "hiddenLabel": "skos:hiddenLabel",
}
_PROPERTIES: dict[Kind, str] = {
    "pref": "skos:prefLabel",
    "alt": "skos:altLabel",
    "former": "skos:altLabel",
    "hidden": "skos:hiddenLabel",
    "reading": "skos:hiddenLabel",
}
_DIGITS, _SPECIAL = "0-9", "!*"
_LANGUAGE_NAMES = {
    "ja": {"ja": "日本語", "en": "英語"},
    "en": {"ja": "Japanese", "en": "English"},
}


def label(thesaurus: Thesaurus, iri: str, lang: str | None) -> Json:
    """The labels of a concept in one language, chosen by the language rule."""
    preferred = thesaurus.labels(iri, "pref")
    language = language_order(lang, tuple(sorted(preferred)))[0]
    content: Json = {"prefLabel": preferred[language][0]}
    others = {
        "altLabel": thesaurus.labels(iri, "alt", "former"),
        "hiddenLabel": thesaurus.labels(iri, "hidden"),
    }
    content |= {name: texts[language] for name, texts in others.items() if language in texts}
    return document(language, _LABELS, iri, content)


def letters(thesaurus: Thesaurus, scheme: str, lang: str | None) -> Json:
    """The first characters of all names of a vocabulary; digits and other signs come as one each."""
    found = {_letter(name) for name, _ in _names(thesaurus, scheme, lang)}
    order = sorted(found - {_DIGITS, _SPECIAL}) + [one for one in (_DIGITS, _SPECIAL) if one in found]
    context: Json = {"indexLetters": {"@id": "skosmos:indexLetters", "@container": "@list"}}
    return document(lang, context, "", {"indexLetters": order})


def letter(thesaurus: Thesaurus, scheme: str, wanted: str, lang: str | None, limit: int, offset: int) -> Json:
    """The names of a vocabulary that begin with a letter, in order; a limit of 0 is none."""
    found = sorted(
        one for one in _names(thesaurus, scheme, lang) if _letter(one[0]) == wanted.upper() or wanted == "*"
    )
    page = found[offset : offset + limit] if limit else found[offset:]
    concepts = [_index_entry(thesaurus, name, iri, lang) for name, iri in page]
    context: Json = {"indexConcepts": {"@id": "skosmos:indexConcepts", "@container": "@list"}}
    return document(lang, context, "", {"indexConcepts": concepts})


def _index_entry(thesaurus: Thesaurus, name: str, iri: str, lang: str | None) -> Json:
    preferred, language = thesaurus.name(iri, lang)
    entry: Json = {"uri": iri, "localname": local_name(iri), "prefLabel": preferred, "lang": language}
    return entry if name == preferred else entry | {"altLabel": name}


def _names(thesaurus: Thesaurus, scheme: str, lang: str | None) -> list[tuple[str, str]]:
    """Preferred and alternative names of all concepts in the language that each is shown in."""
    found = []
    for iri in thesaurus.members.get(scheme, []):
        _, language = thesaurus.name(iri, lang)
        found += [(name, iri) for name in thesaurus.labels(iri, "pref", "alt", "former").get(language, [])]
    return found


def _letter(name: str) -> str:
    first = name[:1].upper()
    if first.isdigit():
        return _DIGITS
    return first if first.isalpha() else _SPECIAL


def concept_counts(thesaurus: Thesaurus, vocid: str, lang: str | None) -> Json:
    """How many concepts a vocabulary has, and how many more are withdrawn."""
    scheme = thesaurus.schemes[vocid]
    withdrawn = sum(one.scheme == scheme and one.deprecated for one in thesaurus.table.records)
    current = len(thesaurus.members.get(scheme, []))
    concepts = {
        "class": f"{SKOS}Concept",
        "label": type_label(lang),
        "count": current,
        "deprecatedCount": withdrawn,
    }
    context: Json = {
        "rdfs": RDFS,
        "void": "http://rdfs.org/ns/void#",
        "onki": ONKI,
        "id": "onki:vocabularyIdentifier",
        "concepts": "void:classPartition",
        "label": "rdfs:label",
        "class": {"@id": "void:class", "@type": "@id"},
        "subTypes": {"@id": "void:class", "@type": "@id"},
        "count": "void:entities",
    }
    title = thesaurus.name(scheme, lang)[0]
    return document(lang, context, "", {"id": vocid, "title": title, "concepts": concepts, "subTypes": []})


def label_counts(thesaurus: Thesaurus, vocid: str, lang: str | None) -> Json:
    """How many labels a vocabulary has in each language, by property."""
    scheme = thesaurus.schemes[vocid]
    counts: Counter[tuple[str, str]] = Counter()
    for iri in thesaurus.members.get(scheme, []):
        for kind, name in _PROPERTIES.items():
            for language, texts in thesaurus.labels(iri, kind).items():
                counts[language, name] += len(texts)
    names = _LANGUAGE_NAMES.get((lang or "").split("-")[0], {})
    languages = [
        {
            "language": language,
            **({"literal": names.get(language, language)} if lang else {}),
            "properties": [
                {"property": name, "labels": counts[language, name]}
                for name in dict.fromkeys(_PROPERTIES.values())
                if counts[language, name]
            ],
        }
        for language in sorted({language for language, _ in counts})
    ]
    context: Json = {
        "rdfs": RDFS,
        "void": "http://rdfs.org/ns/void#",
        "void-ext": "http://ldf.fi/void-ext#",
        "onki": ONKI,
        "id": "onki:vocabularyIdentifier",
        "languages": "void-ext:languagePartition",
        "language": "void-ext:language",
        "properties": "void:propertyPartition",
        "labels": "void:triples",
    }
    if lang:
        context["literal"] = {"@id": "rdfs:label", "@language": lang}
    content: Json = {"id": vocid, "title": thesaurus.name(scheme, lang)[0], "languages": languages}
    return document(None, context, "", content)


def groups(lang: str | None) -> Json:
    """The thematic groups of a vocabulary: there are none, its hierarchy says all."""
    context: Json = {
        "onki": ONKI,
        "prefLabel": "skos:prefLabel",
        "groups": "onki:hasGroup",
        "childGroups": {"@id": "skos:member", "@type": "@id"},
        "hasMembers": "onki:hasMembers",
    }
    return document(lang, context, "", {"groups": []})


def changes(
    thesaurus: Thesaurus, scheme: str, feature: str, lang: str | None, limit: int, offset: int
) -> Json:
    """The concepts of a vocabulary that say when they were created or modified, latest first, withdrawn ones too."""
    dated = [
        (date, record.iri, record)
        for record in thesaurus.table.records
        if record.scheme == scheme and thesaurus.known(record.iri)
        for date in thesaurus.values(record.iri, feature)[:1]
    ]
    page = sorted(dated, reverse=True)[offset : offset + limit]
    found = [_change(thesaurus, date, record, lang) for date, _, record in page]
    context: Json = {
        "prefLabel": "skos:prefLabel",
        "xsd": XSD,
        "date": {"@id": f"{DCTERMS}date", "@type": f"{XSD}dateTime"},
    }
    return document(lang, context, "", {"changeList": found})


def _change(thesaurus: Thesaurus, date: str, record: NamedRecord, lang: str | None) -> Json:
    change: Json = {
        "uri": record.iri,
        "prefLabel": thesaurus.name(record.iri, lang)[0],
        "date": date,
        "deprecated": record.deprecated,
    }
    if not record.replacements:
        return change
    replacement = record.replacements[0]
    return change | {"replacedBy": replacement, "replacingLabel": thesaurus.name(replacement, lang)[0]}


def mappings(thesaurus: Thesaurus, iri: str, lang: str | None) -> list[Json]:
    """The mappings of a concept as JSKOS, each with the name of the concept at the other end."""
    return [_mapping(thesaurus, one, lang) for one in thesaurus.matches_of(iri)]


def _mapping(thesaurus: Thesaurus, match: Match, lang: str | None) -> Json:
    target: Json = {"uri": match.object}
    name, language = thesaurus.name(match.object, lang)
    mapping: Json = {
        "uri": match.iri,
        "type": [match.predicate],
        "prefLabel": name,
        "from": {"memberSet": [{"uri": match.subject}]},
        "to": {"memberSet": [target]},
        "fromScheme": {"uri": thesaurus.scheme_of(match.subject)},
        "hrefLink": match.object,
        "lang": language,
    }
    if not thesaurus.known(match.object):
        return mapping
    target["prefLabel"] = {language: name}
    notation = thesaurus.notation(match.object)
    if notation:
        target["notation"] = mapping["notation"] = notation
    scheme = thesaurus.scheme_of(match.object)
    if scheme:
        mapping |= {"toScheme": {"uri": scheme}, "vocabName": thesaurus.name(scheme, lang)[0]}
    return mapping
