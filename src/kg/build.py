"""Make a snapshot of curated Turtle: load, validate, infer, store, index. Everything slow happens here."""

import contextlib
import gzip
import hashlib
import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path

import pyoxigraph as ox

from kg.analyses import file_of
from kg.catalog import Query, queries_in
from kg.errors import DataError, StoreError
from kg.export.index import INDEX
from kg.gaps import Fault, analyse, protocols, to_bytes
from kg.gaps.model import Text
from kg.load import CuratedGraph, load_graph
from kg.paths import GraphPaths
from kg.reason import Inference, infer
from kg.snapshot import N_QUADS, STORE, Manifest, Snapshot, SnapshotWriter, current_version
from kg.store import EmbeddedStore, ReadOnce, Store
from kg.terms import TermIndex, labels_from
from kg.validate import Finding, Rule, validate
from kg.vocab import AISI, INFERRED_GRAPH, RDF_TYPE, compact

Say = Callable[[str], None]

_TOOLS = ("pyoxigraph", "pyshifty", "rdflib", "reasonable")
_QUARANTINE = "-quarantine"
FAULTS = "faults.json"


@dataclass(frozen=True)
class Checked:
    """A curated graph with what is wrong with it."""

    graph: CuratedGraph
    findings: tuple[Finding, ...]

    @property
    def violations(self) -> tuple[Finding, ...]:
        """Give the findings that forbid a snapshot."""
        return tuple(finding for finding in self.findings if finding.severity == "violation")


def rules() -> list[Rule]:
    """Give the cross-record rules of the catalogue."""
    return [_rule(query) for query in queries_in("rules")]


def _rule(query: Query) -> Rule:
    head = query.head
    message = {
        "en": f"{head['summary']} Repair: {head['repair']}",
        "ja": f"{head['summary_ja']} 修正方法: {head['repair_ja']}",
    }
    severity = "violation" if head["severity"] == "violation" else "warning"
    return Rule(name=query.name.removeprefix("rules/"), query=query.text, severity=severity, message=message)


def check(paths: GraphPaths, say: Say, kept: Path | None = None) -> Checked:
    """Load and validate a curated graph; with a folder `kept`, what was found for equal input is not sought again."""
    say("reading Turtle")
    graph = load_graph(paths)
    file = kept / f"{version_of(graph)}.json" if kept else None
    if file is not None and file.is_file():
        return Checked(
            graph, tuple(Finding.model_validate(finding) for finding in json.loads(file.read_bytes()))
        )
    say("validating")
    findings = tuple(validate(graph, rules()))
    if file is not None:
        _keep(file, _json([finding.model_dump() for finding in findings]))
    return Checked(graph, findings)


def _keep(file: Path, content: bytes) -> None:
    """Keep a result for the next run; where nothing can be kept, the next run works it out again."""
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(content)
        draft.replace(file)


def version_of(graph: CuratedGraph) -> str:
    """Name the snapshot of a graph: equal input and equal tools give an equal name."""
    made_of = [graph.digest, *(f"{name} {version}" for name, version in sorted(_tools().items()))]
    digest = hashlib.sha256("\n".join(made_of).encode()).hexdigest()
    return f"{_tools()['aisi-kg']}-{digest[:12]}"


@cache
def _tools() -> dict[str, str]:
    """Name the tools with their versions, our own with the digest of its code and queries."""
    return {name: metadata.version(name) for name in ("aisi-kg", *_TOOLS)} | {"code": _code_digest()}


def _code_digest() -> str:
    package = Path(__file__).parent
    files = sorted(file for file in package.rglob("*") if file.suffix in {".py", ".rq"})
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.relative_to(package).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]


def up_to_date(graph: CuratedGraph, folder: Path, *, quarantine: bool = False) -> Snapshot | None:
    """Give the snapshot in `folder` when it was made of just this graph by just these tools.

    With `quarantine`, one that left faulty records out will do too.
    """
    version = version_of(graph)
    accepted = {version, version + _QUARANTINE} if quarantine else {version}
    return Snapshot.open(folder) if current_version(folder) in accepted else None


def build(checked: Checked, folder: Path, say: Say, *, quarantine: bool = False) -> Snapshot:
    """Write a snapshot of a checked graph to `folder`.

    Violations forbid it, unless `quarantine` leaves the records that they name out of the snapshot.
    """
    if checked.violations and not quarantine:
        raise DataError(
            f"{len(checked.violations)} violations stand in the way of a snapshot; see: kg check."
        )
    writer = SnapshotWriter(folder)
    try:
        return _write(writer, checked, say)
    except OSError as error:
        raise StoreError(
            f"The snapshot could not be written to {folder}: {error.strerror or error}."
        ) from error
    finally:
        writer.abandon()


