"""Commands on change: diff between two snapshots, what-if of a plan, and what would close gaps."""

import gzip
from pathlib import Path

import click
import pyoxigraph as ox

from kg.analyses import read_analysis
from kg.cli.options import chosen_snapshot, graph_options, json_option, lang_option, protocol_option
from kg.errors import CallerError, DataError
from kg.gaps import GapAnalysis, closing_set, diff, whatif
from kg.gaps.plans import plan_store
from kg.load import parse_turtle, read_bytes, turtle_files
from kg.news.delta import compare
from kg.news.notes import notes
from kg.news.state import State
from kg.paths import packaged_graph
from kg.snapshot import N_QUADS, Snapshot
from kg.validate import check_shapes
from kg.vocab import SHAPES_GRAPH


@click.command("diff")
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option(
    "--notes", "as_notes", is_flag=True, help="Write release notes: terms, activities, commitments and gaps."
)
@protocol_option
@json_option
@lang_option
def diff_command(
    old: Path, new: Path, as_notes: bool, protocol: str | None, as_json: bool, lang: str
) -> None:
    """Compare two snapshots: their gaps, with a cause for every change, or with --notes everything that changed."""
    snapshots = [Snapshot.open(folder) for folder in (old, new)]
    if as_notes:
        delta = compare(State(snapshots[0]), State(snapshots[1]))
        click.echo(delta.model_dump_json(indent=1) if as_json else notes(delta, lang).rstrip())
        return
    found = diff(*(read_analysis(snapshot, protocol) for snapshot in snapshots))
    if as_json:
        click.echo(found.model_dump_json(indent=1))
        return
    for change in found.gaps:
        click.echo(f"{change.kind}\t{change.id}\t{', '.join(change.causes)}\t{change.sentence.in_lang(lang)}")
    click.echo(found.summary.in_lang(lang), err=True)


@click.command("whatif")
@click.argument("plan", type=click.Path(path_type=Path), required=False)
@click.option(
    "--close", "gap_ids", multiple=True, metavar="G-ID", help="Give the smallest set that closes this gap."
)
@click.option(
    "--budget", type=click.FloatRange(min=0), help="With --close: the most that the activities may cost."
)
@protocol_option
@graph_options
@json_option
@lang_option
def whatif_command(
    plan: Path | None,
    gap_ids: tuple[str, ...],
    budget: float | None,
    protocol: str | None,
    data: Path | None,
    snapshot: Path | None,
    as_json: bool,
    lang: str,
) -> None:
    """Say which gaps the activities in PLAN (Turtle) would close, or with --close what would close gaps.

    The plan is laid over the graph and never merged into it.
    """
    if (plan is None) == (not gap_ids):
        raise CallerError(
            "Give a plan to try (kg whatif PLAN.ttl) or gaps to close (kg whatif --close G-ID), not both."
        )
    found = chosen_snapshot(data, snapshot)
    analysis = read_analysis(found, protocol)
    if plan is None:
        _close(analysis, gap_ids, budget, lang, as_json=as_json)
        return
    content = read_bytes(plan)
    _check_plan(content, plan, found)
    outcome = whatif(analysis, plan_store(content, str(plan)))
    if as_json:
        click.echo(outcome.model_dump_json(indent=1))
        return
    for word, gaps in (
        ("closed", outcome.closed),
        ("reduced", outcome.reduced),
        ("unchanged", outcome.unchanged),
        ("once under way", outcome.once_under_way),
    ):
        for gap in gaps:
            click.echo(f"{word}\t{gap.id}\t{gap.sentence.in_lang(lang)}")
    click.echo(outcome.summary.in_lang(lang), err=True)


def _check_plan(content: bytes, plan: Path, snapshot: Snapshot) -> None:
    """Hold the records of a plan to the shapes, in the company of the graph that they point into."""
    triples = parse_turtle(content, str(plan))
    planned = {str(triple.subject) for triple in triples}
    graph = [quad.triple for quad in ox.parse(gzip.decompress(snapshot.read(N_QUADS)), ox.RdfFormat.N_QUADS)]
    shapes = [triple for file in turtle_files(packaged_graph().shapes) for triple in _triples(file)]
    findings = check_shapes(_n_triples([*graph, *triples]), _n_triples(shapes))
    faults = [f for f in findings if f"<{f.record}>" in planned and f.severity == "violation"]
    if faults:
        raise DataError(f"{plan}: {faults[0].sentence()} ({len(faults)} in all).")


def _triples(file: Path) -> list[ox.Triple]:
    return parse_turtle(read_bytes(file), f"{file} of {SHAPES_GRAPH.value}")


def _n_triples(triples: list[ox.Triple]) -> bytes:
    return ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""


def _close(
    analysis: GapAnalysis, gap_ids: tuple[str, ...], budget: float | None, lang: str, *, as_json: bool
) -> None:
    found = closing_set(analysis, gap_ids, budget)
    if as_json:
        click.echo(found.model_dump_json(indent=1))
        return
    for template in found.templates:
        click.echo(template.turtle.rstrip() + "\n")
    click.echo(found.statement.in_lang(lang), err=True)


COMMANDS = (diff_command, whatif_command)
