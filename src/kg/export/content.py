"""What exports are made of, read from a snapshot: streamed for one export, kept in memory for many."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

import pyoxigraph as ox

from kg.catalog import load_query
from kg.export.entries import Scheme, each_entry_once, read_schemes
from kg.export.graph import activity_records, activity_triples, mapping_triples, names, pointed_to
from kg.export.mappings import Mapping, read_mappings
from kg.export.skos import skos_triples
from kg.export.skosxl import skosxl_triples
from kg.export.statements import Description, descriptions
from kg.snapshot import Snapshot
from kg.store import EmbeddedStore
from kg.vocab import SKOS

Part = ox.NamedNode | None
_IN_SCHEME = ox.NamedNode(SKOS + "inScheme")


@dataclass(frozen=True)
class Content:
    """The parts of a snapshot, read anew for every export."""

    snapshot: Snapshot
    store: EmbeddedStore

    def skos(self, scheme: Part) -> Iterator[ox.Triple]:
        """Give the plain SKOS of one scheme or of all."""
        return skos_triples(self.snapshot, self.store, scheme)

    def skosxl(self, scheme: Part) -> Iterator[ox.Triple]:
        """Give SKOS-XL of one scheme or of all."""
        return skosxl_triples(self.skos(scheme), self.store)

    def schemes(self, scheme: Part) -> list[Scheme]:
        """Give one scheme or all with their entries."""
        found = read_schemes(self.skos(scheme), self.store, scheme)
        return each_entry_once(found) if scheme is None else found

    def activities(self, actor: Part) -> Iterator[ox.Triple]:
        """Give the activities of one actor or of all with what belongs to them."""
        return activity_triples(self.snapshot, self.store, actor)

    def mapping_records(self) -> Iterator[ox.Triple]:
        """Give the mapping records as statements."""
        return mapping_triples(self.snapshot, self.store)

    def mappings(self) -> list[Mapping]:
        """Give the mapping records."""
        return read_mappings(self.store)

    def instances(self, class_: str) -> frozenset[str]:
        """Give the IRIs of the records of a class."""
        rows = self.store.select(load_query("export/instances").bind(**{"class": ox.NamedNode(class_)}))
        return frozenset(row["record"].value for row in rows)


@dataclass(frozen=True)
class KeptContent(Content):
    """The same, the terms read once: for publishing every scheme in every format."""

    def skos(self, scheme: Part) -> Iterator[ox.Triple]:
        """Give the plain SKOS of one scheme or of all."""
        kept = (
            self._described if scheme is None else (one for one in self._described if _belongs(one, scheme))
        )
        return chain.from_iterable(triples for _, triples in kept)

    def schemes(self, scheme: Part) -> list[Scheme]:
        """Give one scheme or all with their entries."""
        if scheme is None:
            return each_entry_once(self._schemes)
        return [one for one in self._schemes if one.iri == scheme.value]

    def activities(self, actor: Part) -> Iterator[ox.Triple]:
        """Give the activities of one actor or of all with what belongs to them."""
        wanted = self._records.get(actor, set())
        pointed = pointed_to(
            triple for subject, triples in self._acting if subject in wanted for triple in triples
        )
        for subject, triples in self._acting:
            if subject in wanted:
                yield from triples
            elif subject in pointed:
                yield from filter(names, triples)

    def mappings(self) -> list[Mapping]:
        """Give the mapping records."""
        return self._mappings

    @cached_property
    def _mappings(self) -> list[Mapping]:
        return read_mappings(self.store)

    def instances(self, class_: str) -> frozenset[str]:
        """Give the IRIs of the records of a class."""
        if class_ not in self._instances:
            self._instances[class_] = super().instances(class_)
        return self._instances[class_]

    @cached_property
    def _instances(self) -> dict[str, frozenset[str]]:
        return {}

    @cached_property
    def _records(self) -> dict[Part, set[ox.NamedNode]]:
        return activity_records(self.store, None)

    @cached_property
    def _acting(self) -> list[Description]:
        return list(descriptions(activity_triples(self.snapshot, self.store, None)))

    @cached_property
    def _described(self) -> list[Description]:
        return list(descriptions(skos_triples(self.snapshot, self.store, None)))

    @cached_property
    def _schemes(self) -> list[Scheme]:
        return read_schemes(self.skos(None), self.store, None)


def _belongs(described: Description, scheme: ox.NamedNode) -> bool:
    subject, triples = described
    return subject == scheme or any(t.predicate == _IN_SCHEME and t.object == scheme for t in triples)
