"""Time the gap engine on a generated graph against the same counts by plain SPARQL: python -m benchmarks.gaps.run."""

import argparse
import resource
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from benchmarks.gaps.graph import EX, generate

from kg.gaps import analyse, associations, whatif
from kg.gaps.keeping import from_bytes, to_bytes
from kg.gaps.plans import plan_store
from kg.gaps.result import GapAnalysis
from kg.store import EmbeddedStore

Answer = TypeVar("Answer")
PLAN = f"""
@prefix aisi: <https://w3id.org/aisi-kg/ontology#> .
<{EX}plan> a aisi:Activity ; aisi:activityType <{EX}kind-11> ; aisi:carriedOutBy <{EX}actor-1999> .
<{EX}plan-edge> a aisi:Coverage ; aisi:coverageBy <{EX}plan> ; aisi:coverageOf <{EX}area-199> ;
    aisi:coverageRole <https://w3id.org/aisi-kg/term/coverage-role/primary> ;
    aisi:maturity <https://w3id.org/aisi-kg/term/maturity/operating> ;
    aisi:evidenceGrade <https://w3id.org/aisi-kg/term/evidence-grade/official> .
"""


def timed(name: str, work: Callable[[], Answer]) -> tuple[Answer, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    answer = work()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"| {name} | {wall:.2f} s | {cpu:.2f} s | {peak:.0f} MB |", flush=True)
    return answer, wall


def same_counts(analysis: GapAnalysis, rows: list[dict[str, object]]) -> bool:
    plain = {
        (str(r["area"])[1:-1], str(r["facet"])[1:-1]): (int(r["activities"].value), int(r["actors"].value))  # type: ignore[attr-defined]
        for r in rows
    }
    ours = {(c.area, c.facet): (c.rolled_up.n, c.rolled_up.actors) for c in analysis.cells if c.rolled_up.n}
    return plain == ours


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--activities", type=int, default=20_000)
    options.add_argument("--areas", type=int, default=200)
    options.add_argument("--actors", type=int, default=2_000)
    options.add_argument("--edges", type=int, default=5)
    options.add_argument("--provisions", type=int, default=500)
    chosen = options.parse_args()
    print("| step | wall | processor | peak memory of the process |\n| --- | --- | --- | --- |")
    store, _ = timed("generate", lambda: EmbeddedStore(generate(**vars(chosen))))
    print(f"| ({len(store.inner):,} triples) | | | |")
    query = (Path(__file__).parent / "counts.rq").read_text(encoding="utf-8")
    rows, plain = timed("plain SPARQL: counts of all cells", lambda: store.select(query))
    analysis, engine = timed("engine: all gaps with 1,000 redraws", lambda: analyse(store))
    print(f"| ({len(analysis.cells)} cells, {analysis.gap_counts}) | | | |")
    timed("engine: associations", lambda: associations(analysis))
    timed("engine: what-if of one activity", lambda: whatif(analysis, plan_store(PLAN.encode())))
    kept, _ = timed("keep as bytes", lambda: to_bytes(analysis))
    print(f"| ({len(kept) / 1e6:.0f} MB) | | | |")
    timed("read them back", lambda: from_bytes(kept))
    print(f"\nSame counts: {same_counts(analysis, rows)}. Engine to plain SPARQL: {engine / plain:.2f}.")


if __name__ == "__main__":
    main()
