"""What sources are on record as contradicting each other in, wherever in the graph."""

from collections.abc import Iterator

from kg.catalog import load_query
from kg.gaps.ground import Ground
from kg.gaps.ledgers import Disagreement
from kg.gaps.model import Text
from kg.gaps.terms import must, text_of


def disagreements(ground: Ground) -> Iterator[Disagreement]:
    """Give every sound conflict statement with its records and its explanation."""
    reasons = _reasons(ground)
    for iri, records in sorted(ground.knowledge.conflicts.items()):
        yield Disagreement(
            statement=iri,
            records=ground.labels.refs(sorted(records)),
            reason=reasons.get(iri),
            citations=ground.facts.citations.get(iri, ()),
        )


def _reasons(ground: Ground) -> dict[str, Text]:
    found: dict[str, dict[str, str]] = {}
    for row in ground.store.select(load_query("gaps/conflict-reasons").bind()):
        texts = found.setdefault(must(row, "statement"), {})
        texts.setdefault(text_of(row, "language") or "en", must(row, "reason"))
    return {iri: _both(texts) for iri, texts in found.items()}


def _both(texts: dict[str, str]) -> Text:
    anything = next(iter(texts.values()))
    return Text(ja=texts.get("ja", anything), en=texts.get("en", anything))
