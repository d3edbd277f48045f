"""Whose a graph is: its licence and its publisher, stated only where the graph is ours or says so itself."""

import re
from typing import Final

import pyoxigraph as ox
from pydantic import BaseModel, ConfigDict

from kg.catalog import load_query
from kg.export.version import CREATOR, CREATOR_NAME, LICENCE, ours
from kg.store import Row, Store
from kg.vocab import AISI, SKOS

_OF_A_MAKER: Final = (SKOS + "ConceptScheme", AISI + "Activity")
_CREATIVE_COMMONS: Final = re.compile(
    r"https?://creativecommons\.org/(?:licenses|publicdomain)/([a-z-]+)/([\d.]+)/?"
)


class Rights(BaseModel):
    """The licence of a graph and who publishes it; empty where the graph does not say."""

    model_config = ConfigDict(frozen=True)

    licence: str = ""
    publisher: str = ""
    names: dict[str, str] = {}

    @property
    def licence_name(self) -> str:
        """Give the licence by its short name, or by its IRI.

        >>> Rights(licence="https://creativecommons.org/licenses/by-sa/4.0/").licence_name
        'CC BY-SA 4.0'
        """
        found = _CREATIVE_COMMONS.fullmatch(self.licence)
        if found is None:
            return self.licence
        return f"CC0 {found[2]}" if found[1] == "zero" else f"CC {found[1].upper()} {found[2]}"

    def publisher_name(self, lang: str) -> str:
        """Name the publisher in a language, else in another, else by its IRI."""
        return self.names.get(lang) or next(iter(self.names.values()), self.publisher)


OURS: Final = Rights(licence=LICENCE, publisher=CREATOR, names={"en": CREATOR_NAME, "ja": "aisi-kg 編者"})


def rights_of_graph(store: Store) -> Rights:
    """Read whose a graph is: what its own description says, else ours where all schemes and activities are."""
    rows = store.select(load_query("export/rights").text)
    if rows:
        return _stated(rows)
    query = load_query("export/instances")
    found = [
        row["record"].value
        for kind in _OF_A_MAKER
        for row in store.select(query.bind(**{"class": ox.NamedNode(kind)}))
    ]
    return OURS if found and ours(found) else Rights()


def _stated(rows: list[Row]) -> Rights:
    first = rows[0]
    licence, publisher = (first[name].value if name in first else "" for name in ("licence", "publisher"))
    named = [row["name"] for row in rows if "name" in row and row["publisher"].value == publisher]
    names = {name.language or "": name.value for name in named if isinstance(name, ox.Literal)}
    return Rights(licence=licence, publisher=publisher, names=names)
