"""What closes a gap, in words: the description that its SHACL shape carries."""

import pyoxigraph as ox

from kg.gaps.model import ClosesIf, Text

_DESCRIPTION = ox.NamedNode("http://www.w3.org/ns/shacl#description")


def condition(closes_if: ClosesIf) -> Text | None:
    """Give the description of a shape in both languages, or None where it has none."""
    texts = {
        quad.object.language: quad.object.value
        for quad in ox.parse(closes_if.turtle, format=ox.RdfFormat.TURTLE)
        if quad.predicate == _DESCRIPTION
        and quad.subject == ox.NamedNode(closes_if.shape)
        and isinstance(quad.object, ox.Literal)
    }
    if not texts:
        return None
    some = next(iter(texts.values()))
    return Text(ja=texts.get("ja", some), en=texts.get("en", some))
