"""What a server serves while snapshots change under it: the newest that is whole."""

import asyncio
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.snapshot import MANIFEST, Snapshot, make_current
from kg.sparql.limits import SparqlLimits
from kg.sparql.pool import Pool
from kg_api.live import Live


def version(snapshot: Snapshot, folder: Path, name: str) -> Path:
    """Copy a snapshot under another name and make it the current one."""
    target = folder / name
    shutil.copytree(snapshot.path, target)
    manifest = json.loads((target / MANIFEST).read_bytes())
    (target / MANIFEST).write_text(json.dumps({**manifest, "version": name}))
    return target


def cut(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])


def without_data(store: Path) -> None:
    for file in store.glob("*.sst"):
        file.unlink()


DAMAGES: dict[str, Callable[[Path], None]] = {
    "manifest": lambda path: cut(path / MANIFEST),
    "terms": lambda path: cut(path / "terms.json"),
    "store": lambda path: shutil.rmtree(path / "store"),
    "data": lambda path: without_data(path / "store"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_snapshot_is_refused_and_the_next_one_served(
    shipped: Snapshot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: str
) -> None:
    monkeypatch.setattr("kg_api.live._LOOK_SECONDS", 0.05)
    version(shipped, tmp_path, "first")
    make_current(tmp_path, "first")
    DAMAGES[damage](version(shipped, tmp_path, "damaged"))
    version(shipped, tmp_path, "next")

    async def job() -> None:
        live = Live(tmp_path, Pool(SparqlLimits(copy_mib=0, workers=1, drain=0)))
        await live.start()
        watching = asyncio.create_task(live.watch())
        make_current(tmp_path, "damaged")
        async with asyncio.timeout(60):
            while live.fault is None:
                await asyncio.sleep(0.05)
                assert not watching.done()
        assert "build it again" in live.fault
        assert live.require().manifest.version == "first"
        make_current(tmp_path, "next")
        async with asyncio.timeout(60):
            while live.require().manifest.version != "next":
                await asyncio.sleep(0.05)
                assert not watching.done()
        watching.cancel()
        await live.pool.stop()

    asyncio.run(job())
