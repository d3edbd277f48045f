"""What is asked for: provisions by area and facet, and whom they and the activities concern."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from kg.catalog import load_query
from kg.gaps.axes import Floats
from kg.gaps.ground import Ground
from kg.gaps.provisions import Provision
from kg.gaps.tally import UNNAMED
from kg.gaps.terms import must, number, slug
from kg.store import Row


def read_quantities(ground: Ground) -> list[Row]:
    """Read the sound figures that sources state about records."""
    rows = ground.store.select(load_query("gaps/quantities").bind())
    return [row for row in rows if not ground.counts_for_nothing(must(row, "quantity"))]


@dataclass(frozen=True)
class Demand:
    """Counts provisions on the map; a provision on a narrower area is also one on the broader."""

    ground: Ground
    provisions: tuple[Provision, ...]

    @cached_property
    def by_area(self) -> Floats:
        """Give the number of provisions on each row."""
        found = np.zeros(len(self.ground.rows))
        for provision in self.provisions:
            found[self._rows(provision)] += 1
        return found

    @cached_property
    def _reports(self) -> list[tuple[str, float, list[int]]]:
        """Give the sound figures of incidents with their number and the rows that they speak of."""
        return [
            (
                must(row, "quantity"),
                number(must(row, "value")) or 0.0,
                self._ancestors((must(row, "record"),), column=False),
            )
            for row in read_quantities(self.ground)
            if must(row, "record") in self.ground.rows.index
            and slug(must(row, "kind")).startswith("incident")
        ]

    @cached_property
    def incidents(self) -> Floats:
        """Give the number of incidents that sources report for each row and what is narrower."""
        found = np.zeros(len(self.ground.rows))
        for _, value, rows in self._reports:
            found[rows] += value
        return found

    def reports_on(self, row: int) -> list[dict[str, str]]:
        """Give the figures of incidents that speak of a row, as a query names them."""
        return [{"incidents": quantity} for quantity, _, rows in self._reports if row in rows]

    @property
    def asked(self) -> Floats:
        """Give provisions and incidents of each row together, incidents on a logarithmic scale."""
        return self.by_area + np.log10(1 + self.incidents)

    def provisions_on(self, row: int) -> list[str]:
        """Give the provisions that ask for something on a row."""
        return [provision.iri for provision in self.provisions if row in self._rows(provision)]

    @cached_property
    def by_cell(self) -> Floats:
        """Give the number of provisions on each cell's area, those that ask for its facet twice."""
        found = np.repeat(self.by_area[:, None], len(self.ground.columns), axis=1)
        for provision in self.provisions:
            columns = self._ancestors(provision.actions, column=True)
            found[np.ix_(self._rows(provision), columns)] += 1
        return found.ravel()

    @cached_property
    def concerned(self) -> Floats:
        """Give the number of actors that each row concerns: those active there and those addressed."""
        ground = self.ground
        found: list[set[str]] = [set() for _ in range(len(ground.rows))]
        occurrences = ground.rolled_occurrences
        pairs = np.unique(
            occurrences.cell // len(ground.columns) * (len(ground.actor_names) + 1) + occurrences.actor
        )
        for row, actor in zip(*divmod(pairs, len(ground.actor_names) + 1), strict=True):
            found[row].add(ground.actor_names[actor])
        for provision in self.provisions:
            for row in self._rows(provision):
                found[row].update(provision.addressees)
        return np.array([len(actors - {UNNAMED}) for actors in found], dtype=np.float64)

    def need(self, number: int, shortfall: float) -> float:
        """Mix what is missing with what is asked for; without any provision on the map only what is missing."""
        largest = float(self.by_cell.max(initial=0.0))
        return shortfall if largest == 0 else (shortfall + float(self.by_cell[number]) / largest) / 2

    def need_of_row(self, row: int, shortfall: float) -> float:
        """Do the same for a whole row."""
        largest = float(self.by_area.max(initial=0.0))
        return shortfall if largest == 0 else (shortfall + float(self.by_area[row]) / largest) / 2

    def needs(self, numbers: list[int], shortfall: Floats) -> Floats:
        """Do the same for many cells under many redraws."""
        largest = float(self.by_cell.max(initial=0.0))
        return shortfall if largest == 0 else (shortfall + self.by_cell[numbers] / largest) / 2

    def reach(self, rows: list[int]) -> float:
        """Give the share of actors that some rows concern, measured at the row that concerns most."""
        largest = float(self.concerned.max(initial=0.0))
        return 0.0 if largest == 0 or not rows else float(max(self.concerned[row] for row in rows)) / largest

    def rows_of(self, provision: Provision) -> list[int]:
        """Give the rows that a provision names itself."""
        return [self.ground.rows.index[area] for area in provision.areas if area in self.ground.rows.index]

    def _rows(self, provision: Provision) -> list[int]:
        return self._ancestors(provision.areas, column=False)

    def _ancestors(self, iris: tuple[str, ...], *, column: bool) -> list[int]:
        axis = self.ground.columns if column else self.ground.rows
        inside = [axis.index[iri] for iri in iris if iri in axis.index]
        return sorted({int(above) for value in inside for above in axis.ancestors[value]})
