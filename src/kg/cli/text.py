"""Commands on texts: annotate, compare, draft."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import click
from pydantic import BaseModel
from pyoxigraph import NamedNode

from kg.catalog import load_query
from kg.cli.options import chosen_snapshot, graph_options, json_option, lang_option
from kg.drafts import waiting
from kg.errors import CallerError
from kg.fmt import canonical_turtle
from kg.load import read_bytes
from kg.records import read_record
from kg.snapshot import Snapshot
from kg.store import EmbeddedStore, Store
from kg.terms import TermIndex
from kg.terms.annotation_formats import AnnotatedDocument, annotate, as_page, as_web_annotations
from kg.terms.annotator import Annotator
from kg.terms.documents import Document, format_of, read_document
from kg.terms.draft import Origin, draft
from kg.terms.mentions import AnnotateOptions
from kg.terms.profile import AreaProfile, Profile, profile
from kg.terms.profile import compare as compare_profiles
from kg.vocab import BASE, compact

_STDIN = "-"


def _read(name: str) -> Document:
    if name == _STDIN:
        return read_document(sys.stdin.buffer.read())
    return read_document(read_bytes(Path(name)), format_of(name))


def _annotator(snapshot: Snapshot) -> Annotator:
    return Annotator(TermIndex.from_bytes(snapshot.read("terms.json")).table)


def _profile(annotator: Annotator, name: str, lang: str) -> Profile:
    return profile(annotator, _read(name), lang=lang)


def _write(document: BaseModel) -> None:
    click.echo(document.model_dump_json(indent=1, exclude_none=True))


@click.command("annotate")
@click.argument("file")
@click.option("--format", "form", type=click.Choice(["table", "json", "jsonld", "html"]), default="table")
@click.option("--profile", "as_profile", is_flag=True, help="Show how often the document names each area.")
@graph_options
@json_option
@lang_option
def annotate_command(
    file: str,
    form: str,
    as_profile: bool,
    data: Path | None,
    snapshot: Path | None,
    as_json: bool,
    lang: str,
) -> None:
    """Find the terms that FILE names (text, Markdown, HTML or PDF; - reads standard input).

    With --profile, the document's coverage of the axes: counts of words, never facts.
    """
    annotator = _annotator(chosen_snapshot(data, snapshot))
    if as_profile:
        _show_profile(_profile(annotator, file, lang), as_json=as_json)
        return
    document = _read(file)
    annotated = annotate(annotator, document, AnnotateOptions(lang=lang))
    if as_json or form == "json":
        _write(annotated)
    elif form == "jsonld":
        click.echo(as_web_annotations(annotated.items, _source(file)), nl=False)
    elif form == "html":
        click.echo(as_page(document, annotated.items, file, lang), nl=False)
    else:
        _show_annotations(annotated)


def _source(file: str) -> str:
    return "urn:x-aisi-kg:standard-input" if file == _STDIN else Path(file).resolve().as_uri()


def _show_annotations(annotated: AnnotatedDocument) -> None:
    for one in annotated.items:
        concepts = " | ".join(f"{concept.label} {compact(concept.iri)}" for concept in one.concepts)
        click.echo(f"{one.start}-{one.end}\t{one.text}\t{concepts}")
    click.echo(f"{annotated.total} spans in {annotated.characters} characters.", err=True)


def _show_profile(found: Profile, *, as_json: bool) -> None:
    if as_json:
        _write(found)
        return
    for area in found.areas:
        if area.with_narrower:
            click.echo(
                f"{compact(area.scheme)}\t{area.label}\t{area.mentions}\t{area.with_narrower}\t{_quotes(area)}"
            )
    silent = sum(not area.with_narrower for area in found.areas)
    click.echo(f"{silent} of {len(found.areas)} areas are not named; counts of words, never facts.", err=True)


def _quotes(area: AreaProfile) -> str:
    return ", ".join(f"«{quote.text}» {quote.start}" for quote in area.evidence)


@click.command("compare")
@click.argument("one")
@click.argument("other")
@click.option("--only", is_flag=True, help="Show only the areas that one document alone names.")
@graph_options
@json_option
@lang_option
def compare_command(
    one: str, other: str, only: bool, data: Path | None, snapshot: Path | None, as_json: bool, lang: str
) -> None:
    """Set two documents side by side, area by area: counts of words with their places, never facts."""
    annotator = _annotator(chosen_snapshot(data, snapshot))
    found = compare_profiles(_profile(annotator, one, lang), _profile(annotator, other, lang))
    if as_json:
        _write(found)
        return
    for area in found.areas:
        named = area.a.with_narrower or area.b.with_narrower
        if (area.only in {"a", "b"}) if only else named:
            counts = f"{area.a.with_narrower}\t{area.b.with_narrower}"
            click.echo(
                f"{compact(area.scheme)}\t{area.label}\t{counts}\t{_quotes(area.a)}\t{_quotes(area.b)}"
            )
    for side, name in (("a", one), ("b", other)):
        alone = sum(area.only == side for area in found.areas)
        click.echo(f"{alone} areas are named by {name} alone.", err=True)


@click.command("draft")
@click.argument("file")
@click.option("--source", required=True, help="IRI of the source that FILE is, or its path: source/NAME.")
@click.option(
    "--read-on", type=click.DateTime(["%Y-%m-%d"]), help="Day on which it was read.  [default: today]"
)
@click.option("--output", type=click.Path(path_type=Path), help="File to write, below data/drafts/.")
@graph_options
def draft_command(
    file: str,
    source: str,
    read_on: datetime | None,
    output: Path | None,
    data: Path | None,
    snapshot: Path | None,
) -> None:
    """Propose records from FILE: what it mentions, promises and dates, as Turtle for a folder drafts/.

    Nothing of it reaches a snapshot until a person sets a record's aisi:reviewStatus to accepted.
    """
    chosen = chosen_snapshot(data, snapshot)
    day = (read_on or datetime.now(UTC)).date().isoformat()
    origin = _origin(EmbeddedStore.open(chosen.store), source, day)
    triples = draft(_annotator(chosen), _read(file), origin)
    turtle = canonical_turtle(triples)
    if output is None:
        click.echo(turtle.decode(), nl=False)
    else:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_bytes(turtle)
    click.echo(
        f"{waiting(triples)} records proposed; accept each by its aisi:reviewStatus, then: kg check.",
        err=True,
    )


def _origin(store: Store, source: str, read_on: str) -> Origin:
    """Give the source by its IRI, with the instrument that it is the text of where the graph knows it."""
    try:
        node = NamedNode(source if "://" in source else BASE + source)
    except ValueError as error:
        raise CallerError(f"{source} is no IRI; write --source source/NAME or a whole IRI.") from error
    instruments = read_record(store, node).values("aisi:sourceInstrument")
    if not store.ask(load_query("records/exists").bind(record=node)):
        click.echo(f"{node.value} is not in the graph yet; describe it in data/sources/.", err=True)
    return Origin(node.value, instruments[0].value if instruments else "", read_on)


COMMANDS = (annotate_command, compare_command, draft_command)
