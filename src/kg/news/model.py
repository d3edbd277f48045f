"""What is said of a change: frozen values whose `model_dump` is the JSON of a delta and of a feed."""

from typing import Final, Literal

from kg.gaps.model import Text, Value

Kind = Literal["term", "activity", "commitment", "gap"]
KINDS: Final[tuple[Kind, ...]] = ("term", "activity", "commitment", "gap")
Happened = Literal["new", "changed", "withdrawn"]
HAPPENED: Final[tuple[Happened, ...]] = ("new", "changed", "withdrawn")


class Difference(Value):
    """One property whose values are others now."""

    property: str
    before: tuple[str, ...]
    after: tuple[str, ...]


class Item(Value):
    """Something that came, changed or was withdrawn, with the areas and actors that it concerns.

    `version` is the one in which it happened; what a first version holds has none, only the day of reading.
    """

    kind: Kind
    happened: Happened
    record: str
    title: Text
    summary: Text
    day: str
    version: str = ""
    areas: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    differences: tuple[Difference, ...] = ()

    @property
    def id(self) -> str:
        """Give an identifier that stays the same wherever the item is told."""
        return f"{self.record}#{self.happened}-{self.version or self.day}"


class Edition(Value):
    """One of two versions that are compared."""

    version: str
    data_as_of: str
    rdfc10_sha256: str


class Delta(Value):
    """Two snapshots compared: what is new, changed and withdrawn, kind by kind."""

    old: Edition | None
    new: Edition
    day: str
    summary: Text
    items: tuple[Item, ...]

    def of(self, kind: Kind, happened: Happened) -> list[Item]:
        """Give the items of one kind to which one thing happened."""
        return [item for item in self.items if (item.kind, item.happened) == (kind, happened)]
