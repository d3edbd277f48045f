"""Keep an analysis as bytes: evidence and statements once each, however many cells, gaps and clauses hold them."""

import json
from typing import Any

from pydantic import BaseModel, TypeAdapter, ValidationError

from kg.errors import StoreError
from kg.gaps.model import Evidence, Statement
from kg.gaps.result import GapAnalysis

_FORMAT = 2
_PLACE = "$"
_SHELF = TypeAdapter(tuple[Evidence | Statement, ...])


def to_bytes(analysis: GapAnalysis) -> bytes:
    """Write an analysis for `from_bytes`: a line with what is shared, a line with all that refers to it.

    The JSON for others is its `model_dump`.
    """
    shelf = _Shelf()
    whole = shelf.packed(analysis)
    shared = {"format": _FORMAT, "shared": [value.model_dump() for value in shelf.values]}
    return b"\n".join(_json(line) for line in (shared, whole))


def from_bytes(data: bytes) -> GapAnalysis:
    """Read what `to_bytes` wrote."""
    try:
        first, second = data.split(b"\n", 1)
        shared = json.loads(first)
        if shared["format"] != _FORMAT:
            raise ValueError("another format")
        values = _SHELF.validate_python(shared["shared"])
        whole = json.loads(
            second, object_hook=lambda found: values[found[_PLACE]] if _PLACE in found else found
        )
        return GapAnalysis.model_validate(whole)
    except (KeyError, IndexError, TypeError, ValueError, ValidationError) as error:
        raise StoreError(
            "The gap analysis of this snapshot cannot be read; build it again: kg build."
        ) from error


class _Shelf:
    """Numbers shared values in the order in which they are first met."""

    def __init__(self) -> None:
        self.values: list[BaseModel] = []
        self._places: dict[int, int] = {}

    def packed(self, value: Any) -> Any:
        """Give a value as JSON data, each shared value as its place."""
        if isinstance(value, str):  # most of all values are, so they come first
            return value
        if isinstance(value, tuple):
            return [self.packed(part) for part in value]
        if isinstance(value, Evidence | Statement):
            return {_PLACE: self._place(value)}
        if isinstance(value, BaseModel):
            return {name: self.packed(part) for name, part in value.__dict__.items()}
        return value

    def _place(self, value: BaseModel) -> int:
        if id(value) not in self._places:  # the same piece is the same object
            self._places[id(value)] = len(self.values)
            self.values.append(value)
        return self._places[id(value)]


def _json(document: object) -> bytes:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
