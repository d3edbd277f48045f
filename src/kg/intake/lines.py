"""Say in which line of a file a subject stands: exactly in N-Triples, as well as can be seen elsewhere."""

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import urljoin

from kg.intake.rdf import RdfFile

_PREFIX: Final = re.compile(r"^\s*@?prefix\s+([\w.-]*):\s*<([^>]*)>", re.IGNORECASE)
_BASE: Final = re.compile(r"^\s*@?base\s+<([^>]*)>", re.IGNORECASE)
_START: Final = re.compile(r"^(\s*)(?:<([^>\s]*)>|([\w.-]*):((?:[^\s;,.()\[\]\"\\]|\.(?=\S)|\\.)*))")
_INSIDE: Final = re.compile(r"\s\.\s+(?:<([^>\s]*)>|([\w.-]*):((?:[^\s;,.()\[\]\"\\]|\.(?=\S)|\\.)*))(?=\s)")
_DEEP: Final = 1 << 20  # only where a name stands at the beginning of no line
_ABOUT: Final = re.compile(r"""\brdf:(about|ID)\s*=\s*["']([^"']*)["']""")
_XML_BASE: Final = re.compile(r"""\bxml:base\s*=\s*["']([^"']*)["']""")
_JSON_ID: Final = re.compile(r'"(?:@id|id|uri)"\s*:\s*"([^"]*)"\s*(\})?')

Place = tuple[str, int, int]


def subject_lines(file: RdfFile) -> dict[str, int]:
    """Give for the IRIs of subjects the line in which each first stands out, counted from 1."""
    text = file.content.decode()
    places = {"rdfxml": _in_xml, "jsonld": _in_json}.get(file.syntax, _in_turtle)(text)
    best: dict[str, tuple[int, int]] = {}
    for iri, depth, line in places:
        if iri not in best or depth < best[iri][0]:
            best[iri] = (depth, line)
    return {iri: line for iri, (_, line) in best.items()}


def _in_turtle(text: str) -> Iterator[Place]:
    """Find names at the beginning of a line; the least indented of several is the subject."""
    prefixes: dict[str, str] = {}
    base = ""
    for number, line in enumerate(text.split("\n"), start=1):
        if found := _PREFIX.match(line):
            prefixes[found.group(1)] = urljoin(base, found.group(2))
        elif found := _BASE.match(line):
            base = found.group(1)
        elif found := _START.match(line):
            names = [(len(found.group(1)), found.groups()[1:])]
            names += [(_DEEP, more.groups()) for more in _INSIDE.finditer(line)]
            for depth, (iri, prefix, local) in names:
                if iri is not None:
                    yield (urljoin(base, iri) if base else iri), depth, number
                elif prefix in prefixes:
                    yield prefixes[prefix] + re.sub(r"\\(.)", r"\1", local), depth, number


def _in_xml(text: str) -> Iterator[Place]:
    found_base = _XML_BASE.search(text)
    base = found_base.group(1) if found_base else ""
    for number, line in enumerate(text.split("\n"), start=1):
        for found in _ABOUT.finditer(line):
            name = found.group(2) if found.group(1) == "about" else "#" + found.group(2)
            yield (urljoin(base, name) if base else name), 0, number


def _in_json(text: str) -> Iterator[Place]:
    """Find identifiers; one that closes its object at once is only pointed to."""
    for number, line in enumerate(text.split("\n"), start=1):
        for found in _JSON_ID.finditer(line):
            yield found.group(1), 1 if found.group(2) else 0, number
