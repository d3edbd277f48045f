"""Commands that set vocabularies and graphs of several institutes side by side."""

from pathlib import Path

import click

from kg.cli.exchange import write_output
from kg.cli.options import chosen_snapshot, json_option, lang_option
from kg.compare.candidates import compare
from kg.compare.federation import federate as combine
from kg.compare.federation import read_members, write_federation
from kg.compare.model import Candidate, Comparison
from kg.compare.proposal import evidence_words, write_proposal
from kg.compare.vocabulary import read_vocabulary
from kg.intake.rdf import read_rdf
from kg.report.signs import SIGNS

_HEADS = {
    "differ": {"ja": "同じ名称で定義の異なる概念", "en": "One name, other definitions"},
    "only": {"ja": "一方だけの概念", "en": "Only in"},
    "candidates": {"ja": "対応付けの候補", "en": "Candidates"},
    "mapped": {"ja": "対応付け済み", "en": "mapped already"},
}


@click.command("compare-schemes")
@click.argument("a", type=click.Path(path_type=Path))
@click.argument("b", type=click.Path(path_type=Path))
@click.option(
    "--sssom",
    type=click.Path(path_type=Path),
    help="Also write the candidates as SSSOM/TSV; go through it, then give it to kg import.",
)
@json_option
@lang_option
def compare_schemes(a: Path, b: Path, sssom: Path | None, as_json: bool, lang: str) -> None:
    """Compare two SKOS files: mapping candidates with their evidence, definitions that differ, what only one has.

    Candidates are for a person to decide; nothing is stored as a fact.
    """
    mine, theirs = read_vocabulary(read_rdf(a)), read_vocabulary(read_rdf(b))
    found = compare(mine, theirs, (a.name, b.name), lang)
    if sssom is not None:
        write_output(sssom, lambda out: write_proposal(found, mine, theirs, out))
    if as_json:
        click.echo(found.model_dump_json(indent=1))
    else:
        _say(found, lang)
    click.echo(
        f"{len(found.candidates)} candidates, {len(found.definitions_differ)} of them with other definitions; "
        f"{len(found.only_a)} of {found.concepts_a} concepts only in {found.a}, "
        f"{len(found.only_b)} of {found.concepts_b} only in {found.b}.",
        err=True,
    )


def _say(found: Comparison, lang: str) -> None:
    click.echo(f"# {_HEADS['candidates'][lang]} ({len(found.candidates)})")
    for one in found.candidates:
        _say_candidate(one, lang)
    click.echo(f"\n# {_HEADS['differ'][lang]} ({len(found.definitions_differ)})")
    for one in found.definitions_differ:
        click.echo(f"{one.a_label} | {one.b_label}")
        for definition in one.definitions:
            click.echo(f"  A [{definition.lang}] {definition.a}\n  B [{definition.lang}] {definition.b}")
    for name, unmatched in ((found.a, found.only_a), (found.b, found.only_b)):
        click.echo(f"\n# {_HEADS['only'][lang]}: {name} ({len(unmatched)})")
        for concept in unmatched:
            click.echo(f"{concept.label}\t{concept.iri}")


def _say_candidate(one: Candidate, lang: str) -> None:
    mark = f" ({_HEADS['mapped'][lang]})" if one.mapped_already else ""
    click.echo(f"{one.a_label} | {one.b_label}{mark}\n  {one.a}\n  {one.b}")
    for line in evidence_words(one, lang):
        click.echo(f"  - {line}")


@click.command()
@click.argument("members", type=click.Path(path_type=Path))
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    help="Also write all graphs as N-Quads, one named graph each.",
)
@json_option
@lang_option
def federate(members: Path, output: Path | None, as_json: bool, lang: str) -> None:
    """Set the graphs of several institutes side by side: gaps by institute, and where one covers what another lacks.

    MEMBERS is TOML: a table [[member]] for each, with name, publisher, trust, and data or snapshot.
    """
    snapshots = {
        member: chosen_snapshot(*(path and members.parent / path for path in (member.data, member.snapshot)))
        for member in read_members(members)
    }
    found = combine(snapshots)
    if output is not None:
        write_output(output, lambda out: write_federation(snapshots, out))
    if as_json:
        click.echo(found.model_dump_json(indent=1))
        return
    for one in found.members:
        gaps = "-" if one.gaps is None else ", ".join(f"{kind} {count}" for kind, count in one.gaps.items())
        click.echo(f"{one.name}\t{one.trust}\t{one.version}\t{gaps}")
    for cell in found.cells:
        if cell.apart:
            known = ", ".join(f"{name} {SIGNS[status].word[lang]}" for name, status in cell.statuses.items())
            click.echo(f"{cell.area.label.in_lang(lang)} x {cell.facet.label.in_lang(lang)}: {known}")


COMMANDS = (compare_schemes, federate)
