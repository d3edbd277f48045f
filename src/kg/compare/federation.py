"""Several institutes' graphs side by side: each a named graph with its publisher and trust, gaps by institute."""

import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Final, Literal, TypeVar

import pyoxigraph as ox
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kg.analyses import protocol_names, read_analysis
from kg.compare.equals import equals
from kg.errors import CallerError
from kg.export.statements import union_triples
from kg.gaps import GapAnalysis
from kg.gaps.model import Cell, Ref, Status, Value
from kg.load import read_bytes
from kg.snapshot import Manifest, Snapshot
from kg.vocab import BASE, DCTERMS, GRAPH, PREFIXES, PROV, RDF_TYPE

T = TypeVar("T")
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
    """A cell that several members have, with what each knows of it; `apart` where one covers what another lacks.

    Members name area and facet by one IRI, or by IRIs that exact matches join: `known_as` gives those of each member.
    """

    area: Ref
    facet: Ref
    known_as: dict[str, tuple[str, str]]
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
    used = {
        name: {iri for cell in one.cells for iri in (cell.area, cell.facet)} for name, one in analyses.items()
    }
    return Federation(members=members, cells=tuple(_cells(analyses, equals(snapshots.values(), used))))


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


def _cells(analyses: Mapping[str, GapAnalysis], same: Mapping[str, str]) -> Iterator[SharedCell]:
    labels = {v.iri: v.label for one in analyses.values() for v in (*one.areas, *one.facets)}
    found: dict[tuple[str, str], dict[str, Cell]] = {}
    for name, analysis in analyses.items():
        for cell in analysis.cells:
            if cell.group is None:
                found.setdefault((same[cell.area], same[cell.facet]), {})[name] = cell
    for (area, facet), cells in sorted(found.items()):
        if len(cells) > 1:
            yield SharedCell(
                area=Ref(iri=area, label=labels[area]),
                facet=Ref(iri=facet, label=labels[facet]),
                known_as={name: (cell.area, cell.facet) for name, cell in cells.items()},
                statuses={name: cell.status for name, cell in cells.items()},
                apart=_apart(cell.status for cell in cells.values()),
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
            subject, value = _own(triple.subject, member), _own(triple.object, member)
            yield ox.Quad(subject, triple.predicate, value, graph)


def _own(term: T, member: Member) -> T | ox.BlankNode:
    """Keep what has no name apart: two members may have numbered it alike."""
    return ox.BlankNode(f"{member.name}-{term.value}") if isinstance(term, ox.BlankNode) else term


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
