"""Match names in spreadsheets with records: candidates with scores, and a match only where it is safe."""

from collections.abc import Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from kg.terms.index import LONGEST_QUERY, TermIndex
from kg.terms.ladder import LADDER
from kg.terms.models import Hit, NamedRecord
from kg.terms.reconcile_data import PROPERTIES, Properties, full_iri, short_id, type_names
from kg.terms.table import local_name
from kg.terms.thesaurus import Thesaurus
from kg.vocab import BASE

_SAFE = LADDER[: LADDER.index("joined") + 1]
SCORES = {rung: 100.0 - place for place, rung in enumerate(_SAFE)} | {
    "loose": 88.0,
    "particle": 88.0,
    "acronym": 88.0,
    "reading": 85.0,
    "romaji": 80.0,
    "reordered": 75.0,
    "synonym": 75.0,
    "typo": 75.0,
    "qualified": 72.0,
    "without-brackets": 70.0,
    "question": 70.0,
    "attested": 65.0,
    "loanword": 65.0,
    "listed": 60.0,
    "of-scheme": 60.0,
    "prefix": 55.0,
    "words": 50.0,
    "word": 45.0,
    "across": 40.0,
    "typo-in-part": 40.0,
    "composed": 35.0,
    "most-words": 35.0,
    "contained": 35.0,
    "properties": 60.0,  # no name was given
}
"""How sure a candidate is that was found at a rung, of 100; what is found at no other is no candidate."""

_LEAST = 25.0
_OTHERWISE = 0.7  # what a candidate keeps of its score when a property asked for has another value
_MOST_FILTERED = 200


class Condition(BaseModel):
    """A property that a candidate should have, or must have: any, all or none of the values."""

    model_config = ConfigDict(frozen=True)

    pid: str
    values: tuple[str, ...]
    required: bool = False
    quantifier: Literal["any", "all", "none"] = "any"

    def holds(self, properties: Properties, iri: str) -> bool:
        """Whether a record has the values; what is no property speaks against none, unless it must be there."""
        if self.pid not in PROPERTIES:
            return not self.required
        having = [iri in properties.having(self.pid, value) for value in self.values]
        return all(having) if self.quantifier == "all" else any(having) is (self.quantifier == "any")


class Asked(BaseModel):
    """One name to match, or properties without a name."""

    model_config = ConfigDict(frozen=True)

    text: str = ""
    types: tuple[str, ...] = ()
    lang: str | None = None
    limit: int = Field(default=5, ge=1, le=50)
    conditions: tuple[Condition, ...] = ()


class Candidate(BaseModel):
    """A record that a name may mean."""

    model_config = ConfigDict(frozen=True)

    id: str
    name: str
    description: str
    score: float
    match: bool
    type: tuple[dict[str, str], ...]
    features: tuple[dict[str, object], ...]


def candidates(index: TermIndex, properties: Properties, asked: Asked) -> list[Candidate]:
    """The records that a name or properties may mean, best first; none for a name that is too long to be one."""
    thesaurus = properties.thesaurus
    if asked.text and full_iri(asked.text) in thesaurus.table.numbers:
        return [_identified(thesaurus, full_iri(asked.text))]
    if len(asked.text) > LONGEST_QUERY:
        return []
    hits = _named(index, asked) if asked.text else _with_values(properties, asked)
    scored = [(_score(properties, hit, asked.conditions), hit) for hit in hits]
    kept = sorted((one for one in scored if one[0] >= _LEAST), key=lambda one: -one[0])[: asked.limit]
    safe = _is_safe(hits, [score for score, _ in kept])
    return [
        _candidate(thesaurus, hit, score, match=safe and place == 0)
        for place, (score, hit) in enumerate(kept)
    ]


def _identified(thesaurus: Thesaurus, iri: str) -> Candidate:
    """The record whose identifier was given instead of its name."""
    label = thesaurus.table.name(thesaurus.table.numbers[iri], None)
    return _candidate(thesaurus, thesaurus.table.hit(label, "exact", 1.0, None), SCORES["exact"], match=True)


def split_type(wanted: str | None) -> tuple[str | None, str | None]:
    """A type as a scheme to search in, or as a class of records."""
    if wanted is None:
        return None, None
    short = wanted.removeprefix(BASE)
    return (BASE + short, "Concept") if short.startswith("scheme/") else (None, wanted)


def _named(index: TermIndex, asked: Asked) -> list[Hit]:
    """The records of any of the types that the name may mean, each once."""
    limit = _MOST_FILTERED if any(one.required for one in asked.conditions) else 2 * asked.limit
    found: dict[str, Hit] = {}
    for scheme, kind in map(split_type, asked.types or (None,)):
        for hit in index.search(asked.text, asked.lang, scheme, kind, limit=limit).items:
            found.setdefault(hit.iri, hit)
    return list(found.values())


def _with_values(properties: Properties, asked: Asked) -> list[Hit]:
    """The records of the types that have any of the values asked for."""
    table = properties.thesaurus.table
    iris = {
        iri
        for one in asked.conditions
        if one.quantifier != "none"
        for value in one.values
        for iri in properties.having(one.pid, value)
    }
    numbers = sorted(table.numbers[iri] for iri in iris)
    fitting = [number for number in numbers if _is_of(table.records[number], asked.types)]
    return [table.hit(table.name(number, asked.lang), "properties", 1.0, asked.lang) for number in fitting]


def _is_of(record: NamedRecord, types: Sequence[str]) -> bool:
    return not types or any(
        scheme in (None, record.scheme) and kind in (record.type, local_name(record.type))
        for scheme, kind in map(split_type, types)
    )


def _is_safe(hits: Sequence[Hit], scores: Sequence[float]) -> bool:
    """Whether just one record has this name, and nothing that was asked for speaks against it.

    A hidden label of a concept is an everyday word for it and no name: 内部告発 may be meant otherwise.
    """
    whole = [hit for hit in hits if hit.rung in _SAFE]
    named = len(whole) == 1 and not (whole[0].kind == "hidden" and local_name(whole[0].type) == "Concept")
    return named and bool(scores) and scores[0] >= SCORES[_SAFE[-1]]


def _score(properties: Properties, hit: Hit, conditions: Sequence[Condition]) -> float:
    score = SCORES.get(hit.rung, 0.0)
    if hit.rung == "typo":
        score *= hit.score / (1 - LADDER.index("typo") / len(LADDER))
    for condition in conditions:
        if not condition.holds(properties, hit.iri):
            score *= 0.0 if condition.required else _OTHERWISE
    return round(score, 2)


def _candidate(thesaurus: Thesaurus, hit: Hit, score: float, *, match: bool) -> Candidate:
    name, _ = thesaurus.name(hit.iri, hit.matched_lang)
    return Candidate(
        id=short_id(hit.iri),
        name=name,
        description=thesaurus.note(hit.iri, "definition", hit.matched_lang),
        score=score,
        match=match,
        type=tuple(type_names(thesaurus, hit.iri, hit.matched_lang)),
        features=({"id": "rung", "name": f"found by: {hit.rung}", "value": round(hit.score * 100, 2)},),
    )
