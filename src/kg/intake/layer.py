"""Read a coverage layer as ATT&CK Navigator writes it: each scored entry becomes a proposed coverage edge."""

from collections import Counter
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from kg.errors import CallerError, DataError
from kg.intake.citing import Cited, slug
from kg.intake.current import Current
from kg.intake.documents import read_json
from kg.intake.model import Reading, Row, Words
from kg.intake.wording import say
from kg.vocab import AISI, BASE, RDF_TYPE, SKOS, XSD

_TAKEN: Final = frozenset(
    ["techniqueID", "score", "enabled", "comment", "metadata", "color", "showSubtechniques"]
)
_SHOWN: Final = frozenset(["tactic", "links"])
_HIGHEST: Final = 100.0


def read_layer(path: Path, current: Current, day: str, activity: str | None) -> Reading:
    """Read a layer; `activity` is the activity that covers what the layer marks."""
    content, document = read_json(path)
    cited = Cited.file(path, content, day)
    entries = document.get("techniques") if isinstance(document, dict) else None
    if not isinstance(entries, list):
        raise DataError(f"{path} has no list of techniques; check that it is a layer of ATT&CK Navigator.")
    by = _activity(document, activity, current)
    highest = _highest(document)
    counts = Counter(str(entry.get("techniqueID")) for entry in entries if isinstance(entry, dict))
    rows = [
        _row(entry, f"technique {number}", by, highest, counts, current, cited)
        for number, entry in enumerate(entries, start=1)
    ]
    return Reading("layer", tuple(rows), (), tuple(cited.source_triples()))


def _activity(document: dict[str, Any], activity: str | None, current: Current) -> str:
    """Find the activity: the one named by the caller, or in the metadata of the layer."""
    facts = document.get("metadata")
    named = [
        str(fact.get("value"))
        for fact in (facts if isinstance(facts, list) else ())
        if isinstance(fact, dict) and fact.get("name") == "activity"
    ]
    name = activity or next(iter(named), "")
    iri = name if "://" in name else f"{BASE}activity/{name}"
    if iri not in current.activities:
        raise CallerError(
            f"There is no activity {name or '(none named)'}; name the one that covers the layer: --activity SLUG."
        )
    return iri


def _highest(document: dict[str, Any]) -> float:
    gradient = document.get("gradient")
    value = gradient.get("maxValue") if isinstance(gradient, dict) else None
    return float(value) if isinstance(value, int | float) and value > 0 else _HIGHEST


def _row(
    entry: object,
    where: str,
    activity: str,
    highest: float,
    counts: Counter[str],
    current: Current,
    cited: Cited,
) -> Row:
    if not isinstance(entry, dict) or not isinstance(entry.get("techniqueID"), str):
        return Row(where, "", refused=say("no technique"))
    name = entry["techniqueID"]
    refused, area = _area(name, counts, current)
    score = entry.get("score")
    if refused is None and (isinstance(score, bool) or not isinstance(score, int | float | None)):
        refused = say("no score", value=score)
    if refused is None and isinstance(score, int | float) and not 0 <= score <= highest:
        refused = say("score out of range", value=score, highest=highest)
    if refused is None and (entry.get("enabled") is False or not score):
        refused = say("not covered", name=name)
    if refused is not None:
        return Row(where, name, refused=refused)
    strange = [key for key, value in entry.items() if value and key not in (_TAKEN | _SHOWN)]
    remarks = [say("cell not taken", name=key, value=entry[key]) for key in strange]
    return Row(
        where, area, tuple(_coverage(entry, area, activity, highest, where, cited)), remarks=tuple(remarks)
    )


def _area(name: str, counts: Counter[str], current: Current) -> tuple[Words | None, str]:
    """Find the concept by its IRI or its notation."""
    if counts[name] > 1:
        return say("id twice", id=name), ""
    found = [name] if current.is_concept(name) else current.by_notation.get(name, [])
    if not found:
        return say("unknown concept", concept=name), ""
    if len(found) > 1:
        return say("several concepts", name=name, concepts=", ".join(found)), ""
    return None, found[0]


def _coverage(
    entry: dict[str, Any], area: str, activity: str, highest: float, where: str, cited: Cited
) -> list[ox.Triple]:
    path = area.removeprefix(BASE + "term/")
    iri = f"{BASE}coverage/{activity.rsplit('/', 1)[-1]}/{'/'.join(slug(part) for part in path.split('/'))}"
    node = ox.NamedNode(iri)
    share = ox.Literal(f"{entry['score'] / highest:.4f}", datatype=ox.NamedNode(XSD + "decimal"))
    facts: dict[str, ox.NamedNode | ox.Literal] = {
        "coverageBy": ox.NamedNode(activity),
        "coverageOf": ox.NamedNode(area),
        "coverageRole": ox.NamedNode(BASE + "term/coverage-role/secondary"),
        "evidenceGrade": ox.NamedNode(BASE + "term/evidence-grade/self-reported"),
        "score": share,
        "reviewStatus": ox.NamedNode(BASE + "term/review-status/proposed"),
    }
    comment = str(entry.get("comment") or "")
    note = [ox.Triple(node, ox.NamedNode(SKOS + "editorialNote"), ox.Literal(comment, language="en"))]
    return [
        ox.Triple(node, RDF_TYPE, ox.NamedNode(AISI + "Coverage")),
        *(ox.Triple(node, ox.NamedNode(AISI + name), value) for name, value in facts.items()),
        *(note if comment else []),
        *cited.cite(iri, where, ox.Literal(entry["techniqueID"], language="en")),
    ]
