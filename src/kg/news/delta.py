"""Compare two snapshots record by record, and their gaps with the causes that the gap engine names."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from kg.gaps import diff
from kg.gaps.model import Text
from kg.gaps.sentences import count_en, listed
from kg.news.model import HAPPENED, KINDS, Delta, Difference, Edition, Happened, Item, Kind
from kg.news.recorded import Record, gap_iri, records
from kg.news.state import State
from kg.snapshot import Manifest

_GAPS: Final[dict[str, Happened]] = {"opened": "new", "closed": "withdrawn", "changed": "changed"}
_NAMES: Final[dict[Kind, tuple[Text, str]]] = {
    "term": (Text(ja="用語", en="term"), "terms"),
    "activity": (Text(ja="活動", en="activity"), "activities"),
    "commitment": (Text(ja="約束", en="commitment"), "commitments"),
    "gap": (Text(ja="ギャップ", en="gap"), "gaps"),
}
WORDS: Final[dict[Happened, Text]] = {
    "new": Text(ja="新規", en="new"),
    "changed": Text(ja="変更", en="changed"),
    "withdrawn": Text(ja="終了・廃止", en="closed or withdrawn"),
}


def compare(old: State | None, new: State) -> Delta:
    """Give what came, changed and went; without an old state everything is new, on the day its source was read."""
    after, manifest = records(new), new.snapshot.manifest
    items = [_item(record, "new") for record in after.values()]
    if old is not None:
        before = records(old)
        found = [*_records(before, after), *_gaps(old, new, {**before, **after})]
        stamp = {"day": manifest.issued, "version": manifest.version}
        items = [item.model_copy(update=stamp) for item in found]
    return Delta(
        old=_edition(old.snapshot.manifest) if old else None,
        new=_edition(manifest),
        day=manifest.issued,
        summary=_summary(items),
        items=tuple(sorted(items, key=_order)),
    )


def _edition(manifest: Manifest) -> Edition:
    return Edition(
        version=manifest.version, data_as_of=manifest.data_as_of, rdfc10_sha256=manifest.rdfc10_sha256
    )


def _order(item: Item) -> tuple[int, int, str]:
    return KINDS.index(item.kind), HAPPENED.index(item.happened), item.record


def _item(record: Record, happened: Happened, differences: tuple[Difference, ...] = ()) -> Item:
    return Item(
        kind=record.kind,
        happened=happened,
        record=record.iri,
        title=record.title,
        summary=record.summary,
        day=record.day,
        areas=record.areas,
        actors=record.actors,
        differences=differences,
    )


def _records(before: dict[str, Record], after: dict[str, Record]) -> Iterator[Item]:
    for iri in sorted(before.keys() | after.keys()):
        old, new = before.get(iri), after.get(iri)
        if old is not None and new is not None:
            differences = tuple(_differences(old, new))
            if differences and new.kind != "gap":
                yield _item(new, _how(old, new), differences)
        elif new is not None and new.kind != "gap":
            yield _item(new, "new")
        elif old is not None and old.kind != "gap":
            yield _item(old, "withdrawn")


def _how(old: Record, new: Record) -> Happened:
    """Tell a concept that was deprecated from one that says something else now."""
    return "withdrawn" if "owl:deprecated" in new.facts.keys() - old.facts.keys() else "changed"


def _differences(old: Record, new: Record) -> Iterator[Difference]:
    for name in sorted(old.facts.keys() | new.facts.keys()):
        before, after = set(old.facts.get(name, ())), set(new.facts.get(name, ()))
        if before != after:
            yield Difference(
                property=name, before=tuple(sorted(before - after)), after=tuple(sorted(after - before))
            )


def _gaps(old: State, new: State, known: dict[str, Record]) -> Iterator[Item]:
    """Tell of gaps with the causes of their change."""
    if old.analysis is None or new.analysis is None:
        return
    for change in diff(old.analysis, new.analysis).gaps:
        item = _item(known[gap_iri(change.id)], _GAPS[change.kind])
        yield item.model_copy(update={"summary": change.sentence})


def _counted(number: int, kind: Kind, happened: Happened) -> str:
    one, many = (f"{WORDS[happened].en} {noun}" for noun in (_NAMES[kind][0].en, _NAMES[kind][1]))
    return count_en(number, one, many)


def _summary(items: list[Item]) -> Text:
    counts = Counter((item.kind, item.happened) for item in items)
    parts = [
        Text(
            ja=f"{_NAMES[kind][0].ja}の{WORDS[happened].ja}{counts[kind, happened]}件",
            en=_counted(counts[kind, happened], kind, happened),
        )
        for kind in KINDS
        for happened in HAPPENED
        if counts[kind, happened]
    ]
    if not parts:
        return Text(ja="変更はない。", en="Nothing changed.")
    some = listed(parts)
    return Text(ja=f"{some.ja}。", en=f"{some.en[0].upper()}{some.en[1:]}.")
