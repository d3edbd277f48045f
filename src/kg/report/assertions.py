"""What the report asserts, in EARL: each cell against its target, each gap against the rule that found it."""

from collections.abc import Iterable

from kg.gaps.model import Cell, Gap, GapType, Status, Text
from kg.report.triples import EARL, Found, fixed, iri, plain, texts, types
from kg.vocab import BASE, DCTERMS, PROV, RDFS

OUTCOMES: dict[Status, str] = {
    "COVERED": "passed",
    "THIN": "failed",
    "ABSENT-STATED": "failed",
    "ABSENT-IN-SCOPE": "failed",
    "UNKNOWN": "cantTell",
    "CONFLICT": "cantTell",
    "DATA-FAULT": "cantTell",
    "NOT-APPLICABLE": "inapplicable",
}
_TYPES: dict[GapType, str] = {
    "G1": "absolute",
    "G2": "thin",
    "G3": "single-point-of-failure",
    "G4": "stale",
    "G5": "commitment",
    "G6": "terminology",
    "G7": "evaluation",
    "G8": "asymmetry",
    "G9": "structural",
    "G10": "demand-supply",
    "G11": "assurance",
    "G12": "access",
    "G13": "lifecycle-chain",
}
_SUGGESTIONS: set[GapType] = {"G9"}  # a structural gap is a suggestion, never a fact


def software(base: str, version: str) -> Found:
    """Name the program that asserts."""
    yield from types(f"{base}/software", PROV + "SoftwareAgent", EARL + "Software")
    yield f"{base}/software", RDFS + "label", plain(f"aisi-kg {version}")


def tests(base: str, gaps: Iterable[Gap]) -> Found:
    """Name what cells and records are held against: the target depth, and the rules of the types of gap."""
    yield from types(f"{base}/test/target", EARL + "TestCase")
    yield from texts(f"{base}/test/target", DCTERMS + "title", fixed("cube_test"))
    rules = {gap.type: gap.rule for gap in reversed(list(gaps))}
    for kind in sorted(rules):
        yield from types(_rule(kind), EARL + "TestCriterion")
        yield from texts(_rule(kind), DCTERMS + "title", fixed(f"type_{kind}"))
        yield from texts(_rule(kind), DCTERMS + "description", rules[kind])


def cell_assertion(base: str, name: str, cell: Cell) -> Found:
    """Say whether a cell reaches its target, in the words of its sentence."""
    outcome = OUTCOMES[cell.status]
    yield from _assertion(base, f"{name}/assertion", name, f"{base}/test/target", outcome, cell.sentence)


def gap_assertion(base: str, gap: Gap, subject: str) -> Found:
    """Say that a cell, an area or a record has a gap, and what that rests on."""
    name = f"{BASE}gap/{gap.id}"
    outcome = "cantTell" if gap.type in _SUGGESTIONS else "failed"
    yield name, DCTERMS + "identifier", plain(gap.id)
    yield from _assertion(base, name, subject, _rule(gap.type), outcome, gap.sentence)
    for activity in sorted({item.activity.iri for item in gap.evidence}):
        yield name, PROV + "wasDerivedFrom", iri(activity)


def _rule(kind: GapType) -> str:
    return f"{BASE}term/gap-type/{_TYPES[kind]}"


def _assertion(base: str, name: str, subject: str, test: str, outcome: str, sentence: Text) -> Found:
    result = f"{name}/result"
    yield from types(name, EARL + "Assertion")
    yield name, EARL + "assertedBy", iri(f"{base}/software")
    yield name, EARL + "subject", iri(subject)
    yield name, EARL + "test", iri(test)
    yield name, EARL + "mode", iri(EARL + "automatic")
    yield name, EARL + "result", iri(result)
    yield from types(result, EARL + "TestResult")
    yield result, EARL + "outcome", iri(EARL + outcome)
    yield from texts(result, DCTERMS + "description", sentence)
