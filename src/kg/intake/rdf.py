"""Read RDF of others in any syntax; what is broken is named with file, line and repair."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from xml.parsers import expat

import pyoxigraph as ox

from kg.errors import CallerError, DataError
from kg.intake.guard import read_text, refuse_doctype

SYNTAXES: Final = {
    "turtle": ox.RdfFormat.TURTLE,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "nquads": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
}
SUFFIXES: Final = {
    ".ttl": "turtle",
    ".turtle": "turtle",
    ".rdf": "rdfxml",
    ".owl": "rdfxml",
    ".xml": "rdfxml",
    ".jsonld": "jsonld",
    ".json": "jsonld",
    ".nt": "ntriples",
    ".nq": "nquads",
    ".trig": "trig",
}
_LOOKS: Final = (
    (re.compile(rb"\s*(<\?xml|<rdf:RDF|<!--)"), "rdfxml"),
    (re.compile(rb"\s*[{\[]\s*[\"{\]}]"), "jsonld"),
    (re.compile(rb"(?:\s*#[^\n]*\n)*\s*(@prefix|@base|PREFIX\s|BASE\s)", re.IGNORECASE), "turtle"),
)


@dataclass(frozen=True)
class RdfFile:
    """An RDF file as it was read: its text and its triples, named graphs forgotten."""

    path: Path
    syntax: str
    content: bytes
    triples: tuple[ox.Triple, ...]


def read_rdf(path: Path, syntax: str | None = None) -> RdfFile:
    """Read one file; without `syntax` its ending tells."""
    chosen = syntax or SUFFIXES.get(path.suffix.lower())
    if chosen is None:
        raise CallerError(
            f"The ending of {path} names no syntax; let its name end in one of {', '.join(SUFFIXES)}."
        )
    if chosen not in SYNTAXES:
        raise CallerError(f"{chosen} is no syntax of RDF; choose one of {', '.join(SYNTAXES)}.")
    content = read_text(path)
    if chosen == "rdfxml":
        refuse_doctype(content, str(path))
        _refuse_cut_off(content, path)
    return RdfFile(path, chosen, content, tuple(_parsed(content, chosen, path)))


def _refuse_cut_off(content: bytes, path: Path) -> None:
    """Raise where XML does not close, which the reader of RDF/XML would let pass."""
    looks = next((name for pattern, name in _LOOKS if pattern.match(content)), "rdfxml")
    if looks != "rdfxml":
        return  # the reader of RDF/XML says what it looks like
    try:
        expat.ParserCreate().Parse(content, True)
    except expat.ExpatError as error:
        raise DataError(
            f"{path}, line {error.lineno}: broken XML: {expat.ErrorString(error.code)}; repair that line, "
            "or get the file again if it ends too early."
        ) from error


def _parsed(content: bytes, syntax: str, path: Path) -> list[ox.Triple]:
    try:
        return list(dict.fromkeys(quad.triple for quad in ox.parse(content, SYNTAXES[syntax])))
    except SyntaxError as error:
        raise DataError(_sentence(error, content, syntax, path)) from error


def _sentence(error: SyntaxError, content: bytes, syntax: str, path: Path) -> str:
    message = str(error.msg or error).strip().rstrip(".")
    if "LoadDocumentCallback" in message:
        return (
            f"{path}: the context is fetched from elsewhere; write it into the file instead of its address."
        )
    looks = next((name for pattern, name in _LOOKS if pattern.match(content)), syntax)
    where = f"{path}, line {error.lineno}" if error.lineno else str(path)
    if looks != syntax:
        return f"{where}: this is no {syntax}, it looks like {looks}; {_renamed(looks)}."
    reason = re.sub(r"^Parser error at [^:]*: ", "", message)
    return (
        f"{where}: broken {syntax}: {reason}; repair that line, or get the file again if it ends too early."
    )


def _renamed(syntax: str) -> str:
    """Say how the file has to be named."""
    return f"let its name end in {next(ending for ending, name in SUFFIXES.items() if name == syntax)}"
