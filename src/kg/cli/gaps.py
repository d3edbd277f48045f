"""Commands of the gap analysis: gaps, report."""

import json
import sys
from pathlib import Path

import click

from kg.analyses import read_analysis
from kg.cli.options import chosen_snapshot, graph_options, json_option, lang_option
from kg.errors import StoreError
from kg.report import FORMATS, render

protocol_option = click.option("--protocol", help="Gap protocol; without it the default one.")


@click.command()
@click.option("--type", "gap_type", help="Only gaps of this type, for example G5.")
@protocol_option
@graph_options
@json_option
@lang_option
def gaps(
    gap_type: str | None,
    protocol: str | None,
    data: Path | None,
    snapshot: Path | None,
    as_json: bool,
    lang: str,
) -> None:
    """List the gaps in the order of their rank."""
    found = chosen_snapshot(data, snapshot)
    analysis = read_analysis(found, protocol)
    chosen = [gap for gap in analysis.gaps if gap_type is None or gap.type == gap_type.upper()]
    if as_json:
        document = {
            "items": [gap.model_dump() for gap in chosen],
            "total": len(chosen),
            "limit": len(chosen),
            "offset": 0,
            "snapshot": found.manifest.version,
        }
        click.echo(json.dumps(document, ensure_ascii=False, indent=1))
        return
    for gap in chosen:
        click.echo(f"{gap.id}\t{gap.status}\t{gap.sentence.in_lang(lang)}")
    click.echo(analysis.summary.in_lang(lang), err=True)


@click.command()
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="html", show_default=True)
@click.option("--output", type=click.Path(path_type=Path), help="File to write; without it standard output.")
@protocol_option
@graph_options
@lang_option
def report(
    form: str, output: Path | None, protocol: str | None, data: Path | None, snapshot: Path | None, lang: str
) -> None:
    """Write the gap report: one file that works offline and prints well."""
    found = chosen_snapshot(data, snapshot)
    content = render(read_analysis(found, protocol), found.manifest, form, lang)
    if output is None:
        sys.stdout.buffer.write(content)
        return
    draft = output.with_name(f".{output.name}.tmp")
    try:
        draft.write_bytes(content)
        draft.replace(output)
    except OSError as error:
        raise StoreError(f"{output} cannot be written: {error.strerror}; name a writable file.") from error


COMMANDS = (gaps, report)
