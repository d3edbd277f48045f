"""Make mapping records of what other files say: which concept stands how to which other."""

from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from kg.export.mappings import NO_TERM, Mapping
from kg.intake.citing import Cited, slug
from kg.intake.current import Current, key_of
from kg.intake.model import Row, Words
from kg.intake.wording import say
from kg.vocab import AISI, BASE, PREFIXES, RDF_TYPE, SKOS, XSD

SSSOM: Final = PREFIXES["sssom"]
SEMAPV: Final = PREFIXES["semapv"]
_COMMENT: Final = ox.NamedNode(SSSOM + "comment")
_CONFIDENCE: Final = ox.NamedNode(SSSOM + "confidence")
_AUTHOR: Final = ox.NamedNode(SSSOM + "author_label")
INVERSE: Final = {
    SKOS + "exactMatch": SKOS + "exactMatch",
    SKOS + "closeMatch": SKOS + "closeMatch",
    SKOS + "relatedMatch": SKOS + "relatedMatch",
    SKOS + "broadMatch": SKOS + "narrowMatch",
    SKOS + "narrowMatch": SKOS + "broadMatch",
}


@dataclass(frozen=True)
class Match:
    """A mapping as another file says it; `object` may be `sssom:NoTermFound`."""

    subject: str
    predicate: str
    object: str
    object_source: str = ""
    subject_source: str = ""
    justification: str = SEMAPV + "UnspecifiedMatching"
    authors: tuple[str, ...] = ()
    confidence: str = ""
    comments: tuple[ox.Literal, ...] = ()
    record: str = ""
    form: str = ""

    def turned(self) -> "Match":
        """Say the same from the other side."""
        return Match(
            subject=self.object,
            predicate=INVERSE[self.predicate],
            object=self.subject,
            object_source=self.subject_source,
            subject_source=self.object_source,
            justification=self.justification,
            authors=self.authors,
            confidence=self.confidence,
            comments=self.comments,
            form=self.form,
        )


def match_row(
    match: Match, where: str, current: Current, cited: Cited, remarks: tuple[Words, ...] = ()
) -> Row:
    """Compare a mapping with the graph; one whose subject is not ours is turned round where its object is."""
    refused = _refusal(match)
    if refused is None and not current.is_concept(match.subject):
        if not current.is_concept(match.object):
            refused = say("mapping of others", subject=match.subject, object=match.object)
        else:
            match = match.turned()
    if refused is not None:
        return Row(where, match.subject, refused=refused, remarks=remarks)
    known = current.mappings.get(key_of(match.subject, match.object, match.object_source))
    if known is not None and known.predicate == match.predicate:
        return _amended(known, match, where, cited, remarks)
    if known is not None:
        return Row(
            where,
            known.iri,
            remarks=remarks,
            refused=say(
                "mapped otherwise", mapping=known.iri, predicate=known.predicate, other=match.predicate
            ),
        )
    return Row(where, match.subject, adds=tuple(_record(match, where, cited)), remarks=remarks)


def _amended(known: Mapping, match: Match, where: str, cited: Cited, remarks: tuple[Words, ...]) -> Row:
    """Give what the file says otherwise of a mapping that is in the graph; what it leaves empty is kept."""
    node = ox.NamedNode(known.iri)
    come: list[ox.Triple] = []
    gone: list[ox.Triple] = []
    for comment in match.comments:
        before = known.comments.get(comment.language or "")
        if before != comment.value:
            come.append(ox.Triple(node, _COMMENT, comment))
            gone += (
                [ox.Triple(node, _COMMENT, ox.Literal(before, language=comment.language))] if before else []
            )
    if match.confidence and (not known.confidence or float(known.confidence) != float(match.confidence)):
        come.append(ox.Triple(node, _CONFIDENCE, _share(match.confidence)))
        gone += [ox.Triple(node, _CONFIDENCE, _number(known.confidence))] if known.confidence else []
    come += [
        ox.Triple(node, _AUTHOR, ox.Literal(author))
        for author in match.authors
        if author not in known.authors
    ]
    if come:
        come += cited.cite(known.iri, where, ox.Literal(match.form or match.object, language="en"))
    return Row(where, known.iri, tuple(come), tuple(gone), remarks)


def _refusal(match: Match) -> Words | None:
    if match.predicate not in INVERSE:
        return say("no skos match", predicate=match.predicate)
    for iri in (match.subject, match.object):
        if not _is_iri(iri):
            return say("no iri", value=iri)
    if match.subject == match.object:
        return say("mapped to itself", concept=match.subject)
    if NO_TERM in (match.subject, match.object) and not (match.object_source or match.subject_source):
        return say("no searched vocabulary")
    if match.confidence and not _is_share(match.confidence):
        return say("no confidence", value=match.confidence)
    for iri in (match.justification, match.object_source):
        if iri and not _is_iri(iri):
            return say("no iri", value=iri)
    return None


def _is_iri(text: str) -> bool:
    try:
        ox.NamedNode(text)
    except ValueError:
        return False
    return ":" in text


def _is_share(text: str) -> bool:
    try:
        return 0 <= float(text) <= 1
    except ValueError:
        return False


def _record(match: Match, where: str, cited: Cited) -> list[ox.Triple]:
    iri = match.record if match.record.startswith(BASE + "mapping/") else _minted(match, cited)
    node = ox.NamedNode(iri)
    facts: list[tuple[str, ox.NamedNode | ox.Literal]] = [
        (SSSOM + "subject_id", ox.NamedNode(match.subject)),
        (SSSOM + "predicate_id", ox.NamedNode(match.predicate)),
        (SSSOM + "object_id", ox.NamedNode(match.object)),
        (SSSOM + "mapping_justification", ox.NamedNode(match.justification)),
        *((SSSOM + "author_label", ox.Literal(author)) for author in match.authors or (cited.name,)),
        *((SSSOM + "comment", comment) for comment in match.comments),
        (AISI + "reviewStatus", ox.NamedNode(BASE + "term/review-status/proposed")),
    ]
    if match.object_source:
        facts.append((SSSOM + "object_source", ox.NamedNode(match.object_source)))
    if match.confidence:
        facts.append((SSSOM + "confidence", _share(match.confidence)))
    form = ox.Literal(match.form or match.object, language="en")
    return [
        ox.Triple(node, RDF_TYPE, ox.NamedNode(AISI + "Mapping")),
        *(ox.Triple(node, ox.NamedNode(name), value) for name, value in facts),
        *cited.cite(iri, where, form),
    ]


def _minted(match: Match, cited: Cited) -> str:
    ends = [
        slug(iri.rstrip("/#").replace("#", "/").rsplit("/", 1)[-1]) for iri in (match.subject, match.object)
    ]
    source = slug(match.object_source.rsplit("/", 1)[-1]) if match.object == NO_TERM else ""
    return f"{BASE}mapping/{cited.mark}/{ends[0]}--{'no-match-' + source if source else ends[1]}"


def _share(text: str) -> ox.Literal:
    return _number(_decimal(text))


def _number(text: str) -> ox.Literal:
    return ox.Literal(text, datatype=ox.NamedNode(XSD + "decimal"))


def _decimal(text: str) -> str:
    """Write a share as a decimal number.

    >>> _decimal("1"), _decimal("8e-1"), _decimal("0.85")
    ('1.0', '0.8', '0.85')
    """
    made = f"{float(text):.6f}".rstrip("0")
    return made + "0" if made.endswith(".") else made
