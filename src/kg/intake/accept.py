"""Write an accepted import into curated Turtle: checked as a whole first, then all files or none."""

from dataclasses import replace
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.checking import rules
from kg.errors import DataError, StoreError
from kg.fmt import canonical_turtle
from kg.intake.model import Reading
from kg.load import CuratedFile, CuratedGraph, load_graph
from kg.paths import GraphPaths
from kg.validate import validate
from kg.vocab import AISI, data_graph

FOLDER: Final = "imported"
_REVIEW: Final = ox.NamedNode(AISI + "reviewStatus")


def accept(reading: Reading, paths: GraphPaths, mark: str) -> list[Path]:
    """Change the files of the graph; give those that changed."""
    graph = load_graph(paths)
    changed = _changed(reading, graph, paths.data, mark)
    _refuse_faulty(reading, graph, changed)
    return _write(changed)


def _changed(reading: Reading, graph: CuratedGraph, data: Path, mark: str) -> dict[Path, CuratedFile]:
    """Give the files as they would be: statements go where their subject is declared, new records together."""
    homes = {subject: files[0] for subject, files in graph.home_of().items()}
    files = {file.path: file for file in graph.data}
    new = data / FOLDER / f"{mark}.ttl"
    goes: dict[Path, set[ox.Triple]] = {}
    comes: dict[Path, list[ox.Triple]] = {}
    for triple in reading.removes:
        goes.setdefault(_home_of(triple, graph), set()).add(triple)
    for triple in reading.adds:
        if triple.predicate != _REVIEW:  # it is accepted now
            comes.setdefault(homes.get(_name(triple.subject), new), []).append(triple)
    blank = CuratedFile(new, data_graph(f"{FOLDER}/{mark}"), "", ())
    changed = {}
    for path in sorted({*goes, *comes}):
        file = files.get(path, blank)
        kept = [triple for triple in file.triples if triple not in goes.get(path, set())]
        changed[path] = replace(file, triples=tuple(dict.fromkeys([*kept, *comes.get(path, [])])))
    return changed


def _home_of(triple: ox.Triple, graph: CuratedGraph) -> Path:
    for file in graph.data:
        if triple in file.triples:
            return file.path
    raise DataError(f"The data no longer say {triple}; import the file again.")


def _refuse_faulty(reading: Reading, graph: CuratedGraph, changed: dict[Path, CuratedFile]) -> None:
    kept = [file for file in graph.data if file.path not in changed]
    touched = {_name(triple.subject) for triple in (*reading.adds, *reading.removes)}
    after = replace(graph, data=(*kept, *changed.values()))
    faults = [
        finding
        for finding in validate(after, rules())
        if finding.severity == "violation" and finding.record in touched
    ]
    if faults:
        raise DataError(
            f"Nothing was accepted: {len(faults)} rules would be broken, the first: {faults[0].sentence()}"
        )


def _write(changed: dict[Path, CuratedFile]) -> list[Path]:
    drafts: list[tuple[Path, Path]] = []
    try:
        for path, file in changed.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            draft = path.with_name(f".{path.name}.tmp")
            draft.write_bytes(canonical_turtle(file.triples))
            drafts.append((draft, path))
        for draft, path in drafts:
            draft.replace(path)
    except OSError as error:
        raise StoreError(f"The data cannot be written: {error.strerror}; check their permissions.") from error
    return list(changed)


def _name(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else str(term)
