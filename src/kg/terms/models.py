"""The values of the terminology service: labels that go in, hits that come out."""

from typing import Generic, Literal, NamedTuple, TypeVar

from pydantic import BaseModel, ConfigDict

Kind = Literal["pref", "alt", "former", "attested", "notation", "hidden", "reading"]
KINDS: tuple[Kind, ...] = ("pref", "alt", "former", "attested", "notation", "hidden", "reading")
Item = TypeVar("Item")


class LabelRecord(BaseModel):
    """One label of one record, with what a search may filter by and how many records refer to it.

    Names of a `general` record are words of general language, which in running text say little of it.
    """

    model_config = ConfigDict(frozen=True)

    iri: str
    label: str
    lang: str = ""
    kind: Kind = "pref"
    type: str = ""
    scheme: str | None = None
    broader: tuple[str, ...] = ()
    deprecated: bool = False
    replacements: tuple[str, ...] = ()
    uses: int = 0
    general: bool = False


class NamedRecord(NamedTuple):
    """What is known of the record that labels name, without the labels."""

    iri: str
    type: str = ""
    scheme: str | None = None
    broader: tuple[str, ...] = ()
    deprecated: bool = False
    replacements: tuple[str, ...] = ()
    uses: int = 0
    general: bool = False

    @classmethod
    def of(cls, label: LabelRecord) -> "NamedRecord":
        """The record of a label."""
        return cls(
            label.iri,
            label.type,
            label.scheme,
            label.broader,
            label.deprecated,
            label.replacements,
            label.uses,
            label.general,
        )


class Hit(BaseModel):
    """One record that a query found, and why."""

    model_config = ConfigDict(frozen=True)

    iri: str
    label: str
    lang: str
    matched: str
    matched_lang: str
    kind: Kind
    rung: str
    score: float
    type: str
    scheme: str | None = None
    deprecated: bool = False
    replacements: tuple[str, ...] = ()


class Page(BaseModel, Generic[Item]):
    """Some of the items of a list, and how many there are in all."""

    model_config = ConfigDict(frozen=True)

    items: tuple[Item, ...]
    total: int
    limit: int
    offset: int
