"""Measure the term index beside SQLite FTS5 and plain rapidfuzz: python benchmarks/terms/search.py [LABELS]."""

import random
import resource
import sqlite3
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import OSA

sys.path.insert(0, str(Path(__file__).parent))

from generated import labels, typo

from kg.terms import LabelRecord, TermIndex

_QUERIES = 300


def _timed(run: Callable[[str], object], queries: Sequence[str]) -> str:
    times = []
    for query in queries:
        start = time.perf_counter()
        run(query)
        times.append((time.perf_counter() - start) * 1000)
    times.sort()
    return f"p50 {statistics.median(times):8.3f} ms   p95 {times[int(len(times) * 0.95)]:8.3f} ms"


def _fts(records: Sequence[LabelRecord]) -> Callable[[str], object]:
    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE t USING fts5(label, tokenize='trigram')")
    base.executemany("INSERT INTO t VALUES (?)", ((one.label,) for one in records))
    return lambda query: base.execute(
        "SELECT rowid FROM t WHERE t MATCH ? ORDER BY rank LIMIT 20", ('"' + query.replace('"', '""') + '"',)
    ).fetchall()


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(count: int) -> None:
    records = labels(count)
    before = _memory()
    start = time.perf_counter()
    index = TermIndex.build(records)
    built, used = time.perf_counter() - start, _memory() - before
    print(f"{len(records):,} labels: index built in {built:.2f} s; {used:.0f} MB more at the peak")
    start = time.perf_counter()
    content = index.to_bytes()
    print(f"written in {time.perf_counter() - start:.2f} s, {len(content) / 2**20:.1f} MiB")
    del content
    start = time.perf_counter()
    fts = _fts(records)
    print(f"SQLite FTS5 (trigram) filled in {time.perf_counter() - start:.2f} s")

    draw = random.Random(2)  # noqa: S311 - drawn for measuring, not for secrets
    chosen = [draw.choice(records).label for _ in range(_QUERIES)]
    begun = [label[: draw.randint(3, 8)] for label in chosen]
    inner = [label[2 : 2 + draw.randint(2, 6)] for label in chosen]
    wrong = [typo(label, draw) for label in chosen]
    all_labels = [one.label for one in records]

    def fuzzy(query: str) -> object:
        return process.extract(query, all_labels, scorer=OSA.normalized_similarity, limit=5, score_cutoff=0.7)

    print("exact   index.lookup  ", _timed(index.lookup, chosen))
    print("exact   index.search  ", _timed(index.search, chosen))
    print("exact   FTS5          ", _timed(fts, chosen))
    print("prefix  index.suggest ", _timed(index.suggest, begun))
    print("prefix  index.search  ", _timed(index.search, begun))
    print("prefix  FTS5          ", _timed(fts, begun))
    print("part    index.search  ", _timed(index.search, inner))
    print("part    FTS5          ", _timed(fts, inner))
    print("typo    index.search  ", _timed(index.search, wrong))
    print("typo    rapidfuzz     ", _timed(fuzzy, wrong[:30]))
    found = sum(
        label in [hit.matched for hit in index.search(query).items[:5]]
        for label, query in zip(chosen, wrong, strict=True)
    )
    print(f"typo    right label among the first five: {found}/{len(wrong)}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 50_000)