def _write(writer: SnapshotWriter, checked: Checked, say: Say) -> Snapshot:
    graph, faulty = checked.graph, {finding.record for finding in checked.violations}
    asserted = [quad for file in graph.asserted for quad in file.quads() if _subject(quad) not in faulty]
    shapes = [quad for file in graph.shapes for quad in file.quads()]
    say("inferring")
    inference = _inference(asserted)
    named = asserted + [ox.Quad(t.subject, t.predicate, t.object, INFERRED_GRAPH) for t in inference.inferred]
    with ThreadPoolExecutor(1) as aside:  # the files of the store are written while the indexes are made
        stored = aside.submit(_store, writer, named, shapes)
        say("indexing terms")
        writer.write("terms.json", TermIndex.build(labels_from(EmbeddedStore(inference.store))).to_bytes())
        say("analysing gaps")
        # an analysis sees the faulty records too: it must know which cells they touch
        whole = _inference([q for file in graph.asserted for q in file.quads()]) if faulty else inference
        _analyse(writer, ReadOnce(EmbeddedStore(whole.store)), checked.violations)
        say("writing the store")
        rdfc10_sha256 = stored.result()
    writer.write(FAULTS, _json([finding.model_dump() for finding in checked.violations]))
    manifest = Manifest(
        version=version_of(graph) + (_QUARANTINE if faulty else ""),
        package=_tools()["aisi-kg"],
        input_sha256=graph.digest,
        rdfc10_sha256=rdfc10_sha256,
        data_as_of=_latest(asserted),
        triples={"asserted": len(asserted), "inferred": len(inference.inferred), "shapes": len(shapes)},
        counts=_counts(asserted),
        graphs=dict(sorted(Counter(_graph(quad) for quad in named + shapes).items())),
        files={str(file.graph.value): file.sha256 for file in graph.data},
        tools=_tools(),
        faults=len(faulty),
    )
    return writer.publish(manifest)


def _inference(asserted: Sequence[ox.Quad]) -> Inference:
    return infer([quad.triple for quad in asserted], [query.text for query in queries_in("infer")])


def add_exports(snapshot: Snapshot, say: Say) -> None:
    """Add the published files to a snapshot that has none yet; their index, by which they are found, comes last."""
    if (snapshot.path / INDEX).is_file():
        return
    from kg.export.publish import (
        publish,  # loads what writes spreadsheets and networks, which no other step needs
    )

    say("writing exports")
    files: dict[str, bytes] = {}
    publish(snapshot, EmbeddedStore.open(snapshot.store), files.__setitem__)
    index = files.pop(INDEX)
    try:
        for name, content in [*files.items(), (INDEX, index)]:
            target = snapshot.path / name
            target.parent.mkdir(parents=True, exist_ok=True)
            draft = target.with_name(f".{target.name}.{os.getpid()}")
            draft.write_bytes(content)
            draft.replace(target)
    except OSError as error:
        raise StoreError(
            f"The exports could not be written to {snapshot.path}: {error.strerror}; make the folder writable."
        ) from error


def _subject(quad: ox.Quad) -> str:
    return quad.subject.value if isinstance(quad.subject, ox.NamedNode) else str(quad.subject)


def _json(document: object) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _graph(quad: ox.Quad) -> str:
    return quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else ""


def _canonical_n_quads(quads: Sequence[ox.Quad]) -> bytes:
    """Write quads in the canonical form of RDFC-1.0: blank nodes named by rule, lines sorted.

    Only quads with blank nodes need the algorithm; all others are canonical as they are.
    """
    blank = ox.Dataset(quad for quad in quads if _has_blank_node(quad))
    blank.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    ground = (quad for quad in quads if not _has_blank_node(quad))
    return b"".join(sorted({*_lines(blank), *_lines(ground)}))


def _has_blank_node(quad: ox.Quad) -> bool:
    return isinstance(quad.object, ox.BlankNode) or isinstance(quad.subject, ox.BlankNode)


def _lines(quads: Iterable[ox.Quad]) -> list[bytes]:
    return (ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"").splitlines(keepends=True)


def _store(writer: SnapshotWriter, named: Sequence[ox.Quad], shapes: Sequence[ox.Quad]) -> str:
    """Write the quads as a file and as a store, and give the digest of their canonical form.

    The default graph of the store is the union of the parts without the shapes.
    """
    canonical = _canonical_n_quads([*named, *shapes])
    writer.write(N_QUADS, gzip.compress(canonical, mtime=0))
    union = ox.serialize((quad.triple for quad in named), format=ox.RdfFormat.N_TRIPLES) or b""
    store = ox.Store(str(writer.path / STORE))
    store.bulk_load(canonical, ox.RdfFormat.N_QUADS)
    store.bulk_load(union, ox.RdfFormat.N_TRIPLES)
    store.flush()
    store.optimize()
    return hashlib.sha256(canonical).hexdigest()


def _analyse(writer: SnapshotWriter, store: Store, violations: Iterable[Finding]) -> None:
    """Add one gap analysis for each protocol."""
    faults = [
        Fault(
            record=finding.record,
            rule=finding.rule,
            message=Text(ja=finding.words("ja"), en=finding.words("en")),
        )
        for finding in violations
    ]
    for protocol in protocols(store):
        writer.write(file_of(protocol.name), to_bytes(analyse(store, protocol.iri, faults)))


def _latest(quads: Sequence[ox.Quad]) -> str:
    """Give the latest day on which a source was read: the graph is as of that day."""
    read = AISI + "dateRead"
    days = {
        quad.object.value
        for quad in quads
        if quad.predicate.value == read and isinstance(quad.object, ox.Literal)
    }
    return max(days, default="")


def _counts(quads: Sequence[ox.Quad]) -> dict[str, int]:
    types = Counter(
        compact(q.object.value)
        for q in quads
        if q.predicate == RDF_TYPE and isinstance(q.object, ox.NamedNode)
    )
    return dict(sorted(types.items()))
