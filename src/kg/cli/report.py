"""The command of the gap report: report."""

import json
import sys
from pathlib import Path

import click

from kg.analyses import read_analysis
from kg.cli.options import chosen_snapshot, graph_options, lang_option, protocol_option
from kg.errors import CallerError, StoreError
from kg.gaps import diff
from kg.report import ALIASES, FORMATS, format_of, json_schema, render
from kg.snapshot import Snapshot

_TEXTS = ("html", "md", "json", "csv", "ttl", "svg", "network-svg")


@click.command()
@click.option(
    "--format",
    "form",
    type=click.Choice([*FORMATS, *ALIASES]),
    help="Without it as the name of the output file ends, else html.",
)
@click.option("--output", type=click.Path(path_type=Path), help="File to write; without it standard output.")
@click.option(
    "--since", type=click.Path(path_type=Path), help="Older snapshot: say what has changed since then."
)
@click.option("--schema", is_flag=True, help="Write the JSON Schema of the JSON form instead.")
@protocol_option
@graph_options
@lang_option
def report(
    form: str | None,
    output: Path | None,
    since: Path | None,
    protocol: str | None,
    data: Path | None,
    snapshot: Path | None,
    lang: str,
    schema: bool,
) -> None:
    """Write the gap report, complete in one file: to read, to reckon with, or as a picture."""
    if schema:
        _write((json.dumps(json_schema(), ensure_ascii=False, indent=1) + "\n").encode(), output)
        return
    name = form or _by_ending(output)
    name = ALIASES.get(name, name)
    if since is not None and not format_of(name).changes:
        able = ", ".join(each for each, one in FORMATS.items() if one.changes)
        raise CallerError(f"A report as {name} shows no changes; leave --since out or take one of {able}.")
    if output is None and name not in _TEXTS and sys.stdout.isatty():
        raise CallerError(f"A report as {name} is no text for a terminal; name a file with --output.")
    found = chosen_snapshot(data, snapshot)
    analysis = read_analysis(found, protocol)
    changes = None if since is None else diff(read_analysis(Snapshot.open(since), protocol), analysis)
    _write(render(analysis, found.manifest, name, lang, changes), output)


def _by_ending(output: Path | None) -> str:
    """Choose the format that the name of a file asks for."""
    if output is None:
        return "html"
    endings = {one.suffix: name for name, one in FORMATS.items()}
    found = [name for ending, name in endings.items() if output.name.lower().endswith(f".{ending}")]
    if output.suffix and not found:
        raise CallerError(f"No format of the report ends in {output.suffix}; name one with --format.")
    return found[-1] if found else "html"


def _write(content: bytes, output: Path | None) -> None:
    """Write a file as a whole or not at all."""
    if output is None:
        sys.stdout.buffer.write(content)
        return
    if output.is_dir():
        raise CallerError(f"{output} is a folder; name a file in it.")
    draft = output.with_name(f".{output.name}.tmp")
    try:
        draft.write_bytes(content)
        draft.replace(output)
    except OSError as error:
        raise StoreError(f"{output} cannot be written: {error.strerror}; name a writable file.") from error
    finally:
        draft.unlink(missing_ok=True)


COMMANDS = (report,)
