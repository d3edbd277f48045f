"""Japanese names without the small words that one writer puts between their parts and another leaves out."""

import re

_BETWEEN = "[^\\s\u3041-\u3096、。]"  # particles stand in hiragana between words that do not
_PARTICLES = (
    "における|でいう|で言う|[がにで]定める|が示す|についての|に関する|に対する|に関わる|に係る|に向けた|のための|による|への|からの|での|との|の|"
    "及び|および|並びに|ならびに|かつ|と|や|的な|な"
)
_PARTICLE = re.compile(rf"(?<={_BETWEEN})(?:{_PARTICLES})(?={_BETWEEN})")


_LISTED = re.compile(
    r"[、,，/／]\s*(?:and |or |及び|および|並びに)?|(?<![\u30a1-\u30fc])[・･]|[・･](?![\u30a1-\u30fc])"
    rf"|\s+(?:and|or|&)\s+|(?<={_BETWEEN})(?:及び|および|並びに|または|又は|と|や)(?={_BETWEEN})"
)


def names_listed(text: str) -> list[str]:
    """The names that a label lists; none when it is one name or a phrase.

    >>> names_listed("Robustness, security and safety"), names_listed("雇用・労働"), names_listed("データ・センター")
    (['Robustness', 'security', 'safety'], ['雇用', '労働'], [])
    """
    names = [name.strip() for name in _LISTED.split(text) if name.strip()]
    return names if len(names) > 1 and "の" not in text else []


def split_at_particles(text: str) -> str:
    """The text with a space for each particle between its words."""
    return text if text.isascii() else _PARTICLE.sub(" ", text)


def without_particles(text: str) -> str:
    """The text without the particles, case-like phrases and conjunctions between its words.

    >>> without_particles("AIの安全性に関する評価")
    'AI安全性評価'
    >>> without_particles("国際的な協力")
    '国際協力'
    """
    return text if text.isascii() else _PARTICLE.sub("", text)
