"""Commands that ask a snapshot: query, lookup."""

import json
import sys
from pathlib import Path

import click
import pyoxigraph as ox
from pyoxigraph import NamedNode

from kg.catalog import Parameter, load_query, query_names, read_query
from kg.cli.options import chosen_snapshot, graph_options, json_option, lang_option
from kg.errors import CallerError
from kg.example_graph import EXAMPLE_PREFIXES, example_triples
from kg.load import read_bytes
from kg.remote import RemoteStore
from kg.store import EmbeddedStore, Row
from kg.terms import TermIndex
from kg.vocab import BASE, PREFIXES, compact

FORMATS = {
    "json": "application/sparql-results+json",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "xml": "application/sparql-results+xml",
    "turtle": "text/turtle",
    "ntriples": "application/n-triples",
}


@click.command()
@click.argument("name", required=False)
@click.argument("parameters", nargs=-1, metavar="[NAME=VALUE]...")
@click.option("--format", "form", type=click.Choice(["table", *FORMATS]), default="table", show_default=True)
@click.option("--store", metavar="URL", help="Ask the SPARQL endpoint at this address instead of a snapshot.")
@click.option("--examples", is_flag=True, help="Write the example queries as Turtle (SIB sparql-examples).")
@graph_options
@json_option
@lang_option
def query(
    name: str | None,
    parameters: tuple[str, ...],
    form: str,
    store: str | None,
    examples: bool,
    data: Path | None,
    snapshot: Path | None,
    as_json: bool,
    lang: str,
) -> None:
    """Run a catalogue query, a .rq file, or a query from standard input (-); without NAME list the catalogue.

    A value that is an IRI, a path of ours (term/...) or prefix:name is taken as an IRI, another as text.
    """
    if examples:
        click.echo(_examples(store or f"{BASE}sparql"))
        return
    if name is None:
        _list_catalogue(lang)
        return
    text = _query_text(name, parameters)
    asked = RemoteStore.at(store) if store else EmbeddedStore.open(chosen_snapshot(data, snapshot).store)
    if as_json or form != "table":
        answer = asked.raw(text, FORMATS["json" if as_json else form])
        click.echo(answer.decode().rstrip("\n"))
        return
    _print_table(asked.select(text))


def _examples(endpoint: str) -> str:
    triples = example_triples(endpoint)
    turtle = ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=EXAMPLE_PREFIXES) or b""
    return turtle.decode().rstrip("\n")


def _list_catalogue(lang: str) -> None:
    for name in query_names():
        head = load_query(name).head
        click.echo(f"{name}\t{head.get('summary_ja' if lang == 'ja' else 'summary', '')}")


def _query_text(name: str, parameters: tuple[str, ...]) -> str:
    bound = dict(_parameter(parameter) for parameter in parameters)
    if name == "-":
        return read_query("-", sys.stdin.read()).bind(**bound)
    path = Path(name)
    if path.suffix == ".rq" or path.is_file():
        return read_query(name, read_bytes(path).decode()).bind(**bound)
    return load_query(name).bind(**bound)


def _parameter(text: str) -> tuple[str, Parameter]:
    name, equals, value = text.partition("=")
    if not equals:
        raise CallerError(f"{text} is no parameter; write name=value.")
    prefix, colon, local = value.partition(":")
    if value.startswith(("http://", "https://")):
        return name, NamedNode(value)
    if colon and prefix in PREFIXES:
        return name, NamedNode(PREFIXES[prefix] + local)
    if value.split("/")[0] in {"term", "scheme", "actor", "instrument", "provision", "activity", "source"}:
        return name, NamedNode(BASE + value)
    return name, value


def _print_table(rows: list[Row]) -> None:
    names = list(dict.fromkeys(name for row in rows for name in row))
    click.echo("\t".join(names))
    for row in rows:
        click.echo("\t".join(_cell(row, name) for name in names))
    click.echo(f"{len(rows)} rows.", err=True)


def _cell(row: Row, name: str) -> str:
    term = row.get(name)
    if term is None:
        return ""
    return (
        compact(term.value)
        if isinstance(term, NamedNode)
        else term.value.replace("\t", " ").replace("\n", " ")
    )


@click.command()
@click.argument("text")
@click.option("--limit", type=click.IntRange(1, 100), default=10, show_default=True)
@graph_options
@json_option
@lang_option
def lookup(text: str, limit: int, data: Path | None, snapshot: Path | None, as_json: bool, lang: str) -> None:
    """Find the concept that a text means: a label, part of one, a reading, an old name or a misspelling."""
    found = chosen_snapshot(data, snapshot)
    index = TermIndex.from_bytes(found.read("terms.json"))
    page = index.search(text, lang=lang, limit=limit, offset=0)
    if as_json:
        document = page.model_dump() | {"snapshot": found.manifest.version}
        click.echo(json.dumps(document, ensure_ascii=False, indent=1))
    else:
        for hit in page.items:
            click.echo(
                f"{hit.label}\t{compact(hit.iri)}\t{hit.matched} ({hit.matched_lang}, {hit.kind}, {hit.rung})"
            )
    if not page.items:
        near = ", ".join(hit.label for hit in index.nearest(text, 3)) or "nothing near it"
        raise CallerError(f"No label matches {text!r}; the nearest are {near}.")


COMMANDS = (query, lookup)
