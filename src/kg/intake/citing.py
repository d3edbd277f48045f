"""Cite a file that was taken in: the file as a source, and a citation for every record that rests on it."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.vocab import AISI, BASE, RDF_TYPE, SKOS, XSD

CITATION: Final = ox.NamedNode(AISI + "citation")
_NOT_IN_SLUG: Final = re.compile(r"[^a-z0-9.-]+")


@dataclass(frozen=True)
class Cited:
    """A file to cite: its name, its hash and the day on which it was read."""

    name: str
    sha256: str
    day: str

    @classmethod
    def file(cls, path: Path, content: bytes, day: str) -> "Cited":
        """Cite a file by its content."""
        return cls(path.name, hashlib.sha256(content).hexdigest(), day)

    @property
    def mark(self) -> str:
        """Give the slug of the file: equal content, equal mark."""
        return f"import-{self.sha256[:12]}"

    @property
    def source(self) -> ox.NamedNode:
        """Give the IRI of the file as a source."""
        return ox.NamedNode(f"{BASE}source/{self.mark}")

    def source_triples(self) -> list[ox.Triple]:
        """Describe the file as a source."""
        facts: list[tuple[str, ox.NamedNode | ox.Literal]] = [
            (SKOS + "prefLabel", ox.Literal(f"Imported file {self.name}", language="en")),
            (SKOS + "prefLabel", ox.Literal(f"取り込んだファイル {self.name}", language="ja")),
            (AISI + "sha256", ox.Literal(self.sha256)),
            (AISI + "dateRead", self._day()),
        ]
        typed = ox.Triple(self.source, RDF_TYPE, ox.NamedNode(AISI + "Source"))
        return [typed, *(ox.Triple(self.source, ox.NamedNode(name), value) for name, value in facts)]

    def cite(self, record: str, where: str, form: ox.Literal) -> list[ox.Triple]:
        """Cite the file for a record: the place in the file, and the form that stands there."""
        iri = f"{BASE}citation/{self.mark}/{slug(where)}/{slug(record.removeprefix(BASE))}"
        node = ox.NamedNode(iri)
        return [
            ox.Triple(ox.NamedNode(record), CITATION, node),
            ox.Triple(node, RDF_TYPE, ox.NamedNode(AISI + "Citation")),
            ox.Triple(node, ox.NamedNode(AISI + "source"), self.source),
            ox.Triple(node, ox.NamedNode(AISI + "locator"), ox.Literal(_locator(where))),
            ox.Triple(node, ox.NamedNode(AISI + "attestedForm"), form),
            ox.Triple(node, ox.NamedNode(AISI + "dateRead"), self._day()),
        ]

    def _day(self) -> ox.Literal:
        return ox.Literal(self.day, datatype=ox.NamedNode(XSD + "date"))


def _locator(where: str) -> str:
    """Write a place without spaces, as locators are.

    >>> _locator("mapping 1, map 2"), _locator("terms!5")
    ('mapping-1-map-2', 'terms!5')
    """
    return re.sub(r"[\s,]+", "-", where)


def slug(text: str) -> str:
    """Make a slug of a text; a text without letters of ours gets a slug of its hash.

    >>> slug("term/risk-area/Mis_use")
    'term-risk-area-mis-use'
    """
    made = _NOT_IN_SLUG.sub("-", text.lower()).strip("-.")
    return made or hashlib.sha256(text.encode()).hexdigest()[:12]
