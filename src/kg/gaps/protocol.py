"""The gap protocol: what is fixed before anything is counted."""

from kg.gaps.model import Ref, Text, Value

DRAWS = 1000
SEED = 20250205
SPREAD = 0.2


class AxisSpec(Value):
    """How one axis is spanned and read: by coverage edges, or by a direct property of the activity."""

    scheme: Ref | None
    property: str | None = None
    through: str | None = None


class WeightSpec(Value):
    """The weight of one value of role, maturity, evidence grade, verb class or hedge."""

    concept: Ref
    kind: str
    value: float
    reason: Text | None = None


class ExclusionSpec(Value):
    """Cells that do not apply, and why."""

    area: str | None = None
    facet: str | None = None
    reason: Text


class TargetSpec(Value):
    """The depth asked for in certain cells."""

    area: str | None = None
    facet: str | None = None
    depth: float


class ChainStep(Value):
    """One step of the lifecycle chain: the facet values that count as having taken it."""

    order: float
    label: Text
    facets: tuple[str, ...]


class Protocol(Value):
    """A gap protocol as the engine reads it."""

    iri: str
    name: str
    series: str
    version: str | None = None
    label: Text
    rows: AxisSpec
    columns: AxisSpec
    groups: AxisSpec | None = None
    corpus: tuple[Ref, ...] = ()
    population: tuple[Ref, ...] = ()
    cut_off: str
    target_depth: float
    targets: tuple[TargetSpec, ...] = ()
    exclusions: tuple[ExclusionSpec, ...] = ()
    weights: tuple[WeightSpec, ...] = ()
    half_life_years: float | None = None
    stale_after_years: float | None = None
    terminology_schemes: tuple[Ref, ...] = ()
    evaluation_facets: tuple[Ref, ...] = ()
    chain: tuple[ChainStep, ...] = ()
    commitment_instruments: tuple[Ref, ...] = ()
    draws: int = DRAWS
    seed: int = SEED
    spread: float = SPREAD

    def weight(self, concept: str | None) -> float | None:
        """Give the weight of a concept, or None where the protocol has none."""
        return next((w.value for w in self.weights if w.concept.iri == concept), None)


class ProtocolName(Value):
    """A protocol that can be chosen."""

    iri: str
    name: str
    series: str
    version: str | None
    label: Text
