"""Read gap protocols from the graph and refuse what cannot be meant."""

from collections import defaultdict
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode
from rapidfuzz import process

from kg.catalog import load_query
from kg.errors import CallerError, DataError
from kg.gaps.identity import name_under_base, protocol_name
from kg.gaps.model import Ref, Text
from kg.gaps.protocol import (
    AxisSpec,
    ChainStep,
    ExclusionSpec,
    Protocol,
    ProtocolName,
    TargetSpec,
    WeightSpec,
)
from kg.gaps.terms import Labels, day, must, number, slug, text_of
from kg.store import Store, Term
from kg.vocab import AISI, BASE, RDFS, compact

_DEFAULT = "default"


@dataclass(frozen=True)
class _Node:
    """One node of a protocol with its values, and the protocol's name for messages."""

    protocol: str
    iri: str
    values: dict[str, list[Term]]

    def all(self, name: str) -> tuple[str, ...]:
        return tuple(sorted(term.value for term in self.values.get(AISI + name, [])))

    def one(self, name: str) -> str | None:
        found = self.all(name)
        if len(found) > 1:
            raise self.fault(f"aisi:{name} is given {len(found)} times ({', '.join(found)}); keep one")
        return found[0] if found else None

    def comment(self) -> Text | None:
        texts = {
            term.language or "en": term.value
            for term in self.values.get(RDFS + "comment", [])
            if isinstance(term, Literal)
        }
        some = texts.get("en") or texts.get("ja")
        return Text(ja=texts.get("ja") or some, en=texts.get("en") or some) if some else None

    def share(self, name: str) -> float:
        """Read a number that must lie in [0, 1]."""
        raw = self.one(name)
        value = number(raw)
        if value is None or not 0 <= value <= 1:
            raise self.fault(f"aisi:{name} must be a number from 0 to 1, not {raw or 'nothing'}")
        return value

    def positive(self, name: str) -> float | None:
        raw = self.one(name)
        value = number(raw)
        if raw is not None and (value is None or not value > 0):
            raise self.fault(f"aisi:{name} must be a number above 0, not {raw}")
        return value

    def fault(self, what: str) -> DataError:
        return DataError(f"In gap protocol {self.protocol}, <{self.iri}>: {what}; correct it there.")


def protocols(store: Store) -> list[ProtocolName]:
    """List the gap protocols of a graph, newest version of a series last."""
    return _named(store, Labels.read(store))


def _named(store: Store, labels: Labels) -> list[ProtocolName]:
    found: dict[str, ProtocolName] = {}
    for row in store.select(load_query("gaps/protocols").bind()):
        name = _name(must(row, "protocol"), text_of(row, "version"), text_of(row, "series"), labels)
        found.setdefault(name.iri, name)
    ordered = sorted(found.values(), key=lambda p: (p.series, version_key(p.version), p.iri))
    taken: dict[str, str] = {}
    for each in sorted(ordered, key=lambda p: (not p.iri.startswith(BASE), p.iri)):
        taken.setdefault(each.name.casefold(), each.iri)  # some file systems do not tell A from a
    return [each if taken[each.name.casefold()] == each.iri else _apart(each) for each in ordered]


def _apart(name: ProtocolName) -> ProtocolName:
    """Give a protocol a name that nothing under another base has."""
    return name.model_copy(update={"name": name_under_base(name.iri)})


def _name(iri: str, version: str | None, series: str | None, labels: Labels) -> ProtocolName:
    stem = iri.removesuffix(f"-{version}") if version else iri
    return ProtocolName(
        iri=iri, name=protocol_name(iri), series=series or stem, version=version, label=labels.text(iri)
    )


def version_key(version: str | None) -> tuple[tuple[int, str], ...]:
    """Give what puts versions in order: numbers by size, and before them what is no number."""
    parts = (version or "").split(".")
    return tuple((int(part), "") if part.isdigit() else (-1, part) for part in parts)


def choose(store: Store, wanted: str | None, labels: Labels) -> ProtocolName:
    """Find a protocol by IRI, name or series; without a wish the newest of series `default`, else the first."""
    known = _named(store, labels)
    if not known:
        raise DataError("The graph holds no gap protocol; add one, for example data/protocols/default.ttl.")
    if wanted is None:
        defaults = [p for p in known if slug(p.series) == _DEFAULT]
        return defaults[-1] if defaults else [p for p in known if p.series == known[0].series][-1]
    matching = [p for p in known if wanted in (p.iri, p.name, p.series, slug(p.series))]
    if not matching:
        names = sorted({name for p in known for name in (p.name, slug(p.series))})
        near = ", ".join(hit[0] for hit in process.extract(wanted, names, limit=3))
        raise CallerError(f"There is no gap protocol {wanted}; the nearest are {near}.")
    return matching[-1]


