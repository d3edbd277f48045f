"""Hold attested forms against their documents: each must stand in the section that its citation names."""

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from kg.catalog import load_query
from kg.errors import CallerError
from kg.load import CuratedGraph, read_bytes
from kg.store import EmbeddedStore, Row
from kg.validate import store_of


class Missing(BaseModel):
    """An attested form that could not be found, and why."""

    model_config = ConfigDict(frozen=True)

    citation: str
    file: str
    locator: str
    form: str
    reason: str

    def sentence(self) -> str:
        """Say what is missing where."""
        return f"<{self.citation}>: «{self.form}» in {self.file}, {self.locator}: {self.reason}."


class Verification(BaseModel):
    """The result for the attested forms of the documents that are in the folder, and which are not."""

    model_config = ConfigDict(frozen=True)

    total: int
    found: int
    missing: tuple[Missing, ...]
    not_here: tuple[str, ...]


def verify_sources(graph: CuratedGraph, folder: Path) -> Verification:
    """Look up every attested form in the documents in `folder`, at the lines of the section cited.

    A file without sections, such as a vocabulary, is searched as a whole.
    """
    if not folder.is_dir():
        raise CallerError(f"There is no folder {folder}; give the folder that holds the source documents.")
    rows = EmbeddedStore(store_of(graph.asserted)).select(load_query("verify/attested-forms").text)
    names = sorted({row["file"].value for row in rows})
    documents = {name: _Document(folder / name) for name in names if (folder / name).is_file()}
    if not documents:
        raise CallerError(f"None of the source documents is in {folder}; they are {', '.join(names)}.")
    here = [row for row in rows if row["file"].value in documents]
    for row in here:
        documents[row["file"].value].has_sections |= "firstLine" in row
    missing = tuple(found for row in here if (found := _missing(row, documents)) is not None)
    not_here = tuple(name for name in names if name not in documents)
    return Verification(total=len(here), found=len(here) - len(missing), missing=missing, not_here=not_here)


class _Document:
    """One document, read once: its hash, its lines, and whether the graph knows where its sections begin."""

    def __init__(self, path: Path) -> None:
        content = read_bytes(path)
        self.sha256 = hashlib.sha256(content).hexdigest()
        self._lines = content.decode("utf-8").split("\n")
        self.has_sections = False

    def whole(self) -> str:
        """Give the folded text of all lines."""
        return self.section(1, len(self._lines))

    def section(self, first: int, last: int) -> str:
        """Give the folded text of the lines `first` to `last`, counted from 1."""
        return fold("".join(self._lines[first - 1 : last]))


def fold(text: str) -> str:
    """Fold width and remove white space and mark-up, so that only the words are compared.

    >>> fold("Ａ I セーフティ<sup>*</sup>")
    'AIセーフティ'
    """
    without_marks = re.sub(r"</?su[bp]>|\\(?=[*_])|[*#]", "", text)
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", without_marks))


def _missing(row: Row, documents: Mapping[str, _Document]) -> Missing | None:
    reason = _fault(row, documents[row["file"].value])
    if reason is None:
        return None
    return Missing(
        citation=row["citation"].value,
        file=row["file"].value,
        locator=row["locator"].value,
        form=row["form"].value,
        reason=reason,
    )


def _fault(row: Row, document: _Document) -> str | None:
    form = fold(row["form"].value)
    if document.sha256 != row["sha256"].value:
        return "the file is another edition than the one that was read"
    if not document.has_sections:
        return None if form in document.whole() else "not in the file"
    if "firstLine" not in row:
        return "the source has no section with this locator"
    section = document.section(int(row["firstLine"].value), int(row["lastLine"].value))
    return None if form in section else "not in the lines of this section"
