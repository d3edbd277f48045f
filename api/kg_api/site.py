"""What the server holds of one snapshot, opened once and replaced as a whole."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pyoxigraph import NamedNode

from kg.analyses import Analyses, named
from kg.catalog import load_query
from kg.export.rights import Rights, rights_of_graph
from kg.gaps import GapAnalysis, Relations, associations, protocols
from kg.gaps.change_values import Diff
from kg.gaps.ledgers import Commitment
from kg.gaps.protocol import ProtocolName
from kg.news.feed import first_items, has_items, read_items
from kg.news.model import Item
from kg.records import (
    Record,
    read_activities,
    read_actors,
    read_concept_tree,
    read_concepts,
    read_covered,
    read_instruments,
    read_mappings,
    read_record,
    read_scheme_sizes,
    read_schemes,
)
from kg.records.model import ActivityEntry, ActorEntry, Entry, InstrumentEntry, MappingEdge, Ref
from kg.records.network import Network, read_network
from kg.remote import RemoteStore
from kg.snapshot import Manifest, Snapshot
from kg.store import EmbeddedStore, Store
from kg.terms import TermIndex
from kg.terms.annotator import Annotator
from kg.terms.models import Hit
from kg.terms.reconcile_data import Properties
from kg.terms.thesaurus import Thesaurus
from kg.vocab import BASE
from kg_api.axes import ACTORS, Value, actor_axis, concept_axis, known_axis
from kg_api.problems import NotFoundError
from kg_api.shelf import Shelf

_NEAR = 5


@dataclass(frozen=True)
class Site:
    """One snapshot, ready to be served."""

    path: Path
    manifest: Manifest
    store: Store
    terms: TermIndex
    analyses: Mapping[str, GapAnalysis]

    @classmethod
    def open(cls, folder: Path, endpoint: str | None = None) -> "Site":
        """Open the current version of a snapshot folder; with an endpoint, its graph is asked there."""
        snapshot = Snapshot.open(folder)
        return cls(
            path=snapshot.path,
            manifest=snapshot.manifest,
            store=RemoteStore.at(endpoint) if endpoint else EmbeddedStore.open(snapshot.store),
            terms=TermIndex.from_bytes(snapshot.read("terms.json")),
            analyses=Analyses(snapshot),
        )

    def warm(self) -> None:
        """Read ahead what the first visitors would wait for: the map of the start page, and what pages share."""
        if self.protocols:
            self.analysis(None)
        _ = self.covered, self.activities, self.protocol_axes, self.schemes, self.scheme_sizes
        _ = self.rights
        _ = self.gap_types, self.mappings, self.commitments, self.network, self.actors, self.instruments
        if self.protocols:
            self.associations(next(iter(self.protocols)))

    @cached_property
    def protocols(self) -> dict[str, ProtocolName]:
        """Give the protocols of the analyses by the last part of their IRI, the default one first."""
        declared = {protocol.name: protocol for protocol in protocols(self.store)}
        return {name: declared[name] for name in self.analyses}

    @cached_property
    def news(self) -> tuple[Item, ...]:
        """Give what is new, as the feeds tell it; a snapshot that was never published tells of all it holds."""
        snapshot = Snapshot(self.path, self.manifest)
        return read_items(snapshot) if has_items(snapshot) else first_items(snapshot)

    @cached_property
    def lately(self) -> tuple[Item, ...]:
        """Give what the versions so far brought; nothing where no version was published before."""
        known = has_items(Snapshot(self.path, self.manifest))
        return tuple(item for item in self.news if item.version) if known else ()

    @cached_property
    def rights(self) -> Rights:
        """Give the licence and the publisher of the graph, as far as they are known."""
        return rights_of_graph(self.store)

    @cached_property
    def protocol_axes(self) -> dict[str, tuple[str, str]]:
        """Give the last parts of the names of the schemes that span each map: rows and columns."""
        spanned = {
            row["protocol"].value: (row["rows"].value, row["columns"].value)
            for row in self.store.select(load_query("records/protocol-axes").text)
        }
        known = ((name, spanned.get(one.iri, ("", ""))) for name, one in self.protocols.items())
        return {
            name: (rows.rsplit("/", 1)[-1], columns.rsplit("/", 1)[-1]) for name, (rows, columns) in known
        }

    @cached_property
    def annotator(self) -> Annotator:
        """Give the terms ready to be found in texts; made when the first text comes."""
        return Annotator(self.terms.table)

    @cached_property
    def thesaurus(self) -> Thesaurus:
        """Give the concept schemes as vocabulary services see them; read when the first of their clients comes."""
        return Thesaurus(self.terms.table, self.store)

    @cached_property
    def properties(self) -> Properties:
        """Give the values that spreadsheets may ask for; looked through when a query names one."""
        return Properties(self.thesaurus)

    @cached_property
    def activities(self) -> dict[str, ActivityEntry]:
        """Give who, what and when of every activity by its IRI."""
        return {entry.iri: entry for entry in read_activities(self.store)}

    @cached_property
    def actors(self) -> tuple[ActorEntry, ...]:
        """Give the actors with kind and place."""
        return tuple(read_actors(self.store))

    @cached_property
    def institutes(self) -> tuple[tuple[ActorEntry, Record], ...]:
        """Give the institutes with all that is on record about each."""
        kind = f"{BASE}term/actor-kind/institute"
        found = [one for one in self.actors if any(ref.iri == kind for ref in one.kinds)]
        return tuple((one, read_record(self.store, NamedNode(one.iri))) for one in found)

    @cached_property
    def instruments(self) -> tuple[InstrumentEntry, ...]:
        """Give the instruments with kind, issuer and dates."""
        return tuple(read_instruments(self.store))

    @cached_property
    def mappings(self) -> tuple[MappingEdge, ...]:
        """Give all mappings between vocabularies."""
        return tuple(read_mappings(self.store))

    @cached_property
    def commitments(self) -> dict[str, Commitment]:
        """Give the row of the default ledger for every provision by its IRI."""
        first = next(iter(self.analyses.values()), None)
        return {row.provision.iri: row for row in first.commitments} if first else {}

    @cached_property
    def covered(self) -> dict[str, frozenset[str]]:
        """Give, for each concept that activities cover, these activities."""
        found: dict[str, set[str]] = {}
        for activity, concept in self._coverage:
            found.setdefault(concept.iri, set()).add(activity)
        return {iri: frozenset(activities) for iri, activities in found.items()}

    @cached_property
    def covered_concepts(self) -> tuple[Ref, ...]:
        """Give the concepts that activities cover, with their labels."""
        return tuple({concept.iri: concept for _, concept in self._coverage}.values())

    @cached_property
    def _coverage(self) -> list[tuple[str, Ref]]:
        return read_covered(self.store)

    @cached_property
    def gap_types(self) -> dict[str, Entry]:
        """Give the types of gap by their code: G1 ... G13."""
        entries = read_concepts(self.store, f"{BASE}scheme/gap-type")
        return {entry.notation: entry for entry in entries}

    @cached_property
    def schemes(self) -> dict[str, Entry]:
        """Give the concept schemes by their IRI."""
        return {entry.iri: entry for entry in read_schemes(self.store)}

    @cached_property
    def scheme_sizes(self) -> dict[str, int]:
        """Give the number of concepts of every scheme by its IRI."""
        return read_scheme_sizes(self.store)

    @cached_property
    def network(self) -> Network:
        """Give the records with the links between them."""
        return read_network(self.store)

    @cached_property
    def reports(self) -> Shelf:
        """Give the shelf of gap reports that were asked for."""
        return Shelf()

    @cached_property
    def diffs(self) -> dict[tuple[str, str, str | None], Diff]:
        """Keep what was found to have changed between two versions under a protocol."""
        return {}

    @cached_property
    def _axes(self) -> dict[str, list[Value]]:
        return {}

    def axis(self, name: str) -> list[Value]:
        """Give the values of an axis with the activities at each, narrower values included."""
        if known_axis(name) not in self._axes:
            self._axes[name] = self._laid_out(name)
        return self._axes[name]

    def _laid_out(self, name: str) -> list[Value]:
        if name == ACTORS:
            return actor_axis(self.activities.values())
        direct = dict(self.covered)
        for activity in self.activities.values():
            for kind in activity.types:
                direct[kind.iri] = direct.get(kind.iri, frozenset()) | {activity.iri}
        return concept_axis(read_concept_tree(self.store, f"{BASE}scheme/{name}"), direct)

    @cached_property
    def _associations(self) -> dict[str, Relations]:
        return {}

    def associations(self, protocol: str) -> Relations:
        """Give how the areas of a map go together; reckoned when first asked for."""
        if protocol not in self._associations:
            self._associations[protocol] = associations(self.analyses[protocol])
        return self._associations[protocol]

    def analysis(self, protocol: str | None) -> GapAnalysis:
        """Give the gap analysis under a protocol; without one, under the default."""
        return self.analyses[self.protocol_name(protocol)]

    def protocol_name(self, protocol: str | None) -> str:
        """Give the name of a protocol asked for by name, series or IRI; without one, the default."""
        name = named(self.analyses, protocol) if protocol else next(iter(self.analyses), None)
        if name is None:
            known = ", ".join(self.analyses) or "none"
            raise NotFoundError(
                f"There is no protocol {protocol or ''} in this snapshot; there are: {known}."
            )
        return name

    def require(self, path: str) -> NamedNode:
        """Give the IRI of a record of ours, or say which records are near."""
        try:
            record = NamedNode(BASE + path)
        except ValueError as error:
            raise NotFoundError(f"There is no record at /{path}: this is no IRI.") from error
        if self.store.ask(load_query("records/exists").bind(record=record)):
            return record
        near = self.near(path)
        names = ", ".join(hit.iri.removeprefix(BASE) for hit in near)
        raise NotFoundError(f"There is no record at /{path}; the nearest are {names or 'none'}.", near)

    def near(self, path: str) -> list[Hit]:
        """Give the records that an address may have meant, by the words at its end."""
        words = path.rsplit("/", 1)[-1].replace("-", " ")
        return self.terms.nearest(words[:100], _NEAR)
