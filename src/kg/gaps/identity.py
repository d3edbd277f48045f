"""Names of gaps that stay the same as long as the gap does."""

import hashlib

from kg.gaps.model import GapType
from kg.gaps.protocol import Protocol


def gap_id(kind: GapType, protocol: Protocol, *coordinates: str) -> str:
    """Name a gap by its type, the series of its protocol and its coordinates.

    The version of the protocol stands in the gap, not in its name: a new version that leaves a gap as it was
    leaves its name too, and one that redraws the axes gives other coordinates and so other names.
    """
    return f"{kind}-{_digest(kind, protocol.series, *coordinates)}"


def task_id(kind: GapType, protocol: Protocol, *coordinates: str) -> str:
    """Name a search task in the same way."""
    return f"S-{_digest('S', kind, protocol.series, *coordinates)}"


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:10]


def text_hash(text: str) -> str:
    """Give the SHA-256 of a text in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()
