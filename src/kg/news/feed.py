"""The items of a snapshot's feeds: kept with it as one file, chosen by kind, area or actor when they are read."""

import json
from collections.abc import Sequence
from typing import Final

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from kg.errors import CallerError, StoreError
from kg.export.rights import Rights
from kg.gaps.model import Text
from kg.news.delta import compare
from kg.news.model import KINDS, Item
from kg.news.state import State
from kg.snapshot import Manifest, Snapshot
from kg.vocab import BASE

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


def names(state: State) -> dict[str, Text]:
    """Name the areas and actors of which there can be feeds."""
    return {iri: state.label(iri) for iri in [*state.terms, *state.actors]}


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
    items: Sequence[Item], name: str, lang: str, manifest: Manifest, labels: dict[str, Text], rights: Rights
) -> Feed:
    """Choose the items of a feed: `all`, a kind such as `terms`, `area/<scheme>/<slug>` or `actor/<slug>`.

    An area or actor of another namespace is named by its IRI: `area/https://...`.
    `labels` names the areas and actors that there are by their IRIs, `rights` are those of the graph.
    """
    chosen, title = _chosen(items, name, labels)
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


def _chosen(items: Sequence[Item], name: str, labels: dict[str, Text]) -> tuple[list[Item], Text]:
    if name in _TITLES:
        kind = _KIND_OF.get(name)
        return [item for item in items if kind in (None, item.kind)], _TITLES[name]
    group, _, rest = name.partition("/")
    iri = (
        rest
        if "://" in rest
        else {"area": f"{BASE}term/{rest}", "actor": f"{BASE}actor/{rest}"}.get(group, "")
    )
    if iri not in labels:
        raise CallerError(
            f"There is no feed {name}; there are {', '.join(FEEDS)}, area/<scheme>/<slug> and actor/<slug>."
        )
    told = [item for item in items if iri in (item.areas if group == "area" else item.actors)]
    about, label = _TITLES["all"], labels[iri]
    return told, Text(ja=f"{about.ja}: {label.ja}", en=f"{about.en}: {label.en}")
