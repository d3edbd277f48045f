"""Commands of exchange with others: export, import, quality."""

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import click

from kg.cli.options import chosen_snapshot, graph_options, json_option, lang_option
from kg.errors import CallerError, DataError, StoreError
from kg.export.content import Content
from kg.export.forms import FORMS, WHATS, export_of
from kg.export.write import write_export
from kg.intake.accept import accept
from kg.intake.check import check_reading
from kg.intake.current import Current
from kg.intake.kinds import KINDS, Order, read_file
from kg.intake.quarantine import Intake, diff_lines, intake_of, write_quarantine
from kg.intake.rdf import SYNTAXES, read_rdf
from kg.paths import graph_paths
from kg.quality.model import SEVERITIES
from kg.quality.report import check_quality
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


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--format", "form", type=click.Choice(list(SYNTAXES)), help="Syntax; without it the ending tells."
)
@click.option("--severity", type=click.Choice(SEVERITIES), help="Show only what is at least this bad.")
@json_option
@lang_option
def quality(file: Path, form: str | None, severity: str | None, as_json: bool, lang: str) -> None:
    """Check any SKOS file: integrity and the issues that qSKOS lists, with line, concept and repair."""
    report = check_quality(read_rdf(file, form))
    worst = SEVERITIES[: SEVERITIES.index(severity) + 1] if severity else SEVERITIES
    issues = tuple(issue for issue in report.issues if issue.severity in worst)
    if as_json:
        click.echo(report.model_copy(update={"issues": issues}).model_dump_json(indent=1))
    else:
        for issue in issues:
            click.echo(issue.sentence(str(file), lang))
    found = {name: sum(issue.severity == name for issue in report.issues) for name in SEVERITIES}
    counted = ", ".join(f"{count} {name}s" for name, count in found.items())
    click.echo(f"{report.concepts} concepts in {report.schemes} schemes: {counted}.", err=True)
    click.echo(f"Not checked: {report.not_checked[lang]}", err=True)
    if found["error"]:
        raise DataError(f"{file} breaks rules of SKOS; repair the errors named above.")


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--as", "kind", type=click.Choice(list(KINDS)), help="Kind of file; without it the ending tells."
)
@click.option("--activity", help="Activity that a coverage layer belongs to, for example annual-report.")
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), help="Day of reading.  [default: today]")
@click.option(
    "--quarantine",
    type=click.Path(path_type=Path),
    default=Path("quarantine"),
    show_default=True,
    help="Folder for what was read, apart from the graph.",
)
@click.option("--accept", "accepting", is_flag=True, help="Write the changes into the files of --data.")
@click.option(
    "--leave-refused", is_flag=True, help="With --accept: leave refused rows out and take the others."
)
@graph_options
@json_option
@lang_option
def import_command(
    file: Path,
    kind: str | None,
    activity: str | None,
    day: datetime | None,
    quarantine: Path,
    accepting: bool,
    leave_refused: bool,
    data: Path | None,
    snapshot: Path | None,
    as_json: bool,
    lang: str,
) -> None:
    """Read a file of others into quarantine and show what it would change in the graph.

    Every row is taken, unchanged or refused with the reason. With --accept the changes go into curated Turtle.
    """
    if accepting and data is None:
        raise CallerError("--accept writes into curated Turtle; name its folder with --data.")
    order = Order(file, kind, f"{day or datetime.now(UTC):%Y-%m-%d}", activity)
    found = chosen_snapshot(data, snapshot)
    content = Content(found, EmbeddedStore.open(found.store))
    reading = read_file(order, Current(content))
    intake = intake_of(order, reading, check_reading(reading, found, content.store), found.manifest)
    kept = write_quarantine(quarantine, intake, reading)
    for line in [intake.model_dump_json(indent=1)] if as_json else diff_lines(intake, lang):
        click.echo(line)
    click.echo(
        f"{intake.rows} rows: {intake.taken} taken, {intake.unchanged} unchanged, {intake.refused} refused; "
        f"kept apart in {kept}.",
        err=True,
    )
    if accepting and (leave_refused or not intake.refused):
        for path in accept(reading, graph_paths(data), f"import-{intake.sha256[:12]}"):
            click.echo(f"Changed {path}.", err=True)
    _complain(intake, file, accepting and not leave_refused)


def _complain(intake: Intake, file: Path, nothing_accepted: bool) -> None:
    """Leave with the fault of a file whose rows were refused or would break rules."""
    if intake.refused:
        also = "; nothing was accepted (--leave-refused takes the other rows)" if nothing_accepted else ""
        raise DataError(f"{intake.refused} rows of {file} were refused; repair them as said above{also}.")
    broken = sum(finding.severity == "violation" for finding in intake.findings)
    if broken:
        raise DataError(
            f"{file} would break rules ({broken} findings above); repair it before it is accepted."
        )


COMMANDS = (export, quality, import_command)
