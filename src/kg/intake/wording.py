"""The sentences that say why a row was refused or what of it was left out, in English and Japanese."""

import tomllib
from functools import cache
from importlib import resources

from kg.intake.model import Words


@cache
def _texts() -> dict[str, Words]:
    text = (resources.files("kg.intake") / "wording.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def say(name: str, /, **values: object) -> Words:
    """Give a sentence in both languages, its gaps filled in."""
    return {lang: text.format(**values) for lang, text in sorted(_texts()[name].items())}
