"""Feeds as readers of news take them: Atom (RFC 4287) and JSON Feed 1.1; equal items give equal bytes."""

import json
from collections.abc import Callable, Iterator
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from kg.export.rdf import require_xml
from kg.gaps.model import Text
from kg.news.delta import WORDS
from kg.news.feed import Feed
from kg.news.model import Item
from kg.news.wording import property_words
from kg.vocab import BASE, compact

_KINDS: Final = {
    "term": {"ja": "用語", "en": "Term"},
    "activity": {"ja": "活動", "en": "Activity"},
    "commitment": {"ja": "約束", "en": "Commitment"},
    "gap": {"ja": "ギャップ", "en": "Gap"},
}
_PRODUCT: Final = "aisi-kg"
_NO_AUTHOR: Final = Text(ja="公開者の記載なし", en="publisher not stated")


def atom(feed: Feed) -> bytes:
    """Write a feed as Atom."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{feed.lang}">',
        f"  <id>{escape(feed.id)}</id>",
        f"  <title>{escape(_title(feed))}</title>",
        f"  <updated>{_moment(feed.updated)}</updated>",
        f'  <link rel="self" type="application/atom+xml" href={quoteattr(feed.url(".atom"))}/>',
        f'  <link rel="alternate" type="application/feed+json" href={quoteattr(feed.url(".json"))}/>',
        f'  <link rel="alternate" type="text/html" href={quoteattr(_page(feed))}/>',
        f"  <author>{_author(feed)}</author>",
        *([f"  <rights>{escape(feed.rights.licence)}</rights>"] if feed.rights.licence else []),
        f"  <generator version={quoteattr(feed.version)}>{_PRODUCT}</generator>",
        *(line for item in feed.items for line in _entry(item, feed.lang)),
        "</feed>",
    ]
    return (require_xml("\n".join(lines), feed.name) + "\n").encode()


def _author(feed: Feed) -> str:
    """Name who publishes the graph; Atom wants an author also where the graph names none."""
    publisher = feed.rights.publisher_name(feed.lang)
    if not publisher:
        return f"<name>{_NO_AUTHOR.in_lang(feed.lang)}</name>"
    return f"<name>{escape(publisher)}</name><uri>{escape(feed.rights.publisher)}</uri>"


def _entry(item: Item, lang: str) -> Iterator[str]:
    yield "  <entry>"
    yield f"    <id>{escape(item.id)}</id>"
    yield f"    <title>{escape(_headline(item, lang))}</title>"
    yield f"    <updated>{_moment(item.day)}</updated>"
    yield f'    <link rel="alternate" type="text/html" href={quoteattr(item.record)}/>'
    for term in (item.kind, item.happened):
        yield f'    <category term="{term}" scheme="{BASE}feeds#"/>'
    yield f'    <content type="text">{escape(_body(item, lang))}</content>'
    yield "  </entry>"


def json_feed(feed: Feed) -> bytes:
    """Write a feed as JSON Feed."""
    rights, publisher = feed.rights, feed.rights.publisher_name(feed.lang)
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _title(feed),
        "home_page_url": _page(feed),
        "feed_url": feed.url(".json"),
        "language": feed.lang,
        **({"authors": [{"name": publisher, "url": rights.publisher}]} if publisher else {}),
        **({"_license": {"url": rights.licence}} if rights.licence else {}),
        "items": [_entry_of(item, feed.lang) for item in feed.items],
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _entry_of(item: Item, lang: str) -> dict[str, object]:
    return {
        "id": item.id,
        "url": item.record,
        "title": _headline(item, lang),
        "content_text": _body(item, lang),
        "date_published": _moment(item.day),
        "date_modified": _moment(item.day),
        "tags": [item.kind, item.happened],
        "language": lang,
    }


def _title(feed: Feed) -> str:
    return f"{_PRODUCT}: {feed.title.in_lang(feed.lang)}"


def _page(feed: Feed) -> str:
    """Give the page that a feed is about."""
    group, _, rest = feed.name.partition("/")
    if "://" in rest:
        return rest
    return BASE + {"area": f"term/{rest}", "actor": f"actor/{rest}"}.get(group, "")


def _headline(item: Item, lang: str) -> str:
    kind, happened = _KINDS[item.kind][lang], WORDS[item.happened].in_lang(lang)
    return f"{kind} ({happened}): {' '.join(item.title.in_lang(lang).split())}"


def _body(item: Item, lang: str) -> str:
    changes = [
        f"{property_words(one.property, lang)}: {_values(one.before)} → {_values(one.after)}"
        for one in item.differences
    ]
    return "\n".join([item.summary.in_lang(lang) or item.title.in_lang(lang), *changes])


def _values(values: tuple[str, ...]) -> str:
    return " | ".join(compact(value) for value in values) or "∅"


def _moment(day: str) -> str:
    return f"{day}T00:00:00Z"


FORMATS: Final[dict[str, tuple[str, Callable[[Feed], bytes]]]] = {
    ".atom": ("application/atom+xml", atom),
    ".json": ("application/feed+json", json_feed),
}
