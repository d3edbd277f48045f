"""The live state of a server: the snapshot it serves, and the change to a new one while it runs."""

import asyncio
import logging
from datetime import UTC, datetime
from pathlib import Path

from kg.errors import KgError, StoreError
from kg.snapshot import current_version
from kg.sparql.pool import Pool
from kg_api.site import Site

_LOOK_SECONDS = 1.0
_BREATH_SECONDS = 0.3  # those who wait for the server are answered before it reads ahead
_log = logging.getLogger("kg")


class Live:
    """What is served now; a new version in the folder takes its place as a whole, a bad one never."""

    def __init__(self, folder: Path, pool: Pool, endpoint: str | None = None) -> None:
        self.folder = folder
        self.endpoint = endpoint
        self.pool = pool
        self.site: Site | None = None
        self.fault: str | None = None
        self.fault_since: str | None = None
        self._first = Site.open(folder, endpoint)  # here, where a fault is still told in one sentence
        self._refused: str | None = None
        self._warming: asyncio.Task[None] | None = None

    def require(self) -> Site:
        """Give what is served now."""
        if self.site is None:
            raise StoreError("No snapshot is open; try again in a moment.")
        return self.site

    async def start(self) -> None:
        """Serve the version that was current at first."""
        site = self._first
        del self._first  # held as long as it is served
        await self._serve(site)
        _log.info("SPARQL: %s", self.pool.confinement())

    async def watch(self) -> None:
        """Look for a new version until cancelled."""
        while True:
            await asyncio.sleep(_LOOK_SECONDS)
            name = await asyncio.to_thread(current_version, self.folder)
            serving = self.site.path.name if self.site else None
            if name in (None, serving, self._refused):
                continue
            try:
                await self._serve(await asyncio.to_thread(Site.open, self.folder / str(name), self.endpoint))
            except KgError as error:
                self._refused = name
                self.fault, self.fault_since = str(error), datetime.now(UTC).isoformat(timespec="seconds")
                _log.error("The new snapshot %s is not served: %s", name, error)

    async def _serve(self, site: Site) -> None:
        await self.pool.start(self.endpoint or site.path / "store", site.manifest.version)
        self.site, self.fault, self.fault_since, self._refused = site, None, None, None
        self._warming = asyncio.create_task(self._warm(site))

    async def _warm(self, site: Site) -> None:
        await asyncio.sleep(_BREATH_SECONDS)
        try:
            await asyncio.to_thread(site.warm)
        except KgError as error:
            _log.error("The snapshot %s is damaged: %s", site.path.name, error)
