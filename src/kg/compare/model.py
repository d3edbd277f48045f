"""What a comparison of two vocabularies says: frozen values whose `model_dump` is its JSON."""

from kg.gaps.model import Value


class Label(Value):
    """A label with its language and its kind: prefLabel, altLabel or hiddenLabel."""

    text: str
    lang: str
    kind: str


class Concept(Value):
    """A concept with what it is compared by."""

    iri: str
    scheme: str
    labels: tuple[Label, ...]
    definitions: dict[str, tuple[str, ...]]
    neighbours: dict[str, tuple[str, ...]]
    mapped: frozenset[str]

    def name(self, lang: str) -> str:
        """Give a preferred label, that of the language first."""
        preferred = [label for label in self.labels if label.kind == "prefLabel"]
        preferred.sort(key=lambda label: (label.lang != lang, label.lang, label.text))
        return preferred[0].text if preferred else self.iri


class LabelEvidence(Value):
    """Two labels that are equal, at once or after the named step of folding, or hold the same telling words."""

    a: Label
    b: Label
    how: str
    shared: tuple[str, ...] = ()


class DefinitionEvidence(Value):
    """Two definitions with the words that they share, and their share of all words of both."""

    lang: str
    a: str
    b: str
    shared: tuple[str, ...]
    share: float


class StructureEvidence(Value):
    """Neighbours of the two concepts in the same relation that have a label in common."""

    relation: str
    a: str
    b: str


class Candidate(Value):
    """A pair that a person may look at, with all that speaks for it; no score, since none would be a fact."""

    a: str
    b: str
    a_label: str
    b_label: str
    labels: tuple[LabelEvidence, ...] = ()
    definitions: tuple[DefinitionEvidence, ...] = ()
    structure: tuple[StructureEvidence, ...] = ()
    mapped_already: bool = False


class Unmatched(Value):
    """A concept for which the other side has no candidate."""

    iri: str
    label: str


class Comparison(Value):
    """Two vocabularies compared."""

    a: str
    b: str
    concepts_a: int
    concepts_b: int
    candidates: tuple[Candidate, ...]
    definitions_differ: tuple[Candidate, ...]
    only_a: tuple[Unmatched, ...]
    only_b: tuple[Unmatched, ...]
