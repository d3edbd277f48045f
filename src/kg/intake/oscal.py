"""Read a mapping collection as OSCAL writes it: maps become mapping records, stated gaps absence statements."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from kg.errors import DataError
from kg.intake.citing import Cited, slug
from kg.intake.current import Current
from kg.intake.documents import read_json
from kg.intake.mappings import Match, match_row
from kg.intake.model import Reading, Row, Words
from kg.intake.shapes import OSCAL, fault
from kg.intake.wording import say
from kg.vocab import AISI, BASE, RDF_TYPE, SKOS, XSD

_RELATIONS: Final = {
    "equivalent-to": "exactMatch",
    "equal-to": "exactMatch",
    "subset-of": "broadMatch",
    "superset-of": "narrowMatch",
    "intersects-with": "relatedMatch",
}
_TAKEN: Final = frozenset(["uuid", "relationship", "sources", "targets", "remarks", "confidence-score"])


def read_oscal(path: Path, current: Current, day: str) -> Reading:
    """Read a mapping collection and compare it with the graph."""
    content, document = read_json(path)
    cited = Cited.file(path, content, day)
    collection = document.get("mapping-collection") if isinstance(document, dict) else None
    if not isinstance(collection, dict) or not isinstance(collection.get("mappings"), list):
        raise DataError(f"{path} has no mapping-collection with mappings; check that it is OSCAL.")
    rows: list[Row] = []
    for number, mapping in enumerate(collection["mappings"], start=1):
        where = f"mapping {number}"
        if refused := fault(OSCAL, mapping):
            rows.append(Row(where, "", refused=refused))
        else:
            rows += _mapping(mapping, where, day, current, cited)
    return Reading("oscal", tuple(rows), (), tuple(cited.source_triples()))


def _mapping(mapping: dict[str, Any], where: str, day: str, current: Current, cited: Cited) -> Iterator[Row]:
    source, target = _resource(mapping.get("source-resource")), _resource(mapping.get("target-resource"))
    for number, item in enumerate(mapping.get("maps") or (), start=1):
        yield from _map(item, f"{where}, map {number}", source, target, current, cited)
    for side, resource in (("source", source), ("target", target)):
        summary = mapping.get(f"{side}-gap-summary") or {}
        for number, name in enumerate(_unmapped(summary), start=1):
            yield _gap(name, resource, f"{where}, {side} gap {number}", day, current, cited)


def _resource(value: object) -> str:
    return str(value.get("href", "")) if isinstance(value, dict) else ""


def _map(
    item: dict[str, Any], where: str, source: str, target: str, current: Current, cited: Cited
) -> Iterator[Row]:
    relation = str(item.get("relationship", ""))
    predicate = SKOS + _RELATIONS[relation] if relation in _RELATIONS else relation
    remarks = tuple(
        say("cell not taken", name=key, value=value) for key, value in item.items() if key not in _TAKEN
    )
    comment = str(item.get("remarks") or "")
    pairs = [(one, other) for one in _ids(item.get("sources")) for other in _ids(item.get("targets"))]
    if not pairs:
        yield Row(where, "", refused=say("no members"))
    for one, other in pairs:
        match = Match(
            subject=_concept(one, source, current),
            predicate=predicate,
            object=_concept(other, target, current),
            subject_source=source if "://" in source else "",
            object_source=target if "://" in target else "",
            comments=(ox.Literal(comment, language="en"),) if comment else (),
            confidence=_confidence(item),
            form=other,
        )
        yield match_row(match, where, current, cited, remarks)


def _confidence(item: dict[str, Any]) -> str:
    score = item.get("confidence-score")
    value = score.get("percentage") if isinstance(score, dict) else score
    return str(value) if isinstance(value, int | float) else ""


def _ids(value: object) -> list[str]:
    if not isinstance(value, list):
        return []
    return [str(one.get("id-ref", "")) for one in value if isinstance(one, dict)]


def _concept(name: str, resource: str, current: Current) -> str:
    """Find a concept by its IRI, by its notation, or as a part of the resource that the file names."""
    if "://" in name:
        return name
    found = current.by_notation.get(name, [])
    if len(found) == 1:
        return found[0]
    separator = "" if resource.endswith(("/", "#")) else "/"
    return f"{resource}{separator}{name}" if "://" in resource else name


def _unmapped(summary: dict[str, Any]) -> Iterator[str]:
    for control in summary.get("unmapped-controls") or ():
        yield from (str(name) for name in control.get("with-ids") or ())


def _gap(name: str, resource: str, where: str, day: str, current: Current, cited: Cited) -> Row:
    concept = _concept(name, resource, current)
    if not current.is_concept(concept):
        return Row(where, name, refused=_no_concept(name))
    iri = f"{BASE}statement/{cited.mark}-{slug(where)}"
    node = ox.NamedNode(iri)
    adds = [
        ox.Triple(node, RDF_TYPE, ox.NamedNode(AISI + "AbsenceStatement")),
        ox.Triple(node, ox.NamedNode(AISI + "absentArea"), ox.NamedNode(concept)),
        ox.Triple(node, ox.NamedNode(AISI + "asOf"), ox.Literal(day, datatype=ox.NamedNode(XSD + "date"))),
        *cited.cite(iri, where, ox.Literal(name, language="en")),
    ]
    return Row(where, concept, tuple(adds))


def _no_concept(name: str) -> Words:
    return say("unknown concept", concept=name)
