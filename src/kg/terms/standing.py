"""Whether a short Japanese word is a word where it stands, or only a piece or a verb.

Words of two kanji make up most longer words: 課題 in 優先課題 or 技術 in 技術者 is not what the text speaks of, 人権 in
人権侵害 is. So a word of two kanji counts at the beginning of a compound, after another term (日本企業), after a
prefix (各企業) and before a suffix that leaves it what it is (企業間), and nowhere else.
"""

_PREFIXES = frozenset("各本同当新全両諸旧元前他多現対被")
_SUFFIXES = frozenset("等間内外上中下面側別毎時案向前後宛製系発")
_JOINING = frozenset("及又並若乃")
_SEAS = ("洋", "太平洋")
_VERB_ENDINGS = frozenset("しすさせ")


def is_kanji(character: str) -> bool:
    """Whether a character is kanji and may be part of a compound, unlike 及 of 及び; an empty one is none."""
    return character not in _JOINING and ("\u4e00" <= character <= "\u9fff" or character == "々")


def is_katakana(character: str) -> bool:
    """Whether a character is katakana or its long vowel mark."""
    return "\u30a1" <= character <= "\u30fa" or character == "ー"


def is_short_kanji(text: str) -> bool:
    """Whether a term is of two kanji, so that it may be a piece of a longer word anywhere."""
    return len(text) == 2 and all(map(is_kanji, text))


def stands_as_word(text: str, begin: int, stop: int, after: int) -> bool:
    """Whether two kanji are a word of their own in a text; `after` is where the term found before ends.

    >>> stands_as_word("優先課題", 2, 4, 0), stands_as_word("人権侵害", 0, 2, 0), stands_as_word("技術者", 0, 2, 0)
    (False, True, False)
    """
    return _begins(text, begin, after) and _ends(text, stop)


def stands_alone(text: str, begin: int, stop: int) -> bool:
    """Whether a word has no kanji beside it and is no verb: 開発, not 開発途上国 or 開発する."""
    return not (is_kanji(_before(text, begin)) or is_kanji(text[stop : stop + 1]) or is_verb(text, stop))


def is_sea(text: str, stop: int) -> bool:
    """Whether what ends here is the beginning of the name of a sea: インド洋, インド太平洋."""
    return text.startswith(_SEAS, stop)


def is_verb(text: str, stop: int) -> bool:
    """Whether what ends here goes on as a verb."""
    return text[stop : stop + 1] in _VERB_ENDINGS


def _begins(text: str, begin: int, after: int) -> bool:
    before = _before(text, begin)
    if not is_kanji(before) or after == begin:
        return True
    return before in _PREFIXES and not is_kanji(_before(text, begin - 1))


def _ends(text: str, stop: int) -> bool:
    following = text[stop : stop + 1]
    if not is_kanji(following) or is_kanji(text[stop + 1 : stop + 2]):
        return True
    return following in _SUFFIXES


def _before(text: str, place: int) -> str:
    return text[place - 1] if place > 0 else ""
