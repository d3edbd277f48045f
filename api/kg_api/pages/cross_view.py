"""What the map shows of two axes that no protocol spans: how many activities are on record where they meet."""

from collections.abc import Sequence
from dataclasses import dataclass

from kg_api.axes import Value
from kg_api.pages.folding import Folding
from kg_api.site import Site


@dataclass(frozen=True)
class CrossView:
    """Two axes as a table of numbers; `empty` are columns in which nothing at all is on record."""

    columns: tuple[Value, ...]
    empty: tuple[Value, ...]
    folding: Folding[Value]
    rows: tuple[tuple[Value, tuple[int, ...]], ...]

    @property
    def cells(self) -> int:
        """Count the cells that are shown."""
        return len(self.rows) * len(self.columns)

    @property
    def filled(self) -> int:
        """Count the cells that are shown with something on record."""
        return sum(1 for _, counted in self.rows for n in counted if n)


def cross_view(site: Site, rows: str, columns: str, opened: Sequence[str]) -> CrossView:
    """Count the activities at every pair of values; of the columns only the widest are shown."""
    across = [value for value in site.axis(columns) if not value.depth]
    shown = tuple(value for value in across if value.activities)
    folding = Folding.of(site.axis(rows), opened)
    return CrossView(
        columns=shown,
        empty=tuple(value for value in across if not value.activities),
        folding=folding,
        rows=tuple(
            (value, tuple(len(value.activities & one.activities) for one in shown)) for value in folding.shown
        ),
    )
