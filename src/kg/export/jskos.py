"""Schemes, concepts and mappings as JSKOS, one object a line."""

import json
from collections.abc import Iterable
from typing import IO, Any, Final

from kg.export.entries import MATCHES, ByLanguage, Entry, Scheme
from kg.export.mappings import NO_TERM, Mapping
from kg.export.version import CREATOR, CREATOR_NAME, LICENCE, ours
from kg.snapshot import Manifest
from kg.vocab import SKOS

_CONTEXT: Final = "https://gbv.github.io/jskos/context.json"
_RIGHTS: Final = {
    "license": [{"uri": LICENCE}],
    "creator": [{"uri": CREATOR, "prefLabel": {"en": CREATOR_NAME}}],
}
_SINGLE: Final = ("prefLabel",)
_LISTS: Final = (
    "altLabel",
    "hiddenLabel",
    "definition",
    "scopeNote",
    "editorialNote",
    "changeNote",
    "historyNote",
)
_MORE_LISTS: Final = ("example", "note")
_LINKS: Final = ("broader", "narrower", "related")


def write_jskos(schemes: Iterable[Scheme], manifest: Manifest, out: IO[bytes]) -> None:
    """Write each scheme and then its concepts."""
    for scheme in schemes:
        _write(_scheme(scheme, manifest), out)
        for entry in scheme.entries:
            _write(_concept(entry), out)


def write_jskos_mappings(mappings: Iterable[Mapping], out: IO[bytes]) -> None:
    """Write the mappings; one that found no counterpart has an empty target."""
    for mapping in mappings:
        _write(_mapping(mapping), out)


def _write(document: dict[str, Any], out: IO[bytes]) -> None:
    told = {key: value for key, value in document.items() if value or key in ("from", "to")}
    out.write((json.dumps(told, ensure_ascii=False) + "\n").encode())


def _scheme(scheme: Scheme, manifest: Manifest) -> dict[str, Any]:
    return {
        "@context": _CONTEXT,
        "uri": scheme.iri,
        "type": [SKOS + "ConceptScheme"],
        "prefLabel": scheme.title,
        "definition": {lang: [text] for lang, text in scheme.description.items()},
        "notation": [scheme.notation] if scheme.notation else [],
        "issued": manifest.issued,
        "version": manifest.version,
        **(_RIGHTS if ours([scheme.iri]) else {}),
        "languages": sorted({lang for entry in scheme.entries for lang in entry.languages()}),
        "topConcepts": [{"uri": e.iri} for e in scheme.entries if "topConceptOf" in e.links],
    }


def _concept(entry: Entry) -> dict[str, Any]:
    """Give one concept; JSKOS has no word for deprecation but the replacing concept and the change note."""
    return {
        "@context": _CONTEXT,
        "uri": entry.iri,
        "type": [SKOS + "Concept"],
        "notation": list(entry.notations),
        **{name: _first(entry.texts.get(name, {})) for name in _SINGLE},
        **{name: _lists(entry.texts.get(name, {})) for name in (*_LISTS, *_MORE_LISTS)},
        "inScheme": _uris(entry.links.get("inScheme", ())),
        "topConceptOf": _uris(entry.links.get("topConceptOf", ())),
        **{name: _uris(entry.links.get(name, ())) for name in _LINKS},
        "deprecated": entry.deprecated,
        "replacedBy": _uris(entry.links.get("isReplacedBy", ())),
        "source": _uris(dict.fromkeys(reference.source for reference in entry.references)),
        "mappings": [
            {"type": [SKOS + name], "from": _set([entry.iri]), "to": _set([other])}
            for name in MATCHES
            for other in entry.links.get(name, ())
        ],
    }


# JSKOS writes language tags in lower case


def _first(texts: ByLanguage) -> dict[str, str]:
    return {(lang or "und").lower(): values[0] for lang, values in sorted(texts.items())}


def _lists(texts: ByLanguage) -> dict[str, list[str]]:
    return {(lang or "und").lower(): list(values) for lang, values in sorted(texts.items())}


def _uris(iris: Iterable[str]) -> list[dict[str, str]]:
    return [{"uri": iri} for iri in iris]


def _set(iris: Iterable[str]) -> dict[str, list[dict[str, str]]]:
    return {"memberSet": _uris(iris)}


def _mapping(mapping: Mapping) -> dict[str, Any]:
    found = [] if mapping.object == NO_TERM else [mapping.object]
    return {
        "@context": _CONTEXT,
        "uri": mapping.iri,
        "type": [mapping.predicate],
        "from": _set([mapping.subject]),
        "to": _set(found),
        "fromScheme": {"uri": mapping.subject_source} if mapping.subject_source else {},
        "toScheme": {"uri": mapping.object_source} if mapping.object_source else {},
        "mappingRelevance": float(mapping.confidence) if mapping.confidence else 0,
        "note": {lang or "und": [text] for lang, text in mapping.comments.items()},
        "creator": [{"prefLabel": {"en": author}} for author in mapping.authors],
        "justification": mapping.justification,
        "source": _uris(mapping.citations),
    }
