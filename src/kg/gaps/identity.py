"""Names of gaps that stay the same as long as the gap does."""

import hashlib
import re

from kg.gaps.model import GapType
from kg.gaps.protocol import Protocol
from kg.gaps.terms import slug


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


def protocol_name(iri: str) -> str:
    """Give the name by which a protocol or a series is called: the end of its IRI, fit for a file.

    >>> protocol_name("https://w3id.org/aisi-kg/protocol/default-1.0")
    'default-1.0'
    """
    return re.sub(r"[^\w.~-]", "_", slug(iri.rstrip("/#"))) or "protocol"


def name_under_base(iri: str) -> str:
    """Name a protocol or a series so that the same name under another base is another one.

    >>> name_under_base("https://example.org/protocol/default-1.0")
    'default-e291ed-1.0'
    """
    short = protocol_name(iri)
    series, dash, version = short.rpartition("-")
    stem, tail = (series, dash + version) if version[:1].isdigit() and series else (short, "")
    return f"{stem}-{_digest(iri.removesuffix(slug(iri)))[:6]}{tail}"


def text_hash(text: str) -> str:
    """Give the SHA-256 of a text in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()
