"""Small graphs for tests, built line by line and readable in the test that uses them."""

from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from kg.store import EmbeddedStore
from kg.vocab import AISI, BASE, DCTERMS, OWL, PROV, RDF, RDFS, SKOS, XSD

EX = "https://example.org/"
ORG = "http://www.w3.org/ns/org#"
SSSOM = "https://w3id.org/sssom/"
WEIGHTS = {
    "coverage-role/primary": 1.0,
    "coverage-role/secondary": 0.5,
    "coverage-role/mention": 0.2,
    "maturity/planned": 0.1,
    "maturity/piloted": 0.5,
    "maturity/operating": 0.8,
    "maturity/evaluated": 1.0,
    "evidence-grade/independent": 1.0,
    "evidence-grade/official": 0.9,
    "evidence-grade/self-reported": 0.5,
    "evidence-grade/secondary": 0.4,
}


def ex(name: str) -> str:
    """Name a record of the mini graph; full IRIs stay as they are."""
    return name if "://" in name else EX + name


def term(path: str) -> str:
    """Name a controlled value, for example `maturity/planned`."""
    return f"{BASE}term/{path}"


def day(value: str) -> ox.Literal:
    """Make a date, of a month where no day is given."""
    return ox.Literal(value, datatype=ox.NamedNode(XSD + ("gYearMonth" if len(value) == 7 else "date")))


def number(value: float) -> ox.Literal:
    return ox.Literal(str(value), datatype=ox.NamedNode(XSD + "decimal"))


