"""A plan as a form: who would do what on which area, as the Turtle that the gap engine reads."""

from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from kg.gaps import GapAnalysis
from kg.gaps.model import Ref
from kg.gaps.weights import FOLDERS
from kg.vocab import AISI, BASE, PREFIXES, RDF, SKOS
from kg_api.pages.filters import full_iri

FACTORS = {"role": "coverageRole", "maturity": "maturity", "grade": "evidenceGrade"}
"""The fields that weigh an activity, each with its property."""

_USUAL = {"role": "primary", "maturity": "operating", "grade": "official"}
_ACTIVITY = NamedNode(f"{BASE}activity/plan")
_EDGES = (NamedNode(f"{BASE}coverage/plan"), NamedNode(f"{BASE}coverage/plan-2"))


@dataclass(frozen=True)
class PlanForm:
    """One planned activity as a reader fills it in; names are IRIs, empty where nothing is chosen."""

    area: str
    facet: str
    actor: str
    factors: dict[str, str]

    @property
    def is_filled(self) -> bool:
        """Tell whether there is enough to try the plan."""
        return bool(self.area and self.facet)


def plan_form(area: str, facet: str, actor: str, factors: dict[str, str]) -> PlanForm:
    """Fill the form: what is not chosen weighs as usual."""
    chosen = {name: full_iri(factors.get(name, "")) or FOLDERS[name] + _USUAL[name] for name in FACTORS}
    return PlanForm(full_iri(area), full_iri(facet), full_iri(actor), chosen)


def factor_choices(analysis: GapAnalysis) -> dict[str, list[Ref]]:
    """Give the values of every factor for which the protocol has a weight, the heaviest first."""
    weights = sorted(analysis.protocol.weights, key=lambda weight: -weight.value)
    return {
        name: [weight.concept for weight in weights if weight.concept.iri.startswith(FOLDERS[name])]
        for name in FACTORS
    }


def plan_turtle(form: PlanForm, analysis: GapAnalysis, actor_label: str) -> str:
    """Write the plan as Turtle, so that it can be kept, changed and tried again."""
    actor = NamedNode(form.actor or f"{BASE}actor/somebody-new")
    triples = [
        Triple(_ACTIVITY, NamedNode(RDF + "type"), NamedNode(AISI + "Activity")),
        Triple(_ACTIVITY, NamedNode(AISI + "carriedOutBy"), actor),
        Triple(actor, NamedNode(SKOS + "prefLabel"), Literal(actor_label)),
    ]
    protocol = analysis.protocol
    edges = iter(_EDGES)
    for axis, value in ((protocol.rows, form.area), (protocol.columns, form.facet)):
        if axis.property:
            triples.append(Triple(_ACTIVITY, NamedNode(axis.property), NamedNode(value)))
        else:
            triples += _edge(next(edges), value, form)
    return (serialize(triples, format=RdfFormat.TURTLE, prefixes=_prefixes()) or b"").decode()


def _edge(edge: NamedNode, area: str, form: PlanForm) -> list[Triple]:
    said = {"coverageBy": _ACTIVITY, "coverageOf": NamedNode(area)}
    said |= {FACTORS[name]: NamedNode(value) for name, value in form.factors.items()}
    return [
        Triple(edge, NamedNode(RDF + "type"), NamedNode(AISI + "Coverage")),
        *(Triple(edge, NamedNode(AISI + name), value) for name, value in said.items()),
    ]


def _prefixes() -> dict[str, str]:
    return {name: PREFIXES[name] for name in ("aisi", "skos")}
