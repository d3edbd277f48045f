"""Read curated Turtle: every file into triples, with the file and line named where it is broken."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, parse

from kg.blank import with_names
from kg.drafts import accepted_part, waiting
from kg.errors import CallerError, DataError, StoreError
from kg.paths import GraphPaths
from kg.vocab import ONTOLOGY_GRAPH, SHAPES_GRAPH, data_graph

DRAFTS = "drafts"


@dataclass(frozen=True)
class CuratedFile:
    """One Turtle file: its path, the named graph it becomes, its hash and its triples."""

    path: Path
    graph: NamedNode
    sha256: str
    triples: tuple[Triple, ...]

    def quads(self) -> Iterator[Quad]:
        """Give the triples as quads of the file's named graph."""
        return (Quad(t.subject, t.predicate, t.object, self.graph) for t in self.triples)


@dataclass(frozen=True)
class CuratedGraph:
    """A curated graph as it lies in its files: ontology, data and shapes; how many draft records wait for a person."""

    ontology: tuple[CuratedFile, ...]
    data: tuple[CuratedFile, ...]
    shapes: tuple[CuratedFile, ...]
    waiting: int = 0

    @property
    def asserted(self) -> tuple[CuratedFile, ...]:
        """Give ontology and data: what the graph says before anything is inferred."""
        return self.ontology + self.data

    @property
    def digest(self) -> str:
        """Give one SHA-256 over all files: equal digests mean equal input."""
        return digest_of(self.ontology + self.data + self.shapes)

    def home_of(self) -> dict[str, list[Path]]:
        """Give for every subject IRI of the data the files that say something of it."""
        homes: dict[str, list[Path]] = {}
        for file in self.data:
            for subject in {t.subject.value for t in file.triples if isinstance(t.subject, NamedNode)}:
                homes.setdefault(subject, []).append(file.path)
        return homes


def digest_of(files: Iterable[CuratedFile]) -> str:
    """Give the SHA-256 over the names and hashes of `files`, whatever their order."""
    lines = sorted(f"{file.graph.value} {file.sha256}" for file in files)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def turtle_files(folder: Path) -> list[Path]:
    """List the Turtle files below `folder`, drafts left out, in a fixed order."""
    drafts = set(draft_files(folder))
    return [file for file in sorted(folder.rglob("*.ttl")) if file not in drafts]


def draft_files(folder: Path) -> list[Path]:
    """List the Turtle files below `folder` that lie in a folder of drafts, in a fixed order."""
    files = sorted(folder.rglob("*.ttl"))
    return [file for file in files if DRAFTS in file.relative_to(folder).parts[:-1]]


def load_graph(paths: GraphPaths) -> CuratedGraph:
    """Read a whole curated graph; raise DataError with file, line and expectation where one is broken."""
    data = turtle_files(paths.data)
    if not data:
        raise CallerError(f"There is no Turtle file (*.ttl) in {paths.data}; give --data a folder with some.")
    drafts = [_load_data(file, paths.data) for file in draft_files(paths.data)]
    return CuratedGraph(
        ontology=tuple(load_file(file, ONTOLOGY_GRAPH) for file in turtle_files(paths.ontology)),
        data=(*(_load_data(file, paths.data) for file in data), *_accepted(drafts)),
        shapes=tuple(load_file(file, SHAPES_GRAPH) for file in turtle_files(paths.shapes)),
        waiting=sum(waiting(file.triples) for file in drafts),
    )


def _load_data(file: Path, folder: Path) -> CuratedFile:
    loaded = load_file(file, data_graph(_stem(file, folder)))
    return replace(loaded, triples=with_names(loaded.triples, loaded.graph.value))


def _accepted(drafts: Iterable[CuratedFile]) -> Iterator[CuratedFile]:
    """Give drafts as if nothing but their accepted part stood in them: what is proposed changes no snapshot."""
    for file in drafts:
        if triples := accepted_part(file.triples):
            text = "\n".join(sorted(map(str, triples)))
            yield replace(file, triples=triples, sha256=hashlib.sha256(text.encode()).hexdigest())


def _stem(file: Path, folder: Path) -> str:
    return file.relative_to(folder).with_suffix("").as_posix()


def load_file(path: Path, graph: NamedNode) -> CuratedFile:
    """Read one Turtle file into the named graph `graph`."""
    content = read_bytes(path)
    triples = tuple(parse_turtle(content, str(path)))
    return CuratedFile(path, graph, hashlib.sha256(content).hexdigest(), triples)


def read_bytes(path: Path) -> bytes:
    """Read a file, or say in one sentence why it cannot be read."""
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise CallerError(f"There is no file {path}.") from error
    except OSError as error:
        raise StoreError(f"{path} cannot be read: {error.strerror}; check its permissions.") from error


def parse_turtle(content: bytes, name: str) -> list[Triple]:
    """Parse Turtle; `name` says in errors where it came from."""
    try:
        content.decode()
        return [quad.triple for quad in parse(content, RdfFormat.TURTLE)]
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise DataError(f"{name}, line {line}: not UTF-8; save the file as UTF-8.") from error
    except SyntaxError as error:
        where = f"{name}, line {error.lineno}, column {error.offset}" if error.lineno else name
        raise DataError(f"{where}: broken Turtle: {_expectation(error)}.") from error


def _expectation(error: SyntaxError) -> str:
    """Give the parser's own words without the position, which the sentence names already."""
    message = str(error.msg).strip().rstrip(".")
    head, colon, tail = message.partition(": ")
    return tail if colon and head.startswith("Parser error at") else message
