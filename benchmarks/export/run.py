"""Time the exports of a million triples, and all published files of the shipped graph; each with its peak of memory.

A generated thesaurus in two languages, written as a snapshot as `kg build` leaves it, goes through `kg export` whole.
Processor time counts, so that a busy machine does not; a run that misses its goal is said so.
Run: python benchmarks/export/run.py [TRIPLES]
"""

import gzip
import os
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pyoxigraph as ox

from kg.snapshot import MANIFEST, N_QUADS, STORE, Manifest
from kg.vocab import BASE, RDF_TYPE, SKOS, data_graph

KG = Path(sys.executable).with_name("kg")
EACH = 10  # triples of a concept
FAST, SMALL = 100_000, 500
ALL_FILES = 10.0
FORMS = (
    *(("graph", form) for form in ("nquads", "turtle", "jsonld")),
    *(("skos", form) for form in ("turtle", "rdfxml", "jsonld")),
)
_SCHEME = ox.NamedNode(BASE + "scheme/generated")


def main(triples: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        snapshot = Path(folder) / "generated"
        with ProcessPoolExecutor(
            1
        ) as apart:  # what this process holds would count as the memory of its children
            written = apart.submit(generate, snapshot, triples).result()
        print(f"{written:,} triples")
        for what, form in FORMS:
            seconds, megabytes = run("export", "--what", what, "--format", form, "--snapshot", snapshot)
            rate = written / seconds
            mark = "" if rate >= FAST and megabytes < SMALL else "  MISSED"
            print(
                f"{what + ' as ' + form:20} {seconds:6.2f} s {rate:12,.0f} triples/s {megabytes:6.0f} MB{mark}"
            )
        shipped = Path(folder) / "shipped"
        run("build", "--snapshot", shipped)
        seconds, megabytes = run("build", "--exports", "--snapshot", shipped)
        mark = "" if seconds < ALL_FILES else "  MISSED"
        print(f"{'all published files':20} {seconds:6.2f} s {'':22} {megabytes:6.0f} MB{mark}")


def run(*arguments: str | Path) -> tuple[float, float]:
    """Give the processor seconds and the peak of memory in megabytes of one run of `kg`."""
    pid = os.posix_spawn(
        KG,
        ["kg", *map(str, arguments)],
        os.environ,
        file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)],
    )
    _, status, used = os.wait4(pid, 0)
    assert status == 0, arguments
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1000


def generate(folder: Path, triples: int) -> int:
    """Write a snapshot of so many triples, canonical and sorted as `kg build` does, and its store."""
    folder.mkdir()
    graph = data_graph("schemes/generated")
    quads = sorted(
        (ox.Quad(t.subject, t.predicate, t.object, graph) for t in concepts(triples // EACH)), key=str
    )
    lines = b"".join(f"{quad} .\n".encode() for quad in quads)
    (folder / N_QUADS).write_bytes(gzip.compress(lines, 6, mtime=0))
    store = ox.Store(str(folder / STORE))
    store.bulk_extend([*quads, *(ox.Quad(q.subject, q.predicate, q.object) for q in quads)])
    store.flush()
    manifest = Manifest(
        version="generated",
        package="0",
        input_sha256="",
        rdfc10_sha256="",
        data_as_of="2026-01-01",
        triples={},
        counts={},
        graphs={graph.value: len(quads)},
        files={},
        tools={},
    )
    (folder / MANIFEST).write_text(manifest.model_dump_json(), encoding="utf-8")
    return len(quads)


def concepts(number: int) -> Iterator[ox.Triple]:
    """Give concepts in a tree of ten branches each, with both directions of the hierarchy."""
    yield ox.Triple(_SCHEME, RDF_TYPE, skos("ConceptScheme"))
    for index in range(1, number):
        concept, above = term(index), term(index // 10)
        yield ox.Triple(concept, RDF_TYPE, skos("Concept"))
        yield ox.Triple(concept, skos("inScheme"), _SCHEME)
        yield ox.Triple(concept, skos("notation"), ox.Literal(f"N{index}"))
        if index >= 10:
            yield ox.Triple(concept, skos("broader"), above)
            yield ox.Triple(above, skos("narrower"), concept)
        for lang, word in (("ja", "安全性の概念"), ("en", "safety concept")):
            yield ox.Triple(concept, skos("prefLabel"), ox.Literal(f"{word} {index}", language=lang))
            yield ox.Triple(concept, skos("altLabel"), ox.Literal(f"{word} no. {index}", language=lang))
        definition = f"Concept number {index} of a generated thesaurus, as long as definitions tend to be."
        yield ox.Triple(concept, skos("definition"), ox.Literal(definition, language="en"))


def term(index: int) -> ox.NamedNode:
    return ox.NamedNode(f"{BASE}term/generated/{index:07}")


def skos(name: str) -> ox.NamedNode:
    return ox.NamedNode(SKOS + name)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
