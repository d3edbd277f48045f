"""Commands on curated Turtle: fmt, check, build, verify-sources."""

import gc
import json
from pathlib import Path

import click

from kg.build import build, up_to_date
from kg.cli.options import Progress, checked_graph, data_option, json_option, lang_option
from kg.errors import DataError
from kg.fmt import formatted, rewrite
from kg.hermit import consistency
from kg.load import load_graph, turtle_files
from kg.paths import GraphPaths, graph_paths
from kg.snapshot import Snapshot
from kg.validate import n_triples
from kg.verify import verify_sources


@click.command()
@click.option(
    "--check", "only_check", is_flag=True, help="Change nothing; say which files are not formatted."
)
@data_option
def fmt(only_check: bool, data: Path | None) -> None:
    """Write curated Turtle in the one accepted form."""
    paths = graph_paths(data)
    folders = [paths.data] if data else [paths.ontology, paths.data, paths.shapes]
    files = [file for folder in folders for file in turtle_files(folder)]
    if not only_check:
        changed = [file for file in files if rewrite(file)]
        click.echo(f"{len(changed)} of {len(files)} files formatted.", err=True)
        return
    unformatted = [file for file in files if len(set(formatted(file))) > 1]
    for file in unformatted:
        click.echo(str(file))
    if unformatted:
        raise DataError(f"{len(unformatted)} files are not in the accepted form; repair them: kg fmt.")


@click.command()
@click.option(
    "--reasoner", type=click.Choice(["hermit"]), help="Also ask an OWL reasoner for contradictions."
)
@data_option
@lang_option
@json_option
def check(reasoner: str | None, data: Path | None, lang: str, as_json: bool) -> None:
    """Validate a curated graph and name record, rule and repair of each finding."""
    checked = checked_graph(graph_paths(data))
    if as_json:
        click.echo(
            json.dumps([finding.model_dump() for finding in checked.findings], ensure_ascii=False, indent=1)
        )
    else:
        for finding in checked.findings:
            click.echo(f"{finding.severity}: {finding.sentence(lang)}")
    if reasoner:
        verdict = consistency(n_triples(checked.graph.asserted))
        click.echo(verdict.sentence, err=True)
        if not verdict.consistent:
            raise DataError("The graph contradicts itself; repair the statements named above.")
    violations = len(checked.violations)
    click.echo(f"{violations} violations, {len(checked.findings) - violations} warnings.", err=True)
    if checked.graph.waiting:
        click.echo(f"{checked.graph.waiting} drafted records wait for a person and are left out.", err=True)
    if violations:
        raise DataError("The graph breaks its rules; repair the records named above.")


@click.command("build")
@click.option("--snapshot", type=click.Path(path_type=Path), required=True, help="Folder to write to.")
@click.option("--force", is_flag=True, help="Build even when nothing has changed.")
@click.option("--quarantine", is_flag=True, help="Leave faulty records out instead of refusing them.")
@click.option("--exports", is_flag=True, help="Also write the files that a server offers for download.")
@data_option
def build_command(snapshot: Path, force: bool, quarantine: bool, exports: bool, data: Path | None) -> None:
    """Make a snapshot; while it fails or is killed, the old one stays as it is."""
    gc.disable()  # millions of small values and then the end: looking for cycles takes a fifth of the time
    progress = Progress()
    try:
        made = _made(graph_paths(data), snapshot, progress, force=force, quarantine=quarantine)
        if exports:
            from kg.news.add import add_exports  # loads what writes spreadsheets, which no other step needs

            add_exports(made, progress)
    finally:
        progress.done()
        gc.freeze()  # nor has the end of the process anything to look for


def _made(paths: GraphPaths, folder: Path, progress: Progress, *, force: bool, quarantine: bool) -> Snapshot:
    graph = load_graph(paths)
    current = None if force else up_to_date(graph, folder, quarantine=quarantine)
    if current is not None:
        click.echo(f"Nothing has changed: {current.manifest.version} in {folder}.", err=True)
        return current
    checked = checked_graph(paths, graph)
    for finding in checked.violations:
        click.echo(finding.sentence(), err=True)
    made = build(checked, folder, progress, quarantine=quarantine)
    progress.done()
    click.echo(f"Built {made.manifest.version} in {folder}.", err=True)
    return made


@click.command("verify-sources")
@click.argument("folder", type=click.Path(path_type=Path))
@data_option
@json_option
def verify_sources_command(folder: Path, data: Path | None, as_json: bool) -> None:
    """Look up every attested form in the documents in FOLDER, at the section that is cited."""
    report = verify_sources(load_graph(graph_paths(data)), folder)
    if as_json:
        click.echo(report.model_dump_json(indent=1))
    else:
        for missing in report.missing:
            click.echo(missing.sentence())
    click.echo(f"{report.found} of {report.total} attested forms found.", err=True)
    if report.not_here:
        click.echo(f"Not in {folder}, so not looked at: {', '.join(report.not_here)}.", err=True)
    if report.missing:
        raise DataError(
            "Some attested forms do not stand where they are cited; repair the citations named above."
        )


COMMANDS = (fmt, check, build_command, verify_sources_command)
