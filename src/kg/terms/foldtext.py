"""Fold a running text for finding terms in it, and keep where each folded character came from."""

import re
import unicodedata
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from kg.terms.grams import Flags, Ints

_Codes = npt.NDArray[np.uint32]
_Kinds = npt.NDArray[np.uint8]
_PLANE = 0x10000
_OTHER, _LATIN, _KATAKANA, _CHARACTER, _SPACE, _DOT, _HYPHEN, _LOST, _VOICING = range(9)
_LONG_DASHES = "–—―−－─━"
_HYPHENS = "-‐‑‒﹣"
_MIDDLE_DOTS = "・･·•‧∙⋅"
_LONG_VOWEL, _LONG_DASH, _NEW_LINE = ord("ー"), ord("−"), ord("\n")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_VU = ord("ヴ")
_AFTER_VU = dict(zip("ァィェォ", "バビベボ", strict=True))
_SMALL = dict(zip("ァィゥェォッャュョヮヵヶ", "アイウエオツヤユヨワカケ", strict=True))


class FoldedText(NamedTuple):
    """A text without its spaces, joints and letter shapes, each character with its place in the text given.

    `first` and `last` bound the characters of the text given that a folded one stands for; `starts` and `ends`
    say whether a word may begin with it or end with it.
    """

    text: str
    first: Ints
    last: Ints
    starts: Flags
    ends: Flags


class _Tables(NamedTuple):
    shapes: _Codes
    kinds: _Kinds
    voiced: _Codes
    half_voiced: _Codes
    small: _Codes
    after_vu: _Codes


def fold_text(text: str) -> FoldedText:
    """Fold a text of any length; quick, because every step works on all its characters at once."""
    tables = _tables()
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    in_plane = np.minimum(codes, _PLANE - 1)
    folded = np.where(codes < _PLANE, tables.shapes[in_plane], codes)
    kind = tables.kinds[in_plane]
    voicing = _voice(folded, kind, tables)
    _read_dashes(folded, kind, codes)
    _mark_blank_lines(folded, kind, text)
    run = np.zeros(len(codes) + 1, dtype=np.bool_)
    run[1:-1] = (kind[1:] == kind[:-1]) & ((kind[1:] == _LATIN) | (kind[1:] == _KATAKANA))
    starts, ends = ~run[:-1], ~run[1:]
    first = np.arange(len(codes), dtype=np.int32)
    last = first + np.int32(1)
    kept = (kind != _SPACE) & (kind != _DOT) & (kind != _LOST)
    for attached in (
        _final_long_vowels(folded, kind),
        voicing,
    ):  # a voicing mark may stand before a final vowel mark
        ends[attached - 1], last[attached - 1] = ends[attached], last[attached]
        kept[attached] = False
    kept[_inner_hyphens(kind)] = False
    kept[_idle_u(folded, kind)] = False
    vu = _vu(folded, tables)
    kept[vu] = False
    starts[vu + 1], first[vu + 1] = starts[vu], first[vu]
    shaped = np.where(folded < _PLANE, tables.small[np.minimum(folded, _PLANE - 1)], folded)[kept]
    return FoldedText(
        str(shaped.astype(np.uint32).tobytes(), "utf-32-le", "surrogatepass"),
        first[kept],
        last[kept],
        starts[kept],
        ends[kept],
    )


def _voice(folded: _Codes, kind: _Kinds, tables: _Tables) -> Ints:
    """Join kana with the voicing marks that follow them; gives the places of the marks."""
    marks = np.flatnonzero(kind == _VOICING).astype(np.int32)
    marks = marks[marks > 0]
    bases = np.minimum(folded[marks - 1], _PLANE - 1)
    folded[marks - 1] = np.where(folded[marks] == 0x3099, tables.voiced[bases], tables.half_voiced[bases])
    kind[marks] = _KATAKANA
    return marks


def _read_dashes(folded: _Codes, kind: _Kinds, codes: _Codes) -> None:
    """Take a long dash after katakana, or any after half-width katakana, for a long vowel mark."""
    dashes = np.flatnonzero(kind == _HYPHEN)
    dashes = dashes[dashes > 0]
    half_width = (codes[dashes - 1] >= 0xFF66) & (codes[dashes - 1] <= 0xFF9F)
    long = (kind[dashes - 1] == _KATAKANA) & ((folded[dashes] == _LONG_DASH) | half_width)
    folded[dashes[long]], kind[dashes[long]] = _LONG_VOWEL, _KATAKANA


