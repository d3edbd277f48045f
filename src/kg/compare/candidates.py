"""Find pairs of concepts of two vocabularies that may be the same, and show what speaks for each."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from kg.compare.model import (
    Candidate,
    Comparison,
    Concept,
    DefinitionEvidence,
    Label,
    LabelEvidence,
    StructureEvidence,
    Unmatched,
)
from kg.compare.words import share, telling, words
from kg.terms.folding import forms, shared_rung, skeleton

Vocabulary = dict[str, Concept]
Pair = tuple[str, str]

_ALIKE_LABELS: Final = 0.5
_ALIKE_DEFINITIONS: Final = 0.3
_SHARED_WORDS: Final = "words"
_RARE: Final = 0.01
_FREQUENT: Final = 0.05
_COMMON: Final = 60  # a word of more texts than this leads to too many pairs


def compare(a: Vocabulary, b: Vocabulary, names: Pair, lang: str) -> Comparison:
    """Compare two vocabularies; what both have under one IRI needs no mapping and is left out."""
    found = list(_Comparer(a, b, lang).candidates())
    matched_a = {one.a for one in found} | (a.keys() & b.keys())
    matched_b = {one.b for one in found} | (a.keys() & b.keys())
    return Comparison(
        a=names[0],
        b=names[1],
        concepts_a=len(a),
        concepts_b=len(b),
        candidates=tuple(found),
        definitions_differ=tuple(one for one in found if _differ(one)),
        only_a=tuple(_unmatched(a, matched_a, lang)),
        only_b=tuple(_unmatched(b, matched_b, lang)),
    )


def _differ(one: Candidate) -> bool:
    """Tell whether both have a name in common and define it in other words."""
    named = any(evidence.how != _SHARED_WORDS for evidence in one.labels)
    return named and any(evidence.a != evidence.b for evidence in one.definitions)


def _unmatched(vocabulary: Vocabulary, matched: set[str], lang: str) -> Iterator[Unmatched]:
    for iri, concept in vocabulary.items():
        if iri not in matched:
            yield Unmatched(iri=iri, label=concept.name(lang))


@dataclass(frozen=True)
class _Comparer:
    a: Vocabulary
    b: Vocabulary
    lang: str

    def candidates(self) -> Iterator[Candidate]:
        pairs = {*self._named_alike, *self._worded_alike(), *self._defined_alike(), *self._mapped()}
        found = [self._candidate(pair) for pair in sorted(pairs) if pair[0] != pair[1]]
        yield from sorted((one for one in found if one is not None), key=_order)

    def _candidate(self, pair: Pair) -> Candidate | None:
        one, other = self.a[pair[0]], self.b[pair[1]]
        labels = tuple(self._labels_alike(one, other))
        definitions = tuple(self._definitions(one, other))
        alike = any(evidence.share >= _ALIKE_DEFINITIONS for evidence in definitions)
        mapped = other.iri in one.mapped or one.iri in other.mapped
        if not (labels or alike or mapped):
            return None
        return Candidate(
            a=one.iri,
            b=other.iri,
            a_label=one.name(self.lang),
            b_label=other.name(self.lang),
            labels=labels,
            definitions=definitions,
            structure=tuple(self._neighbours_alike(one, other)),
            mapped_already=mapped,
        )

    @cached_property
    def _named_alike(self) -> frozenset[Pair]:
        """Give the pairs with a label in common, however it is spelled."""
        mine = _by_skeleton(self.a)
        return frozenset(
            (one, other)
            for key, others in _by_skeleton(self.b).items()
            for one in mine.get(key, ())
            for other in others
        )

    def _worded_alike(self) -> Iterator[Pair]:
        yield from _sharing(_label_words(self.a), _label_words(self.b))

    def _defined_alike(self) -> Iterator[Pair]:
        yield from _sharing(self._definition_words(self.a), self._definition_words(self.b))

    def _mapped(self) -> Iterator[Pair]:
        """Give the pairs that a mapping joins already, whichever side says it."""
        yield from ((iri, other) for iri, one in self.a.items() for other in one.mapped & self.b.keys())
        yield from ((other, iri) for iri, one in self.b.items() for other in one.mapped & self.a.keys())

    @cached_property
    def _telling_in_labels(self) -> frozenset[str]:
        labels = (label for concept in (*self.a.values(), *self.b.values()) for label in concept.labels)
        return telling((words(label.text) for label in labels), _RARE)

    @cached_property
    def _telling(self) -> frozenset[str]:
        texts = (words(text) for concept in (*self.a.values(), *self.b.values()) for text in _texts(concept))
        return telling(texts, _FREQUENT)

    def _definition_words(self, vocabulary: Vocabulary) -> dict[str, set[str]]:
        return {
            iri: {word for text in _texts(concept) for word in words(text) & self._telling}
            for iri, concept in vocabulary.items()
        }

    def _labels_alike(self, one: Concept, other: Concept) -> Iterator[LabelEvidence]:
        for mine in one.labels:
            for theirs in other.labels:
                if _family(mine) != _family(theirs):
                    continue
                if skeleton(mine.text) == skeleton(theirs.text):
                    how = shared_rung(forms(mine.text), forms(theirs.text))
                    yield LabelEvidence(a=mine, b=theirs, how=how)
                elif shared := self._words_in_common(words(mine.text), words(theirs.text)):
                    yield LabelEvidence(a=mine, b=theirs, how=_SHARED_WORDS, shared=tuple(sorted(shared)))

    def _words_in_common(self, one: frozenset[str], other: frozenset[str]) -> frozenset[str]:
        """Give the words that two labels share where these are most of both, or all of one and rare elsewhere."""
        shared = one & other
        contained = shared in (one, other) and shared <= self._telling_in_labels
        return shared if shared and (contained or share(one, other) >= _ALIKE_LABELS) else frozenset()

    def _definitions(self, one: Concept, other: Concept) -> Iterator[DefinitionEvidence]:
        for lang in sorted(one.definitions.keys() & other.definitions.keys()):
            for mine in one.definitions[lang]:
                for theirs in other.definitions[lang]:
                    left, right = words(mine) & self._telling, words(theirs) & self._telling
                    yield DefinitionEvidence(
                        lang=lang,
                        a=mine,
                        b=theirs,
                        shared=tuple(sorted(left & right)),
                        share=round(share(left, right), 3),
                    )

    def _neighbours_alike(self, one: Concept, other: Concept) -> Iterator[StructureEvidence]:
        for relation in sorted(one.neighbours.keys() & other.neighbours.keys()):
            for mine in one.neighbours[relation]:
                for theirs in other.neighbours[relation]:
                    if (mine, theirs) in self._named_alike:
                        yield StructureEvidence(relation=relation, a=mine, b=theirs)


def _order(one: Candidate) -> tuple[bool, bool, int, float, str, str]:
    """Put what nobody mapped first, then what has a name in common, then by neighbours and definitions."""
    named = any(evidence.how != _SHARED_WORDS for evidence in one.labels)
    defined = max((evidence.share for evidence in one.definitions), default=0.0)
    return one.mapped_already, not named, -len(one.structure), -defined, one.a, one.b


def _texts(concept: Concept) -> Iterator[str]:
    for texts in concept.definitions.values():
        yield from texts


def _by_skeleton(vocabulary: Vocabulary) -> dict[tuple[str, str], set[str]]:
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for concept in vocabulary.values():
        for label in concept.labels:
            found[_family(label), skeleton(label.text)].add(concept.iri)
    return found


def _family(label: Label) -> str:
    return label.lang.split("-")[0]


def _label_words(vocabulary: Vocabulary) -> dict[str, set[str]]:
    return {
        concept.iri: {word for label in concept.labels for word in words(label.text)}
        for concept in vocabulary.values()
    }


def _sharing(mine: dict[str, set[str]], others: dict[str, set[str]]) -> Iterator[Pair]:
    """Give the pairs that share two words that are not common, or the only one that either has."""
    by_word: dict[str, list[str]] = defaultdict(list)
    for iri, found in others.items():
        for word in found:
            by_word[word].append(iri)
    for iri, found in mine.items():
        hits: dict[str, int] = defaultdict(int)
        for word in found:
            if len(by_word[word]) <= _COMMON:
                for other in by_word[word]:
                    hits[other] += 1
        for other, count in hits.items():
            if count > 1 or min(len(found), len(others[other])) == 1:
                yield iri, other


def matched(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Give the candidates that no mapping joins yet."""
    return [one for one in candidates if not one.mapped_already]
