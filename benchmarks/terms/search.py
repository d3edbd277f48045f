"""Measure the term index beside SQLite FTS5 and plain rapidfuzz: python benchmarks/terms/search.py [LABELS].

Times are processor time, so that other work on the machine does not count.
"""

import gc
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

from kg.terms import TermIndex

_QUERIES = 300
_SLOW_QUERIES = 30
_MIB = 2**20


def _timed(run: Callable[[str], object], queries: Sequence[str]) -> str:
    times = []
    for query in queries:
        start = time.process_time()
        run(query)
        times.append((time.process_time() - start) * 1000)
    times.sort()
    return f"p50 {statistics.median(times):8.3f} ms   p95 {times[int(len(times) * 0.95)]:8.3f} ms"


def _fts(texts: Sequence[str]) -> Callable[[str], object]:
    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE t USING fts5(label, tokenize='trigram')")
    base.executemany("INSERT INTO t VALUES (?)", ((text,) for text in texts))
    return lambda query: base.execute(
        "SELECT rowid FROM t WHERE t MATCH ? ORDER BY rank LIMIT 20", ('"' + query.replace('"', '""') + '"',)
    ).fetchall()


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _resident() -> float:
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / _MIB


def _built(count: int) -> TermIndex:
    start, before = time.process_time(), _resident()
    index = TermIndex.build(labels(count))
    index.search("warm up: what only queries need is made here")
    index.search("ういーくりー")
    seconds = time.process_time() - start
    print(
        f"{count:,} labels: index built in {seconds:.2f} s; {_resident() - before:.0f} MB, peak {_peak():.0f} MB"
    )
    start = time.process_time()
    content = index.to_bytes()
    written = time.process_time() - start
    start = time.process_time()
    TermIndex.from_bytes(content)
    read = time.process_time() - start
    print(f"written in {written:.2f} s, read in {read:.2f} s, {len(content) / _MIB:.1f} MiB")
    return index


def main(count: int) -> None:
    """Print times for whole labels, beginnings, parts and typing errors."""
    index = _built(count)
    texts = index.table.texts
    start = time.process_time()
    fts = _fts(texts)
    print(f"SQLite FTS5 (trigram) filled in {time.process_time() - start:.2f} s")

    draw = random.Random(2)  # noqa: S311 - drawn for measuring, not for secrets
    chosen = [draw.choice(texts) for _ in range(_QUERIES)]
    begun = [label[: draw.randint(3, 8)] for label in chosen]
    inner = [label[2 : 2 + draw.randint(2, 6)] for label in chosen]
    wrong = [typo(label, draw) for label in chosen]

    def fuzzy(query: str) -> object:
        return process.extract(query, texts, scorer=OSA.normalized_similarity, limit=5, score_cutoff=0.7)

    print("exact   index.lookup  ", _timed(index.lookup, chosen))
    print("exact   index.search  ", _timed(index.search, chosen))
    print("exact   FTS5          ", _timed(fts, chosen))
    print("prefix  index.suggest ", _timed(index.suggest, begun))
    print("prefix  index.search  ", _timed(index.search, begun))
    print("prefix  FTS5          ", _timed(fts, begun))
    print("part    index.search  ", _timed(index.search, inner))
    print("part    FTS5          ", _timed(fts, inner))
    print("typo    index.search  ", _timed(index.search, wrong))
    print("typo    rapidfuzz     ", _timed(fuzzy, wrong[:_SLOW_QUERIES]))
    found = sum(
        label in [hit.matched for hit in index.search(query).items[:5]]
        for label, query in zip(chosen, wrong, strict=True)
    )
    print(f"typo    right label among the first five: {found}/{len(wrong)}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 50_000)
