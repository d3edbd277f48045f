"""Add the published files and the news to a snapshot."""

import os
from collections.abc import Callable

from kg.errors import StoreError
from kg.export.index import INDEX, has_index
from kg.export.publish import publish
from kg.news.feed import ITEMS, first_items, items_bytes
from kg.snapshot import Snapshot
from kg.store import EmbeddedStore


def add_exports(snapshot: Snapshot, say: Callable[[str], None]) -> None:
    """Add the published files to a snapshot that has none yet; their index, by which they are found, comes last."""
    if has_index(snapshot):
        return
    say("writing exports")
    files: dict[str, bytes] = {}
    publish(snapshot, EmbeddedStore.open(snapshot.store), files.__setitem__)
    files[ITEMS] = items_bytes(first_items(snapshot))
    index = files.pop(INDEX)
    try:
        for name, content in [*files.items(), (INDEX, index)]:
            target = snapshot.path / name
            target.parent.mkdir(parents=True, exist_ok=True)
            draft = target.with_name(f".{target.name}.{os.getpid()}")
            draft.write_bytes(content)
            draft.replace(target)
    except OSError as error:
        raise StoreError(
            f"The exports could not be written to {snapshot.path}: {error.strerror}; make the folder writable."
        ) from error
