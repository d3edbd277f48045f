"""The items of a snapshot's feeds: kept with it as one file, chosen by kind, area or actor when they are read."""

import json
from collections.abc import Sequence
from typing import Final

import pyoxigraph as ox
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from kg.catalog import load_query
from kg.errors import CallerError, StoreError
from kg.export.rights import Rights
from kg.gaps.model import Text
from kg.news.delta import compare
from kg.news.model import KINDS, Item
from kg.news.state import State
from kg.records.rows import lang_of
from kg.snapshot import Manifest, Snapshot
from kg.store import Store
from kg.vocab import AISI, BASE, SKOS

ITEMS: Final = "news.json"
LONGEST: Final = 200
_Items = TypeAdapter(tuple[Item, ...])
_TITLES: Final = {
    "all": Text(ja="更新情報", en="What is new"),
    "terms": Text(ja="用語の更新", en="New and changed terms"),
    "activities": Text(ja="活動の更新", en="New and changed activities"),
    "commitments": Text(ja="約束事項の更新", en="New and changed commitments"),
    "gaps": Text(ja="ギャップの更新", en="New, changed and closed gaps"),
}
FEEDS: Final = tuple(_TITLES)
_KIND_OF: Final = dict(zip(FEEDS[1:], KINDS, strict=True))
_PATHS: Final = {"area": "term/", "actor": "actor/"}
_CLASSES: Final = {"area": SKOS + "Concept", "actor": AISI + "Actor"}


class Feed(BaseModel):
    """The newest items of one choice, the newest first."""

    model_config = ConfigDict(frozen=True)

    name: str
    title: Text
    lang: str
    updated: str
    version: str
    rights: Rights
    items: tuple[Item, ...]

    @property
    def id(self) -> str:
        """Give the address under which the feed is known, whatever its format."""
        return f"{BASE}feeds/{self.name}?lang={self.lang}"

    def url(self, suffix: str) -> str:
        """Give the address of the feed in one format."""
        return f"{BASE}feeds/{self.name}{suffix}?lang={self.lang}"


def first_items(snapshot: Snapshot) -> tuple[Item, ...]:
    """Give everything that a snapshot without a forerunner holds as news, on the day its source was read."""
    return compare(None, State(snapshot)).items


def has_items(snapshot: Snapshot) -> bool:
    """Tell whether a snapshot has its news with it: where it was published or released."""
    return (snapshot.path / ITEMS).is_file()


def items_bytes(items: Sequence[Item]) -> bytes:
    """Write items as they are kept with a snapshot."""
    return (json.dumps([item.model_dump() for item in items], ensure_ascii=False) + "\n").encode()


def read_items(snapshot: Snapshot) -> tuple[Item, ...]:
    """Read the items kept with a snapshot."""
    try:
        return _Items.validate_json(snapshot.read(ITEMS))
    except ValidationError as error:
        raise StoreError(f"{ITEMS} of {snapshot.path} is broken; build it again: kg build.") from error


def feed_of(
    items: Sequence[Item], name: str, lang: str, manifest: Manifest, store: Store, rights: Rights
) -> Feed:
    """Choose the items of a feed: `all`, a kind such as `terms`, `area/<scheme>/<slug>` or `actor/<slug>`.

    An area or actor of another namespace is named by its IRI: `area/https://...`.
    `store` knows the areas and actors by name; `rights` are those of the graph.
    """
    chosen, title = _chosen(items, name, store)
    newer = {version: at for at, version in enumerate(dict.fromkeys(item.version for item in items))}
    # of one day, what the newer version changed comes first
    newest = sorted(chosen, key=lambda item: (newer[item.version], item.id))
    newest.sort(key=lambda item: item.day, reverse=True)
    return Feed(
        name=name,
        title=title,
        lang=lang,
        updated=max((item.day for item in chosen), default=manifest.data_as_of),
        version=manifest.version,
        rights=rights,
        items=tuple(newest[:LONGEST]),
    )


def _chosen(items: Sequence[Item], name: str, store: Store) -> tuple[list[Item], Text]:
    if name in _TITLES:
        kind = _KIND_OF.get(name)
        return [item for item in items if kind in (None, item.kind)], _TITLES[name]
    group, _, rest = name.partition("/")
    iri = rest if "://" in rest else f"{BASE}{_PATHS.get(group, '')}{rest}"
    label = _label(store, iri, _CLASSES[group]) if group in _CLASSES else None
    if label is None:
        raise CallerError(
            f"There is no feed {name}; there are {', '.join(FEEDS)}, area/<scheme>/<slug> and actor/<slug>."
        )
    told = [item for item in items if iri in (item.areas if group == "area" else item.actors)]
    about = _TITLES["all"]
    return told, Text(ja=f"{about.ja}: {label.ja}", en=f"{about.en}: {label.en}")


def _label(store: Store, iri: str, class_: str) -> Text | None:
    """Name one record of a class, in the other language where a name is missing; None where there is no such."""
    try:
        record = ox.NamedNode(iri)
    except ValueError:
        return None
    rows = store.select(load_query("news/name").bind(**{"record": record, "class": ox.NamedNode(class_)}))
    labels = {lang_of(row["label"]): row["label"].value for row in rows}
    some = next(iter(labels.values()), "")
    return Text(ja=labels.get("ja", some), en=labels.get("en", some)) if labels else None
