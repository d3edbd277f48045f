"""Places in a document, said as a reader finds them, in Japanese and English."""

import re
from typing import Final

from kg.gaps.model import Text

_PLACE: Final = re.compile(
    r"(?P<kind>front|title|preamble|closing|annex|code|principle|framework|workplan|slide)?"
    r"(?:(?:^|(?<=[a-z])-)(?P<n>\d.*?)(?P<inferred>\*)?)?(?:-p(?P<paragraph>\d+))?(?:-(?P<letter>[a-z]))?"
    r"(?:-ex(?P<example>\d+))?"
)
_WHOLE: Final = ("", "whole")
_KINDS: Final = {
    "": Text(ja="", en=""),
    "front": Text(ja="巻頭", en="front matter"),
    "title": Text(ja="表題", en="title"),
    "preamble": Text(ja="前文", en="preamble"),
    "closing": Text(ja="結び", en="closing"),
    "annex": Text(ja="附属書", en="annex"),
    "code": Text(ja="行動規範", en="code of conduct"),
    "principle": Text(ja="国際指針", en="principles"),
    "framework": Text(ja="政策枠組み", en="policy framework"),
    "workplan": Text(ja="作業計画", en="work plan"),
    "slide": Text(ja="スライド", en="slide"),
}
_ITEM: Final = Text(ja="{place} 第{n}項目", en="{place}, item {n}")
_NUMBERED: Final = {
    "": Text(ja="§{n}", en="§{n}"),
    "annex": Text(ja="{place} {n}", en="{place} {n}"),
    "slide": Text(ja="{place}{n}", en="{place} {n}"),
}
_WITHIN: Final = {
    "paragraph": Text(ja="{place} 第{n}段落", en="{place}, paragraph {n}"),
    "letter": Text(ja="{place}({n})", en="{place}({n})"),
    "example": Text(ja="{place} 例{n}", en="{place}, example {n}"),
    "inferred": Text(ja="{place}(番号は推定)", en="{place} (number inferred)"),
}


def place_text(locator: str | None) -> Text:
    """Write a locator as people do: nothing for the whole document, a name that is no number as it stands.

    >>> [place_text(mark).en for mark in ("7-c", "code-3", "2-p4", "10*-a", "AIUser", "whole")]
    ['§7(c)', 'code of conduct, item 3', '§2, paragraph 4', '§10(a) (number inferred)', 'AIUser', '']
    """
    if locator is None or locator in _WHOLE:
        return Text(ja="", en="")
    found = _PLACE.fullmatch(locator)
    if found is None:
        return Text(ja=locator, en=locator)
    kind = found["kind"] or ""
    place = _KINDS[kind]
    for part, words in {"n": _NUMBERED.get(kind, _ITEM), **_WITHIN}.items():
        if found[part]:
            place = _within(words, place, found[part])
    return place


def _within(words: Text, place: Text, n: str) -> Text:
    return Text(ja=words.ja.format(place=place.ja, n=n), en=words.en.format(place=place.en, n=n))
