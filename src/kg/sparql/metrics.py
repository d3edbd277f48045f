"""Numbers about outside queries, in the text form that Prometheus reads."""

from bisect import bisect_left
from collections import Counter
from typing import Final

from kg.sparql.messages import Answer

_BUCKETS: Final = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0)


class Metrics:
    """Counters since the start of the server."""

    def __init__(self) -> None:
        self.outcomes: Counter[str] = Counter()
        self.rows = 0
        self.bytes = 0
        self.cached = 0
        self.cut = 0
        self.seconds = 0.0
        self._buckets = [0] * (len(_BUCKETS) + 1)

    def count(self, answer: Answer, seconds: float, *, cached: bool) -> None:
        """Count one query."""
        self.outcomes[answer.outcome] += 1
        self.rows += answer.rows
        self.bytes += len(answer.body)
        self.cached += cached
        self.cut += bool(answer.cut)
        self.seconds += seconds
        self._buckets[bisect_left(_BUCKETS, seconds)] += 1

    def render(self, gauges: dict[str, int]) -> str:
        """Give all numbers, those of the moment included, as Prometheus text."""
        lines = ["# TYPE kg_sparql_queries_total counter"]
        for outcome, count in sorted(self.outcomes.items()):
            lines.append(f'kg_sparql_queries_total{{outcome="{outcome}"}} {count}')
        for name in ("rows", "bytes", "cached", "cut"):
            lines += [
                f"# TYPE kg_sparql_{name}_total counter",
                f"kg_sparql_{name}_total {getattr(self, name)}",
            ]
        lines += self._histogram()
        for name, value in sorted(gauges.items()):
            lines += [f"# TYPE kg_sparql_{name} gauge", f"kg_sparql_{name} {value}"]
        return "\n".join(lines) + "\n"

    def _histogram(self) -> list[str]:
        lines = ["# TYPE kg_sparql_query_seconds histogram"]
        total = 0
        for bound, count in zip([*_BUCKETS, "+Inf"], self._buckets, strict=True):
            total += count
            lines.append(f'kg_sparql_query_seconds_bucket{{le="{bound}"}} {total}')
        lines += [f"kg_sparql_query_seconds_sum {self.seconds:.6f}", f"kg_sparql_query_seconds_count {total}"]
        return lines
