"""Candidates as a file of SSSOM for a person to go through: delete, correct, then give it to `kg import`."""

import json
from collections.abc import Iterator
from typing import IO, Final

from kg.compare.candidates import matched
from kg.compare.model import Candidate, Comparison, Concept
from kg.export.sssom import Curies, write_set
from kg.vocab import BASE, PREFIXES, SKOS

_COLUMNS: Final = (
    "subject_id",
    "subject_label",
    "predicate_id",
    "object_id",
    "object_label",
    "mapping_justification",
    "subject_source",
    "object_source",
    "comment",
)
_SAME_NAME: Final = PREFIXES["semapv"] + "LexicalMatching"
_LIKE_WORDS: Final = PREFIXES["semapv"] + "LexicalSimilarityThresholdMatching"


def write_proposal(
    comparison: Comparison, a: dict[str, Concept], b: dict[str, Concept], out: IO[bytes]
) -> None:
    """Write a row for each candidate; every row says `skos:closeMatch`, which is for a person to decide."""
    curies = Curies()
    rows = [_row(one, a[one.a], b[one.b], curies) for one in matched(comparison.candidates)]
    write_set(out, _head(comparison, curies), _COLUMNS, rows)


def _head(comparison: Comparison, curies: Curies) -> Iterator[str]:
    facts = {
        "mapping_set_id": f"{BASE}mapping/candidates",
        "mapping_set_description": f"Candidates of {comparison.a} and {comparison.b}, not reviewed. Delete the rows "
        "that do not hold, correct the predicates, and read the file in with kg import.",
        "license": "https://creativecommons.org/publicdomain/zero/1.0/",
    }
    yield from (f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in facts.items())
    yield "curie_map:"
    yield from (f"  {prefix}: {json.dumps(space)}" for prefix, space in sorted(curies.used.items()))


def _row(one: Candidate, a: Concept, b: Concept, curies: Curies) -> list[str]:
    by_name = any(evidence.how != "words" for evidence in one.labels)
    return [
        curies.shorten(one.a),
        one.a_label,
        curies.shorten(SKOS + "closeMatch"),
        curies.shorten(one.b),
        one.b_label,
        curies.shorten(_SAME_NAME if by_name else _LIKE_WORDS),
        curies.shorten(a.scheme),
        curies.shorten(b.scheme),
        "; ".join(evidence_words(one, "en")),
    ]


def evidence_words(one: Candidate, lang: str) -> Iterator[str]:
    """Say in words what speaks for a candidate."""
    for label in one.labels:
        how = {"ja": "名称", "en": "label"}[lang]
        yield f"{how}: {label.a.text} = {label.b.text} [{label.a.lang or '-'}, {label.how}]"
    for definition in one.definitions:
        how = {"ja": "定義の共通語", "en": "definitions share"}[lang]
        nothing = {"ja": "なし", "en": "nothing"}[lang]
        shared = f"{definition.share:.2f}: {', '.join(definition.shared)}" if definition.shared else nothing
        yield f"{how} [{definition.lang or '-'}] {shared}"
    for neighbour in one.structure:
        how = {"ja": "構造", "en": "structure"}[lang]
        yield f"{how}: {neighbour.relation} {neighbour.a} = {neighbour.b}"
