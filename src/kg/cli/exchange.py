"""Commands of exchange with others: export."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO

import click

from kg.cli.options import chosen_snapshot, graph_options
from kg.errors import StoreError
from kg.export.content import Content
from kg.export.forms import FORMS, WHATS, export_of
from kg.export.write import write_export
from kg.store import EmbeddedStore

output_option = click.option(
    "--output", type=click.Path(path_type=Path), help="File to write; without it standard output."
)


@click.command()
@click.option("--what", type=click.Choice(WHATS), help="What to export; without it what fits the format.")
@click.option("--format", "form", type=click.Choice(list(FORMS)), default="turtle", show_default=True)
@click.option("--scheme", help="Only this concept scheme, for example practice-area.")
@click.option("--actor", help="Only the activities of this actor, for example aisi-japan.")
@output_option
@graph_options
def export(
    what: str | None,
    form: str,
    scheme: str | None,
    actor: str | None,
    output: Path | None,
    data: Path | None,
    snapshot: Path | None,
) -> None:
    """Write the terms, the activities or the whole graph in a format that other tools read."""
    wanted = export_of(form, what, scheme, actor)
    found = chosen_snapshot(data, snapshot)
    content = Content(found, EmbeddedStore.open(found.store))
    write_output(output, lambda out: write_export(wanted, content, out))


def write_output(output: Path | None, write: Callable[[IO[bytes]], None]) -> None:
    """Write to a file, whole or not at all, or to standard output."""
    if output is None:
        write(sys.stdout.buffer)
        sys.stdout.buffer.flush()
        return
    draft = output.with_name(f".{output.name}.tmp")
    try:
        with draft.open("wb") as out:
            write(out)
        draft.replace(output)
    except OSError as error:
        raise StoreError(f"{output} cannot be written: {error.strerror}; name a writable file.") from error
    finally:
        draft.unlink(missing_ok=True)


COMMANDS = (export,)
