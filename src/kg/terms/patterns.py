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
    """Give every folded form of the labels that text may use, each with its labels.

    What a label says before its brackets stands for it only where no other label is just that.
    """
    numbers = np.flatnonzero(np.isin(table.kind, _SOUGHT)).tolist()
    by_form = _by_form([(form, number) for number in numbers for form in _inflected(table.texts[number])])
    bracketed = [number for number in numbers if table.texts[number].rstrip()[-1:] in (")", "）")]
    names = [(name, number) for number in bracketed for name in names_by_brackets(table.texts[number])]
    shortened = _by_form([(form, number) for name, number in names for form in _inflected(name)])
    return [
        Pattern(form, tuple(sorted(labels)), any(is_acronym(table.texts[label]) for label in labels))
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


def _fold_all(forms: list[str]) -> list[str]:
    """Fold many forms as the paragraphs of one text."""
    flat = [" ".join(form.split()) for form in forms]
    return fold_text(_SEPARATOR.join(flat)).text.split("\n") if flat else []
