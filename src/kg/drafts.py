"""Drafts: of the candidates that a program proposed, those that a person has accepted one by one."""

from collections.abc import Sequence

from pyoxigraph import NamedNode, Triple

from kg.vocab import AISI, BASE, RDF_TYPE

PROPOSED = NamedNode(f"{BASE}term/review-status/proposed")
ACCEPTED = NamedNode(f"{BASE}term/review-status/accepted")
_REVIEW_STATUS = NamedNode(AISI + "reviewStatus")
_CITATION = NamedNode(AISI + "citation")


def accepted_part(triples: Sequence[Triple]) -> tuple[Triple, ...]:
    """Give what a draft says of its accepted records and of the citations that they bring with them.

    A link from a record outside of the draft to a citation goes with the citation, once that is accepted itself.
    """
    candidates = {triple.subject for triple in triples if triple.predicate == RDF_TYPE}
    accepted = {triple.subject for triple in triples if _says(triple, ACCEPTED)}
    brought = {one.object for one in triples if one.predicate == _CITATION and one.subject in accepted}
    kept = accepted | (brought & candidates)
    return tuple(
        triple
        for triple in triples
        if triple.subject in kept or (triple.subject not in candidates and triple.object in accepted)
    )


def waiting(triples: Sequence[Triple]) -> int:
    """Count the candidates on which nobody has decided."""
    return len({triple.subject for triple in triples if _says(triple, PROPOSED)})


def _says(triple: Triple, status: NamedNode) -> bool:
    return triple.predicate == _REVIEW_STATUS and triple.object == status
