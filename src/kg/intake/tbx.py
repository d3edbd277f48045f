"""Read TBX of ISO 30042:2019, data categories as attributes or as tags: entries become statements of concepts."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.errors import DataError
from kg.export.tbx import STATUSES
from kg.intake.citing import Cited, slug
from kg.intake.current import Current
from kg.intake.documents import read_xml
from kg.intake.model import Reading, Row, Words
from kg.intake.shapes import unfit
from kg.intake.skos import Said, compared
from kg.intake.wording import say
from kg.vocab import BASE, RDF_TYPE, SKOS

_XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_READABLE: Final = {status: name for name, status in STATUSES.items()}
_UNDERSTOOD: Final = frozenset(
    [
        *("subjectField", "externalCrossReference", "crossReference", "source", "definition"),
        *("administrativeStatus", "note", "term", "termSec", "langSec", "descripGrp"),
    ]
)


def read_tbx(path: Path, current: Current, day: str) -> Reading:
    """Read a term base and compare it with the graph."""
    content, root, lines = read_xml(path)
    if _local(root) not in ("tbx", "martif"):
        raise DataError(f"{path}, line 1: the root is {_local(root)}, not tbx; check that this is TBX.")
    if _local(root) == "martif":
        raise DataError(f"{path}, line 1: this is TBX of 2008 (martif); convert it to TBX version 3 first.")
    cited = Cited.file(path, content, day)
    entries = [element for element in root.iter() if _local(element) == "conceptEntry"]
    if not entries:
        raise DataError(f"{path} has no conceptEntry; check that it was saved to the end.")
    seen: set[str] = set()
    said, refused = [], []
    for number, entry in enumerate(entries, start=1):
        where = f"line {lines[entry]}"
        name = entry.get("id") or f"entry-{number}"
        if name in seen:
            refused.append(Row(where, name, refused=say("id twice", id=name)))
        else:
            try:
                said.append(_said(entry, name, where, current, cited))
            except ValueError as error:  # of the language tag that is none or missing
                refused.append(Row(where, name, refused=unfit(error)))
        seen.add(name)
    reading = compared("tbx", said, current, cited)
    return Reading("tbx", (*reading.rows, *refused), (), reading.context)


def _said(entry: ET.Element, name: str, where: str, current: Current, cited: Cited) -> Said:
    iri = _known_iri(entry, current)
    subject = ox.NamedNode(iri or f"{BASE}term/{cited.mark}/{slug(name)}")
    known = _known_texts(subject.value, current)
    triples = [ox.Triple(subject, RDF_TYPE, ox.NamedNode(SKOS + "Concept"))]
    for section in entry:
        if _local(section) == "langSec":
            if not section.get(_XML_LANG):
                raise ValueError("a langSec has no xml:lang")
            triples += _section(subject, section, known)
    return Said(subject, where, tuple(dict.fromkeys(triples)), tuple(_left_out(entry, known)))


def _known_iri(entry: ET.Element, current: Current) -> str | None:
    """Find the concept of the graph that an entry names by its address."""
    for element in entry:
        if _category(element) == "externalCrossReference":
            for iri in (element.get("target", ""), (element.text or "").strip()):
                if current.is_concept(iri):
                    return iri
    return None


def _known_texts(iri: str, current: Current) -> set[str]:
    """Give the notes and the further definitions that the graph has of a concept anyway."""
    notes = {t.object.value for t in current.concepts.get(iri, ()) if isinstance(t.object, ox.Literal)}
    return notes | {text.value for _, text, _ in current.definitions.get(iri, [])}


def _section(subject: ox.NamedNode, section: ET.Element, known: set[str]) -> Iterator[ox.Triple]:
    lang = section.get(_XML_LANG, "")
    preferred = False
    for term, status in _terms(section):
        name = "altLabel" if preferred or status in ("admitted", "deprecated") else "prefLabel"
        preferred = preferred or name == "prefLabel"
        yield _text(subject, name, term, lang)
    definitions = [element for element in section.iter() if _category(element) == "definition"]
    for element in definitions[:1]:  # further definitions are told as left out
        yield _text(subject, "definition", _words(element), lang)
    for element in section:
        if _local(element) == "note" and _words(element) not in known:
            yield _text(subject, "scopeNote", _words(element), lang)


def _terms(section: ET.Element) -> list[tuple[str, str]]:
    """Give the terms with their status, the preferred one first."""
    found = []
    for element in section:
        if _local(element) == "termSec":
            term = next((_words(child) for child in element if _local(child) == "term"), "")
            status = next((_words(c) for c in element.iter() if _category(c) == "administrativeStatus"), "")
            if term:
                found.append((term, _READABLE.get(status, "")))
    return sorted(
        found, key=lambda pair: ["preferred", "superseded", "", "admitted", "deprecated"].index(pair[1])
    )


def _left_out(entry: ET.Element, known: set[str]) -> list[Words]:
    """Name the data categories of an entry that have no place in a concept."""
    strange = {_category(element) for element in entry.iter()} - _UNDERSTOOD - {"conceptEntry"}
    remarks = [say("category left out", name=name) for name in sorted(strange)]
    for section in entry:
        preferred = [term for term, status in _terms(section) if status == "preferred"]
        if len(preferred) > 1:
            remarks.append(say("first preferred", values=" | ".join(preferred)))
        more = [e for e in section.iter() if _category(e) == "definition"][1:]
        remarks += [
            say("statement left out", property="definition", value=_words(element))
            for element in more
            if _words(element) not in known
        ]
    return remarks


def _category(element: ET.Element) -> str:
    """Name the data category, whether it is an attribute or a tag."""
    return element.get("type") or _local(element)


def _local(element: ET.Element) -> str:
    return element.tag.partition("}")[2] or element.tag


def _words(element: ET.Element) -> str:
    return "".join(element.itertext()).strip()


def _text(subject: ox.NamedNode, name: str, text: str, lang: str) -> ox.Triple:
    return ox.Triple(
        subject, ox.NamedNode(SKOS + name), ox.Literal(text, language=lang) if lang else ox.Literal(text)
    )
