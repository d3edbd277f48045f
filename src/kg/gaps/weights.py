"""The protocol's weights as arrays, and seeded redraws of them."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from kg.gaps.axes import Floats, Ints
from kg.gaps.facts import Edge
from kg.gaps.protocol import Protocol
from kg.vocab import BASE

KIND_NAMES = {"role": "coverage-role", "maturity": "maturity", "grade": "evidence-grade"}
FOLDERS = {kind: f"{BASE}term/{name}/" for kind, name in KIND_NAMES.items()}
Combination = tuple[int, int, int]


@dataclass(frozen=True)
class WeightTable:
    """The weights in a row, with a last slot of 1 for what does not weigh."""

    values: Floats
    kinds: tuple[str, ...]
    slots: dict[str, int]
    lowest: dict[str, int]
    unlisted: tuple[str, ...]

    @property
    def weightless(self) -> Combination:
        """Give the combination of factors of something that has no edge."""
        last = len(self.values) - 1
        return last, last, last

    def states_all(self, edge: Edge) -> bool:
        """Tell whether an edge states every factor that the protocol weighs."""
        last = len(self.values) - 1
        return all(concept is not None or self.lowest[kind] == last for kind, concept in _factors(edge))

    def combination(self, edge: Edge) -> Combination:
        """Give the slots of an edge's factors; a value that is not listed weighs as the lowest of its kind."""
        role, maturity, grade = (
            self.slots.get(concept or "", self.lowest[kind]) for kind, concept in _factors(edge)
        )
        return role, maturity, grade


def _factors(edge: Edge) -> tuple[tuple[str, str | None], ...]:
    return tuple(zip(FOLDERS, (edge.role, edge.maturity, edge.grade), strict=True))


def weight_table(protocol: Protocol, edges: Iterable[Edge]) -> WeightTable:
    """Arrange the protocol's weights for the values that the edges use."""
    weights = sorted(protocol.weights, key=lambda w: (w.kind, w.concept.iri))
    slots = {weight.concept.iri: position for position, weight in enumerate(weights)}
    lowest = {}
    for kind, folder in FOLDERS.items():
        ranked = sorted(
            (weight.value, slots[weight.concept.iri]) for weight in weights if weight.kind == folder
        )
        lowest[kind] = ranked[0][1] if ranked else len(weights)
    used = {concept for edge in edges for _, concept in _factors(edge) if concept is not None}
    return WeightTable(
        values=np.array([*(weight.value for weight in weights), 1.0]),
        kinds=tuple(weight.kind for weight in weights),
        slots=slots,
        lowest=lowest,
        unlisted=tuple(sorted(used - slots.keys())),
    )


def redraw(table: WeightTable, draws: int, seed: int, spread: float) -> Floats:
    """Draw the whole table again and again, each weight within `spread`, the order inside a kind kept."""
    generator = np.random.default_rng(seed)
    around = generator.uniform(-spread, spread, size=(draws, len(table.values)))
    drawn = np.clip(table.values + around, 0.0, 1.0)
    drawn[:, -1] = 1.0
    for kind in sorted(set(table.kinds)):
        slots = np.array([slot for slot, each in enumerate(table.kinds) if each == kind])
        in_order = slots[np.argsort(table.values[slots], kind="stable")]
        drawn[:, in_order] = np.sort(drawn[:, in_order], axis=1)
    return drawn


def products(values: Floats, combinations: Ints) -> Floats:
    """Multiply the three factors of each combination, for one table or for many drawn ones."""
    return np.asarray(values[..., combinations].prod(axis=-1))
