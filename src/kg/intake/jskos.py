"""Read JSKOS: one object a line or an array; concepts become statements, mappings become mapping records."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from kg.export.mappings import NO_TERM
from kg.intake.citing import Cited
from kg.intake.current import Current
from kg.intake.documents import parse_json
from kg.intake.guard import read_text
from kg.intake.mappings import Match, match_row
from kg.intake.model import Reading, Row, Words
from kg.intake.shapes import JSKOS, fault, unfit
from kg.intake.skos import Said, compared
from kg.intake.wording import say
from kg.vocab import DCTERMS, OWL, RDF_TYPE, SKOS, XSD

_TEXTS: Final = (
    *("prefLabel", "altLabel", "hiddenLabel", "definition", "scopeNote", "editorialNote", "changeNote"),
    *("historyNote", "example", "note"),
)
_LINKS: Final = ("inScheme", "topConceptOf", "broader", "narrower", "related")
_SILENT: Final = frozenset(  # what an export says of itself or says twice
    ["@context", "uri", "type", "mappings", "source", "issued", "version", "license", "creator", "languages"]
)
_MAPPING: Final = frozenset(
    [
        *("@context", "uri", "type", "from", "to", "fromScheme", "toScheme", "mappingRelevance", "note"),
        *("creator", "justification", "source"),
    ]
)
_SKOS_KINDS: Final = (SKOS + "Concept", SKOS + "ConceptScheme")


def read_jskos(path: Path, current: Current, day: str) -> Reading:
    """Read a file of JSKOS and compare it with the graph."""
    content = read_text(path)
    cited = Cited.file(path, content, day)
    said: list[Said] = []
    rows: list[Row] = []
    for where, item in _items(content.decode(), str(path)):
        if not isinstance(item, dict):
            rows.append(Row(where, "", refused=say("no object")))
        elif refused := fault(JSKOS, item):
            rows.append(Row(where, str(item.get("uri", "")), refused=refused))
        elif set(_iris(item.get("type"))) & set(_SKOS_KINDS):
            if not item.get("uri"):
                rows.append(Row(where, "", refused=say("no object")))
                continue
            try:
                said.append(_concept(item, where))
            except ValueError as error:  # of the IRI or language tag that is none
                rows.append(Row(where, item.get("uri", ""), refused=unfit(error)))
        elif "from" in item and "to" in item:
            rows += _mappings(item, where, current, cited)
        else:
            rows.append(
                Row(where, item.get("uri", ""), refused=say("unknown kind", kind=str(item.get("type"))))
            )
    found = compared("jskos", said, current, cited)
    return Reading("jskos", (*found.rows, *rows), (), found.context)


def _items(text: str, name: str) -> Iterator[tuple[str, Any]]:
    """Give the objects with their place: an array, one object, or one object a line."""
    if text.lstrip().startswith("["):
        for number, item in enumerate(parse_json(text, name, 1), start=1):
            yield f"item {number}", item
        return
    lines = [(number, line) for number, line in enumerate(text.split("\n"), start=1) if line.strip()]
    if lines and lines[0][1].strip() == "{":
        yield "item 1", parse_json(text, name, 1)
        return
    for number, line in lines:
        yield f"line {number}", parse_json(line, name, number)


def _concept(item: dict[str, Any], where: str) -> Said:
    subject = ox.NamedNode(item["uri"])
    triples: list[ox.Triple] = []
    remarks: list[Words] = []
    for kind in _iris(item["type"]):
        if kind in _SKOS_KINDS:
            triples.append(ox.Triple(subject, RDF_TYPE, ox.NamedNode(kind)))
    is_scheme = SKOS + "ConceptScheme" in _iris(item["type"])
    for name, value in item.items():
        if name in _TEXTS:
            property_ = DCTERMS + "description" if is_scheme and name == "definition" else SKOS + name
            triples += [ox.Triple(subject, ox.NamedNode(property_), text) for text in _texts(value)]
        elif name in _LINKS:
            triples += [
                ox.Triple(subject, ox.NamedNode(SKOS + name), ox.NamedNode(iri)) for iri in _uris(value)
            ]
        elif name == "topConcepts":
            triples += [
                ox.Triple(ox.NamedNode(iri), ox.NamedNode(SKOS + "topConceptOf"), subject)
                for iri in _uris(value)
            ]
        elif name == "notation":
            triples += [
                ox.Triple(subject, ox.NamedNode(SKOS + name), ox.Literal(str(one))) for one in value or ()
            ]
        elif name == "deprecated" and value is True:
            truth = ox.Literal("true", datatype=ox.NamedNode(XSD + "boolean"))
            triples.append(ox.Triple(subject, ox.NamedNode(OWL + name), truth))
        elif name == "replacedBy":
            triples += [
                ox.Triple(subject, ox.NamedNode(DCTERMS + "isReplacedBy"), ox.NamedNode(i))
                for i in _uris(value)
            ]
        elif name not in _SILENT:
            remarks.append(say("cell not taken", name=name, value=str(value)[:200]))
    for mapping in item.get("mappings") or ():
        for match in _matches(mapping):
            triples.append(ox.Triple(subject, ox.NamedNode(match.predicate), ox.NamedNode(match.object)))
    return Said(subject, where, tuple(triples), tuple(remarks))


def _texts(value: object) -> list[ox.Literal]:
    """Give the texts of a language map; a dash stands for languages that are there but not given."""
    if not isinstance(value, dict):
        return []
    found = []
    for lang, texts in value.items():
        for text in texts if isinstance(texts, list) else [texts]:
            if isinstance(text, str) and lang.strip("-"):
                found.append(ox.Literal(text, language=lang) if lang != "und" else ox.Literal(text))
    return found


def _uris(value: object) -> list[str]:
    found = [one.get("uri") for one in value if isinstance(one, dict)] if isinstance(value, list) else []
    return [uri for uri in found if isinstance(uri, str) and uri]


def _iris(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else []


def _members(value: object) -> list[str]:
    return _uris(value.get("memberSet")) if isinstance(value, dict) else []


def _matches(item: dict[str, Any]) -> list[Match]:
    """Give the pairs of a mapping; one without a target found no counterpart."""
    kinds = [kind for kind in _iris(item.get("type")) if kind.startswith(SKOS)]
    predicate = kinds[0] if kinds else SKOS + "mappingRelation"
    sources, targets = _members(item.get("from")), _members(item.get("to")) or [NO_TERM]
    relevance = item.get("mappingRelevance")
    return [
        Match(
            subject=source,
            predicate=predicate,
            object=target,
            subject_source=_uri_of(item.get("fromScheme")),
            object_source=_uri_of(item.get("toScheme")),
            justification=item.get("justification") or Match.justification,
            authors=tuple(_authors(item)),
            confidence=str(relevance) if relevance else "",
            comments=tuple(_texts(item.get("note"))),
            record=item.get("uri", ""),
        )
        for source in sources
        for target in targets
    ]


def _authors(item: dict[str, Any]) -> Iterator[str]:
    creators = item.get("creator")
    for one in creators if isinstance(creators, list) else ():
        names = one.get("prefLabel") if isinstance(one, dict) else None
        if isinstance(names, dict):
            yield from (name for name in names.values() if isinstance(name, str))


def _uri_of(value: object) -> str:
    return str(value.get("uri", "")) if isinstance(value, dict) else ""


def _mappings(item: dict[str, Any], where: str, current: Current, cited: Cited) -> list[Row]:
    remarks = tuple(
        say("cell not taken", name=name, value=str(value)[:200])
        for name, value in item.items()
        if name not in _MAPPING
    )
    try:
        matches = _matches(item)
    except ValueError as error:  # of the language tag that is none
        return [Row(where, item.get("uri", ""), refused=unfit(error))]
    if not matches:
        return [Row(where, item.get("uri", ""), refused=say("no members"))]
    return [match_row(match, where, current, cited, remarks) for match in matches]
