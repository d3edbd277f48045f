"""The gap analyses that lie in a snapshot, one for each protocol."""

from rapidfuzz import process

from kg.errors import CallerError
from kg.gaps import GapAnalysis
from kg.snapshot import Snapshot

FOLDER = "gaps"
DEFAULT = "default"


def protocol_names(snapshot: Snapshot) -> list[str]:
    """Name the protocols that a snapshot was analysed under, the default one first."""
    names = sorted(file.stem for file in (snapshot.path / FOLDER).glob("*.json"))
    return sorted(names, key=lambda name: (not name.startswith(DEFAULT), name))


def read_analysis(snapshot: Snapshot, protocol: str | None) -> GapAnalysis:
    """Read the analysis under one protocol; without a name the default one."""
    names = protocol_names(snapshot)
    if not names:
        raise CallerError(
            "This graph has no gap protocol; add one (aisi:GapProtocol) to its data and build it again."
        )
    name = protocol or names[0]
    if name not in names:
        near = ", ".join(hit[0] for hit in process.extract(name, names, limit=3))
        raise CallerError(f"There is no protocol {name} in this graph; the nearest are {near}.")
    return GapAnalysis.model_validate_json(snapshot.read(f"{FOLDER}/{name}.json"))
