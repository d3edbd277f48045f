"""What the server holds of one snapshot, opened once and replaced as a whole."""

from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode

from kg.analyses import protocol_names, read_analysis
from kg.catalog import load_query
from kg.gaps import GapAnalysis
from kg.snapshot import Manifest, Snapshot
from kg.store import EmbeddedStore, Store
from kg.terms import TermIndex
from kg.vocab import BASE
from kg_api.problems import NotFoundError


@dataclass(frozen=True)
class Site:
    """One snapshot, ready to be served."""

    path: Path
    manifest: Manifest
    store: Store
    terms: TermIndex
    analyses: dict[str, GapAnalysis]

    @classmethod
    def open(cls, folder: Path) -> "Site":
        """Open the current version of a snapshot folder."""
        snapshot = Snapshot.open(folder)
        return cls(
            path=snapshot.path,
            manifest=snapshot.manifest,
            store=EmbeddedStore.open(snapshot.store),
            terms=TermIndex.from_bytes(snapshot.read("terms.json")),
            analyses={name: read_analysis(snapshot, name) for name in protocol_names(snapshot)},
        )

    def analysis(self, protocol: str | None) -> GapAnalysis:
        """Give the gap analysis under a protocol, named by the last part of its IRI; without one, the default."""
        name = protocol or next(iter(self.analyses), "")
        if name not in self.analyses:
            known = ", ".join(self.analyses) or "none"
            raise NotFoundError(f"There is no protocol {name} in this snapshot; there are: {known}.")
        return self.analyses[name]

    def require(self, path: str) -> NamedNode:
        """Give the IRI of a record of ours, or say which records are near."""
        record = NamedNode(BASE + path)
        if self.store.ask(load_query("records/exists").bind(record=record)):
            return record
        words = path.rsplit("/", 1)[-1].replace("-", " ")
        near = ", ".join(hit.iri.removeprefix(BASE) for hit in self.terms.nearest(words[:100], 3))
        raise NotFoundError(f"There is no record {path}; the nearest are {near or 'none'}.")
