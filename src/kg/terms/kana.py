"""Kana: hiragana to katakana, small kana, vowel length, romaji."""

import re

from kg.terms.characters import CharacterTable

_TO_KATAKANA = CharacterTable(
    {chr(code): chr(code + 0x60) for code in (*range(0x3041, 0x3097), 0x309D, 0x309E)}
)
_SMALL = CharacterTable(dict(zip("ァィゥェォッャュョヮヵヶ", "アイウエオツヤユヨワカケ", strict=True)))
_VU = re.compile("ヴ[ァィゥェォャュョ]?")
_VU_VALUES = dict(
    zip(["", *"ァィゥェォャュョ"], ["ブ", "バ", "ビ", "ブ", "ベ", "ボ", "ビャ", "ビュ", "ビョ"], strict=True)
)
_VOWEL_ROWS = {
    "ア": "アカサタナハマヤラワガザダバパ",
    "イ": "イキシチニヒミリギジヂビピヰ",
    "ウ": "ウクスツヌフムユルグズヅブプ",
    "エ": "エケセテネヘメレゲゼデベペヱ",
    "オ": "オコソトノホモヨロヲゴゾドボポ",
}
_LENGTHENING = {"エ": "エイ", "オ": "オウ"}
_VOWEL_LENGTH = re.compile(
    "ー+|"
    + "|".join(f"[{_LENGTHENING.get(vowel, vowel)}](?<=[{row}].)" for vowel, row in _VOWEL_ROWS.items())
)
_SAME_SOUND = CharacterTable(dict(zip("ヂヅヲヰヱ", "ジズオイエ", strict=True)))
_KANA_ONLY = re.compile("[\u3041-\u3096\u309d\u309e\u30a1-\u30fa\u30fc-\u30fe]+")
_LETTER_NAMES = (
    "エー ビー シー ディー イー エフ ジー エイチ アイ ジェー ケー エル エム "
    "エヌ オー ピー キュー アール エス ティー ユー ブイ ダブリュー エックス ワイ ゼット"
)
_LETTERS = str.maketrans(dict(zip("abcdefghijklmnopqrstuvwxyz", _LETTER_NAMES.split(), strict=True)))


def to_katakana(text: str) -> str:
    """The text with every hiragana as katakana."""
    return _TO_KATAKANA.apply(text)


def widen_small_kana(text: str) -> str:
    """Katakana with ヴ as the row of バ and small kana as full ones."""
    if text.isascii():
        return text
    if "ヴ" in text:
        text = _VU.sub(lambda found: _VU_VALUES[found.group()[1:]], text)
    return _SMALL.apply(text)


def without_vowel_length(text: str) -> str:
    """Full-size katakana without long vowel marks and vowels that only lengthen, and with like-sounding kana as one."""
    return text if text.isascii() else _VOWEL_LENGTH.sub("", _SAME_SOUND.apply(text))


def is_kana(text: str) -> bool:
    """Whether the text is kana and nothing else."""
    return _KANA_ONLY.fullmatch(text) is not None


def spell_letters(text: str) -> str:
    """The text with each lower-case Latin letter replaced by the kana of its name."""
    return text.translate(_LETTERS)
