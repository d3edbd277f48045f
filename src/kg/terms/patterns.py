"""The forms of all labels that are looked for in running text."""

import re
from itertools import takewhile
from typing import NamedTuple

import numpy as np

from kg.terms.acronyms import is_acronym, names_by_brackets
from kg.terms.english import fold_words
from kg.terms.foldtext import fold_text
from kg.terms.models import KINDS
from kg.terms.particles import names_listed, without_particles
from kg.terms.standing import is_kanji, is_short_kanji
from kg.terms.table import LabelTable, local_name

_SOUGHT = [KINDS.index(kind) for kind in ("pref", "alt", "former", "hidden")]
_NAMES = [KINDS.index(kind) for kind in ("pref", "alt")]
_SEPARATOR = "\n\n"
_COMPOUND = re.compile("[^\\s()（）、。・の]+")
_NEXT_SCRIPT = re.compile(
    "[a-zA-Zァ-ヺー](?=[\u4e00-\u9fff]{2})(?!.[性化者等型系])|[a-zA-Z\u4e00-\u9fff](?=[ァ-ヺ])"
)
_AI = re.compile("(?<![A-Za-z])AI(?![A-Za-z])")
_AI_NOUN = re.compile("^AI ([a-z]{5,})$")
_IN_A_WORD = re.compile("[a-z]{2}|[ァ-ヺー]{2}")
_SHORTEST_BARE = 4
_BEFORE_OF = re.compile("^([A-Za-z]+[a-rt-xz]) of ")
_LAST_Y = re.compile(r"(?<=[b-df-hj-np-tv-z])y$")


class Pattern(NamedTuple):
    """A folded form, the labels that have it, and whether one of them is an acronym or the form two kanji."""

    folded: str
    labels: tuple[int, ...]
    acronym: bool
    short: bool


def patterns_of(table: LabelTable) -> list[Pattern]:
    """Give every folded form of the labels that text may use, each with its labels.

    What a label says before its brackets, without its particles or with others, with AI in full or for its full
    name, stands for it only where no other label is just that. What people type for a list of names is no term in a
    text, which names each; nor is a name of a concept with more words (CBRN weapons): there it is the name that
    counts.
    """
    sought = np.flatnonzero(np.isin(table.kind, _SOUGHT)).tolist()
    concepts = np.array([local_name(record.type) == "Concept" for record in table.records], dtype=np.bool_)
    padded = _with_more_words(table, np.flatnonzero(table.hidden & concepts[table.record]).tolist())
    numbers = [number for number in sought if number not in padded and not _is_list(table, number)]
    by_form = _by_form([(form, number) for number in numbers for form in _inflected(table.texts[number])])
    bracketed = [number for number in numbers if table.texts[number].rstrip()[-1:] in (")", "）")]
    names = [(name, number) for number in bracketed for name in names_by_brackets(table.texts[number])]
    named = np.flatnonzero(np.isin(table.kind, _NAMES) & concepts[table.record]).tolist()
    names += [(name, number) for number in named for name in _with_other_particles(table.texts[number])]
    names += [(name, number) for number in numbers for name in _with_ai_in_full(table.texts[number])]
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


def _is_list(table: LabelTable, number: int) -> bool:
    return bool(table.hidden[number] and names_listed(table.texts[number]))


def _with_more_words(table: LabelTable, hidden: list[int]) -> set[int]:
    """Those hidden labels that hold a name of their record as a word."""
    found = set()
    for number in hidden:
        text, first = table.texts[number].casefold(), table.firsts.item(table.record.item(number))
        labels = takewhile(lambda label: table.kind.item(label) in _NAMES, range(first, number))
        names = (table.texts[label].casefold() for label in labels)
        if any(_has_word(text, name) for name in names if name != text and not is_short_kanji(name)):
            found.add(number)
    return found


def _has_word(text: str, word: str) -> bool:
    """Whether a word stands in a text, uncut if it is in Latin script or katakana."""
    start = text.find(word)
    stop = start + len(word)
    joints = text[start - 1 : start + 1], text[stop - 1 : stop + 1]
    return start >= 0 and not any(map(_IN_A_WORD.fullmatch, joints))


def _by_form(forms: list[tuple[str, int]]) -> dict[str, set[int]]:
    by_form: dict[str, set[int]] = {}
    for (_, number), form in zip(forms, _fold_all([form for form, _ in forms]), strict=True):
        if len(form) > 1:
            by_form.setdefault(form, set()).add(number)
    return by_form


def _inflected(label: str) -> list[str]:
    """A label, and for an English one its singular, the plural of -y and that of a word before «of»."""
    if not label.isascii():
        return [label]
    return [label, fold_words(label.lower()), _LAST_Y.sub("ies", label), _BEFORE_OF.sub(r"\1s of ", label)]


def _with_other_particles(label: str) -> list[str]:
    """A label as another writer puts it: リスク特定 for リスクの特定, AIの人材 for AI人材, procurement of AI."""
    if label.isascii():
        return [_AI_NOUN.sub(r"\1 of AI", label)] if _AI_NOUN.match(label) else []
    bare = without_particles(label)
    others = [bare] if bare != label and len(bare) >= _SHORTEST_BARE else []
    return others + [f"{label[:cut]}の{label[cut:]}" for cut in _cuts(label)]


def _with_ai_in_full(label: str) -> list[str]:
    """A label with AI written out, or with AI for its full name; none where it has neither."""
    full = "artificial intelligence" if label.isascii() else "人工知能"
    return [name for name in (_AI.sub(full, label), re.sub(full, "AI", label, flags=re.I)) if name != label]


def _cuts(label: str) -> list[int]:
    """Where a Japanese compound falls into two words: between scripts, and amid four kanji.

    >>> _cuts("インシデント報告"), _cuts("AIガバナンス体制"), _cuts("情報共有"), _cuts("安全性評価")
    ([6], [2, 7], [2], [])
    """
    if not _COMPOUND.fullmatch(label):
        return []
    amid = [2] if len(label) == 4 and all(map(is_kanji, label)) else []
    return amid + [found.end() for found in _NEXT_SCRIPT.finditer(label)]


def _fold_all(forms: list[str]) -> list[str]:
    """Fold many forms as the paragraphs of one text."""
    flat = [" ".join(form.split()) for form in forms]
    return fold_text(_SEPARATOR.join(flat)).text.split("\n") if flat else []
