"""A neighbourhood of the network as a picture: lanes for actors, activities, documents and areas."""

import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from kg.records.network import Link, Network

LANES = {"Actor": 0, "Activity": 1, "Instrument": 2, "Provision": 2, "Concept": 3}
_NAMES = ("Actor", "Activity", "Instrument", "Concept")
_LANE, _ROW, _TOP = 230, 44, 40
_LINE_EM, _LINES, _EM = 14.0, 2, 13
_PER_LANE = 12
_FURTHER = 16
_SWEEPS = 4


@dataclass(frozen=True)
class Dot:
    """A record in the picture: where it stands, and its label in lines."""

    iri: str
    kind: str
    x: int
    y: int
    lines: tuple[str, ...]
    focus: bool


@dataclass(frozen=True)
class Curve:
    """A link in the picture."""

    link: Link
    path: str


@dataclass(frozen=True)
class Picture:
    """Dots and curves in lanes, with the size that they take; `left_out` counts the neighbours without room."""

    width: int
    height: int
    lanes: tuple[tuple[str, int], ...]
    dots: tuple[Dot, ...]
    curves: tuple[Curve, ...]
    left_out: int


def picture(network: Network, focus: str, properties: Collection[str], lang: str) -> Picture:
    """Draw a record with its neighbours, the most connected first where there are too many."""
    near = sorted(network.neighbours(focus, properties), key=lambda iri: (-network.degree(iri), iri))
    first = [focus, *near]
    chosen = _chosen(network, [*first, *_further(network, first, properties)])
    names = [name for name, lane in zip(_NAMES, chosen, strict=True) if lane]
    lanes = [lane for lane in chosen if lane]
    shown = [iri for lane in lanes for iri in lane]
    between = [link for link in network.between(shown) if link.property in properties]
    places = _places(_ordered(lanes, between))
    dots = tuple(
        Dot(iri, network.kinds[iri], *places[iri], _lines(_label(network, iri, lang)), iri == focus)
        for iri in shown
    )
    height = max(y for _, y in places.values()) + _ROW
    ends = {dot.iri: dot.x + 20 + int(max(map(_width, dot.lines)) * _EM) for dot in dots}
    curves = tuple(Curve(link, _curve(link, places, ends)) for link in between)
    heads = tuple((name, number * _LANE) for number, name in enumerate(names))
    return Picture(len(lanes) * _LANE, height, heads, dots, curves, len(set(first) - set(shown)))


def _further(network: Network, first: Sequence[str], properties: Collection[str]) -> list[str]:
    """Give what is linked to the neighbours, what is linked to most of them first."""
    shown = set(first)
    counted: dict[str, int] = {}
    for iri in first[1 : _PER_LANE + 1]:
        for link in network.around.get(iri, ()):
            if link.property in properties:
                other = link.target if link.source == iri else link.source
                counted[other] = counted.get(other, 0) + 1
    wanted = [iri for iri in counted if iri not in shown]
    return sorted(wanted, key=lambda iri: (-counted[iri], iri))[:_FURTHER]


def _label(network: Network, iri: str, lang: str) -> str:
    labels = network.nodes[iri].label
    return labels.get(lang) or next(iter(labels.values()), iri)


def _chosen(network: Network, iris: Sequence[str]) -> list[list[str]]:
    """Put records into lanes, as many as there is room for."""
    lanes: list[list[str]] = [[], [], [], []]
    for iri in iris:
        lane = lanes[LANES[network.kinds[iri]]]
        if len(lane) < _PER_LANE:
            lane.append(iri)
    return lanes


def _ordered(lanes: list[list[str]], links: Sequence[Link]) -> list[list[str]]:
    """Move linked records to like heights, so that curves cross less."""
    neighbours: dict[str, list[str]] = {}
    for link in links:
        neighbours.setdefault(link.source, []).append(link.target)
        neighbours.setdefault(link.target, []).append(link.source)
    for _ in range(_SWEEPS):
        height = {iri: (row + 0.5) / len(lane) for lane in lanes for row, iri in enumerate(lane)}
        lanes = [sorted(lane, key=lambda iri: (_mean(iri, neighbours, height), iri)) for lane in lanes]
    return lanes


def _mean(iri: str, neighbours: dict[str, list[str]], height: dict[str, float]) -> float:
    found = [height[one] for one in neighbours.get(iri, ())]
    return sum(found) / len(found) if found else height[iri]


def _places(lanes: list[list[str]]) -> dict[str, tuple[int, int]]:
    longest = max(len(lane) for lane in lanes)
    return {
        iri: (number * _LANE + 12, int(_TOP + (row + (longest - len(lane)) / 2) * _ROW + _ROW / 2))
        for number, lane in enumerate(lanes)
        for row, iri in enumerate(lane)
    }


def _curve(link: Link, places: dict[str, tuple[int, int]], ends: dict[str, int]) -> str:
    """Give a curve from the end of one label to the next dot; within a lane it bows to the left."""
    left, right = sorted((link.source, link.target), key=lambda iri: (places[iri], iri))
    (x1, y1), (x2, y2) = places[left], places[right]
    if x1 == x2:
        bow = x1 - 12 - min(36, abs(y2 - y1) // 8)
        return f"M{x1} {y1} C{bow} {y1} {bow} {y2} {x2} {y2}"
    start = min(ends[left], x2 - _LANE // 6)
    turn = x1 + _LANE - _LANE // 8
    return f"M{start} {y1} H{min(start, turn)} C{turn} {y1} {max(turn, x2 - _LANE // 3)} {y2} {x2} {y2}"


def _lines(text: str) -> tuple[str, ...]:
    """Break a label into lines; what has no room is left off with dots."""
    lines: list[str] = []
    line, width = "", 0.0
    for piece in _pieces(text):
        wide = _width(piece)
        if line and width + wide > _LINE_EM:
            lines.append(line.strip())
            line, width = "", 0.0
        line, width = line + piece, width + wide
    lines.append(line.strip())
    if len(lines) > _LINES:
        lines = [*lines[: _LINES - 1], lines[_LINES - 1].rstrip("、。,. ") + "…"]
    return tuple(lines)


def _pieces(text: str) -> list[str]:
    """Cut a text where a line may end: after spaces, and between any two wide characters."""
    pieces = [""]
    for character in text:
        if pieces[-1].endswith(" ") or _em(character) == 1 or (pieces[-1] and _em(pieces[-1][-1]) == 1):
            pieces.append("")
        pieces[-1] += character
    return [piece for piece in pieces if piece]


def _width(text: str) -> float:
    return sum(_em(character) for character in text)


def _em(character: str) -> float:
    return 1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.55
