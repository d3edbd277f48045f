"""The versions of the data that the server still holds, and what changed between two of them."""

from pathlib import Path

from kg.analyses import read_analysis
from kg.errors import KgError, StoreError
from kg.gaps.change_values import Diff
from kg.gaps.difference import diff
from kg.snapshot import MANIFEST, Manifest, Snapshot
from kg_api.problems import NotFoundError
from kg_api.site import Site


def kept_versions(folder: Path) -> list[Manifest]:
    """List the versions in a snapshot folder, the one that was written last first."""
    written = sorted(folder.glob(f"*/{MANIFEST}"), key=lambda file: file.stat().st_mtime, reverse=True)
    found = []
    for file in written:
        try:
            found.append(Snapshot.open(file.parent).manifest)
        except KgError:
            continue  # half removed, or of another program: it cannot be compared
    return found


def compare_versions(site: Site, folder: Path, old: str, new: str, protocol: str | None) -> Diff:
    """Compare two versions that the server still holds under one protocol."""
    one, other = (_version(folder, version) for version in (old, new))
    key = (one.manifest.version, other.manifest.version, protocol)
    if key not in site.diffs:
        site.diffs[key] = diff(read_analysis(one, protocol), read_analysis(other, protocol))
    return site.diffs[key]


def _version(folder: Path, version: str) -> Snapshot:
    try:
        return Snapshot.open(folder / version)
    except StoreError as error:
        raise NotFoundError(f"The server holds no version {version}; it serves: /readyz.") from error
