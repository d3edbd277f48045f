"""Match names in spreadsheets with records: candidates with scores, and a match only where it is safe."""

from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict, Field

from kg.terms.index import LONGEST_QUERY, TermIndex
from kg.terms.ladder import LADDER
from kg.terms.models import Hit
from kg.terms.reconcile_data import Properties, full_iri, short_id, type_names
from kg.terms.thesaurus import Thesaurus
from kg.vocab import BASE

_SAFE = LADDER[: LADDER.index("joined") + 1]
_SCORES = {rung: 100.0 - place for place, rung in enumerate(_SAFE)} | {
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
    "prefix": 55.0,
    "words": 50.0,
    "word": 45.0,
    "across": 40.0,
    "typo-in-part": 40.0,
    "composed": 35.0,
    "most-words": 35.0,
    "contained": 35.0,
}
_LEAST = 25.0
_OTHERWISE = 0.7  # what a candidate keeps of its score when a property asked for has another value


class Condition(BaseModel):
    """A property that a candidate should have."""

    model_config = ConfigDict(frozen=True)

    pid: str
    values: tuple[str, ...]


class Asked(BaseModel):
    """One name to match."""

    model_config = ConfigDict(frozen=True)

    text: str
    type: str | None = None
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


def candidates(index: TermIndex, thesaurus: Thesaurus, asked: Asked) -> list[Candidate]:
    """The records that a name may mean, best first; none for a name that is too long to be one."""
    if asked.text and full_iri(asked.text) in thesaurus.table.numbers:
        return [_identified(thesaurus, full_iri(asked.text))]
    if len(asked.text) > LONGEST_QUERY:
        return []
    scheme, record_type = split_type(asked.type)
    hits = index.search(asked.text, scheme=scheme, type=record_type, limit=2 * asked.limit).items
    scored = [(_score(thesaurus, hit, asked.conditions), hit) for hit in hits]
    kept = sorted((one for one in scored if one[0] >= _LEAST), key=lambda one: -one[0])[: asked.limit]
    safe = _is_safe(hits, [score for score, _ in kept])
    return [
        _candidate(thesaurus, hit, score, match=safe and place == 0)
        for place, (score, hit) in enumerate(kept)
    ]


def _identified(thesaurus: Thesaurus, iri: str) -> Candidate:
    """The record whose identifier was given instead of its name."""
    label = thesaurus.table.name(thesaurus.table.numbers[iri], None)
    return _candidate(thesaurus, thesaurus.table.hit(label, "exact", 1.0, None), _SCORES["exact"], match=True)


def split_type(wanted: str | None) -> tuple[str | None, str | None]:
    """A type as a scheme to search in, or as a class of records."""
    if wanted is None:
        return None, None
    short = wanted.removeprefix(BASE)
    return (BASE + short, "Concept") if short.startswith("scheme/") else (None, wanted)


def _is_safe(hits: Sequence[Hit], scores: Sequence[float]) -> bool:
    """Whether just one record has this name, and nothing that was asked for speaks against it."""
    whole = [hit for hit in hits if hit.rung in _SAFE]
    return len(whole) == 1 and bool(scores) and scores[0] >= _SCORES[_SAFE[-1]]


def _score(thesaurus: Thesaurus, hit: Hit, conditions: Sequence[Condition]) -> float:
    score = _SCORES.get(hit.rung, 0.0)
    if hit.rung == "typo":
        score *= hit.score / (1 - LADDER.index("typo") / len(LADDER))
    properties = Properties(thesaurus)
    for condition in conditions:
        if not properties.has(hit.iri, condition.pid, condition.values):
            score *= _OTHERWISE
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
