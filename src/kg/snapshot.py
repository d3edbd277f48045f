"""A snapshot: the folder that the server reads, and nothing else of the product.

A snapshot folder holds version folders and the file CURRENT with the name of the one that counts.
CURRENT is replaced as a whole, so a reader sees the old version or the new one and never a mixture.
"""

import json
import os
import re
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from kg.errors import StoreError

CURRENT = "CURRENT"
MANIFEST = "manifest.json"
STORE = "store"
N_QUADS = "kg.nq.gz"
BUILDING = ".building-"
RELEASE_NAME = re.compile(r"\d{4}-\d\d-\d\d(\.\d+)?")
_NAME = re.compile(r"\w[\w.+\-]{0,199}", re.ASCII)
_KEPT_VERSIONS = 3
_ABANDONED_SECONDS = 3600


class Manifest(BaseModel):
    """What a snapshot says of itself."""

    model_config = ConfigDict(frozen=True)

    version: str
    package: str
    input_sha256: str
    rdfc10_sha256: str
    data_as_of: str
    triples: dict[str, int]
    counts: dict[str, int]
    graphs: dict[str, int]
    files: dict[str, str]
    tools: dict[str, str]
    faults: int = 0
    released_from: str = ""
    previous: str = ""

    @property
    def issued(self) -> str:
        """Give the day of a release, or the day to which the sources of any other version were read."""
        return self.version[:10] if self.released_from else self.data_as_of


@dataclass(frozen=True)
class Snapshot:
    """One version of a snapshot, opened for reading."""

    path: Path
    manifest: Manifest

    @classmethod
    def open(cls, folder: Path) -> "Snapshot":
        """Open the current version in `folder`, or `folder` itself when it is a version."""
        path = folder if (folder / MANIFEST).is_file() else folder / _current(folder)
        try:
            manifest = Manifest.model_validate_json((path / MANIFEST).read_bytes())
        except (OSError, ValidationError) as error:
            raise StoreError(
                f"The snapshot {path} has no readable {MANIFEST}; build it again: kg build --snapshot {folder}."
            ) from error
        return cls(path, manifest)

    @property
    def store(self) -> Path:
        """Give the folder of the Oxigraph store."""
        return self.path / STORE

    def read(self, name: str) -> bytes:
        """Give one file of the snapshot, for example `terms.json`."""
        try:
            return (self.path / name).read_bytes()
        except OSError as error:
            raise StoreError(f"The snapshot {self.path} has no {name}; build it again: kg build.") from error


def _current(folder: Path) -> str:
    try:
        name = (folder / CURRENT).read_bytes().strip().decode("ascii", "replace")
    except OSError as error:
        raise StoreError(
            f"There is no snapshot in {folder}; make one: kg build --snapshot {folder}."
        ) from error
    if not _NAME.fullmatch(name):
        raise StoreError(
            f"{folder / CURRENT} names no version; build it again: kg build --snapshot {folder}."
        )
    return name


def current_version(folder: Path) -> str | None:
    """Give the name of the current version, or None where there is no snapshot."""
    try:
        return _current(folder)
    except StoreError:
        return None


class SnapshotWriter:
    """Write a new version beside the old ones and make it current only when it is whole."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / f"{BUILDING}{os.getpid()}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            _sweep(folder)
            self.path.mkdir()
        except OSError as error:
            raise StoreError(
                f"No snapshot can be written to {folder}: {error.strerror}; name a writable folder with --snapshot."
            ) from error

    def write(self, name: str, content: bytes) -> None:
        """Add one file."""
        target = self.path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)

    def publish(self, manifest: Manifest) -> Snapshot:
        """Write the manifest, name the version and make it current."""
        self.write(
            MANIFEST, (json.dumps(manifest.model_dump(), indent=2, ensure_ascii=False) + "\n").encode()
        )
        target = self.folder / manifest.version
        if (target / MANIFEST).is_file():
            self.abandon()  # an equal version is there already: its name says what it was made of
        else:
            self.path.replace(target)
        make_current(self.folder, manifest.version)
        _prune(self.folder, manifest.version)
        return Snapshot(target, manifest)

    def abandon(self) -> None:
        """Remove what was written so far."""
        shutil.rmtree(self.path, ignore_errors=True)


def make_current(folder: Path, version: str) -> None:
    """Point the snapshot folder at one of its versions, in one step."""
    draft = folder / f".{CURRENT}.{os.getpid()}"
    draft.write_text(version + "\n", encoding="utf-8")
    draft.replace(folder / CURRENT)


def _sweep(folder: Path) -> None:
    """Remove what killed builds left behind."""
    for path in folder.glob(f"{BUILDING}*"):
        if time.time() - path.stat().st_mtime > _ABANDONED_SECONDS or path.name == f"{BUILDING}{os.getpid()}":
            shutil.rmtree(path, ignore_errors=True)


def _prune(folder: Path, current: str) -> None:
    """Keep the current version, the latest few, which readers may still hold open, and every release."""
    versions = [path for path in folder.iterdir() if (path / MANIFEST).is_file() and path.name != current]
    versions = [path for path in versions if not RELEASE_NAME.fullmatch(path.name)]
    versions.sort(key=lambda path: (path / MANIFEST).stat().st_mtime, reverse=True)
    for path in versions[_KEPT_VERSIONS - 1 :]:
        shutil.rmtree(path, ignore_errors=True)