class Mini:
    """A graph with rows, columns, one document and a protocol; everything else is added by the test."""

    def __init__(
        self,
        rows: Mapping[str, str | None] | None = None,
        columns: Mapping[str, str | None] | None = None,
    ) -> None:
        self.inner = ox.Store()
        self.scheme("rows", rows or {"a": None, "b": None})
        self.scheme("columns", columns or {"x": None, "y": None})
        self.source("doc", issued="2025-01-01")

    def add(self, subject: str, prop: str, *values: str | ox.Literal | None) -> None:
        for value in values:
            if value is not None:
                node = ox.NamedNode(ex(value)) if isinstance(value, str) else value
                self.inner.add(ox.Quad(ox.NamedNode(ex(subject)), ox.NamedNode(prop), node))

    def a(self, subject: str, kind: str) -> None:
        self.add(subject, RDF + "type", kind)

    def label(self, subject: str, ja: str | None = None, en: str | None = None) -> None:
        name = subject.rsplit("/", 1)[-1]
        self.add(subject, SKOS + "prefLabel", ox.Literal(en or name.capitalize(), language="en"))
        self.add(subject, SKOS + "prefLabel", ox.Literal(ja or f"{name}項", language="ja"))

    def scheme(self, name: str, tree: Mapping[str, str | None]) -> None:
        self.a(name, SKOS + "ConceptScheme")
        self.label(name)
        for concept, broader in tree.items():
            self.a(concept, SKOS + "Concept")
            self.label(concept)
            self.add(concept, SKOS + "inScheme", name)
            self.add(concept, SKOS + "broader", broader)

    def withdraw(self, concept: str) -> None:
        self.add(concept, OWL + "deprecated", ox.Literal("true", datatype=ox.NamedNode(XSD + "boolean")))

    def source(self, name: str, *, part_of: str | None = None, issued: str | None = None) -> None:
        self.a(name, AISI + "Source")
        self.label(name)
        self.add(name, DCTERMS + "isPartOf", part_of)
        self.add(name, DCTERMS + "issued", day(issued) if issued else None)
        self.add(name, AISI + "locator", ox.Literal(name.rsplit("-", 1)[-1]) if part_of else None)

    def cite(self, record: str, source: str = "doc", locator: str = "1") -> None:
        citation = f"citation/{record.rsplit('/', 1)[-1]}"
        self.a(citation, AISI + "Citation")
        self.add(citation, AISI + "source", source)
        self.add(citation, AISI + "locator", ox.Literal(locator))
        self.add(record, AISI + "citation", citation)

    def actor(self, name: str, *, counts_as: str | None = None, part_of: str | None = None) -> None:
        self.a(name, AISI + "Actor")
        self.label(name)
        self.add(name, AISI + "countsAs", counts_as)
        self.add(name, AISI + "partOf", part_of)

    def activity(
        self,
        name: str,
        kinds: Iterable[str],
        actors: Iterable[str] = ("ann",),
        *,
        status: str = "ongoing",
        asserted: str | None = None,
    ) -> None:
        self.a(name, AISI + "Activity")
        self.label(name)
        self.add(name, AISI + "activityType", *kinds)
        self.add(name, AISI + "carriedOutBy", *actors)
        self.add(name, AISI + "status", term(f"activity-status/{status}"))
        self.add(name, AISI + "assertedOn", day(asserted) if asserted else None)
        for actor in actors:
            self.actor(actor)

    def edge(
        self,
        by: str,
        of: str,
        *,
        role: str | None = "primary",
        maturity: str | None = "operating",
        grade: str | None = "official",
        score: float | None = None,
        review: str | None = None,
        asserted: str | None = None,
        name: str | None = None,
    ) -> str:
        edge = name or f"edge/{by}-{of}"
        self.a(edge, AISI + "Coverage")
        self.add(edge, AISI + "coverageBy", by)
        self.add(edge, AISI + "coverageOf", of)
        self.add(edge, AISI + "coverageRole", term(f"coverage-role/{role}") if role else None)
        self.add(edge, AISI + "maturity", term(f"maturity/{maturity}") if maturity else None)
        self.add(edge, AISI + "evidenceGrade", term(f"evidence-grade/{grade}") if grade else None)
        self.add(edge, AISI + "score", None if score is None else number(score))
        self.add(edge, AISI + "reviewStatus", term(f"review-status/{review}") if review else None)
        self.add(edge, AISI + "assertedOn", day(asserted) if asserted else None)
        self.cite(edge)
        return ex(edge)

    def does(self, activity: str, area: str, kind: str, actor: str = "ann", **edge: object) -> str:
        """Add an activity of one kind by one actor with one edge."""
        self.activity(activity, [kind], [actor])
        return self.edge(activity, area, **edge)  # type: ignore[arg-type]

    def complete(
        self,
        *areas: str,
        source: str = "doc",
        facets: Iterable[str] = (),
        actor: str | None = None,
        as_of: str = "2025-01-01",
        name: str = "statement/complete",
    ) -> str:
        self.a(name, AISI + "CompletenessStatement")
        self.add(name, AISI + "completeSource", source)
        self.add(name, AISI + "completeArea", *(areas or ("rows",)))
        self.add(name, AISI + "completeFacet", *facets)
        self.add(name, AISI + "completeActor", actor)
        self.add(name, AISI + "asOf", day(as_of))
        self.cite(name)
        return ex(name)

    def absent(
        self,
        area: str,
        facet: str | None = None,
        *,
        actor: str | None = None,
        as_of: str = "2025-01-01",
        name: str = "statement/absent",
    ) -> str:
        self.a(name, AISI + "AbsenceStatement")
        self.add(name, AISI + "absentArea", area)
        self.add(name, AISI + "absentFacet", facet)
        self.add(name, AISI + "absentActor", actor)
        self.add(name, AISI + "asOf", day(as_of))
        self.cite(name)
        return ex(name)

    def disagree(self, *records: str, name: str = "statement/conflict") -> str:
        self.a(name, AISI + "ConflictStatement")
        self.add(name, AISI + "conflictBetween", *records)
        self.cite(name)
        return ex(name)

    def protocol(
        self,
        name: str = "protocol/p-1.0",
        *,
        version: str = "1.0",
        rows: str = "rows",
        columns: str = "columns",
        row_property: str | None = None,
        column_property: str | None = AISI + "activityType",
        target: float = 0.75,
        half_life: float | None = None,
        stale_after: float | None = None,
        cut_off: str = "2025-01-01",
        corpus: Iterable[str] = ("doc",),
        population: Iterable[str] = (),
        weights: Mapping[str, float] = WEIGHTS,
    ) -> None:
        self.a(name, AISI + "GapProtocol")
        self.label(name)
        self.add(name, AISI + "version", ox.Literal(version))
        self.add(name, AISI + "cutOff", day(cut_off))
        self.add(name, AISI + "targetDepth", number(target))
        self.add(name, AISI + "halfLifeYears", None if half_life is None else number(half_life))
        self.add(name, AISI + "staleAfterYears", None if stale_after is None else number(stale_after))
        self.add(name, AISI + "corpus", *corpus)
        self.add(name, AISI + "population", *population)
        self.axis(name, "rowAxis", rows, row_property)
        self.axis(name, "columnAxis", columns, column_property)
        for path, value in weights.items():
            self.weight(name, term(path), value)

    def axis(
        self,
        protocol: str,
        link: str,
        scheme: str | None,
        prop: str | None = None,
        through: str | None = None,
    ) -> None:
        axis = f"{protocol}/axis/{link}"
        self.a(axis, AISI + "Axis")
        self.add(protocol, AISI + link, axis)
        self.add(axis, AISI + "axisScheme", scheme)
        self.add(axis, AISI + "axisProperty", prop)
        self.add(axis, AISI + "axisThrough", through)

    def weight(self, protocol: str, concept: str, value: float) -> None:
        node = f"{protocol}/weight/{concept.removeprefix(BASE).replace('/', '-')}"
        self.a(node, AISI + "Weight")
        self.add(protocol, AISI + "weight", node)
        self.add(node, AISI + "weightOf", concept)
        self.add(node, AISI + "weightValue", number(value))

    def exclude(
        self, protocol: str = "protocol/p-1.0", *, area: str | None = None, facet: str | None = None
    ) -> None:
        node = f"{protocol}/exclusion/{area}-{facet}"
        self.a(node, AISI + "Exclusion")
        self.add(protocol, AISI + "exclusion", node)
        self.add(node, AISI + "excludedArea", area)
        self.add(node, AISI + "excludedFacet", facet)
        self.add(node, RDFS + "comment", ox.Literal("No such thing.", language="en"))
        self.add(node, RDFS + "comment", ox.Literal("ありえない。", language="ja"))

    def aim(
        self,
        depth: float,
        protocol: str = "protocol/p-1.0",
        *,
        area: str | None = None,
        facet: str | None = None,
    ) -> None:
        node = f"{protocol}/target/{area}-{facet}"
        self.a(node, AISI + "Target")
        self.add(protocol, AISI + "target", node)
        self.add(node, AISI + "targetArea", area)
        self.add(node, AISI + "targetFacet", facet)
        self.add(node, AISI + "targetDepth", number(depth))

    def instrument(self, name: str, **dates: str) -> None:
        self.a(name, AISI + "Instrument")
        self.label(name)
        for prop, value in dates.items():
            self.add(name, (AISI if prop == "adopted" else DCTERMS) + prop, day(value))

    def provision(
        self,
        name: str,
        *,
        areas: Iterable[str] = (),
        actions: Iterable[str] = (),
        addressees: Iterable[str] = (),
        verb: str = "will",
        due: str | None = None,
        instrument: str = "charter",
    ) -> None:
        self.instrument(instrument)
        self.a(name, AISI + "Provision")
        self.label(name)
        self.add(name, DCTERMS + "isPartOf", instrument)
        self.add(name, AISI + "locator", ox.Literal(name.rsplit("/", 1)[-1]))
        self.add(name, AISI + "verbClass", term(f"verb-class/{verb}"))
        self.add(name, AISI + "actionType", *actions)
        self.add(name, AISI + "addressee", *addressees)
        self.add(name, AISI + "dueDate", day(due) if due else None)
        for area in areas:
            self.edge(name, area, maturity=None, name=f"edge/{name.rsplit('/', 1)[-1]}-{area}")

    def implement(
        self, activity: str, provision: str, extent: str = "full", review: str | None = None
    ) -> str:
        name = f"implementation/{activity}-{provision.rsplit('/', 1)[-1]}"
        self.a(name, AISI + "Implementation")
        self.add(name, AISI + "implementedBy", activity)
        self.add(name, AISI + "implementationOf", provision)
        self.add(name, AISI + "extent", term(f"extent/{extent}"))
        self.add(name, AISI + "reviewStatus", term(f"review-status/{review}") if review else None)
        self.cite(name)
        return ex(name)

    @property
    def store(self) -> EmbeddedStore:
        return EmbeddedStore(self.inner)


__all__ = ["DCTERMS", "EX", "ORG", "PROV", "SSSOM", "WEIGHTS", "Mini", "day", "ex", "number", "term"]
