"""Pages of JSKOS lists: how many items there are, where the other pages are, which properties to leave out."""

import json
from collections.abc import Callable, Sequence
from typing import Annotated, Literal, TypeVar

from fastapi import Depends, Query, Request, Response

from kg.terms.jskos import Json, without

Item = TypeVar("Item")

_LONGEST_ADDRESS = 2000
_NDJSON = "application/x-ndjson"

Properties = Annotated[
    str, Query(max_length=400, description="Properties to leave out, after -: all others are given.")
]
Download = Annotated[
    Literal["json", "ndjson"] | None, Query(description="Give the whole list as a file, in this format.")
]


class Cut:
    """The page that is asked for; its answer says how many items there are in all and where the others are."""

    def __init__(
        self,
        request: Request,
        response: Response,
        limit: Annotated[int, Query(ge=1, le=1000)] = 100,
        offset: Annotated[int, Query(ge=0, le=10**9)] = 0,
        properties: Properties = "",
        download: Download = None,
    ) -> None:
        self.request, self.response = request, response
        self.limit, self.offset = limit, offset
        self.properties, self.download = properties, download

    def of(self, items: Sequence[Item], make: Callable[[Item], Json]) -> list[Json] | Response:
        """Make the items of this page, or all of them as a file."""
        if self.download:
            return self._file([without(make(item), self.properties) for item in items])
        self.response.headers["X-Total-Count"] = str(len(items))
        self.link(len(items))
        return [without(make(item), self.properties) for item in self.part(items)]

    def part(self, items: Sequence[Item]) -> Sequence[Item]:
        """Cut this page out of all items."""
        return items[self.offset : self.offset + self.limit]

    def link(self, total: int) -> None:
        """Say where the first, the last and the neighbouring pages are."""
        last = max(total - 1, 0) // self.limit * self.limit
        places = {"first": 0, "last": last}
        if self.offset > 0:
            places["prev"] = max(self.offset - self.limit, 0)
        if self.offset + self.limit < total:
            places["next"] = self.offset + self.limit
        addresses = {rel: str(self._address(offset)) for rel, offset in places.items()}
        if all(len(address) <= _LONGEST_ADDRESS for address in addresses.values()):
            links = [f'<{address}>; rel="{rel}"' for rel, address in addresses.items()]
            self.response.headers["Link"] = ", ".join(links)

    def _address(self, offset: int) -> object:
        return self.request.url.include_query_params(limit=self.limit, offset=offset)

    def _file(self, items: list[Json]) -> Response:
        name = self.request.url.path.strip("/").replace("/", "-")
        lines = [json.dumps(item, ensure_ascii=False) for item in items]
        whole = (
            "".join(f"{line}\n" for line in lines) if self.download == "ndjson" else f"[{','.join(lines)}]"
        )
        return Response(
            whole,
            media_type=_NDJSON if self.download == "ndjson" else "application/json",
            headers={"Content-Disposition": f'attachment; filename="{name}.{self.download}"'},
        )


Page = Annotated[Cut, Depends()]
