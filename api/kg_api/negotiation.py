"""Content negotiation with quality values, for every route that answers in several formats."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

_QUALITY: Final = re.compile(r"^(?:0(?:\.\d*)?|1(?:\.0*)?|\.\d+)$")
_MOST_RANGES: Final = 60
_MOST_CHARACTERS: Final = 4_000


def choose(accept: str | None, offers: Sequence[str]) -> str | None:
    """Give the offer that the client likes best, or None when it wants none of them.

    Among equally liked offers the one named more exactly wins, then the one named first,
    then the one offered first.

    >>> choose("text/turtle;q=0.5, application/ld+json", ["text/turtle", "application/ld+json"])
    'application/ld+json'
    >>> choose("text/turtle;q=0, */*", ["text/turtle", "application/n-triples"])
    'application/n-triples'
    >>> choose("image/png", ["text/turtle"]) is None
    True
    """
    return _choose((accept or "")[:_MOST_CHARACTERS], tuple(offers))


@lru_cache(maxsize=512)
def _choose(accept: str, offers: tuple[str, ...]) -> str | None:
    if not accept.strip():
        return offers[0]
    ranges = _ranges(accept)
    best: tuple[float, int, int] | None = None
    chosen = None
    for offer in offers:
        rank = _rank(offer, ranges)
        if rank is not None and (best is None or rank > best):
            best, chosen = rank, offer
    return chosen


def _ranges(accept: str) -> list[tuple[str, float]]:
    """Read the header as media ranges with their quality; parameters other than q do not matter here."""
    ranges = []
    for part in accept.split(",")[:_MOST_RANGES]:
        name, *parameters = part.split(";")
        quality = 1.0
        for parameter in parameters:
            key, _, value = parameter.partition("=")
            if key.strip().lower() == "q":
                quality = _quality(value.strip())
        if name.strip():
            ranges.append((name.strip().lower(), quality))
    return ranges


def _quality(text: str) -> float:
    """Take what is no quality as full quality, as most clients mean it."""
    return float(text) if _QUALITY.match(text) else 1.0


def _rank(offer: str, ranges: list[tuple[str, float]]) -> tuple[float, int, int] | None:
    """Give quality, exactness and place of the most exact range that covers an offer."""
    found: tuple[int, int, float] | None = None
    kind = offer.split("/", 1)[0]
    for place, (name, quality) in enumerate(ranges):
        exactness = {offer: 3, f"{kind}/*": 2, "*/*": 1, "*": 1}.get(name, 0)
        if exactness and (found is None or exactness > found[0]):
            found = (exactness, -place, quality)
    if found is None or found[2] == 0:
        return None
    return found[2], found[0], found[1]


@lru_cache(maxsize=128)
def accepts_gzip(accept_encoding: str) -> bool:
    """Tell whether the client takes gzip, and likes it no less than the answer as it is.

    >>> [accepts_gzip(text) for text in ("gzip, br", "*", "", "gzip;q=0, *", "gzip;q=0.5, identity")]
    [True, True, False, False, False]
    """
    wishes = dict(_ranges(accept_encoding))
    gzip = wishes.get("gzip", wishes.get("x-gzip", wishes.get("*", 0.0)))
    return gzip > 0 and gzip >= wishes.get("identity", 0.0)
