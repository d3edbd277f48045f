"""The list of the files that are published with a snapshot: what each holds, its size and its checksum."""

import json
from typing import Final

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from kg.errors import StoreError
from kg.snapshot import N_QUADS, Snapshot

FOLDER: Final = "exports"
INDEX: Final = f"{FOLDER}/index.json"
CATALOGUE: Final = "catalog"
VOID: Final = "void"
WHOLE_GRAPH: Final = "graph.nq.gz"


class ExportFile(BaseModel):
    """One published file."""

    model_config = ConfigDict(frozen=True)

    file: str
    url: str
    what: str
    format: str
    media_type: str
    title: dict[str, str]
    scheme: str | None = None
    actor: str | None = None
    bytes: int
    sha256: str

    @property
    def dataset(self) -> str:
        """Name the dataset that the file is a form of."""
        part = self.scheme or self.actor
        return f"{self.what}/{part.rsplit('/', 1)[-1]}" if part else self.what

    @property
    def stored(self) -> str:
        """Give the path of the file inside the snapshot; the whole graph lies there anyway."""
        return N_QUADS if self.file == WHOLE_GRAPH else f"{FOLDER}/{self.file}"


_Files = TypeAdapter(tuple[ExportFile, ...])


def has_index(snapshot: Snapshot) -> bool:
    """Tell whether files are published with a snapshot."""
    return (snapshot.path / INDEX).is_file()


def read_index(snapshot: Snapshot) -> tuple[ExportFile, ...]:
    """Give the published files of a snapshot."""
    try:
        return _Files.validate_json(snapshot.read(INDEX))
    except ValidationError as error:
        raise StoreError(f"{INDEX} of {snapshot.path} is broken; build it again: kg build.") from error


def index_bytes(files: list[ExportFile]) -> bytes:
    """Write the list."""
    return (json.dumps([file.model_dump() for file in files], ensure_ascii=False, indent=1) + "\n").encode()
