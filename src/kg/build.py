"""Make a snapshot of a checked graph: infer, store, index, analyse. Everything slow happens here."""

import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyoxigraph as ox

from kg.analyses import file_of
from kg.catalog import queries_in
from kg.checking import Checked, Say, findings_json
from kg.errors import DataError, StoreError
from kg.faults import at_fault, with_leaning
from kg.gaps import Fault, analyse, protocols, to_bytes
from kg.gaps.model import Text
from kg.load import CuratedGraph
from kg.paths import environment_of_children
from kg.reason import Inference, infer
from kg.snapshot import N_QUADS, STORE, Manifest, Snapshot, SnapshotWriter, current_version
from kg.store import EmbeddedStore, ReadOnce, Store
from kg.terms import TermIndex, labels_from
from kg.validate import Finding
from kg.version import tools, version_of
from kg.vocab import AISI, INFERRED_GRAPH, RDF_TYPE, compact

_QUARANTINE = "-quarantine"
FAULTS = "faults.json"


def up_to_date(graph: CuratedGraph, folder: Path, *, quarantine: bool = False) -> Snapshot | None:
    """Give the snapshot in `folder` when it was made of just this graph by just these tools.

    With `quarantine`, one that left faulty records out will do too.
    """
    version = version_of(graph)
    accepted = {version, version + _QUARANTINE} if quarantine else {version}
    return Snapshot.open(folder) if current_version(folder) in accepted else None


def build(checked: Checked, folder: Path, say: Say, *, quarantine: bool = False) -> Snapshot:
    """Write a snapshot of a checked graph to `folder`.

    Violations forbid it, unless `quarantine` leaves the records at fault out of the snapshot.
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
    graph, faults = checked.graph, at_fault(checked)
    faulty = {finding.record for finding in faults}
    everything = [quad for file in graph.asserted for quad in file.quads()]
    left_out = with_leaning(faulty, everything) if faulty else faulty
    asserted = [quad for quad in everything if _subject(quad) not in left_out]
    shapes = [quad for file in graph.shapes for quad in file.quads()]
    say("inferring")
    inference = _inference(asserted)
    named = asserted + [ox.Quad(t.subject, t.predicate, t.object, INFERRED_GRAPH) for t in inference.inferred]
    with ThreadPoolExecutor(1) as aside:  # it waits for the process that writes while this one indexes
        stored = aside.submit(_store, writer, named, shapes)
        say("indexing terms")
        writer.write("terms.json", TermIndex.build(labels_from(EmbeddedStore(inference.store))).to_bytes())
        say("analysing gaps")
        # an analysis sees the faulty records too: it must know which cells they touch
        whole = _inference(everything) if faulty else inference
        _analyse(writer, ReadOnce(EmbeddedStore(whole.store)), faults)
        say("writing the store")
        rdfc10_sha256 = stored.result()
    writer.write(FAULTS, findings_json(checked.violations))
    manifest = Manifest(
        version=version_of(graph) + (_QUARANTINE if checked.violations else ""),
        package=tools()["aisi-kg"],
        input_sha256=graph.digest,
        rdfc10_sha256=rdfc10_sha256,
        data_as_of=_latest(asserted),
        triples={"asserted": len(asserted), "inferred": len(inference.inferred), "shapes": len(shapes)},
        counts=_counts(asserted),
        graphs=dict(sorted(Counter(_graph(quad) for quad in named + shapes).items())),
        files={str(file.graph.value): file.sha256 for file in graph.data},
        tools=tools(),
        faults=len(faulty),
    )
    return writer.publish(manifest)


def _inference(asserted: Sequence[ox.Quad]) -> Inference:
    return infer([quad.triple for quad in asserted], [query.text for query in queries_in("infer")])


def _subject(quad: ox.Quad) -> str:
    return quad.subject.value if isinstance(quad.subject, ox.NamedNode) else str(quad.subject)


def _graph(quad: ox.Quad) -> str:
    return quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else ""


def _store(writer: SnapshotWriter, named: Sequence[ox.Quad], shapes: Sequence[ox.Quad]) -> str:
    """Write the quads as a file and as a store, in another process; give the digest of their canonical form."""
    quads = ox.serialize([*named, *shapes], format=ox.RdfFormat.N_QUADS)
    left_out = sorted({_graph(quad) for quad in shapes})
    targets = [str(writer.path / STORE), str(writer.path / N_QUADS)]
    command = [sys.executable, "-m", "kg.storing", *targets, *left_out]
    done = subprocess.run(  # noqa: S603 - this interpreter with a module of ours
        command, input=quads, capture_output=True, check=False, env=environment_of_children()
    )
    if done.returncode:
        told = done.stderr.decode(errors="replace").strip().rpartition("\n")[2] or f"exit {done.returncode}"
        raise StoreError(f"The store of the snapshot could not be written to {writer.folder}: {told}.")
    return done.stdout.decode().strip()


def _analyse(writer: SnapshotWriter, store: Store, findings: Iterable[Finding]) -> None:
    """Add one gap analysis for each protocol."""
    faults = [
        Fault(
            record=finding.record,
            rule=finding.rule,
            message=Text(ja=finding.words("ja"), en=finding.words("en")),
        )
        for finding in findings
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
