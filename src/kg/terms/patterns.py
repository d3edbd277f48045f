"""The forms of all labels that are looked for in running text."""

import re
from typing import NamedTuple

import numpy as np

from kg.terms.acronyms import is_acronym, names_by_brackets
from kg.terms.english import fold_words
from kg.terms.foldtext import fold_text
from kg.terms.models import KINDS
from kg.terms.particles import names_listed, without_particles
from kg.terms.standing import is_short_kanji
from kg.terms.table import LabelTable

_SOUGHT = [KINDS.index(kind) for kind in ("pref", "alt", "former", "hidden")]
_NAMES = [KINDS.index(kind) for kind in ("pref", "alt")]
_SEPARATOR = "\n\n"
_AFTER_AI = re.compile("^AI(?=[\u3400-\u4dbf\u4e00-\u9fff]{2,4}$)")
_AI_NOUN = re.compile("^AI ([a-z]{5,})$")
_SHORTEST_BARE = 4
_LAST_Y = re.compile(r"(?<=[b-df-hj-np-tv-z])y$")


class Pattern(NamedTuple):
    """A folded form, the labels that have it, and whether one of them is an acronym or the form two kanji."""

    folded: str
    labels: tuple[int, ...]
    acronym: bool
    short: bool


def patterns_of(table: LabelTable) -> list[Pattern]:
    """Give every folded form of the labels that text may use, each with its labels.

    What a label says before its brackets, without its particles or with one at AI, stands for it only where no
    other label is just that. What people type for a list of names is no term in a text, which names each.
    """
    sought = np.flatnonzero(np.isin(table.kind, _SOUGHT)).tolist()
    numbers = [
        number for number in sought if not (table.hidden[number] and names_listed(table.texts[number]))
    ]
    by_form = _by_form([(form, number) for number in numbers for form in _inflected(table.texts[number])])
    bracketed = [number for number in numbers if table.texts[number].rstrip()[-1:] in (")", "）")]
    names = [(name, number) for number in bracketed for name in names_by_brackets(table.texts[number])]
    named = np.flatnonzero(np.isin(table.kind, _NAMES) & ~table.described).tolist()
    names += [(name, number) for number in named for name in _with_other_particles(table.texts[number])]
    shortened = _by_form([(form, number) for name, number in names for form in _inflected(name)])
    return [
        Pattern(
            form,
            tuple(sorted(labels)),
            any(is_acronym(table.texts[label]) for label in labels),
            is_short_kanji(form),
        )
        for form, labels in sorted((shortened | by_form).items())
    ]


def _by_form(forms: list[tuple[str, int]]) -> dict[str, set[int]]:
    by_form: dict[str, set[int]] = {}
    for (_, number), form in zip(forms, _fold_all([form for form, _ in forms]), strict=True):
        if len(form) > 1:
            by_form.setdefault(form, set()).add(number)
    return by_form


def _inflected(label: str) -> list[str]:
    """A label, and for an English one its singular and the plural of -y."""
    return [label, fold_words(label.lower()), _LAST_Y.sub("ies", label)] if label.isascii() else [label]


def _with_other_particles(label: str) -> list[str]:
    """A label as another writer puts it: リスク特定 for リスクの特定, AIの人材 for AI人材, procurement of AI."""
    if label.isascii():
        return [_AI_NOUN.sub(r"\1 of AI", label)] if _AI_NOUN.match(label) else []
    bare = without_particles(label)
    others = [bare] if bare != label and len(bare) >= _SHORTEST_BARE else []
    return [*others, _AFTER_AI.sub("AIの", label)] if _AFTER_AI.match(label) else others


def _fold_all(forms: list[str]) -> list[str]:
    """Fold many forms as the paragraphs of one text."""
    flat = [" ".join(form.split()) for form in forms]
    return fold_text(_SEPARATOR.join(flat)).text.split("\n") if flat else []