def read_protocol(store: Store, wanted: str | None, labels: Labels) -> Protocol:
    """Read a protocol whole, refusing unknown schemes, weights outside [0, 1] and reasonless exclusions."""
    name = choose(store, wanted, labels)
    head, parts = _nodes(store, name)
    cut_off = day(head.one("cutOff"))
    if cut_off is None:
        raise head.fault(f"aisi:cutOff must be a date, not {head.one('cutOff') or 'nothing'}")
    return Protocol(
        **name.model_dump(include={"iri", "name", "series", "version"}),
        label=name.label,
        rows=_axis(store, parts, "rowAxis", head, labels),
        columns=_axis(store, parts, "columnAxis", head, labels),
        groups=_axis(store, parts, "groupAxis", head, labels) if parts["groupAxis"] else None,
        corpus=_corpus(store, head, labels),
        population=labels.refs(head.all("population")),
        cut_off=cut_off.isoformat(),
        target_depth=head.share("targetDepth"),
        targets=tuple(_target(node) for node in parts["target"]),
        exclusions=tuple(_exclusion(node) for node in parts["exclusion"]),
        weights=_weights(parts["weight"], labels),
        half_life_years=head.positive("halfLifeYears"),
        stale_after_years=head.positive("staleAfterYears"),
        terminology_schemes=labels.refs(head.all("terminologyScheme")),
        evaluation_facets=labels.refs(head.all("evaluationFacet")),
        chain=tuple(sorted((_step(node, labels) for node in parts["chainStep"]), key=lambda s: s.order)),
        commitment_instruments=labels.refs(head.all("commitmentInstrument")),
    )


def _nodes(store: Store, name: ProtocolName) -> tuple[_Node, dict[str, list[_Node]]]:
    head = _Node(name.name, name.iri, defaultdict(list))
    parts: dict[str, dict[str, _Node]] = defaultdict(dict)
    for row in store.select(load_query("gaps/protocol-nodes").bind(protocol=NamedNode(name.iri))):
        link, node = text_of(row, "link"), must(row, "node")
        owner = head
        if link is not None:
            kind = link.removeprefix(AISI)
            owner = parts[kind].setdefault(node, _Node(name.name, node, defaultdict(list)))
        owner.values[must(row, "property")].append(row["value"])
    listed = {kind: [nodes[iri] for iri in sorted(nodes)] for kind, nodes in parts.items()}
    return head, defaultdict(list, listed)


def _axis(store: Store, parts: dict[str, list[_Node]], kind: str, head: _Node, labels: Labels) -> AxisSpec:
    if len(parts[kind]) != 1:
        raise head.fault(f"it needs exactly one aisi:{kind} and has {len(parts[kind])}")
    node = parts[kind][0]
    scheme, prop = node.one("axisScheme"), node.one("axisProperty")
    if scheme is None and (kind != "groupAxis" or prop is None):
        raise node.fault("aisi:axisScheme is missing")
    if scheme is not None:
        _known_scheme(store, node, kind, scheme)
    ref = None if scheme is None else labels.ref(scheme)
    return AxisSpec(scheme=ref, property=prop, through=node.one("axisThrough"))


def _known_scheme(store: Store, node: _Node, kind: str, scheme: str) -> None:
    rows = store.select(load_query("gaps/schemes").bind())
    sizes = {must(row, "scheme"): int(must(row, "concepts")) for row in rows}
    if scheme not in sizes:
        near = ", ".join(compact(hit[0]) for hit in process.extract(scheme, sorted(sizes), limit=3))
        raise node.fault(
            f"aisi:{kind} names the unknown scheme {compact(scheme)}; the nearest are {near or 'none'}"
        )
    if sizes[scheme] == 0:
        raise node.fault(f"aisi:{kind} names the scheme {compact(scheme)}, which has no concepts yet")


def _corpus(store: Store, head: _Node, labels: Labels) -> tuple[Ref, ...]:
    known = {must(row, "source") for row in store.select(load_query("gaps/sources").bind())}
    for source in head.all("corpus"):
        if source not in known:
            near = ", ".join(compact(hit[0]) for hit in process.extract(source, sorted(known), limit=3))
            raise head.fault(
                f"aisi:corpus names the unknown source {compact(source)}; the nearest are {near or 'none'}"
            )
    return labels.refs(head.all("corpus"))


def _target(node: _Node) -> TargetSpec:
    return TargetSpec(
        area=node.one("targetArea"), facet=node.one("targetFacet"), depth=node.share("targetDepth")
    )


def _exclusion(node: _Node) -> ExclusionSpec:
    area, facet, reason = node.one("excludedArea"), node.one("excludedFacet"), node.comment()
    if area is None and facet is None:
        raise node.fault("an exclusion needs aisi:excludedArea, aisi:excludedFacet or both")
    if reason is None:
        raise node.fault("an exclusion needs its reason in rdfs:comment")
    return ExclusionSpec(area=area, facet=facet, reason=reason)


def _weights(nodes: list[_Node], labels: Labels) -> tuple[WeightSpec, ...]:
    found: dict[str, WeightSpec] = {}
    for node in nodes:
        weight = _weight(node, labels)
        if weight.concept.iri in found:
            raise node.fault(f"{compact(weight.concept.iri)} has another weight in this protocol; keep one")
        found[weight.concept.iri] = weight
    return tuple(found.values())


def _weight(node: _Node, labels: Labels) -> WeightSpec:
    concept = node.one("weightOf")
    if concept is None:
        raise node.fault("aisi:weightOf is missing")
    return WeightSpec(
        concept=labels.ref(concept),
        kind=concept.removesuffix(slug(concept)),
        value=node.share("weightValue"),
        reason=node.comment(),
    )


def _step(node: _Node, labels: Labels) -> ChainStep:
    order, facets = number(node.one("stepOrder")), node.all("stepFacet")
    if order is None or not facets:
        raise node.fault("a step of the chain needs aisi:stepOrder and aisi:stepFacet")
    label = labels.texts.get(node.iri) or labels.text(facets[0])
    return ChainStep(order=order, label=label, facets=facets)
