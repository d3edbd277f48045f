"""Read SKOS of others: every statement is in the graph already, is proposed, or is named as left out."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from kg.intake.citing import Cited
from kg.intake.current import Current
from kg.intake.definitions import recorded
from kg.intake.lines import subject_lines
from kg.intake.mappings import INVERSE, Match, match_row
from kg.intake.model import Reading, Row, Words
from kg.intake.rdf import RdfFile
from kg.intake.wording import say
from kg.vocab import BASE, DCTERMS, OWL, RDF_TYPE, RDFS, SKOS, compact

_TURNED: Final = {
    ox.NamedNode(SKOS + "narrower"): ox.NamedNode(SKOS + "broader"),
    ox.NamedNode(SKOS + "hasTopConcept"): ox.NamedNode(SKOS + "topConceptOf"),
    ox.NamedNode(DCTERMS + "replaces"): ox.NamedNode(DCTERMS + "isReplacedBy"),
}
_TEXTS: Final = (
    "prefLabel",
    "altLabel",
    "hiddenLabel",
    "definition",
    "scopeNote",
    "editorialNote",
    "changeNote",
)
_TAKEN: Final = frozenset(
    ox.NamedNode(iri)
    for iri in (
        *(SKOS + name for name in (*_TEXTS, "historyNote", "example", "note", "notation")),
        *(SKOS + name for name in ("broader", "related", "inScheme", "topConceptOf")),
        *(DCTERMS + name for name in ("description", "isReplacedBy")),
        OWL + "deprecated",
    )
)
_TYPES: Final = frozenset(ox.NamedNode(SKOS + name) for name in ("Concept", "ConceptScheme"))
_ONE_PER_LANGUAGE: Final = frozenset(ox.NamedNode(SKOS + name) for name in ("prefLabel", "definition"))
_TITLES: Final = (ox.NamedNode(DCTERMS + "title"), ox.NamedNode(RDFS + "label"))
_LABEL: Final = ox.NamedNode(SKOS + "prefLabel")
_DEFINITION: Final = ox.NamedNode(SKOS + "definition")


Labels = Mapping[
    ox.NamedNode | ox.BlankNode | ox.Triple, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
]


@dataclass(frozen=True)
class Said:
    """What a file says of one subject, where, and what of it could not be put into statements."""

    subject: ox.NamedNode | ox.BlankNode
    where: str
    triples: tuple[ox.Triple, ...]
    remarks: tuple[Words, ...] = ()


def read_skos(file: RdfFile, current: Current, cited: Cited) -> Reading:
    """Compare a file of RDF with the graph; a row is everything that is said of one subject."""
    lines = subject_lines(file)
    subjects: dict[ox.NamedNode | ox.BlankNode, list[ox.Triple]] = {}
    for triple in file.triples:
        if isinstance(triple.subject, ox.NamedNode | ox.BlankNode):
            subjects.setdefault(triple.subject, []).append(triple)
    said = [
        Said(
            subject,
            f"line {lines[_iri(subject)]}" if _iri(subject) in lines else str(subject),
            tuple(triples),
        )
        for subject, triples in subjects.items()
    ]
    return compared("skos", said, current, cited)


def compared(
    kind: str, said: Sequence[Said], current: Current, cited: Cited, remarks: Sequence[Words] = ()
) -> Reading:
    """Compare what is said of concepts with the graph."""
    labels = {t.subject: t.object for one in said for t in one.triples if t.predicate == _LABEL}
    rows = [row for one in said for row in _rows(one, current, cited, labels)]
    return Reading(kind, tuple(rows), tuple(remarks), tuple(cited.source_triples()))


def _rows(said: Said, current: Current, cited: Cited, labels: Labels) -> list[Row]:
    subject, where = said.subject, said.where
    if isinstance(subject, ox.BlankNode):
        return [Row(where, str(subject), refused=say("blank node", count=len(said.triples)))]
    new = [triple for triple in _titled(said) if not current.says(triple)]
    matches = [triple for triple in new if triple.predicate.value in INVERSE]
    adds = [_upward(triple) for triple in new if _fits(triple)]
    adds = [triple for triple in dict.fromkeys(adds) if not current.says(triple)]
    left_out = [triple for triple in new if triple not in matches and not _fits(triple)]
    remarks = [
        say("statement left out", property=compact(triple.predicate.value), value=str(triple.object))
        for triple in left_out
    ]
    if adds and subject.value not in current.concepts and not _typed(adds):
        return [
            Row(where, subject.value, refused=say("no kind", subject=subject.value), remarks=said.remarks)
        ]
    removes, crowded = _replaced(adds, said.triples, current)
    adds += [more for triple in adds for more in _recorded(triple, current, cited, where)]
    if adds:
        adds += cited.cite(subject.value, where, _form(subject, labels))
    if adds and not subject.value.startswith(BASE) and subject.value not in current.concepts:
        remarks.append(say("other namespace", base=BASE))
    found = Row(where, subject.value, tuple(adds), tuple(removes), (*said.remarks, *remarks, *crowded))
    return [found, *(match_row(_match(triple, labels), where, current, cited) for triple in matches)]


def _typed(adds: Iterable[ox.Triple]) -> bool:
    """Tell whether something is said to be a concept or scheme; a label alone could be of anything."""
    return any(triple.predicate == RDF_TYPE for triple in adds)


def _titled(said: Said) -> list[ox.Triple]:
    """Take the title of a scheme for its label where it has no other."""
    if any(triple.predicate == _LABEL for triple in said.triples):
        return list(said.triples)
    if not any(triple.object == ox.NamedNode(SKOS + "ConceptScheme") for triple in said.triples):
        return list(said.triples)
    return [
        ox.Triple(triple.subject, _LABEL, triple.object) if triple.predicate in _TITLES else triple
        for triple in said.triples
    ]


def _fits(triple: ox.Triple) -> bool:
    if isinstance(triple.object, ox.BlankNode | ox.Triple):
        return False
    if triple.predicate == RDF_TYPE:
        return triple.object in _TYPES
    return triple.predicate in _TAKEN or triple.predicate in _TURNED


def _upward(triple: ox.Triple) -> ox.Triple:
    """Say a relation from the side from which the data say it."""
    inverse = _TURNED.get(triple.predicate)
    if inverse is None or not isinstance(triple.object, ox.NamedNode):
        return triple
    return ox.Triple(triple.object, inverse, triple.subject)


def _recorded(triple: ox.Triple, current: Current, cited: Cited, where: str) -> list[ox.Triple]:
    """Make a definition record of a definition of ours that is new: quoted from the file, as it stands there."""
    subject, text = _iri(triple.subject), triple.object
    if triple.predicate != _DEFINITION or not isinstance(text, ox.Literal) or not text.language:
        return []
    return (
        recorded(subject, text, "verbatim", current, cited, where)
        if subject.startswith(BASE + "term/")
        else []
    )


def _replaced(
    adds: Iterable[ox.Triple], said: Collection[ox.Triple], current: Current
) -> tuple[list[ox.Triple], list[Words]]:
    """Give what gives way to a new preferred label or definition, and remark where the file has two of them.

    What the file says beside it does not give way: which of the two is meant, only its makers know.
    """
    removes, remarks, seen = [], [], set()
    for triple in adds:
        if triple.predicate not in _ONE_PER_LANGUAGE or not isinstance(triple.object, ox.Literal):
            continue
        key = (triple.predicate, (triple.object.language or "").lower())
        name = triple.predicate.value.removeprefix(SKOS)
        present = [
            ox.Triple(triple.subject, triple.predicate, ox.Literal(old, language=triple.object.language))
            for old in current.values(_iri(triple.subject), name, triple.object.language or "")
        ]
        if key in seen or any(old in said for old in present):
            remarks.append(
                say("two at once", property=compact(triple.predicate.value), value=str(triple.object))
            )
        seen.add(key)
        removes += [old for old in present if old not in said]
    return removes, remarks


def _form(subject: ox.NamedNode, labels: Labels) -> ox.Literal:
    label = labels.get(subject)
    if isinstance(label, ox.Literal) and label.language:
        return label
    return ox.Literal(subject.value.removeprefix(BASE), language="en")


def _match(triple: ox.Triple, labels: Labels) -> Match:
    label = None if isinstance(triple.object, ox.Literal) else labels.get(triple.object)
    return Match(
        subject=_iri(triple.subject),
        predicate=triple.predicate.value,
        object=_iri(triple.object),
        form=label.value if isinstance(label, ox.Literal) else "",
    )


def _iri(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else str(term)
