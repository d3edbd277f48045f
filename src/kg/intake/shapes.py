"""How entries of JSON are built that others write, as far as we read them; what else they hold is let through."""

from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError
from pydantic.alias_generators import to_camel

from kg.intake.model import Words
from kg.intake.wording import say

_Texts = dict[str, str | list[str | None] | None]
_Objects = list[dict[str, Any] | None] | None


class _Entry(BaseModel):
    model_config = ConfigDict(extra="allow", alias_generator=to_camel)


class _Jskos(_Entry):
    uri: str = ""
    type: list[str] = []
    notation: list[str | None] | None = None
    pref_label: _Texts | None = None
    alt_label: _Texts | None = None
    hidden_label: _Texts | None = None
    definition: _Texts | None = None
    scope_note: _Texts | None = None
    note: _Texts | None = None
    in_scheme: _Objects = None
    top_concept_of: _Objects = None
    broader: _Objects = None
    narrower: _Objects = None
    related: _Objects = None
    replaced_by: _Objects = None
    top_concepts: _Objects = None
    creator: _Objects = None
    mappings: list[dict[str, Any]] | None = None
    from_set: dict[str, Any] | None = Field(None, alias="from")
    to_set: dict[str, Any] | None = Field(None, alias="to")
    mapping_relevance: float | None = None
    justification: str | None = None


class _Unmapped(_Entry):
    with_ids: list[str] = Field([], alias="with-ids")


class _GapSummary(_Entry):
    unmapped_controls: list[_Unmapped] = Field([], alias="unmapped-controls")


class _Oscal(_Entry):
    maps: list[dict[str, Any]] = []
    source: dict[str, Any] | None = Field(None, alias="source-resource")
    target: dict[str, Any] | None = Field(None, alias="target-resource")
    source_gaps: _GapSummary | None = Field(None, alias="source-gap-summary")
    target_gaps: _GapSummary | None = Field(None, alias="target-gap-summary")


JSKOS: Final = TypeAdapter(_Jskos)
OSCAL: Final = TypeAdapter(_Oscal)


def fault(shape: TypeAdapter[Any], item: object) -> Words | None:
    """Say where an entry is built otherwise than its format says, or None."""
    try:
        shape.validate_python(item)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "the entry"
        return say("other shape", place=place, reason=first["msg"])
    return None


def unfit(error: ValueError) -> Words:
    """Say that a value is no IRI or no language tag."""
    return say("unfit value", reason=str(error).rstrip("."))
