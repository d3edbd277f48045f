"""Several institutes' graphs side by side: each a named graph with its publisher and trust, gaps by institute."""

import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Final, Literal

import pyoxigraph as ox
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kg.analyses import protocol_names, read_analysis
from kg.errors import CallerError
from kg.export.statements import union_triples
from kg.gaps import GapAnalysis
from kg.gaps.model import Ref, Status, Value
from kg.load import read_bytes
from kg.snapshot import Manifest, Snapshot
from kg.vocab import BASE, DCTERMS, GRAPH, PREFIXES, PROV, RDF_TYPE

_ANNOTATION: Final = "http://www.w3.org/ns/oa#"
_TRUST: Final = BASE + "term/evidence-grade/"
_ABSENT: Final = frozenset({"ABSENT-STATED", "ABSENT-IN-SCOPE"})


Trust = Literal["independent", "official", "self-reported", "secondary"]


class Member(BaseModel):
    """An institute that takes part: who publishes its graph, how far it is trusted, and where it lies."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    publisher: str = Field(pattern=r"^https?://\S+$")
    trust: Trust
    data: Path | None = None
    snapshot: Path | None = None

    @property
    def graph(self) -> str:
        """Name the graph that holds what the member says."""
        return f"{GRAPH}member/{self.name}"


class MemberView(Value):
    """A member with the state of its graph and its gaps by type; without a protocol it has none."""

    name: str
    publisher: str
    trust: str
    graph: str
    version: str
    data_as_of: str
    rdfc10_sha256: str
    gaps: dict[str, int] | None


class SharedCell(Value):
    """A cell that several members have, with what each knows of it; `apart` where one covers what another lacks."""

    area: Ref
    facet: Ref
    statuses: dict[str, Status]
    apart: bool


class Federation(Value):
    """Several graphs side by side."""

    members: tuple[MemberView, ...]
    cells: tuple[SharedCell, ...]


def read_members(path: Path) -> list[Member]:
    """Read the list of members: TOML with a table `[[member]]` for each."""
    try:
        document = tomllib.loads(read_bytes(path).decode())
        found = [Member.model_validate(each) for each in document.get("member", [])]
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CallerError(f"{path} is no TOML: {error}; repair it.") from error
    except ValidationError as error:
        fault = error.errors()[0]
        place = ".".join(str(part) for part in fault["loc"])
        raise CallerError(
            f"{path}, {place}: {fault['msg']}; every member needs name, publisher and trust."
        ) from error
    twice = [name for name, count in Counter(one.name for one in found).items() if count > 1]
    if len(found) < 2 or twice:
        raise CallerError(
            f"{path} must name at least two members, each once; repair it ({', '.join(twice) or 'too few'})."
        )
    if any((one.data is None) == (one.snapshot is None) for one in found):
        raise CallerError(f"{path}: give every member either data or snapshot.")
    return found


def federate(snapshots: Mapping[Member, Snapshot]) -> Federation:
    """Set the members side by side; a cell is compared only where two or more of them have it."""
    analyses = {
        member.name: read_analysis(snapshot, None)
        for member, snapshot in snapshots.items()
        if protocol_names(snapshot)
    }
    members = tuple(_view(member, one, analyses.get(member.name)) for member, one in snapshots.items())
    return Federation(members=members, cells=tuple(_cells(analyses)))


def _view(member: Member, snapshot: Snapshot, analysis: GapAnalysis | None) -> MemberView:
    manifest = snapshot.manifest
    return MemberView(
        name=member.name,
        publisher=member.publisher,
        trust=member.trust,
        graph=member.graph,
        version=manifest.version,
        data_as_of=manifest.data_as_of,
        rdfc10_sha256=manifest.rdfc10_sha256,
        gaps=None if analysis is None else dict(sorted(analysis.gap_counts.items())),
    )


def _cells(analyses: Mapping[str, GapAnalysis]) -> Iterator[SharedCell]:
    labels = {v.iri: v.label for one in analyses.values() for v in (*one.areas, *one.facets)}
    statuses: dict[tuple[str, str], dict[str, Status]] = {}
    for name, analysis in analyses.items():
        for cell in analysis.cells:
            if cell.group is None:
                statuses.setdefault((cell.area, cell.facet), {})[name] = cell.status
    for (area, facet), known in sorted(statuses.items()):
        if len(known) > 1:
            yield SharedCell(
                area=Ref(iri=area, label=labels[area]),
                facet=Ref(iri=facet, label=labels[facet]),
                statuses=known,
                apart=_apart(known.values()),
            )


def _apart(statuses: Iterable[Status]) -> bool:
    """Tell whether one covers what another is known not to have; what is not recorded is not compared."""
    known = set(statuses)
    return bool(known & _ABSENT) and bool(known & {"COVERED", "THIN"})


def write_federation(snapshots: Mapping[Member, Snapshot], out: IO[bytes]) -> None:
    """Write N-Quads: a named graph for each member, and who stands behind it in the default graph."""
    ox.serialize(_quads(snapshots), out, ox.RdfFormat.N_QUADS)


def _quads(snapshots: Mapping[Member, Snapshot]) -> Iterator[ox.Quad]:
    for member, snapshot in snapshots.items():
        graph = ox.NamedNode(member.graph)
        yield from (ox.Quad(*said) for said in _described(member, snapshot.manifest))
        for triple in union_triples(snapshot):
            yield ox.Quad(triple.subject, triple.predicate, triple.object, graph)


def _described(
    member: Member, manifest: Manifest
) -> Iterator[tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]]:
    """Say who publishes the graph of a member, in which version, and how far it is trusted."""
    graph, trust = ox.NamedNode(member.graph), ox.NamedNode(f"{member.graph}#trust")
    yield graph, RDF_TYPE, ox.NamedNode(PROV + "Entity")
    for name in (DCTERMS + "publisher", PROV + "wasAttributedTo"):
        yield graph, ox.NamedNode(name), ox.NamedNode(member.publisher)
    yield graph, ox.NamedNode(PREFIXES["dcat"] + "version"), ox.Literal(manifest.version)
    yield graph, ox.NamedNode(DCTERMS + "identifier"), ox.Literal(f"sha256:{manifest.rdfc10_sha256}")
    yield graph, ox.NamedNode(PREFIXES["dqv"] + "hasQualityAnnotation"), trust
    yield trust, RDF_TYPE, ox.NamedNode(PREFIXES["dqv"] + "QualityAnnotation")
    yield trust, ox.NamedNode(_ANNOTATION + "hasTarget"), graph
    yield trust, ox.NamedNode(_ANNOTATION + "hasBody"), ox.NamedNode(_TRUST + member.trust)
