"""Every limit on outside queries, as a named setting `KG_SPARQL_...`."""

import os
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from kg.sparql.bounds import Bounds

_MIB = 1 << 20


class SparqlLimits(BaseSettings):
    """What outside queries may cost; an operator changes each by its environment variable."""

    model_config = SettingsConfigDict(env_prefix="KG_SPARQL_", frozen=True)

    timeout: float = Field(
        10.0, gt=0, description="Seconds until a query is ended; a caller may only ask for less."
    )
    workers: int = Field(
        default_factory=lambda: max(3, min(9, 1 + (os.cpu_count() or 2))),
        ge=1,
        description="Processes kept ready for new queries.",
    )
    crowded: float = Field(
        0.05,
        gt=0,
        description="Seconds after which a query goes on at a lower priority when no worker is ready for others.",
    )
    short: float = Field(
        0.5,
        gt=0,
        description="Seconds that every query gets; a longer one may be refused and counts as long.",
    )
    long_queries: int = Field(8, ge=1, description="Queries that may go on at a lower priority at once.")
    long_per_client: int = Field(8, ge=1, description="The same for one client.")
    queue: int = Field(64, ge=0, description="Queries that may wait; more are answered with 503.")
    wait: float = Field(5.0, gt=0, description="Seconds a query may wait for a worker before it gets 503.")
    rows: int = Field(
        100_000, ge=1, description="Rows or triples of one answer; the rest is cut off, and said so."
    )
    answer_mib: int = Field(32, ge=1, description="Size of one answer in MiB before compression.")
    memory_mib: int = Field(512, ge=64, description="Memory in MiB that one query may take (Linux).")
    copy_mib: int = Field(
        128,
        ge=0,
        description="Size in MiB on the disk up to which workers share a copy of the store in memory; 0 for none.",
    )
    stack_mib: int = Field(512, ge=8, description="Stack in MiB for parsing and evaluating.")
    length: int = Field(1_000_000, ge=1, description="Characters of one query.")
    depth: int = Field(100, ge=1, description="Depth of brackets in one query.")
    chain: int = Field(
        500, ge=1, description="Occurrences of one operator (a slash, UNION, OPTIONAL ...) in one query."
    )
    patterns: int = Field(1_000, ge=1, description="Triple patterns of one query.")
    head_seconds: float = Field(
        10.0, gt=0, description="Seconds in which the head of a request must have arrived."
    )
    head_kib: int = Field(128, ge=8, description="Size of the head of one request in KiB.")
    body_mib: int = Field(4, ge=1, description="Size of one request body in MiB.")
    body_seconds: float = Field(10.0, gt=0, description="Seconds in which a request body must have arrived.")
    send_seconds: float = Field(
        60.0, gt=0, description="Seconds in which a client must take a piece of the answer."
    )
    sending_mib: int = Field(
        256, ge=1, description="Size in MiB of all answers that clients are still taking; beyond it 503."
    )
    client_seconds: float = Field(
        300.0, gt=0, description="Seconds of long queries that a client may save up."
    )
    client_refill: float = Field(
        2.0, gt=0, description="Seconds of long queries that a client gets back per second."
    )
    client_errors: int = Field(
        200,
        ge=1,
        description="Ended workers (time, memory, crash, client gone) that a client may save up.",
    )
    client_error_refill: float = Field(
        2.0, gt=0, description="Ended workers that a client gets back per second."
    )
    cache_mib: int = Field(
        32, ge=0, description="Memory in MiB for answers that are given again; 0 turns it off."
    )
    drain: float = Field(10.0, ge=0, description="Seconds that running queries get when the server stops.")

    def copies(self, store: Path) -> bool:
        """Tell whether a store is small enough for a copy in memory."""
        return sum(file.stat().st_size for file in store.iterdir()) <= self.copy_mib * _MIB

    def bounds(self) -> Bounds:
        """Give the part of the limits that a worker holds itself."""
        return Bounds(
            length=self.length,
            depth=self.depth,
            chain=self.chain,
            patterns=self.patterns,
            rows=self.rows,
            answer_bytes=self.answer_mib * _MIB,
            memory=self.memory_mib * _MIB,
            stack=self.stack_mib * _MIB,
        )
