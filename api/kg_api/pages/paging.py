"""A page of a list, with the ways to the pages beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True)
class Paging(Generic[Item]):
    """The items of one page; `before` and `after` are the offsets of the pages beside it."""

    items: Sequence[Item]
    total: int
    first: int
    before: int | None
    after: int | None

    @classmethod
    def of(cls, items: Sequence[Item], offset: int, size: int) -> "Paging[Item]":
        """Cut one page out of a whole list."""
        return cls.cut(items[offset : offset + size], len(items), offset, size)

    @classmethod
    def cut(cls, items: Sequence[Item], total: int, offset: int, size: int) -> "Paging[Item]":
        """Make a page of items that are cut out already."""
        return cls(
            items=items,
            total=total,
            first=offset + 1,
            before=max(0, offset - size) if offset else None,
            after=offset + size if offset + size < total else None,
        )

    @property
    def last(self) -> int:
        """Give the number of the last item of the page."""
        return self.first + len(self.items) - 1
