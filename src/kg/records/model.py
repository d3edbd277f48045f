"""What the graph says of a record: frozen values, the same in the REST interface and on the pages."""

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from kg.vocab import compact

Labels = dict[str, str]


class Value(BaseModel):
    """A frozen value; Python names are snake_case, JSON names camelCase."""

    model_config = ConfigDict(
        frozen=True,
        alias_generator=to_camel,
        validate_by_name=True,
        validate_by_alias=True,
        serialize_by_alias=True,
    )


class Ref(Value):
    """A record that is pointed to: its IRI, its preferred labels by language, its class."""

    iri: str
    label: Labels = {}
    type: str = Field(default="", description="Class, shortened: aisi:Actor, skos:Concept ...")


class Label(Value):
    """A label with its language and its kind: pref, alt or hidden."""

    text: str
    lang: str
    kind: str


class DatedName(Value):
    """A name that has a status, a source or dates of its own."""

    iri: str
    text: str
    lang: str
    status: Ref | None = None
    valid_from: str = ""
    valid_until: str = ""


class Term(Value):
    """A value of a property: a record with its labels, or a literal."""

    value: str
    iri: bool
    lang: str = ""
    label: Labels = {}
    type: str = ""


class Statement(Value):
    """A property with its values."""

    property: str
    label: Labels
    values: tuple[Term, ...]


class Tally(Value):
    """How many records of a class without labels of their own point to a record by one property."""

    property: str
    label: Labels
    type: str
    count: int


class Place(Value):
    """Where something stands: the document and the section in it."""

    citation: str
    source: Ref
    locator: str


class Cited(Place):
    """A citation whole: with the names as they stand there and the day it was read."""

    attested: tuple[Label, ...] = ()
    date_read: str = ""


class Defined(Value):
    """A definition with its language, kind and places; several bodies may define one concept."""

    iri: str
    text: str
    lang: str
    kind: str = Field(description="verbatim, translated or authored")
    relation: str = Field(default="", description="How it stands to the preferred definition.")
    defined_by: Ref | None = None
    places: tuple[Place, ...] = ()


class Edge(Value):
    """A record that links two others and says more of the link; where it is cited stands with it."""

    iri: str
    places: tuple[Place, ...] = ()
    note: Labels = {}


class CoverageEdge(Edge):
    """An activity or provision covers an area."""

    by: Ref
    area: Ref
    role: Ref | None = None
    maturity: Ref | None = None
    grade: Ref | None = None
    review: Ref | None = None
    score: str = ""
    asserted_on: str = ""


class ImplementationEdge(Edge):
    """An activity puts a provision into effect, to an extent."""

    activity: Ref
    provision: Ref
    extent: Ref | None = None
    review: Ref | None = None


class MembershipEdge(Edge):
    """An actor belongs to another in a role, from when until when."""

    organization: Ref
    member: Ref
    roles: tuple[Ref, ...] = ()
    valid_from: str = ""
    valid_until: str = ""
    asserted_on: str = ""


class QuantityEdge(Edge):
    """A figure about a record."""

    of: Ref
    kind: Ref | None = None
    value: str
    approximate: bool = False
    asserted_on: str = ""


class MappingEdge(Edge):
    """A concept stands in a relation to one of another vocabulary; without an object, none was found there."""

    subject: Ref
    subject_source: Ref | None = None
    predicate: str = Field(description="Shortened, for example skos:closeMatch.")
    object: Ref | None = None
    object_source: Ref | None = None
    confidence: str = ""
    author: str = ""
    justification: str = ""


class Record(Value):
    """Everything that the graph says of one record."""

    iri: str
    types: tuple[str, ...]
    title: Labels
    labels: tuple[Label, ...] = ()
    names: tuple[DatedName, ...] = ()
    definitions: tuple[Defined, ...] = ()
    statements: tuple[Statement, ...] = ()
    links: tuple[Statement, ...] = Field(default=(), description="Records that point here.")
    tallies: tuple[Tally, ...] = Field(default=(), description="Records without labels that point here.")
    coverage: tuple[CoverageEdge, ...] = ()
    implementations: tuple[ImplementationEdge, ...] = ()
    memberships: tuple[MembershipEdge, ...] = ()
    quantities: tuple[QuantityEdge, ...] = ()
    mappings: tuple[MappingEdge, ...] = ()
    citations: tuple[Cited, ...] = ()

    def values(self, name: str) -> tuple[Term, ...]:
        """Give the values of one property, named as in `skos:broader`."""
        return _values(self.statements, name)

    def linked(self, name: str) -> tuple[Term, ...]:
        """Give the records that point here by one property, named as in `skos:broader`."""
        return _values(self.links, name)

    def text(self, name: str) -> str:
        """Give the first value of one property as text, or nothing."""
        return next((term.value for term in self.values(name)), "")


def _values(statements: tuple[Statement, ...], name: str) -> tuple[Term, ...]:
    return next((s.values for s in statements if compact(s.property) == name), ())


class Entry(Value):
    """A record in a list: its IRI, its labels, its notation."""

    iri: str
    label: Labels
    notation: str = ""


class ActorEntry(Entry):
    """An actor in a list."""

    kinds: tuple[Ref, ...] = ()
    jurisdictions: tuple[Ref, ...] = ()
    part_of: tuple[Ref, ...] = ()
    established: str = ""


class ActivityEntry(Entry):
    """An activity in a list: who, what, when."""

    types: tuple[Ref, ...] = ()
    status: tuple[Ref, ...] = ()
    start: str = ""
    end: str = ""
    asserted_on: str = Field(default="", description="Date of the document that reports it.")
    carried_out_by: tuple[Ref, ...] = ()
    participants: tuple[Ref, ...] = ()
    hosts: tuple[Ref, ...] = ()
    commissioned_by: tuple[Ref, ...] = ()
    part_of: tuple[Ref, ...] = ()

    @property
    def date(self) -> str:
        """Give the date by which the activity is ordered in time."""
        return self.start or self.end or self.asserted_on


class InstrumentEntry(Entry):
    """An instrument in a list."""

    types: tuple[Ref, ...] = ()
    binding: tuple[Ref, ...] = ()
    creators: tuple[Ref, ...] = ()
    publishers: tuple[Ref, ...] = ()
    adopted: str = ""
    issued: str = ""
    created: str = ""
    version: str = ""
    version_of: tuple[Ref, ...] = ()
    part_of: tuple[Ref, ...] = ()

    @property
    def date(self) -> str:
        """Give the date by which the instrument is ordered in time."""
        return self.adopted or self.issued or self.created


class SourceEntry(Entry):
    """A document that is cited, with the number of its citations."""

    issued: str = ""
    date_read: str = ""
    citations: int = 0


class ConceptNode(Entry):
    """A concept in its scheme: the concepts above it and whether it is withdrawn."""

    broader: tuple[str, ...] = ()
    reading: str = ""
    deprecated: bool = False
