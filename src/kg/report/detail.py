"""How much a report shows, so that it stays a file that one can send: less of the same for larger maps."""

from dataclasses import dataclass

from kg.gaps.model import AxisValue

LIMIT = 3_000_000


@dataclass(frozen=True)
class Detail:
    """What is shown in full; what is not is counted, and the report says where it can be read."""

    open_cards: int = 5
    cards: int | None = None
    templates: int | None = None
    evidence: int | None = None
    items: int = 3
    rows: int | None = None
    cells: int | None = None

    def areas(self, areas: tuple[AxisValue, ...], facets: int) -> tuple[AxisValue, ...]:
        """Choose the areas of the matrix: all, or the broadest levels, and at last the first ones."""
        if self.cells is None:
            return areas
        most = max(1, self.cells // max(1, facets))
        depths = sorted({area.depth for area in areas}, reverse=True)
        for depth in depths:
            chosen = tuple(area for area in areas if area.depth <= depth)
            if len(chosen) <= most:
                return chosen
        return tuple(area for area in areas if area.depth == 0)[:most]


STEPS = (  # a template of the first few of a kind shows the pattern; all of them are in the JSON
    Detail(templates=5),
    Detail(templates=2, evidence=12),
    Detail(cards=40, templates=2, evidence=8, rows=400),
    Detail(cards=15, templates=2, evidence=3, rows=150, cells=2500),
    Detail(cards=5, templates=1, evidence=1, rows=40, cells=1000),
)
