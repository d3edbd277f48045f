"""The gap analyses that lie in a snapshot, one for each protocol."""

import gc
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from threading import Lock

from rapidfuzz import process

from kg.errors import CallerError
from kg.gaps import GapAnalysis, from_bytes
from kg.gaps.declared import version_key
from kg.gaps.identity import name_under_base, protocol_name
from kg.snapshot import Snapshot

FOLDER = "gaps"
DEFAULT = "default"


def file_of(protocol: str) -> str:
    """Name the file of a snapshot that keeps the analysis under a protocol."""
    return f"{FOLDER}/{protocol}.jsonl"


def protocol_names(snapshot: Snapshot) -> list[str]:
    """Name the protocols that a snapshot was analysed under: the default series first, the newest of a series first."""
    names = sorted(file.stem for file in (snapshot.path / FOLDER).glob("*.jsonl"))
    names.sort(key=lambda name: version_key(name.rpartition("-")[2]), reverse=True)
    return sorted(names, key=lambda name: (_series(name) != DEFAULT, _series(name)))


def _series(name: str) -> str:
    return name.rpartition("-")[0] or name


def named(names: Iterable[str], wanted: str) -> str | None:
    """Find a protocol by its name, by its series (which means the newest version) or by the IRI of either."""
    known = list(names)
    for short in (name_under_base(wanted), protocol_name(wanted)):
        if short in known:
            return short
        newest = next((name for name in known if _series(name) == short), None)
        if newest is not None:
            return newest
    return None


def read_analysis(snapshot: Snapshot, protocol: str | None) -> GapAnalysis:
    """Read the analysis under one protocol; without a name the default one."""
    names = protocol_names(snapshot)
    if not names:
        raise CallerError(
            "This graph has no gap protocol; add one (aisi:GapProtocol) to its data and build it again."
        )
    name = names[0] if protocol is None else named(names, protocol)
    if name is None:
        near = ", ".join(hit[0] for hit in process.extract(protocol or "", names, limit=3))
        raise CallerError(f"There is no protocol {protocol} in this graph; the nearest are {near}.")
    return from_bytes(snapshot.read(file_of(name)))


class Analyses(Mapping[str, GapAnalysis]):
    """The analyses of a snapshot by the name of their protocol, each read when it is first asked for."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._read: dict[str, GapAnalysis | None] = dict.fromkeys(protocol_names(snapshot))
        self._lock = Lock()  # two readers at once would read the same file twice

    def __getitem__(self, name: str) -> GapAnalysis:
        with self._lock:
            found = self._read[name]
            if found is None:
                with _without_collection():
                    found = self._read[name] = read_analysis(self._snapshot, name)
            return found

    def __contains__(self, name: object) -> bool:
        return name in self._read

    def __iter__(self) -> Iterator[str]:
        return iter(self._read)

    def __len__(self) -> int:
        return len(self._read)


@contextmanager
def _without_collection() -> Iterator[None]:
    """Keep what is made here out of the search for cycles: it has none, lives long, and is much to look through."""
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        gc.enable()
