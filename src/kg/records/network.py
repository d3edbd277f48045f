"""Who did what, what builds on what: records and the links between them as one network."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from kg.catalog import load_query
from kg.records.lists import read_entries
from kg.records.model import Entry
from kg.store import Store
from kg.vocab import AISI, SKOS, compact

KINDS = ("Actor", "Activity", "Instrument", "Provision", "Concept")


@dataclass(frozen=True)
class Link:
    """A link from one record to another by a property, named as in `aisi:follows`."""

    source: str
    property: str
    target: str


@dataclass(frozen=True)
class Network:
    """The records that have links, by their IRI, and the links."""

    nodes: dict[str, Entry]
    kinds: dict[str, str]
    links: tuple[Link, ...]
    around: dict[str, list[Link]] = field(repr=False)

    def degree(self, iri: str) -> int:
        """Count the links of a record."""
        return len(self.around.get(iri, ()))

    def neighbours(self, iri: str, properties: Collection[str]) -> set[str]:
        """Give the records that a record is linked to by some properties, in either direction."""
        links = [link for link in self.around.get(iri, ()) if link.property in properties]
        return {end for link in links for end in (link.source, link.target)} - {iri}

    def between(self, iris: Iterable[str]) -> list[Link]:
        """Give the links between some records."""
        wanted = set(iris)
        return [link for link in self.links if link.source in wanted and link.target in wanted]


def read_network(store: Store) -> Network:
    """Read the network of a graph; records without labels are left out."""
    nodes: dict[str, Entry] = {}
    kinds: dict[str, str] = {}
    for kind in KINDS:
        for entry in read_entries(store, (SKOS if kind == "Concept" else AISI) + kind):
            nodes[entry.iri], kinds[entry.iri] = entry, kind
    links = []
    around: dict[str, list[Link]] = {}
    for row in store.select(load_query("records/network").text):
        link = Link(row["from"].value, compact(row["property"].value), row["to"].value)
        if link.source in nodes and link.target in nodes and link.source != link.target:
            links.append(link)
            around.setdefault(link.source, []).append(link)
            around.setdefault(link.target, []).append(link)
    return Network(nodes, kinds, tuple(links), around)
