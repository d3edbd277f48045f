"""Answer one question from a source: inspect, run, serialise, hold the bounds."""

import re
import zlib
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from typing import Final

import pyoxigraph as ox

from kg.errors import CallerError, StoreError
from kg.sparql.bounds import Bounds
from kg.sparql.cut import BoundedRows, LimitReachedError, finish, mark_graph
from kg.sparql.guard import Inspected, RefusedError, inspect
from kg.sparql.messages import Answer, Cut, Question
from kg.sparql.source import Results, Source
from kg.sparql.syntax import syntax_answer
from kg.sparql.tokens import with_escaped_dots
from kg.vocab import BASE, PREFIXES

ROW_FORMATS: Final = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "application/xml": ox.QueryResultsFormat.XML,
    "text/xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
GRAPH_FORMATS: Final = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
}
ROW_FORMS: Final = frozenset({"SELECT", "ASK"})
_XML_NAME_AT_END: Final = re.compile(r"[^\W\d][\w.\-]*$")
_NO_XML_CHARACTER: Final = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
_HEAD: Final = re.compile(rb"(?:@prefix [^\n]*\n)+|<\?xml[^>]*>\s*<rdf:RDF[^>]*>")
_DECLARATION: Final = re.compile(rb'@prefix ([\w.\-]*): [^\n]*\n| xmlns:([\w.\-]+)="[^"]*"')
_PREFIX: Final = re.compile(rb"(?<![\w.\-])([\w.\-]*):")
_GZIP_FROM: Final = 1_000
_GZIP_LEVEL: Final = 4
_GZIP_WINDOW: Final = 31  # the largest window, with the header and checksum of gzip


def answer(source: Source, question: Question, bounds: Bounds) -> Answer:
    """Give the whole answer, or one that says what stood against it."""
    try:
        inspected = inspect(question.text, bounds)
    except RefusedError as refused:
        return Answer(refused.reason, message=refused.message, line=refused.line, column=refused.column)
    if inspected.form and _media_type(question, inspected.form) is None:
        return _unparsed(inspected) or Answer(
            "format", form=inspected.form, message=_no_format(inspected.form)
        )
    try:
        return _compressed(_run(source, question, inspected, bounds), question)
    except _NotInXmlError as error:
        return Answer("format", form=inspected.form, message=f"{error}; ask for another format.")
    except (CallerError, RuntimeError, OSError) as error:
        return Answer("evaluation", form=inspected.form, message=f"The query cannot be evaluated: {error}.")
    except (StoreError, SyntaxError) as error:
        return Answer("store", form=inspected.form, message=f"The store behind this service failed: {error}")
    except MemoryError:
        return Answer(
            "memory",
            form=inspected.form,
            message="The query needs more memory than it may use; ask for less.",
            last=True,
        )


def _run(source: Source, question: Question, inspected: Inspected, bounds: Bounds) -> Answer:
    try:
        results = _begin(source, question, inspected)
    except SyntaxError as error:
        return syntax_answer(str(error), inspected.text)
    except ValueError as error:
        return Answer("dataset", message=f"A graph of the dataset is no absolute IRI: {error}.")
    if isinstance(results, ox.QuerySolutions | ox.QueryBoolean):
        reply = _rows(results, question, bounds)
    else:
        reply = _graph(results, question, inspected, bounds)
    return reply._replace(volatile=inspected.volatile or not source.lasting)


def _begin(source: Source, question: Question, inspected: Inspected) -> Results:
    """Begin to answer; what does not parse gets a second chance without the dots that the engine cannot read."""
    try:
        return source.query(inspected.text, question)
    except SyntaxError:
        plain = with_escaped_dots(inspected.text)
        if plain == inspected.text:
            raise
        inspected.text = plain
        return source.query(plain, question)


def _unparsed(inspected: Inspected) -> Answer | None:
    """Say where a query does not parse, without asking anybody."""
    try:
        ox.Store().query(with_escaped_dots(inspected.text), base_iri=BASE)
    except SyntaxError as error:
        return syntax_answer(str(error), inspected.text)
    return None


