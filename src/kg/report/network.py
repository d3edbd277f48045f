"""Areas and the activities that they share as a picture: a ring, thicker lines for more in common."""

import math
from collections import Counter

from kg.gaps.model import Ref
from kg.gaps.relation_values import Association, Relations
from kg.report.drawing import TONES
from kg.report.svg import INK, LINE, SOFT, drawing, element, lines, text
from kg.report.view import Report

MOST_AREAS = 24
_WIDTH, _HEIGHT, _RADIUS, _MIDDLE = 880, 620, 190, 292
_CLUSTERS = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#f0e442")


def network_svg(report: Report) -> str:
    """Draw the areas that share most; lines of pairs that cannot be tested are dashed."""
    relations = report.relations
    if relations is None or not relations.associations:
        return ""
    ring = _ring(relations)
    places = {ref.iri: _place(i, len(ring)) for i, ref in enumerate(ring)}
    pairs = [
        one
        for one in relations.associations
        if one.in_both and {one.first.iri, one.second.iri} <= set(places)
    ]
    most = max((one.in_both for one in pairs), default=1)
    sizes = _sizes(relations)
    colours = _colours(relations)
    biggest = max(sizes.values(), default=1) or 1
    parts = [_line(one, places, most) for one in sorted(pairs, key=lambda one: one.in_both)]
    for ref in ring:
        x, y = places[ref.iri]
        radius = 4 + 10 * math.sqrt(sizes[ref.iri] / biggest)
        parts.append(element("circle", cx=x, cy=y, r=radius, fill=colours.get(ref.iri, LINE), stroke=INK))
        parts += _label(report.words.of(ref.label), sizes[ref.iri], x, y, radius)
    words, day = report.words, report.words.day(report.manifest.data_as_of or None)
    notes = [
        *lines(words("network_note"), _WIDTH - 40, 11, 2),
        f"{words('as_of', date=day)} · {words('version_is', version=report.manifest.version)}",
    ]
    parts += [text(note, 20, _HEIGHT - 42 + 16 * i, 11, fill=SOFT) for i, note in enumerate(notes)]
    return drawing(float(_WIDTH), float(_HEIGHT), words("network_title"), *parts, class_="network")


def _ring(relations: Relations) -> list[Ref]:
    """Choose the areas that share most and put those of one cluster side by side."""
    refs = {ref.iri: ref for one in relations.associations for ref in (one.first, one.second)}
    shared: Counter[str] = Counter()
    for one in relations.associations:
        shared[one.first.iri] += one.in_both
        shared[one.second.iri] += one.in_both
    chosen = sorted(refs, key=lambda iri: (-shared[iri], iri))[:MOST_AREAS]
    cluster = {ref.iri: i for i, cluster in enumerate(relations.clusters) for ref in cluster}
    return [refs[iri] for iri in sorted(chosen, key=lambda iri: (cluster.get(iri, len(cluster)), iri))]


def _sizes(relations: Relations) -> dict[str, int]:
    sizes = {one.first.iri: one.in_first for one in relations.associations}
    return sizes | {one.second.iri: one.in_second for one in relations.associations}


def _colours(relations: Relations) -> dict[str, str]:
    return {
        ref.iri: _CLUSTERS[i % len(_CLUSTERS)]
        for i, cluster in enumerate(relations.clusters)
        for ref in cluster
    }


def _place(position: int, total: int) -> tuple[float, float]:
    angle = 2 * math.pi * position / max(1, total) - math.pi / 2
    return _WIDTH / 2 + _RADIUS * math.cos(angle), _MIDDLE + _RADIUS * math.sin(angle)


def _line(one: Association, places: dict[str, tuple[float, float]], most: int) -> str:
    (x1, y1), (x2, y2) = places[one.first.iri], places[one.second.iri]
    dashes = "4 4" if one.verdict == "not-testable" else None
    colour = TONES[4] if one.verdict == "together" else "#8a939c"
    width = 0.8 + 5 * one.in_both / most
    return element(
        "line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=colour, stroke_width=width, stroke_dasharray=dashes
    )


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
