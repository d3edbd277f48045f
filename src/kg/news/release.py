"""Releases: dated versions of a snapshot side by side in one folder, each with what changed since the one before.

A folder of releases is a snapshot folder: the server serves its newest release and knows the older ones.
"""

import json
import shutil
from pathlib import Path
from typing import Final

from kg.analyses import file_of, protocol_names, read_analysis
from kg.errors import CallerError, StoreError
from kg.export.version import version_iri
from kg.gaps import to_bytes, with_history
from kg.gaps.model import Text, Value
from kg.news.delta import compare
from kg.news.feed import ITEMS, first_items, items_bytes, read_items
from kg.news.model import Delta
from kg.news.notes import change_notes, notes
from kg.news.state import State
from kg.snapshot import MANIFEST, RELEASE_NAME, STORE, Snapshot, SnapshotWriter
from kg.store import EmbeddedStore

DELTA: Final = "delta.json"
CHANGE_NOTES: Final = "change-notes.ttl"
DELTA_FILES: Final = {
    DELTA: "application/json",
    CHANGE_NOTES: "text/turtle",
    **{f"notes.{lang}.md": "text/markdown" for lang in ("ja", "en")},
}
_COPIED: Final = ("terms.json", "faults.json", "kg.nq.gz")


class Told(Value):
    """What a release says of itself; its files lie under `url`: delta.json, notes.en.md, exports/..."""

    name: str
    issued: str
    previous: str | None
    url: str
    rdfc10_sha256: str
    summary: Text
    changes: int


def release(snapshot: Snapshot, folder: Path, name: str | None = None) -> Snapshot:
    """Keep a snapshot as a release; without a name it has that of the day to which its sources were read.

    A release is never changed: making it again gives the one that is there, another graph needs another name.
    """
    name = name or snapshot.manifest.data_as_of
    if not RELEASE_NAME.fullmatch(name):
        raise CallerError(
            f"{name or 'A graph without dates'} names no release; give one as --name 2026-01-31."
        )
    known = releases(folder)
    if name in (one.manifest.version for one in known):
        return _same(next(one for one in known if one.manifest.version == name), snapshot)
    if known and _order(known[-1].manifest.version) > _order(name):
        raise CallerError(
            f"{folder} has the newer release {known[-1].manifest.version}; give a later name with --name."
        )
    return _made(snapshot, known[-1] if known else None, folder, name)


def releases(folder: Path) -> list[Snapshot]:
    """Give the releases in a folder, the oldest first."""
    if not folder.is_dir():
        return []
    found = [
        path for path in folder.iterdir() if RELEASE_NAME.fullmatch(path.name) and (path / MANIFEST).is_file()
    ]
    return [Snapshot.open(path) for path in sorted(found, key=lambda path: _order(path.name))]


def beside(folder: Path, name: str) -> Snapshot | None:
    """Give the release of a name in a folder, or None."""
    if not RELEASE_NAME.fullmatch(name) or not (folder / name / MANIFEST).is_file():
        return None
    return Snapshot.open(folder / name)


def told_releases(folder: Path) -> list[Told]:
    """Give what the releases in a folder say of themselves, the newest first."""
    return [_told(one) for one in reversed(releases(folder))]


def _told(one: Snapshot) -> Told:
    delta, manifest = read_delta(one), one.manifest
    return Told(
        name=manifest.version,
        issued=manifest.issued,
        previous=manifest.previous or None,
        url=version_iri("", manifest.version),
        rdfc10_sha256=manifest.rdfc10_sha256,
        summary=delta.summary,
        changes=len(delta.items),
    )


def read_delta(one: Snapshot) -> Delta:
    """Give what changed with a release."""
    return Delta.model_validate_json(one.read(DELTA))


def _order(name: str) -> tuple[str, int]:
    day, _, number = name.partition(".")
    return day, int(number or 0)


def _same(there: Snapshot, snapshot: Snapshot) -> Snapshot:
    if there.manifest.rdfc10_sha256 == snapshot.manifest.rdfc10_sha256:
        return there
    name = there.manifest.version
    raise CallerError(
        f"Release {name} holds another graph and is never changed; give a name: --name {name}.1."
    )


def _made(snapshot: Snapshot, before: Snapshot | None, folder: Path, name: str) -> Snapshot:
    from kg.export.publish import publish  # loads what writes spreadsheets, which nobody else needs

    manifest = snapshot.manifest.model_copy(
        update={"version": name, "released_from": snapshot.manifest.version, "previous": _version(before)}
    )
    writer = SnapshotWriter(folder)
    try:
        _copy(snapshot, writer)
        _date_gaps(snapshot, before, writer, name)
        draft = Snapshot(writer.path, manifest)
        _tell(draft, before, writer)
        publish(draft, EmbeddedStore.open(draft.store), writer.write)
        return writer.publish(manifest)
    except OSError as error:
        raise StoreError(
            f"The release could not be written to {folder}: {error.strerror or error}."
        ) from error
    finally:
        writer.abandon()


def _version(before: Snapshot | None) -> str:
    return before.manifest.version if before else ""


def _copy(snapshot: Snapshot, writer: SnapshotWriter) -> None:
    shutil.copytree(snapshot.store, writer.path / STORE)
    for name in _COPIED:
        writer.write(name, snapshot.read(name))


def _date_gaps(snapshot: Snapshot, before: Snapshot | None, writer: SnapshotWriter, name: str) -> None:
    """Write the analyses anew: their gaps know in which release they were first seen and last changed."""
    earlier = set(protocol_names(before)) if before else set()
    for protocol in protocol_names(snapshot):
        old = read_analysis(before, protocol) if before and protocol in earlier else None
        dated = with_history(read_analysis(snapshot, protocol), old, name)
        writer.write(file_of(protocol), to_bytes(dated))


def _tell(draft: Snapshot, before: Snapshot | None, writer: SnapshotWriter) -> None:
    """Write what changed: as JSON, as change notes, as notes to read, and as news after those of before."""
    delta = compare(State(before) if before else None, State(draft))
    writer.write(DELTA, (json.dumps(delta.model_dump(), ensure_ascii=False, indent=1) + "\n").encode())
    writer.write(CHANGE_NOTES, change_notes(delta))
    for lang in ("ja", "en"):
        writer.write(f"notes.{lang}.md", notes(delta, lang).encode())
    items = (*delta.items, *read_items(before)) if before else first_items(draft)
    writer.write(ITEMS, items_bytes(items))
