"""The matrix as a picture: signs, numbers, legend and date inside, so that it can stand alone."""

from kg.gaps.model import AxisValue, Cell
from kg.report.show import Show
from kg.report.signs import SIGNS, key_of, mark_of, tone_of
from kg.report.svg import GROUND, INK, LINE, SOFT, drawing, element, lines, text, width_of
from kg.report.view import Report

TONES = {1: "#cfe3ef", 2: "#9cc7df", 3: "#5aa0c6", 4: "#1f6f9f"}
_THIN, _FAULT = "#fdf1d0", "#b4b9bf"
PAD = 20
_CELL, _ROW, _HEAD, _LABEL = 40, 34, 150, 300
_LEGEND_ROW = 40
_MARKS = {"COVERED": "5", "THIN": "1", "PLANNED": "(1)"}


def matrix_svg(report: Report) -> bytes:
    """Draw the matrix of all areas with its legend, the protocol, the cut-off and the version."""
    areas, facets = report.analysis.areas, report.analysis.facets
    left, top = PAD + _LABEL, PAD + 70 + _head_height(report)
    grid_height = _ROW * len(areas)
    width = max(760, left + _CELL * len(facets) + 130)
    legend, legend_height = _legend(report, PAD, top + grid_height + 26, width - 2 * PAD)
    height = top + grid_height + 26 + legend_height + PAD
    parts = [
        _patterns(),
        *heading(report, Show(report).title(), width),
        *(_head(report, facet, left + _CELL * i, top) for i, facet in enumerate(facets)),
        *(
            _row(report, area, PAD, top + _ROW * i, [report.map[area.iri, facet.iri] for facet in facets])
            for i, area in enumerate(areas)
        ),
        *legend,
    ]
    title = f"{Show(report).title()}: {Show(report).protocol()}"
    return (drawing(float(width), float(height), title, *parts, xml_lang=report.words.lang) + "\n").encode()


def heading(report: Report, title: str, width: float) -> list[str]:
    """Write a title with protocol, cut-off, date and version below it, 60 units high."""
    show = Show(report)
    return [
        text(title, PAD, PAD + 14, 18, font_weight="bold"),
        text(lines(show.protocol(), width - 2 * PAD, 13, 1)[0], PAD, PAD + 36, 13),
        text(show.about(), PAD, PAD + 54, 11, fill=SOFT),
    ]


def _head_height(report: Report) -> float:
    longest = max((width_of(report.words.of(facet.label), 11) for facet in report.analysis.facets), default=0)
    return min(_HEAD, 16 + 0.8 * longest)


def _head(report: Report, facet: AxisValue, x: float, y: float) -> str:
    """Write a column's name aslant, so that Japanese and English are read alike."""
    shown = lines(report.words.of(facet.label), 1.3 * _HEAD, 11, 1)[0]
    middle, foot = x + _CELL / 2 - 2, y - 8
    return text(shown, middle, foot, 11, transform=f"rotate(-50 {middle:g} {foot:g})")


def _row(report: Report, area: AxisValue, x: float, y: float, cells: list[Cell]) -> str:
    indent = 14 * min(area.depth, 4)
    shown = lines(report.words.of(area.label), _LABEL - indent - 10, 12, 2)
    start = y + _ROW / 2 + 4 - 7 * (len(shown) - 1)
    label = [text(line, x + indent, start + 14 * i, 12) for i, line in enumerate(shown)]
    squares = [
        _square(key_of(cell), mark_of(cell), tone_of(cell), x + _LABEL + _CELL * i, y)
        for i, cell in enumerate(cells)
    ]
    return element("g", *label, *squares)


def _square(key: str, mark: str, tone: int, x: float, y: float) -> str:
    """Draw one cell: fill and edge by status, the sign or number on it."""
    box = {"x": x + 1, "y": y + 1, "width": _CELL - 3, "height": _ROW - 3, "rx": 3}
    ground = element("rect", **box, fill=GROUND) if key in ("UNKNOWN", "NOT-APPLICABLE") else ""
    shape = element("rect", **box, **_look(key, tone))
    split = ""
    if key == "CONFLICT":
        split = element("path", d=f"M{x + 2:g} {y + _ROW - 3:g}L{x + _CELL - 3:g} {y + 2:g}", stroke=INK)
    look: dict[str, object] = {"text_anchor": "middle", "fill": "#ffffff" if tone == 4 else INK}
    if key in ("CONFLICT", "NOT-APPLICABLE", "UNKNOWN"):  # the sign stands clear of the pattern
        look |= {"stroke": GROUND, "stroke_width": 4, "paint_order": "stroke", "stroke_linejoin": "round"}
    return ground + shape + split + text(mark, x + _CELL / 2 - 1, y + _ROW / 2 + 4, 12, **look)


def _look(key: str, tone: int) -> dict[str, object]:
    looks: dict[str, dict[str, object]] = {
        "COVERED": {"fill": TONES[tone or 2], "stroke": LINE},
        "THIN": {"fill": _THIN, "stroke": SOFT},
        "PLANNED": {"fill": _THIN, "stroke": SOFT, "stroke_width": 2, "stroke_dasharray": "4 3"},
        "ABSENT-STATED": {"fill": GROUND, "stroke": INK, "stroke_width": 3},
        "ABSENT-IN-SCOPE": {"fill": GROUND, "stroke": SOFT},
        "UNKNOWN": {"fill": "url(#dots)", "stroke": LINE, "stroke_dasharray": "1 2"},
        "NOT-APPLICABLE": {"fill": "url(#hatch)", "stroke": LINE},
        "CONFLICT": {"fill": TONES[1], "stroke": INK},
        "DATA-FAULT": {"fill": _FAULT, "stroke": SOFT},
    }
    return looks[key]


def _patterns() -> str:
    dot = element("circle", cx=3, cy=3, r=0.8, fill="#8a939c")
    stroke = element("path", d="M0 7L7 0", stroke="#8a939c", stroke_width=0.8)
    size = {"width": 7, "height": 7, "patternUnits": "userSpaceOnUse"}
    return element(
        "defs", element("pattern", dot, id="dots", **size), element("pattern", stroke, id="hatch", **size)
    )


def _legend(report: Report, x: float, y: float, width: float) -> tuple[list[str], float]:
    """Draw sign, word and number of cells of every status, row by row, and say how high that is."""
    entries = []
    for key, sign in SIGNS.items():
        count = report.status_counts.get(key, 0)
        entries.append((key, f"{sign.word[report.words.lang]} {count}"))
    widths = [_CELL + width_of(label, 12) + 24 for _, label in entries]
    found, row, column = [], 0, 0.0
    for (key, label), wide in zip(entries, widths, strict=True):
        if column + wide > width:
            row, column = row + 1, 0.0
        left, line = x + column, y + _LEGEND_ROW * row
        found.append(
            _square(key, _MARKS.get(key, SIGNS[key].sign), 2 if key == "COVERED" else 0, left, line - 6)
        )
        found.append(text(label, left + _CELL + 4, line + 15, 12))
        column += wide
    notes = [
        *lines(report.words("matrix_note_short"), width, 11, 3),
        *lines(report.words("unknown_note"), width, 11, 2),
    ]
    below = y + _LEGEND_ROW * (row + 1) + 12
    found += [text(note, x, below + 16 * i, 11, fill=SOFT) for i, note in enumerate(notes)]
    return found, below + 16 * len(notes) - y
