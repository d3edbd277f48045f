"""Areas and the activities that they share as a picture: a ring, thicker lines for more in common."""

import math
from collections import Counter

from kg.gaps.model import Ref
from kg.gaps.relation_values import Association, Relations, Verdict
from kg.report.drawing import PAD, TONES, heading
from kg.report.svg import INK, LINE, SOFT, drawing, element, lines, text, width_of
from kg.report.view import Report

MOST_AREAS = 24
_WIDTH, _RADIUS = 880, 190
_TOP, _MIDDLE, _BOTTOM = 90, 350, 620
_CLUSTERS = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#f0e442")
_LINES: dict[Verdict, tuple[str, str | None]] = {  # colour and dashes; what cannot be tested stays faint
    "together": (TONES[4], None),
    "apart": ("#d55e00", "10 4"),
    "no-difference": ("#9aa3ac", None),
    "not-testable": (LINE, "2 4"),
}
_ORDER = tuple(reversed(_LINES))

Places = dict[str, tuple[float, float]]


def network_svg(report: Report) -> bytes:
    """Draw the areas that share most with legend, date and version, so that the picture can stand alone."""
    relations, words = report.relations, report.words
    title = words("network_title")
    if relations is None or not relations.associations:
        shown = [*heading(report, title, _WIDTH), text(words("relations_none"), PAD, _TOP + PAD)]
        return _picture(_TOP + 3 * PAD, title, shown, words.lang)
    ring = _ring(relations)
    places = {ref.iri: _place(i, len(ring)) for i, ref in enumerate(ring)}
    legend, height = _legend(report, relations)
    shown = [*heading(report, title, _WIDTH), *_lines(relations, places)]
    sizes, biggest = _sizes(relations), max(_sizes(relations).values(), default=1) or 1
    clusters = _clusters(relations)
    for ref in ring:
        radius = 7 + 9 * math.sqrt(sizes[ref.iri] / biggest)
        shown += _circle(*places[ref.iri], radius, clusters.get(ref.iri))
        shown += _label(words.of(ref.label), sizes[ref.iri], *places[ref.iri], radius)
    return _picture(height, title, [*shown, *legend], words.lang)


def _picture(height: float, title: str, parts: list[str], lang: str) -> bytes:
    return drawing(float(_WIDTH), height, title, *parts, class_="network", xml_lang=lang).encode()


def _ring(relations: Relations) -> list[Ref]:
    """Choose the areas that share most and put those of one cluster side by side."""
    refs = {ref.iri: ref for one in relations.associations for ref in (one.first, one.second)}
    shared: Counter[str] = Counter()
    for one in relations.associations:
        shared[one.first.iri] += one.in_both
        shared[one.second.iri] += one.in_both
    chosen = sorted(refs, key=lambda iri: (-shared[iri], iri))[:MOST_AREAS]
    clusters = _clusters(relations)
    return [refs[iri] for iri in sorted(chosen, key=lambda iri: (clusters.get(iri, len(refs)), iri))]


def _sizes(relations: Relations) -> dict[str, int]:
    sizes = {one.first.iri: one.in_first for one in relations.associations}
    return sizes | {one.second.iri: one.in_second for one in relations.associations}


def _clusters(relations: Relations) -> dict[str, int]:
    return {ref.iri: i for i, cluster in enumerate(relations.clusters) for ref in cluster}


def _place(position: int, total: int) -> tuple[float, float]:
    angle = 2 * math.pi * position / max(1, total) - math.pi / 2
    return _WIDTH / 2 + _RADIUS * math.cos(angle), _MIDDLE + _RADIUS * math.sin(angle)


def _lines(relations: Relations, places: Places) -> list[str]:
    """Draw the pairs that share something, the surest on top."""
    pairs = [one for one in relations.associations if one.in_both and _placed(one, places)]
    most = max((one.in_both for one in pairs), default=1)
    pairs.sort(key=lambda one: (_ORDER.index(one.verdict), one.in_both))
    return [
        _line(one.verdict, *places[one.first.iri], *places[one.second.iri], 0.8 + 5 * one.in_both / most)
        for one in pairs
    ]


def _placed(one: Association, places: Places) -> bool:
    return one.first.iri in places and one.second.iri in places


def _line(verdict: Verdict, x1: float, y1: float, x2: float, y2: float, width: float) -> str:
    colour, dashes = _LINES[verdict]
    return element(
        "line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=colour, stroke_width=width, stroke_dasharray=dashes
    )


def _circle(x: float, y: float, radius: float, cluster: int | None) -> list[str]:
    """Draw an area; its cluster is told by colour and by letter."""
    fill = LINE if cluster is None else _CLUSTERS[cluster % len(_CLUSTERS)]
    circle = element("circle", cx=x, cy=y, r=radius, fill=fill, stroke=INK)
    halo = {"stroke": "#ffffff", "stroke_width": 3, "paint_order": "stroke"}
    letter = text(_letter(cluster), x, y + 3.5, 10, text_anchor="middle", **halo)
    return [circle, letter]


def _letter(cluster: int | None) -> str:
    return "" if cluster is None else chr(ord("A") + cluster) if cluster < 26 else str(cluster + 1)


def _label(label: str, size: int, x: float, y: float, radius: float) -> list[str]:
    """Write a label outside the ring, on the side that it lies on."""
    side = (x - _WIDTH / 2) / _RADIUS
    anchor = "middle" if abs(side) < 0.2 else "start" if side > 0 else "end"
    shown = lines(f"{label} ({size})", 210, 12, 3)
    dx = 0.0 if anchor == "middle" else math.copysign(radius + 6, side)
    top = y + 4 - 7 * (len(shown) - 1)
    if anchor == "middle":
        top = y - radius - 6 - 14 * (len(shown) - 1) if y < _MIDDLE else y + radius + 14
    return [text(line, x + dx, top + 14 * i, 12, text_anchor=anchor) for i, line in enumerate(shown)]


def _legend(report: Report, relations: Relations) -> tuple[list[str], float]:
    """Show a line of each verdict with its number of pairs, say the rest in words, and give the height."""
    say, x, found = report.words, float(PAD), []
    counts = Counter(one.verdict for one in relations.associations)
    for verdict in _LINES:
        word = f"{say(f'verdict_{verdict}')} {counts[verdict]}"
        found += [_line(verdict, x, _BOTTOM, x + 34, _BOTTOM, 3), text(word, x + 42, _BOTTOM + 4)]
        x += 42 + width_of(word) + 24
    notes = lines(say("network_note"), _WIDTH - 2 * PAD, 11, 4)
    found += [text(note, PAD, _BOTTOM + 30 + 16 * i, 11, fill=SOFT) for i, note in enumerate(notes)]
    return found, float(_BOTTOM + 30 + 16 * len(notes) + PAD)
