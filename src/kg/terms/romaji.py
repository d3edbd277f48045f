"""Romaji, in any common spelling, to katakana."""

import re
import unicodedata

_ROWS = {
    "": "アイウエオ",
    "k": "カキクケコ",
    "s": "サシスセソ",
    "t": "タチツテト",
    "n": "ナニヌネノ",
    "h": "ハヒフヘホ",
    "m": "マミムメモ",
    "r": "ラリルレロ",
    "l": "ラリルレロ",
    "g": "ガギグゲゴ",
    "z": "ザジズゼゾ",
    "d": "ダヂヅデド",
    "b": "バビブベボ",
    "p": "パピプペポ",
}
_GLIDES = {
    "y": ("ヤ", "イ", "ユ", "イェ", "ヨ"),
    "w": ("ワ", "ウィ", "ウ", "ウェ", "ヲ"),
    "f": ("ファ", "フィ", "フ", "フェ", "フォ"),
    "v": ("バ", "ビ", "ブ", "ベ", "ボ"),
    "j": ("ジャ", "ジ", "ジュ", "ジェ", "ジョ"),
    "sh": ("シャ", "シ", "シュ", "シェ", "ショ"),
    "ch": ("チャ", "チ", "チュ", "チェ", "チョ"),
    "ts": ("ツァ", "ツィ", "ツ", "ツェ", "ツォ"),
    "th": ("テャ", "ティ", "テュ", "テェ", "テョ"),
    "dh": ("デャ", "ディ", "デュ", "デェ", "デョ"),
}
_YOON = ("ャ", "ィ", "ュ", "ェ", "ョ")
_SYLLABLE = re.compile(
    r"(?P<double>([bcdfghjkmprstvz])(?=\2)|t(?=ch))?"
    r"(?P<onset>sh|ch|ts|th|dh|[kstnhmrlgzdbpj]y|[kstnhmrlgzdbpywfvj]|)(?P<vowel>[aiueo])"
    r"|n'?|m(?=[bmp])"
)
_LENGTHENED = str.maketrans(dict(zip("āīūēōâîûêô", ["aa", "ii", "uu", "ee", "ou"] * 2, strict=True)))
_JOINTS = re.compile(r"[\s\-]+")


def romaji_to_katakana(text: str) -> str:
    """The katakana that a romaji text spells, empty when the text is no romaji."""
    spelled = _JOINTS.sub("", unicodedata.normalize("NFC", text.lower()).translate(_LENGTHENED))
    kana: list[str] = []
    at = 0
    while at < len(spelled):
        syllable = _SYLLABLE.match(spelled, at)
        if syllable is None:
            return ""
        kana.append(_kana(syllable))
        at = syllable.end()
    return "".join(kana).replace("ンン", "ン")


def _kana(syllable: re.Match[str]) -> str:
    if syllable["vowel"] is None:
        return "ン"
    onset, vowel = syllable["onset"], "aiueo".index(syllable["vowel"])
    return ("ッ" if syllable["double"] else "") + _plain(onset, vowel)


def _plain(onset: str, vowel: int) -> str:
    if onset in _GLIDES:
        return _GLIDES[onset][vowel]
    if onset.endswith("y"):
        return "ジ" + _YOON[vowel] if onset == "jy" else _ROWS[onset[0]][1] + _YOON[vowel]
    return _ROWS[onset][vowel]
