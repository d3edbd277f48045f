"""A text with its terms marked: pieces that are bare, and pieces that name records."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.terms.annotator import Annotation
from kg.terms.mentions import Mention

TONES = 8


@dataclass(frozen=True)
class Piece:
    """A piece of a text; where it names records, these and the tone of the first one's scheme."""

    text: str
    concepts: tuple[Mention, ...] = ()
    tone: int = 0


def tones(mentions: Iterable[Mention]) -> dict[str, int]:
    """Give each scheme or class that occurs a tone, the commonest ones in the order of their names."""
    names = sorted({group_of(one) for one in mentions})
    return {name: place % TONES for place, name in enumerate(names)}


def group_of(mention: Mention) -> str:
    """Name what a record is coloured by: its scheme, or its class where it has none."""
    return mention.scheme or mention.type


def marked_text(text: str, found: Sequence[Annotation], tone_of: dict[str, int]) -> list[Piece]:
    """Cut a text into pieces; where terms overlap the one that starts first is shown."""
    pieces = []
    reached = 0
    for one in found:
        if one.start < reached:
            continue
        if one.start > reached:
            pieces.append(Piece(text[reached : one.start]))
        pieces.append(Piece(text[one.start : one.end], one.concepts, tone_of[group_of(one.concepts[0])]))
        reached = one.end
    return [*pieces, Piece(text[reached:])] if reached < len(text) else pieces
