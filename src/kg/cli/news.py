"""Commands on what is new: releases side by side, and feeds."""

from pathlib import Path

import click

from kg.cli.exchange import output_option, write_output
from kg.cli.options import chosen_snapshot, graph_options, json_option, lang_option
from kg.export.rights import rights_of_graph
from kg.news.feed import feed_of, first_items, has_items, read_items
from kg.news.release import read_delta, release
from kg.news.syndication import FORMATS
from kg.store import EmbeddedStore


@click.command("release")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--name", help="Name, a day such as 2026-01-31.  [default: the day to which sources were read]")
@graph_options
@json_option
@lang_option
def release_command(
    folder: Path, name: str | None, data: Path | None, snapshot: Path | None, as_json: bool, lang: str
) -> None:
    """Keep the graph as a dated release in FOLDER, beside the releases before it, and say what changed.

    Serve it with: kg serve --snapshot FOLDER.
    """
    made = release(chosen_snapshot(data, snapshot), folder, name)
    delta = read_delta(made)
    click.echo(delta.model_dump_json(indent=1) if as_json else delta.summary.in_lang(lang))
    click.echo(f"Release {made.manifest.version} is in {made.path}; what changed: notes.{lang}.md.", err=True)


@click.command()
@click.argument("name", default="all")
@click.option("--format", "form", type=click.Choice(["atom", "json"]), default="atom", show_default=True)
@output_option
@graph_options
@lang_option
def feed(
    name: str, form: str, output: Path | None, data: Path | None, snapshot: Path | None, lang: str
) -> None:
    """Write a feed of what is new and changed, as Atom or JSON Feed.

    NAME is all, terms, activities, commitments, gaps, area/SCHEME/SLUG or actor/SLUG.
    """
    found = chosen_snapshot(data, snapshot)
    items = read_items(found) if has_items(found) else first_items(found)
    store = EmbeddedStore.open(found.store)
    made = feed_of(items, name, lang, found.manifest, store, rights_of_graph(store))
    _, write = FORMATS[f".{form}"]
    write_output(output, lambda out: out.writelines([write(made)]))


COMMANDS = (release_command, feed)
