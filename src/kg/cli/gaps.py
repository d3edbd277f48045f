"""The command of the gap analysis: gaps."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
from rapidfuzz import process

from kg.analyses import read_analysis
from kg.cli.options import chosen_snapshot, graph_options, json_option, lang_option, protocol_option
from kg.errors import CallerError, DataError
from kg.gaps import Gap, GapAnalysis
from kg.gaps.ledgers import Commitment, SearchTask
from kg.gaps.model import GAP_TYPES, STATUSES, Cell, CitationRef
from kg.gaps.proof import rerun
from kg.report.closing import condition
from kg.report.signs import COMMITMENT_WORDS, SIGNS, key_of, mark_of
from kg.report.words import Words
from kg.snapshot import Snapshot
from kg.store import EmbeddedStore

Item = Gap | Cell | Commitment | SearchTask


@dataclass(frozen=True)
class _Asked:
    """What a call of `kg gaps` wants to see."""

    view: str
    status: str | None
    kind: str | None


@click.command()
@click.option("--cells", "view", flag_value="cells", help="List the cells of the map instead of the gaps.")
@click.option("--commitments", "view", flag_value="commitments", help="List the clauses with their status.")
@click.option("--search-tasks", "view", flag_value="search-tasks", help="List what is not recorded.")
@click.option("--type", "kind", metavar="TYPE", help="Only gaps or tasks of this type, for example G5.")
@click.option(
    "--status", metavar="STATUS", help="Only this status, for example THIN, or no-record of a clause."
)
@click.option("--id", "gap_id", metavar="ID", help="One gap with all that it holds.")
@click.option(
    "--replay", "replay_id", metavar="ID", help="Run the query of a gap again and compare the answer."
)
@protocol_option
@graph_options
@json_option
@lang_option
def gaps(
    view: str | None,
    kind: str | None,
    status: str | None,
    gap_id: str | None,
    replay_id: str | None,
    protocol: str | None,
    data: Path | None,
    snapshot: Path | None,
    as_json: bool,
    lang: str,
) -> None:
    """List the gaps in the order of their rank, or the cells, clauses or search tasks of the map.

    One gap is shown whole with --id; --replay runs its query again and leaves with 1 if the answer is another.
    """
    if sum(choice is not None for choice in (view, gap_id, replay_id)) > 1:
        raise CallerError("Give one of --cells, --commitments, --search-tasks, --id and --replay at a time.")
    found = chosen_snapshot(data, snapshot)
    analysis = read_analysis(found, protocol)
    if replay_id is not None:
        _replay(analysis, found, replay_id, as_json=as_json)
    elif gap_id is not None:
        _show(_gap(analysis, gap_id), Words(lang), as_json=as_json)
    else:
        _list(analysis, found, _Asked(view or "gaps", status, kind), Words(lang), as_json=as_json)


def _list(analysis: GapAnalysis, snapshot: Snapshot, asked: _Asked, words: Words, *, as_json: bool) -> None:
    chosen = _chosen(analysis, asked)
    if as_json:
        document = {
            "items": [item.model_dump() for item in chosen],
            "total": len(chosen),
            "limit": len(chosen),
            "offset": 0,
            "snapshot": snapshot.manifest.version,
        }
        click.echo(json.dumps(document, ensure_ascii=False, indent=1))
        return
    line = _LINES[asked.view]
    for item in chosen:
        click.echo("\t".join(line(item, words)))
    click.echo(words.of(analysis.summary), err=True)


def _chosen(analysis: GapAnalysis, asked: _Asked) -> Sequence[Item]:
    """Give the items of a view that have the type and status asked for."""
    views: dict[str, Sequence[Item]] = {
        "gaps": analysis.gaps,
        "cells": analysis.cells,
        "commitments": analysis.commitments,
        "search-tasks": analysis.search_list,
    }
    typed, stated = asked.view in ("gaps", "search-tasks"), asked.view != "search-tasks"
    statuses = COMMITMENT_WORDS if asked.view == "commitments" else STATUSES
    kind = _known("type", asked.kind, GAP_TYPES if typed else (), asked.view)
    status = _known("status", asked.status, statuses if stated else (), asked.view)
    return [
        item
        for item in views[asked.view]
        if kind in (None, getattr(item, "type", None)) and status in (None, getattr(item, "status", None))
    ]


def _known(option: str, value: str | None, choices: Iterable[str], view: str) -> str | None:
    """Give a choice in its own spelling, or say what there is."""
    if value is None:
        return None
    spelled = {choice.upper(): choice for choice in choices}
    if not spelled:
        raise CallerError(f"--{option} says nothing of {view}; leave it out.")
    if value.upper() not in spelled:
        raise CallerError(f"There is no {option} {value}; choose one of {', '.join(spelled.values())}.")
    return spelled[value.upper()]


def _gap_line(gap: Gap, words: Words) -> list[str]:
    return [gap.id, gap.status, words.of(gap.sentence)]


def _cell_line(cell: Cell, words: Words) -> list[str]:
    return [mark_of(cell), SIGNS[key_of(cell)].word[words.lang], words.of(cell.sentence)]


def _clause_line(row: Commitment, words: Words) -> list[str]:
    state = COMMITMENT_WORDS[row.status][words.lang]
    return [words.of(row.instrument.label), words.place(row.locator), state, words.of(row.provision.label)]


def _task_line(task: SearchTask, words: Words) -> list[str]:
    return [task.id, task.type, words.of(task.sentence)]


_LINES: dict[str, Callable[..., list[str]]] = {
    "gaps": _gap_line,
    "cells": _cell_line,
    "commitments": _clause_line,
    "search-tasks": _task_line,
}


def _gap(analysis: GapAnalysis, wanted: str) -> Gap:
    """Find a gap, or name those with the nearest identifiers."""
    found = analysis.gap(wanted)
    if found is None:
        near = ", ".join(
            hit[0] for hit in process.extract(wanted, [gap.id for gap in analysis.gaps], limit=3)
        )
        raise CallerError(
            f"There is no gap {wanted} under protocol {analysis.protocol.name}; the nearest are {near or 'none'}."
        )
    return found


def _show(gap: Gap, words: Words, *, as_json: bool) -> None:
    """Write one gap for people, or whole as JSON."""
    if as_json:
        click.echo(json.dumps(gap.model_dump(), ensure_ascii=False, indent=1))
        return
    click.echo(f"{gap.id}\t{words(f'type_{gap.type}')}\t{gap.status}\n{words.of(gap.sentence)}")
    for name, value in _parts(gap, words):
        click.echo(f"{words(name)}: {value}")
    click.echo(f"\n{gap.closes_if.turtle}")


def _parts(gap: Gap, words: Words) -> Iterable[tuple[str, str]]:
    yield "rule", words.of(gap.rule)
    for item in gap.evidence:
        yield "gap_evidence", f"{words.of(item.activity.label)} ({_cited(item.citations, words)})"
    for near in gap.nearest:
        yield "nearest", f"{words.of(near.record.label)}: {words.of(near.reason)}"
    for one in gap.negative:
        yield "negative", f"{words.names(one.sources)} ({_cited(one.citations, words)})"
    for one in gap.completeness:
        yield (
            "completeness",
            f"{words.names(one.sources)} ({words('as_of_short', date=words.day(one.as_of))})",
        )
    for owner in gap.owners:
        yield "owners", f"{words.of(owner.actor.label)}: {words.of(owner.reason)}"
    rank = gap.rank
    yield "rank", words("rank_value", position=rank.position, low=rank.low, high=rank.high)
    yield "proof", f"{gap.query.name} SHA-256 {gap.query.sha256}"
    closes = condition(gap.closes_if)
    if closes is not None:
        yield "closes_if", words.of(closes)


def _cited(citations: Iterable[CitationRef], words: Words) -> str:
    return words.listed(words.cited(one) for one in citations)


def _replay(analysis: GapAnalysis, snapshot: Snapshot, wanted: str, *, as_json: bool) -> None:
    """Run the query of a gap again, print the answer and say whether it is still the one on file."""
    gap = _gap(analysis, wanted)
    answer = rerun(EmbeddedStore.open(snapshot.store), gap, analysis.faults)
    same = answer == gap.bindings
    if as_json:
        document = {"id": gap.id, "same": same, "answer": answer, "sha256": gap.query.sha256}
        click.echo(json.dumps(document, ensure_ascii=False, indent=1))
    else:
        for row in answer:
            click.echo("\t".join(f"{name}={value}" for name, value in row.items()))
    if not same:
        raise DataError(
            f"The query of gap {gap.id} gives {len(answer)} rows that differ from the {len(gap.bindings)} on file; "
            "build the snapshot again: kg build."
        )
    click.echo(f"{gap.id}: the answer is the one on file, row by row ({len(answer)}).", err=True)


COMMANDS = (gaps,)
