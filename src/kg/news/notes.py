"""A delta as notes for people and as change notes for programs."""

from collections.abc import Iterator
from typing import Final

import pyoxigraph as ox

from kg.gaps.model import Text
from kg.news.delta import WORDS
from kg.news.model import HAPPENED, KINDS, Delta, Difference, Item
from kg.news.wording import property_words
from kg.vocab import PREFIXES, SKOS, compact

_TITLES: Final = {
    "term": Text(ja="用語", en="Terms"),
    "activity": Text(ja="活動", en="Activities"),
    "commitment": Text(ja="約束事項", en="Commitments"),
    "gap": Text(ja="ギャップ", en="Gaps"),
}
_CHANGE_NOTE: Final = ox.NamedNode(SKOS + "changeNote")
_REMARK: Final = {
    "new": Text(ja="追加した", en="added"),
    "changed": Text(ja="変更した", en="changed"),
    "withdrawn": Text(ja="廃止した", en="withdrawn"),
}


def notes(delta: Delta, lang: str) -> str:
    """Give the notes as Markdown: what came, changed and went, kind by kind."""
    title = "変更点" if lang == "ja" else "What changed"
    between = " → ".join(edition.version for edition in (delta.old, delta.new) if edition)
    lines = [f"# {title}: {between}", "", delta.summary.in_lang(lang)]
    for kind in KINDS if delta.old else ():  # where nothing came before, a list of everything says nothing
        for happened in HAPPENED:
            items = delta.of(kind, happened)
            if items:
                head = f"## {_TITLES[kind].in_lang(lang)}: {WORDS[happened].in_lang(lang)} ({len(items)})"
                lines += ["", head, "", *(line for item in items for line in _lines(item, lang))]
    return "\n".join(lines) + "\n"


def _lines(item: Item, lang: str) -> Iterator[str]:
    summary = item.summary.in_lang(lang)
    if item.kind == "gap":
        yield f"- [{_plain(item.summary.in_lang(lang))}]({item.record})"
        return
    yield f"- [{_plain(item.title.in_lang(lang))}]({item.record})" + (
        f": {_plain(summary)}" if summary and item.happened == "new" else ""
    )
    for difference in item.differences:
        yield f"  - {property_words(difference.property, lang)}: {_words(difference)}"


def _words(difference: Difference) -> str:
    sides = (
        ", ".join(_plain(compact(value)) for value in values) or "∅"
        for values in (difference.before, difference.after)
    )
    return " → ".join(sides)


def _plain(text: str) -> str:
    """Keep a text from being read as Markdown or HTML."""
    return "".join(f"\\{letter}" if letter in "\\`*_[]<>|#" else letter for letter in " ".join(text.split()))


def change_notes(delta: Delta) -> bytes:
    """Give a dated `skos:changeNote` in both languages for every term of a delta, as Turtle."""
    triples = [
        ox.Triple(ox.NamedNode(item.record), _CHANGE_NOTE, ox.Literal(_note(item, lang), language=lang))
        for item in delta.items
        if item.kind == "term"
        for lang in ("en", "ja")
    ]
    return ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes={"skos": PREFIXES["skos"]}) or b""


def _note(item: Item, lang: str) -> str:
    words = "; ".join(
        f"{property_words(one.property, lang)}: {' | '.join(one.before) or '∅'} → {' | '.join(one.after) or '∅'}"
        for one in item.differences
    )
    remark = _REMARK[item.happened].in_lang(lang)
    return f"{item.day}: {remark}" + (f" ({words})" if words else "")
