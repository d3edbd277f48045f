"""Check what an import would make of the graph, before anything is accepted."""

import pyoxigraph as ox

from kg.checking import rules
from kg.intake.model import Reading
from kg.snapshot import Snapshot
from kg.store import EmbeddedStore
from kg.validate import Finding, check_shapes
from kg.vocab import INFERRED_GRAPH, SHAPES_GRAPH


def check_reading(reading: Reading, snapshot: Snapshot, store: EmbeddedStore) -> list[Finding]:
    """Give what shapes and rules say of the records that the import touches."""
    touched = {_name(triple.subject) for triple in (*reading.adds, *reading.removes)}
    if not touched:
        return []
    quads = _proposed(reading, snapshot, store)
    shapes = [quad.triple for quad in store.inner.quads_for_pattern(None, None, None, SHAPES_GRAPH)]
    found = check_shapes(_n_triples([quad.triple for quad in quads]), _n_triples(shapes))
    whole = ox.Store()
    whole.bulk_extend(quads)
    whole.bulk_extend({ox.Quad(q.subject, q.predicate, q.object) for q in quads})
    found += [finding for rule in rules() for finding in rule.findings(whole)]
    mine = {_key(finding): finding for finding in found if finding.record in touched}
    return [mine[key] for key in sorted(mine)]


def _proposed(reading: Reading, snapshot: Snapshot, store: EmbeddedStore) -> list[ox.Quad]:
    """Give ontology and data as they would be: without what goes, with what comes."""
    gone = set(reading.removes)
    asserted = [
        quad
        for name in sorted(snapshot.manifest.graphs)
        if ox.NamedNode(name) not in (INFERRED_GRAPH, SHAPES_GRAPH)
        for quad in store.inner.quads_for_pattern(None, None, None, ox.NamedNode(name))
        if quad.triple not in gone
    ]
    home = ox.NamedNode(next(iter(sorted(snapshot.manifest.graphs)), "urn:import"))
    return [*asserted, *(ox.Quad(t.subject, t.predicate, t.object, home) for t in reading.adds)]


def _n_triples(triples: list[ox.Triple]) -> bytes:
    return ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""


def _key(finding: Finding) -> tuple[str, str, str, str, str]:
    return finding.severity, finding.record, finding.rule, finding.path or "", finding.value or ""


def _name(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else str(term)
