"""How another engine does with our graph many times over: seconds to load it, and to answer the catalogue.

Run: kg build --snapshot DIR; start an engine; then
python benchmarks/scaling/run.py DIR --store URL --graph-store URL [--copies 16]. KG_STORE_... as for `kg load`.
"""

import argparse
import gzip
import re
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox

from kg.catalog import queries_in
from kg.errors import KgError
from kg.remote import RemoteStore
from kg.settings import StoreSettings
from kg.snapshot import MANIFEST, N_QUADS, Snapshot
from kg.store import EmbeddedStore, Store
from kg.upload import upload
from kg.writing import GraphStoreWriter

# what is copied under other names: records of their own, so no statement of schemes and terms stands twice
OWN = re.compile(rb"<https://w3id\.org/aisi-kg/(?!ontology|scheme/|term/|graph/)([a-z-]+)/")
FOLDERS = ("examples", "records", "terms")
BOUND = {
    "record": "term/practice-area/technical-standards",
    "class": "ontology#Activity",
    "scheme": "scheme/practice-area",
}
BASE = "https://w3id.org/aisi-kg/"
TIMES = 3


def multiply(snapshot: Snapshot, copies: int, folder: Path) -> Snapshot:
    """Write a snapshot with copies of all records."""
    lines = gzip.decompress(snapshot.read(N_QUADS)).splitlines(keepends=True)
    mine = [line for line in lines if OWN.match(line)]
    others = [line for line in lines if not OWN.match(line)]
    copied = [
        OWN.sub(rb"<https://w3id.org/aisi-kg/\1/copy-%d/" % number, line)
        for number in range(1, copies)
        for line in mine
    ]
    (folder / N_QUADS).write_bytes(gzip.compress(b"".join([*others, *mine, *copied]), 1))
    (folder / MANIFEST).write_bytes(snapshot.read(MANIFEST))
    return Snapshot(folder, snapshot.manifest)


def embedded(snapshot: Snapshot) -> EmbeddedStore:
    """Fill our own store with the same statements."""
    store = ox.Store(str(snapshot.path / "store"))
    content = gzip.decompress(snapshot.read(N_QUADS))
    store.bulk_load(content, format=ox.RdfFormat.N_QUADS)
    store.bulk_extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in list(store))
    store.optimize()
    return EmbeddedStore(store)


def milliseconds(job: Callable[[], object]) -> str:
    taken = []
    for _ in range(TIMES):
        began = time.monotonic()
        try:
            job()
        except KgError as error:
            return "cannot" if "cannot run" in str(error) else type(error).__name__
        taken.append(1000 * (time.monotonic() - began))
    return f"{statistics.median(taken):.0f}"


def ask(store: Store, text: str) -> Callable[[], object]:
    """Give the question in the form that the query has."""
    body = re.sub(r"^#.*$", "", text, flags=re.MULTILINE)
    if re.search(r"\b(CONSTRUCT|DESCRIBE)\b", body):
        return lambda: store.construct(text)
    return (lambda: store.ask(text)) if re.search(r"\bASK\b", body) else (lambda: store.select(text))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("snapshot", type=Path)
    parser.add_argument("--store", required=True)
    parser.add_argument("--graph-store", required=True)
    parser.add_argument("--copies", type=int, default=16)
    arguments = parser.parse_args()
    settings = StoreSettings()
    with tempfile.TemporaryDirectory() as folder:
        large = multiply(Snapshot.open(arguments.snapshot), arguments.copies, Path(folder))
        remote = RemoteStore.at(arguments.store, settings)
        began = time.monotonic()
        written = upload(
            large, remote, GraphStoreWriter(arguments.graph_store, settings), 10_000, lambda _: None
        )
        print(f"{written} statements loaded in {time.monotonic() - began:.0f} s")
        own = embedded(large)
        print("| query | engine, ms | snapshot, ms |\n| --- | ---: | ---: |")
        for query in (query for name in FOLDERS for query in queries_in(name)):
            values = {name: ox.NamedNode(BASE + BOUND[name]) for name in query.params if name in BOUND}
            if len(values) < len(query.params):
                continue
            text = query.bind(**values) if values else query.text
            print(
                f"| {query.name} | {milliseconds(ask(remote, text))} | {milliseconds(ask(own, text))} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
