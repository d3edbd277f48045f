"""What the routes of the REST interface /api/v1 share: the snapshot, parameters, pages of lists."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Annotated, Final, Generic, TypeVar

from fastapi import Depends, Query, Request
from pydantic import BaseModel, Field
from pyoxigraph import NamedNode

from kg.errors import CallerError, TooLargeError
from kg.vocab import BASE
from kg_api.live import Live
from kg_api.site import Site

PREFIX = "/api/v1"
_DRAIN_SECONDS: Final = 5.0
_MOST_DRAINED: Final = 64 << 20
Item = TypeVar("Item")

Lang = Annotated[str | None, Query(max_length=35, description="Preferred language, for example ja or en-GB.")]
Limit = Annotated[int, Query(ge=1, le=1000, description="The most items to give.")]
Offset = Annotated[int, Query(ge=0, le=10**9, description="How many items to pass over.")]
Protocol = Annotated[
    str | None,
    Query(max_length=100, description="Gap protocol, for example default-1.0; without it the default one."),
]


class Listing(BaseModel, Generic[Item]):
    """A page of a list, with the snapshot that it was read from."""

    items: list[Item] = Field(description="The items of this page.")
    total: int = Field(description="How many items there are in all.")
    limit: int = Field(description="The most items that were asked for.")
    offset: int = Field(description="How many items were passed over.")
    snapshot: str = Field(description="Version of the data.")


def site_of(request: Request) -> Site:
    """Give the snapshot under which this request is answered from first to last."""
    live: Live = request.app.state.live
    return live.require()


SiteOf = Annotated[Site, Depends(site_of)]


def listing(site: Site, items: Sequence[Item], limit: int, offset: int) -> Listing[Item]:
    """Cut one page out of a whole list."""
    return Listing(
        items=list(items[offset : offset + limit]),
        total=len(items),
        limit=limit,
        offset=offset,
        snapshot=site.manifest.version,
    )


def known(value: str | None, choices: Iterable[str]) -> str | None:
    """Give a filter in its own spelling, or say what there is."""
    if not value:
        return None
    spelled = {choice.upper(): choice for choice in choices}
    if value.upper() not in spelled:
        raise CallerError(f"There is no {value}; choose one of {', '.join(spelled.values())}.")
    return spelled[value.upper()]


def scheme_iri(name: str | None) -> str | None:
    """Give the IRI of a scheme that is named by its last part or in full."""
    if not name:
        return None
    try:
        return NamedNode(name if "://" in name else f"{BASE}scheme/{name}").value
    except ValueError as error:
        raise CallerError(
            f"{name} is neither the name nor the IRI of a scheme; see {PREFIX}/schemes."
        ) from error


async def body_of(request: Request, most: int) -> bytes:
    """Read the body of a request up to a limit."""
    pieces: list[bytes] = []
    size = 0
    stream = request.stream()
    async for piece in stream:
        size += len(piece)
        if size > most:
            await _drained(stream)
            raise TooLargeError(f"The request has more than {most} bytes; send less.")
        pieces.append(piece)
    return b"".join(pieces)


async def _drained(stream: AsyncIterator[bytes]) -> None:
    """Let a client finish for a moment: one that is still sending would not see the answer."""
    size = 0
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(_DRAIN_SECONDS):
            async for piece in stream:
                size += len(piece)
                if size > _MOST_DRAINED:
                    break
