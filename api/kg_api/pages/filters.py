"""Filters of the map: by status of the cell, and by actor, place, sector, stage, time and grade of the evidence."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Query

from kg.gaps import GapAnalysis
from kg.gaps.model import Cell, Evidence
from kg.gaps.model import Ref as GapRef
from kg.records.model import Ref
from kg.report.signs import SIGNS
from kg.vocab import BASE
from kg_api.problems import NotFoundError
from kg_api.rest import known
from kg_api.site import Site

SCHEMES = {"country": "jurisdiction", "sector": "sector", "stage": "lifecycle-stage"}
"""Which parameter filters by the concepts of which scheme."""


One = Annotated[str, Query(max_length=300)]
Year = Annotated[str, Query(pattern=r"^(\d{4})?$")]


@dataclass(frozen=True)
class Criteria:
    """What a reader chose in the filter form; what is empty leaves nothing out."""

    actor: One = ""
    country: One = ""
    sector: One = ""
    stage: One = ""
    grade: One = ""
    since: Year = ""
    until: Year = ""

    def chosen(self) -> dict[str, str]:
        """Give what was chosen, by the name of its parameter."""
        return {name: value for name, value in asdict(self).items() if value}

    def query(self) -> str:
        """Give what was chosen as the end of an address."""
        return "".join(f"&{urlencode({name: value})}" for name, value in self.chosen().items())


@dataclass(frozen=True)
class Filter:
    """What a reader wants to see of the map."""

    statuses: tuple[str, ...] = ()
    actor: str = ""
    grade: str = ""
    activities: frozenset[str] | None = None

    @property
    def narrows(self) -> bool:
        """Tell whether only part of the evidence is wanted."""
        return bool(self.actor or self.grade) or self.activities is not None

    def meets(self, cell: Cell) -> int:
        """Count the activities in a cell that are wanted."""
        return len({one.activity.iri for one in cell.evidence if self.keeps(one)})

    def keeps(self, evidence: Evidence) -> bool:
        """Tell whether a piece of evidence is wanted."""
        return (
            (not self.actor or any(actor.iri == self.actor for actor in evidence.actors))
            and (not self.grade or (evidence.grade is not None and evidence.grade.iri == self.grade))
            and (self.activities is None or evidence.activity.iri in self.activities)
        )


@dataclass(frozen=True)
class Choice:
    """One select of the filter form: its parameter, what can be chosen, what is."""

    name: str
    options: list[Ref]
    chosen: str


def statuses_of(names: Sequence[str]) -> tuple[str, ...]:
    """Give statuses in their own spelling, or say which there are."""
    return tuple(found for name in names if (found := known(name, SIGNS)))


def filter_of(site: Site, statuses: Sequence[str], criteria: Criteria) -> Filter:
    """Make the filter that the parameters of a page ask for."""
    chosen = criteria.chosen()
    kept = [_covering(site, name, chosen[name]) for name in SCHEMES if name in chosen]
    if criteria.since or criteria.until:
        kept.append(_between(site, criteria.since, criteria.until))
    return Filter(
        statuses=statuses_of(statuses),
        actor=full_iri(criteria.actor),
        grade=full_iri(criteria.grade),
        activities=frozenset.intersection(*kept) if kept else None,
    )


def _covering(site: Site, name: str, concept: str) -> frozenset[str]:
    found = site.covered.get(full_iri(concept))
    if found is None:
        raise NotFoundError(f"No activity on record covers {concept}; leave the filter {name} out.")
    return found


def _between(site: Site, since: str, until: str) -> frozenset[str]:
    """Give the activities whose date lies in a time; those without a date lie in none."""
    return frozenset(
        iri
        for iri, activity in site.activities.items()
        if activity.date
        and activity.date[: len(since)] >= since
        and (not until or activity.date[: len(until)] <= until)
    )


def choices(site: Site, analysis: GapAnalysis, criteria: Criteria) -> list[Choice]:
    """Give the selects of the filter form, each with what occurs in the evidence of this map."""
    chosen = criteria.chosen()
    evidence = [one for cell in analysis.cells for one in cell.evidence]
    active = {one.activity.iri for one in evidence}
    found = [
        Choice(
            "actor",
            _refs(actor for one in evidence for actor in one.actors),
            full_iri(criteria.actor),
        ),
        *(
            Choice(name, _covered(site, scheme, active), full_iri(chosen.get(name, "")))
            for name, scheme in SCHEMES.items()
        ),
        Choice("grade", _refs(one.grade for one in evidence if one.grade), full_iri(criteria.grade)),
    ]
    return [choice for choice in found if choice.options]


def _covered(site: Site, scheme: str, active: set[str]) -> list[Ref]:
    prefix = f"{BASE}term/{scheme}/"
    return [
        concept
        for concept in site.covered_concepts
        if concept.iri.startswith(prefix) and site.covered[concept.iri] & active
    ]


def _refs(found: Iterable[GapRef]) -> list[Ref]:
    by_iri = {ref.iri: Ref(iri=ref.iri, label=ref.label.model_dump()) for ref in found}
    return [by_iri[iri] for iri in sorted(by_iri)]


def full_iri(name: str) -> str:
    """Give the IRI of a record that is named with or without our base."""
    return name if not name or "://" in name else BASE + name


def years(site: Site) -> list[str]:
    """Give the years in which activities are dated, the latest first."""
    return sorted({activity.date[:4] for activity in site.activities.values() if activity.date}, reverse=True)
