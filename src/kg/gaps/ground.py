"""Everything an analysis stands on, read and counted once."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from kg.gaps.axes import AxisTable, Bools, Floats, Ints, Ragged, read_axis
from kg.gaps.declared import read_protocol
from kg.gaps.facts import Facts, read_facts
from kg.gaps.knowledge import Knowledge, read_knowledge
from kg.gaps.links import Links, State, make_links, read_values
from kg.gaps.model import Fault
from kg.gaps.protocol import Protocol
from kg.gaps.strays import Strays, read_strays
from kg.gaps.tally import (
    Occurrences,
    Tally,
    cells_of,
    drawn_depths,
    independent_actors,
    occurrences,
    tally,
)
from kg.gaps.terms import Labels
from kg.gaps.weights import WeightTable, products, redraw, weight_table
from kg.store import Store


@dataclass(frozen=True)
class Ground:
    """Protocol, axes, facts, links and statements of one analysis."""

    store: Store
    protocol: Protocol
    labels: Labels
    facts: Facts
    rows: AxisTable
    columns: AxisTable
    table: WeightTable
    links: Links
    actors: Ragged
    actor_names: tuple[str, ...]
    knowledge: Knowledge
    strays: Strays
    faults: dict[str, tuple[Fault, ...]]

    def counts_for_nothing(self, record: str | None) -> bool:
        """Tell whether a record, a citation of it or the document cited is at fault."""
        if record is None or not self.faults:
            return False
        return record in self.faults or self.facts.ungrounded(record, self.faults.keys())

    @property
    def cells(self) -> int:
        """Give the number of cells without groups."""
        return len(self.rows) * len(self.columns)

    @property
    def shape(self) -> tuple[int, int]:
        """Give the numbers of rows and columns."""
        return len(self.rows), len(self.columns)

    @cached_property
    def positive(self) -> Ints:
        """Give the links that count."""
        return self.links.in_state(State.COUNTS)

    @cached_property
    def of_combination(self) -> Floats:
        """Give the product of the factors of each combination under the protocol's own weights."""
        return products(self.table.values, self.links.combinations)

    @cached_property
    def drawn(self) -> Floats:
        """Give the redrawn weight tables."""
        return redraw(self.table, self.protocol.draws, self.protocol.seed, self.protocol.spread)

    @cached_property
    def rolled_occurrences(self) -> Occurrences:
        """Give what counts in which cell when narrower areas count for broader ones."""
        return self._occurrences(roll_up=True)

    @cached_property
    def direct_occurrences(self) -> Occurrences:
        """Give what counts in which cell itself."""
        return self._occurrences(roll_up=False)

    @cached_property
    def direct(self) -> Tally:
        """Give the figures of the cells without narrower areas."""
        return tally(self.links, self.direct_occurrences, self.cells, self.of_combination)

    @cached_property
    def rolled(self) -> Tally:
        """Give the figures of the cells with narrower areas."""
        return tally(self.links, self.rolled_occurrences, self.cells, self.of_combination)

    @cached_property
    def depths_drawn(self) -> Floats:
        """Give the rolled-up depth of each cell under each redraw."""
        return drawn_depths(self.rolled.claims, self.drawn, self.links.combinations)

    def _occurrences(self, *, roll_up: bool) -> Occurrences:
        link, cell = cells_of(self.links, self.positive, self.rows, self.columns, roll_up=roll_up)
        return occurrences(self.links, link, cell, self.cells, self.actors)

    @cached_property
    def targets(self) -> Floats:
        """Give the target depth of each cell: that of the nearest broader cell that has one of its own."""
        return _targets(self.protocol, self.rows, self.columns)

    @cached_property
    def excluded(self) -> tuple[Bools, Ints]:
        """Mark the cells that do not apply, and number the exclusion that says so."""
        mask, which = np.zeros(self.shape, dtype=np.bool_), np.full(self.shape, -1, dtype=np.int64)
        for position, rule in reversed(list(enumerate(self.protocol.exclusions))):
            hit = np.outer(self.rows.subtree(rule.area), self.columns.subtree(rule.facet))
            mask |= hit
            which[hit] = position
        return mask.ravel(), which.ravel()


def lay_ground(store: Store, wanted: str | None, faults: Sequence[Fault]) -> Ground:
    """Read what an analysis needs."""
    labels = Labels.read(store)
    protocol = read_protocol(store, wanted, labels)
    facts = read_facts(store, labels)
    faulty = frozenset(fault.record for fault in faults)
    rows, columns = (read_axis(store, spec, labels, faulty) for spec in (protocol.rows, protocol.columns))
    used = [e for e in facts.edges if e.concept in rows.index or e.concept in columns.index]
    table = weight_table(protocol, used)
    by_record: dict[str, tuple[Fault, ...]] = {}
    for fault in sorted(faults, key=lambda f: (f.record, f.rule, f.message.en)):
        by_record[fault.record] = (*by_record.get(fault.record, ()), fault)
    readings = read_values(store, facts, rows), read_values(store, facts, columns)
    links = make_links(facts, protocol, table, *readings, faulty)
    actors, names = independent_actors(links, facts)
    return Ground(
        store=store,
        protocol=protocol,
        labels=labels,
        facts=facts,
        rows=rows,
        columns=columns,
        table=table,
        links=links,
        actors=actors,
        actor_names=names,
        knowledge=read_knowledge(store, rows, columns, facts, faulty),
        strays=read_strays(store, facts, (rows, columns), readings, faulty),
        faults=by_record,
    )


def _targets(protocol: Protocol, rows: AxisTable, columns: AxisTable) -> Floats:
    found = np.full((len(rows), len(columns)), protocol.target_depth)
    specificity = np.full(found.shape, -1.0)
    for target in protocol.targets:
        hit = np.outer(rows.subtree(target.area), columns.subtree(target.facet))
        # an area outweighs a facet where both have a target of their own
        specific = 1.5 * _specific(rows, target.area) + _specific(columns, target.facet)
        hit &= specificity < specific
        found[hit], specificity[hit] = target.depth, specific
    return found.ravel()


def _specific(axis: AxisTable, iri: str | None) -> float:
    """Rank how narrow a target is: to name a value at all outweighs any depth in a tree."""
    return 0.0 if iri not in axis.index else 1000.0 + axis.values[axis.index[iri or ""]].depth
