"""Name what is made of a graph: equal input and equal tools give an equal name."""

import hashlib
from functools import cache
from importlib import metadata
from pathlib import Path

from kg.load import CuratedGraph

_TOOLS = ("pyoxigraph", "pyshifty", "rdflib", "reasonable")


def version_of(graph: CuratedGraph) -> str:
    """Name the snapshot of a graph: equal input and equal tools give an equal name."""
    made_of = [graph.digest, *(f"{name} {version}" for name, version in sorted(tools().items()))]
    digest = hashlib.sha256("\n".join(made_of).encode()).hexdigest()
    return f"{tools()['aisi-kg']}-{digest[:12]}"


@cache
def tools() -> dict[str, str]:
    """Name the tools with their versions, our own with the digest of its code and queries."""
    return {name: metadata.version(name) for name in ("aisi-kg", *_TOOLS)} | {"code": _code_digest()}


def _code_digest() -> str:
    package = Path(__file__).parent
    files = sorted(file for file in package.rglob("*") if file.suffix in {".py", ".rq"})
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.relative_to(package).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]
