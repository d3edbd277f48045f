"""Keep an analysis as bytes: each piece of evidence once, however many cells and gaps it stands in."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import TypeAdapter, ValidationError

from kg.errors import StoreError
from kg.gaps.model import Cell, Evidence, Gap
from kg.gaps.result import GapAnalysis

_FORMAT = 1
_EVIDENCE = TypeAdapter(tuple[Evidence, ...])
_IN_CELLS = ("evidence", "pending")


def to_bytes(analysis: GapAnalysis) -> bytes:
    """Write an analysis for `from_bytes`; the JSON for others is its `model_dump`."""
    shelf = _Shelf()
    document = {
        "format": _FORMAT,
        "analysis": analysis.model_dump(exclude={"cells", "gaps"}),
        "cells": [_cell(cell, shelf) for cell in analysis.cells],
        "gaps": [_gap(gap, shelf) for gap in analysis.gaps],
        "evidence": [evidence.model_dump() for evidence in shelf.evidence],
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def from_bytes(data: bytes) -> GapAnalysis:
    """Read what `to_bytes` wrote."""
    try:
        document = json.loads(data)
        evidence = _EVIDENCE.validate_python(document["evidence"])
        return GapAnalysis.model_validate(
            {
                **document["analysis"],
                "cells": tuple(Cell.model_validate(_filled(cell, evidence)) for cell in document["cells"]),
                "gaps": tuple(Gap.model_validate(_filled_gap(gap, evidence)) for gap in document["gaps"]),
            }
        )
    except (KeyError, TypeError, ValueError, ValidationError) as error:
        raise StoreError(
            "The gap analysis of this snapshot cannot be read; build it again: kg build."
        ) from error


class _Shelf:
    """Numbers pieces of evidence in the order in which they are first met."""

    def __init__(self) -> None:
        self.evidence: list[Evidence] = []
        self._places: dict[int, int] = {}

    def places(self, many: Iterable[Evidence]) -> list[int]:
        return [self.place(each) for each in many]

    def place(self, evidence: Evidence) -> int:
        if id(evidence) not in self._places:  # shared objects: the same piece is the same object
            self._places[id(evidence)] = len(self.evidence)
            self.evidence.append(evidence)
        return self._places[id(evidence)]


def _cell(cell: Cell, shelf: _Shelf) -> dict[str, Any]:
    shelved = {"evidence": shelf.places(cell.evidence), "pending": shelf.places(cell.pending)}
    return cell.model_dump(exclude=set(_IN_CELLS)) | shelved


def _gap(gap: Gap, shelf: _Shelf) -> dict[str, Any]:
    near = [None if each.evidence is None else shelf.place(each.evidence) for each in gap.nearest]
    written = gap.model_dump(exclude={"evidence": True, "nearest": {"__all__": {"evidence"}}})
    for each, place in zip(written["nearest"], near, strict=True):
        each["evidence"] = place
    return written | {"evidence": shelf.places(gap.evidence)}


def _filled(cell: Mapping[str, Any], evidence: tuple[Evidence, ...]) -> dict[str, Any]:
    return {**cell, **{name: tuple(evidence[place] for place in cell[name]) for name in _IN_CELLS}}


def _filled_gap(gap: Mapping[str, Any], evidence: tuple[Evidence, ...]) -> dict[str, Any]:
    near = [
        {**each, "evidence": None if each["evidence"] is None else evidence[each["evidence"]]}
        for each in gap["nearest"]
    ]
    return {**gap, "nearest": near, "evidence": tuple(evidence[place] for place in gap["evidence"])}
