"""English words: one form for plural and singular, British and American spelling."""

import re
from functools import lru_cache

_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")
_ARTICLES = re.compile(r"^(?:the|an|a) (?=\S)", re.MULTILINE)
_SPELLINGS = (
    (re.compile(r"(?<=[a-z]{2})is(?=(?:e|ed|er|ing|ation|ational|able)$)"), "iz"),
    (re.compile(r"(?<=[a-z]{2})ys(?=(?:e|ed|er|ing)$)"), "yz"),
    (re.compile(r"(?<=[a-z]{2})our(?=(?:|al|able|ed|ing|ist|less|ful|ite)$)"), "or"),
    (re.compile(r"(?<=[a-z]{2})tre$"), "ter"),
    (re.compile(r"(?<=[a-z]{2})ence$"), "ense"),
    (re.compile(r"^licence$"), "license"),
    (re.compile(r"(?<=gra)mme$"), "m"),
    (re.compile(r"(?<=[a-z]{2})logue$"), "log"),
    (re.compile(r"ll(?=(?:ed|ing|er|ment)$)"), "l"),
    (re.compile(r"(?<=dg)e(?=ment)"), ""),
    (re.compile(r"^ageing$"), "aging"),
    (re.compile(r"^artefact$"), "artifact"),
    (re.compile(r"(?<=[a-z])ae(?=[a-z]{3})"), "e"),
)
_IRREGULAR = {
    "ais": "ai",
    "analyses": "analysis",
    "biases": "bias",
    "bias": "bias",
    "children": "child",
    "crises": "crisis",
    "criteria": "criterion",
    "hypotheses": "hypothesis",
    "indices": "index",
    "men": "man",
    "people": "person",
    "phenomena": "phenomenon",
    "theses": "thesis",
    "women": "woman",
}
_PLURALS = (
    (re.compile(r"(?<=[a-z]{2})ies$"), "y"),
    (re.compile(r"(?<=[a-z])(?:(?<=x)|(?<=ch)|(?<=sh)|(?<=ss))es$"), ""),
    (re.compile(r"(?<=[a-z]{2})(?<![suí])(?<!i)s$"), ""),
)


_ENDING = re.compile("(?<=[a-z]{4})(?:y?ings?|ied|ed|ications?|ations?|ions?|ies|ity|y|s|e)$")
_DOUBLED = re.compile("([lmnprt])\\1$")


@lru_cache(maxsize=1 << 16)
def fold_word(word: str) -> str:
    """One lower-case English word as a singular in American spelling."""
    word = word.removesuffix("'s").replace("'", "")
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    for pattern, replacement in _PLURALS:
        singular, changed = pattern.subn(replacement, word)
        if changed:
            word = singular
            break
    for pattern, replacement in _SPELLINGS:
        word = pattern.sub(replacement, word)
    return word


def stem(word: str) -> str:
    """A word without the endings of its inflected and derived forms, so that it begins all of them.

    >>> stem("identifying"), stem("identification"), stem("controlling"), stem("testing"), stem("risks")
    ('identif', 'identif', 'control', 'test', 'risk')
    """
    if not word.isascii():
        return word
    cut = _ENDING.sub("", word)
    return _DOUBLED.sub(r"\1", cut) if cut != word else word


def fold_inner_spelling(text: str) -> str:
    """A lower-case text in which British and American spellings agree letter by letter, also in half a word."""
    return text.replace("z", "s").replace("our", "or")


def fold_words(text: str) -> str:
    """A lower-case text with each of its English words folded, `&` as `and`, and no leading article."""
    text = _ARTICLES.sub("", text.replace("&", " and "))
    return _WORD.sub(lambda found: fold_word(found.group()), text)
