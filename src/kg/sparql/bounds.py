"""What one query may cost inside a worker, without any dependency: workers must start fast."""

from typing import NamedTuple


class Bounds(NamedTuple):
    """The limits that a worker itself holds; the deadline and the queue are the pool's."""

    length: int = 1_000_000
    depth: int = 100
    chain: int = 500
    patterns: int = 1_000
    rows: int = 100_000
    answer_bytes: int = 32 << 20
    memory: int = 512 << 20
    stack: int = 512 << 20