def _rows(results: ox.QuerySolutions | ox.QueryBoolean, question: Question, bounds: Bounds) -> Answer:
    media_type = question.rows_type or ""
    form = "ASK" if isinstance(results, ox.QueryBoolean) else "SELECT"
    rows = BoundedRows(ROW_FORMATS[media_type], bounds.rows, bounds.answer_bytes)
    with suppress(LimitReachedError):
        results.serialize(rows, format=ROW_FORMATS[media_type])
    body, count, cut = finish(rows)
    if ROW_FORMATS[media_type] == ox.QueryResultsFormat.XML:
        body = _as_xml(body)
    return Answer("ok", body, media_type, form, rows=1 if form == "ASK" else count, cut=cut)


def _graph(results: Iterator[ox.Triple], question: Question, inspected: Inspected, bounds: Bounds) -> Answer:
    media_type = question.graph_type or ""
    form = GRAPH_FORMATS[media_type]
    triples = list(islice(results, bounds.rows + 1))
    if form == ox.RdfFormat.RDF_XML:
        _check_rdf_xml(triples)
    cut: Cut = ""
    if len(triples) > bounds.rows:
        triples.pop()
        cut = "rows"
    body = _serialised(triples, form, inspected)
    while len(body) > bounds.answer_bytes and triples:
        cut = "bytes"
        triples = triples[: len(triples) * bounds.answer_bytes // (2 * len(body))]
        body = _serialised(triples, form, inspected)
    if form == ox.RdfFormat.RDF_XML:
        body = _as_xml(body)
    if cut:
        body = mark_graph(body, form, len(triples), cut)
    return Answer("ok", body, media_type, inspected.form, len(triples), cut)


def _serialised(triples: list[ox.Triple], form: ox.RdfFormat, inspected: Inspected) -> bytes:
    body = ox.serialize(triples, format=form, prefixes=_prefixes(inspected.prefixes)) or b""
    return _without_idle_prefixes(body)


def _prefixes(own: dict[str, str]) -> dict[str, str]:
    """Give the prefixes of the query, and the usual ones where it has none.

    Namespaces that are relative or escaped are left out; the query resolves them, the writer cannot.
    """
    own = {name: iri for name, iri in own.items() if _is_iri(iri)}
    taken = set(own.values())
    return {name: iri for name, iri in PREFIXES.items() if iri not in taken} | own


def _without_idle_prefixes(document: bytes) -> bytes:
    """Leave out of a head of Turtle or RDF/XML the prefixes that stand nowhere below it, and order the others."""
    head = _HEAD.match(document)
    if head is None:
        return document
    body = document[head.end() :]
    used = set(_PREFIX.findall(body))
    kept = sorted(
        one.group() for one in _DECLARATION.finditer(head.group()) if one[one.lastindex or 0] in used
    )
    frame = _DECLARATION.sub(b"", head.group())  # nothing in Turtle, the opening tag in RDF/XML
    return frame[:-1] + b"".join(kept) + frame[-1:] + body


def _is_iri(text: str) -> bool:
    try:
        ox.NamedNode(text)
    except ValueError:
        return False
    return True


def _check_rdf_xml(triples: list[ox.Triple]) -> None:
    """Refuse predicates that have no XML name at their end: the writer would give broken XML."""
    for triple in triples:
        iri = triple.predicate.value
        if not _XML_NAME_AT_END.search(iri):
            raise _NotInXmlError(f"RDF/XML cannot write the predicate <{iri}>")


def _as_xml(body: bytes) -> bytes:
    """Refuse characters that no XML document may hold, and keep carriage returns; the writer puts both in."""
    found = _NO_XML_CHARACTER.search(body)
    if found:
        raise _NotInXmlError(f"XML cannot hold the character {found.group().decode()!a}")
    return body.replace(b"\r", b"&#13;")  # readers of XML take a bare one for the end of a line


class _NotInXmlError(Exception):
    """Something that XML cannot write."""


def _media_type(question: Question, form: str) -> str | None:
    return question.rows_type if form in ROW_FORMS else question.graph_type


def _no_format(form: str) -> str:
    formats = ROW_FORMATS if form in ROW_FORMS else GRAPH_FORMATS
    return f"{form} is answered as {', '.join(formats)}; name one of them in Accept."


def _compressed(answer: Answer, question: Question) -> Answer:
    if not question.gzip or len(answer.body) < _GZIP_FROM:
        return answer
    packer = zlib.compressobj(_GZIP_LEVEL, wbits=_GZIP_WINDOW)
    return answer._replace(body=packer.compress(answer.body) + packer.flush(), gzip=True)
