"""Japanese names without the small words that one writer puts between their parts and another leaves out."""

import re

_BETWEEN = "[^\\s\u3041-\u3096、。]"  # particles stand in hiragana between words that do not
_PARTICLES = (
    "における|についての|に関する|に対する|に関わる|に係る|に向けた|のための|による|への|からの|での|との|の|"
    "及び|および|並びに|ならびに|かつ|と|や|的な|な"
)
_PARTICLE = re.compile(rf"(?<={_BETWEEN})(?:{_PARTICLES})(?={_BETWEEN})")


def without_particles(text: str) -> str:
    """The text without the particles, case-like phrases and conjunctions between its words.

    >>> without_particles("AIの安全性に関する評価")
    'AI安全性評価'
    >>> without_particles("国際的な協力")
    '国際協力'
    """
    return text if text.isascii() else _PARTICLE.sub("", text)