def _mark_blank_lines(folded: _Codes, kind: _Kinds, text: str) -> None:
    """Keep a sign where a blank line stands, so that no term is found across paragraphs."""
    blank = [found.start() for found in _BLANK_LINE.finditer(text)]
    folded[blank], kind[blank] = _NEW_LINE, _OTHER


def _final_long_vowels(folded: _Codes, kind: _Kinds) -> Ints:
    marks = np.flatnonzero(folded == _LONG_VOWEL).astype(np.int32)
    marks = marks[marks > 1]
    followed = np.append(kind, np.uint8(_OTHER))[marks + 1] == _KATAKANA
    final: Flags = (kind[marks - 1] == _KATAKANA) & (kind[marks - 2] == _KATAKANA) & ~followed
    return marks[final]


def _inner_hyphens(kind: _Kinds) -> Ints:
    hyphens = np.flatnonzero(kind[1:-1] == _HYPHEN).astype(np.int32) + np.int32(1)
    inner: Flags = (kind[hyphens - 1] == _LATIN) & (kind[hyphens + 1] == _LATIN)
    return hyphens[inner]


def _idle_u(folded: _Codes, kind: _Kinds) -> Ints:
    """The places of u in -our, which American spelling leaves out."""
    letters = np.flatnonzero(folded[1:-1] == ord("u")).astype(np.int32) + np.int32(1)
    beside: Flags = (folded[letters - 1] == ord("o")) & (folded[letters + 1] == ord("r"))
    letters = letters[beside]
    idle: Flags = (letters > 1) & (kind[letters - 2] == _LATIN)
    return letters[idle]


def _vu(folded: _Codes, tables: _Tables) -> Ints:
    """Turn ヴ into the row of バ; gives its places where the next character now says it all."""
    places = np.flatnonzero(folded[:-1] == _VU).astype(np.int32)
    following = folded[places + 1]
    vowels = tables.after_vu[np.minimum(following, _PLANE - 1)]
    folded[folded == _VU] = ord("ブ")
    said: Flags = vowels > 0
    pairs: Ints = places[said]
    folded[pairs + 1] = vowels[said]
    return pairs


@cache
def _tables() -> _Tables:
    shapes = np.arange(_PLANE, dtype=np.uint32)
    kinds = np.zeros(_PLANE, dtype=np.uint8)
    for code in range(_PLANE):
        shape = _shape(chr(code))
        shapes[code], kinds[code] = ord(shape), _kind(shape)
    return _Tables(
        shapes,
        kinds,
        _replacing(
            {base: unicodedata.normalize("NFC", base + "\u3099") for base in map(chr, range(0x3041, 0x30FF))}
        ),
        _replacing(
            {base: unicodedata.normalize("NFC", base + "\u309a") for base in map(chr, range(0x3041, 0x30FF))}
        ),
        _replacing(_SMALL),
        _replacing(_AFTER_VU, np.zeros(_PLANE, dtype=np.uint32)),
    )


def _replacing(replacements: dict[str, str], table: _Codes | None = None) -> _Codes:
    table = np.arange(_PLANE, dtype=np.uint32) if table is None else table
    for old, new in replacements.items():
        table[ord(old)] = ord(new[0])
    return table


def _shape(character: str) -> str:
    """One character without its width, case, accent and kind of dash."""
    if character in _LONG_DASHES:
        return "−"
    if character in _HYPHENS:
        return "-"
    shape = unicodedata.normalize("NFKC", character)
    shape = unicodedata.normalize("NFD", shape)[0] if shape[:1].isalpha() and ord(shape[0]) < 0x250 else shape
    shape = shape.casefold() if len(shape.casefold()) == 1 else shape
    shape = "s" if shape == "z" else shape
    return shape if len(shape) == 1 and ord(shape) < _PLANE else character


def _kind(character: str) -> int:
    code = ord(character)
    if character in ("\u3099", "\u309a"):
        return _VOICING
    if 0x30A1 <= code <= 0x30FA or 0x30FC <= code <= 0x30FE:
        return _KATAKANA
    if character in _MIDDLE_DOTS:
        return _DOT
    if character in ("-", "−"):
        return _HYPHEN
    if character.isspace():
        return _SPACE
    if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Mn", "Me"):
        return _LOST
    if character.isalnum():
        return _LATIN if code < 0x0530 else _CHARACTER
    return _OTHER
