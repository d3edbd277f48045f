"""The queries behind a report, each once: the text without parameters, its hash and what it found."""

import re
from collections import Counter
from dataclasses import dataclass

from kg.catalog import load_query, read_query
from kg.gaps.identity import text_hash
from kg.report.view import Report

_BOUND = re.compile(r"VALUES \(([^)]*)\) \{ \(.*\) \}")
CELL_COUNTS = "report/cell-counts"


@dataclass(frozen=True)
class UsedQuery:
    """One query and how many gaps it found."""

    name: str
    summary: str
    text: str
    gaps: int

    @property
    def sha256(self) -> str:
        """Give the hash of the text without parameters."""
        return text_hash(self.text)


def used_queries(report: Report) -> tuple[UsedQuery, ...]:
    """Give the queries that found the gaps, by name.

    The text is the one that the gaps carry, not the one shipped now: a snapshot may be older than the code.
    """
    counts = Counter(gap.query.name for gap in report.analysis.gaps)
    texts = {gap.query.name: gap.query.text for gap in report.analysis.gaps}
    return tuple(_used(name, _unbound(texts[name]), counts[name], report) for name in sorted(texts))


def cell_counts(report: Report) -> UsedQuery:
    """Give the query that counts the cells of the matrix again."""
    return _used(CELL_COUNTS, load_query(CELL_COUNTS).text, 0, report)


def _used(name: str, text: str, gaps: int, report: Report) -> UsedQuery:
    head = read_query(name, text).head
    summary = head.get("summary_ja" if report.words.lang == "ja" else "summary", "")
    return UsedQuery(name, summary, text, gaps)


def _unbound(text: str) -> str:
    """Take the parameters out of the VALUES row again."""
    return _BOUND.sub(lambda row: f"VALUES ({row[1]}) {{ ({_undefined(row[1])}) }}", text, count=1)


def _undefined(names: str) -> str:
    return " ".join("UNDEF" for _ in names.split())
