"""The axes of a map as tables: values in the order of the tree, and who is broader than whom."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt
from pyoxigraph import NamedNode

from kg.catalog import load_query
from kg.gaps.model import AxisValue
from kg.gaps.protocol import AxisSpec
from kg.gaps.terms import Labels, groups_of, must, text_of
from kg.store import Store

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Ragged:
    """Lists of integers of unequal length in two arrays."""

    offsets: Ints
    values: Ints

    @classmethod
    def of(cls, lists: Sequence[Sequence[int]]) -> "Ragged":
        """Pack lists."""
        lengths = [len(each) for each in lists]
        offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
        return cls(offsets, np.array([value for each in lists for value in each], dtype=np.int64))

    def __getitem__(self, index: int) -> Ints:
        return self.values[self.offsets[index] : self.offsets[index + 1]]

    def expand(self, keys: Ints) -> tuple[Ints, Ints]:
        """Give for each key all its values: the position of the key, and the value."""
        lengths = self.offsets[keys + 1] - self.offsets[keys]
        position = np.repeat(np.arange(len(keys), dtype=np.int64), lengths)
        within = np.arange(len(position), dtype=np.int64) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        return position, self.values[self.offsets[keys][position] + within]


@dataclass(frozen=True)
class AxisTable:
    """One axis: its values and their hierarchy, each value counted among its own ancestors."""

    spec: AxisSpec
    values: tuple[AxisValue, ...]
    index: Mapping[str, int]
    ancestors: Ragged
    descendants: Ragged
    withdrawn: Mapping[str, tuple[int, ...]] = field(default_factory=dict)  # with what still stands below
    claimed: Mapping[int, frozenset[str]] = field(default_factory=dict)  # faulty values said to stand below

    def __len__(self) -> int:
        return len(self.values)

    def iri(self, position: int) -> str:
        """Give the IRI of a value."""
        return self.values[position].iri

    def subtree(self, iri: str | None) -> Bools:
        """Mark a value and everything narrower; None or the axis's own scheme marks all, a stranger none.

        What is said of a withdrawn value still holds for what stands below it.
        """
        mask = np.zeros(len(self), dtype=np.bool_)
        if iri is None or (self.spec.scheme is not None and iri == self.spec.scheme.iri):
            mask[:] = True
        elif iri in self.index:
            mask[self.descendants[self.index[iri]]] = True
        elif iri in self.withdrawn:
            mask[list(self.withdrawn[iri])] = True
        return mask


def read_axis(
    store: Store, spec: AxisSpec, labels: Labels, faulty: frozenset[str] = frozenset()
) -> AxisTable:
    """Read an axis that a scheme spans; what a faulty value says of its own place counts for nothing."""
    if spec.scheme is None:
        return table_of(spec, {}, {}, labels)
    scheme = NamedNode(spec.scheme.iri)
    notations: dict[str, str | None] = {}
    withdrawn = set()
    for row in store.select(load_query("gaps/axis").bind(scheme=scheme)):
        notations.setdefault(must(row, "concept"), text_of(row, "notation"))
        if text_of(row, "deprecated") in ("true", "1"):
            withdrawn.add(must(row, "concept"))
    kept = {iri: notation for iri, notation in notations.items() if iri not in withdrawn}
    rows = store.select(load_query("gaps/broader").bind(scheme=scheme))
    parents = groups_of((must(row, "concept"), must(row, "broader")) for row in rows)
    sound = {iri: above for iri, above in parents.items() if iri not in faulty}
    made = table_of(spec, kept, {iri: _standing(iri, sound, withdrawn) for iri in kept}, labels)
    return replace(
        made,
        withdrawn={iri: _below(iri, made, sound) for iri in sorted(withdrawn)},
        claimed=_claimed(made, parents, faulty),
    )


def _claimed(
    axis: AxisTable, parents: Mapping[str, tuple[str, ...]], faulty: frozenset[str]
) -> dict[int, frozenset[str]]:
    """Give for each value the faulty ones that would stand below it if what they say were sound."""
    found: dict[int, set[str]] = {}
    for iri in sorted(faulty & axis.index.keys()):
        for above in _above(iri, parents) - {iri}:
            if above in axis.index:
                found.setdefault(axis.index[above], set()).add(iri)
    return {position: frozenset(below) for position, below in found.items()}


def _below(iri: str, axis: AxisTable, parents: Mapping[str, tuple[str, ...]]) -> tuple[int, ...]:
    return tuple(position for name, position in axis.index.items() if iri in _above(name, parents))


def _above(iri: str, parents: Mapping[str, tuple[str, ...]]) -> set[str]:
    """Give a value and everything broader."""
    seen, stack = {iri}, [iri]
    while stack:
        fresh = [above for above in parents.get(stack.pop(), ()) if above not in seen]
        seen.update(fresh)
        stack.extend(fresh)
    return seen


def _standing(
    iri: str, parents: Mapping[str, tuple[str, ...]], withdrawn: Collection[str]
) -> tuple[str, ...]:
    """Give the broader values, those above a withdrawn one in its place."""
    found, seen, stack = set(), {iri}, list(parents.get(iri, ()))
    while stack:
        above = stack.pop()
        if above not in seen:
            seen.add(above)
            if above in withdrawn:
                stack.extend(parents.get(above, ()))
            else:
                found.add(above)
    return tuple(sorted(found))


def table_of(
    spec: AxisSpec,
    notations: Mapping[str, str | None],
    parents: Mapping[str, tuple[str, ...]],
    labels: Labels,
) -> AxisTable:
    """Make an axis of IRIs with notations and their broader IRIs; cycles are read as equivalence."""
    inside = {iri: tuple(p for p in parents.get(iri, ()) if p in notations) for iri in notations}
    depths = _in_tree_order(notations, inside, labels)
    ordered = list(depths)
    index = {iri: position for position, iri in enumerate(ordered)}
    up = [sorted(index[above] for above in _above(iri, inside)) for iri in ordered]
    down: list[list[int]] = [[] for _ in ordered]
    for position, ancestors in enumerate(up):
        for ancestor in ancestors:
            down[ancestor].append(position)
    values = tuple(
        AxisValue(
            iri=iri,
            label=labels.text(iri),
            notation=notations[iri],
            parents=inside[iri],
            depth=depths[iri],
            order=position,
        )
        for position, iri in enumerate(ordered)
    )
    return AxisTable(spec, values, index, Ragged.of(up), Ragged.of(down))


def _natural(notation: str | None, label: str, iri: str) -> tuple[tuple[tuple[int, int, str], ...], str, str]:
    parts = re.findall(r"\d+|\D+", notation or "")
    key = tuple((0, int(part), "") if part.isdigit() else (1, 0, part) for part in parts)
    return key or ((2, 0, ""),), label, iri


def _in_tree_order(
    notations: Mapping[str, str | None], parents: Mapping[str, tuple[str, ...]], labels: Labels
) -> dict[str, int]:
    """Give each value once, below its first parent, with its depth in the tree."""

    def key(iri: str) -> tuple[tuple[tuple[int, int, str], ...], str, str]:
        return _natural(notations[iri], labels.text(iri).en, iri)

    children = groups_of((above[0], iri) for iri, above in parents.items() if above)
    depths: dict[str, int] = {}
    roots = sorted((iri for iri in notations if not parents[iri]), key=key)
    for root in [*roots, *sorted(notations, key=key)]:  # the second list reaches cycles, which have no root
        stack = [(root, 0)]
        while stack:
            iri, depth = stack.pop()
            if iri not in depths:
                depths[iri] = depth
                below = sorted(children.get(iri, ()), key=key, reverse=True)
                stack.extend((child, depth + 1) for child in below)
    return depths
