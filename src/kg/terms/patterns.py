"""The forms of all labels that are looked for in running text."""

import re
from typing import NamedTuple

import numpy as np

from kg.terms.acronyms import is_acronym, names_by_brackets
from kg.terms.english import fold_words
from kg.terms.foldtext import fold_text
from kg.terms.models import KINDS
from kg.terms.table import LabelTable

_SOUGHT = [KINDS.index(kind) for kind in ("pref", "alt", "former", "hidden")]
_SEPARATOR = "\n\n"
_LAST_Y = re.compile(r"(?<=[b-df-hj-np-tv-z])y$")


class Pattern(NamedTuple):
    """A folded form, the labels that have it, and whether one of them is an acronym."""

    folded: str
    labels: tuple[int, ...]
    acronym: bool


def patterns_of(table: LabelTable) -> list[Pattern]:
    """Give every folded form of the labels that text may use, each with its labels."""
    numbers = np.flatnonzero(np.isin(table.kind, _SOUGHT)).tolist()
    forms = [(form, number) for number in numbers for form in _written_forms(table.texts[number])]
    folded = _fold_all([form for form, _ in forms])
    by_form: dict[str, dict[int, None]] = {}
    for (_, number), form in zip(forms, folded, strict=True):
        if len(form) > 1:
            by_form.setdefault(form, {})[number] = None
    return [
        Pattern(form, tuple(sorted(labels)), any(is_acronym(table.texts[label]) for label in labels))
        for form, labels in sorted(by_form.items())
    ]


def _written_forms(label: str) -> list[str]:
    forms = [label]
    if label.rstrip()[-1:] in (")", "）"):
        forms += names_by_brackets(label)
    latin = [form for form in forms if form.isascii()]
    return forms + [fold_words(form.lower()) for form in latin] + [_LAST_Y.sub("ies", form) for form in latin]


def _fold_all(forms: list[str]) -> list[str]:
    """Fold many forms as the paragraphs of one text."""
    flat = [" ".join(form.split()) for form in forms]
    return fold_text(_SEPARATOR.join(flat)).text.split("\n") if flat else []
