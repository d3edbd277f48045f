"""Keep what was read apart from the graph: statements, provenance and a report, until somebody accepts them."""

import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pyoxigraph as ox
from pydantic import BaseModel, ConfigDict

from kg.errors import StoreError
from kg.intake.kinds import Order
from kg.intake.model import Change, Reading, Report, changes, reports
from kg.load import read_bytes
from kg.snapshot import Manifest
from kg.validate import Finding
from kg.vocab import DCTERMS, GRAPH, PREFIXES, PROV, RDF_TYPE, XSD, compact

PROPOSAL: Final = "proposal.trig"
REPORT: Final = "report.json"
_WIDEST: Final = 160


class Intake(BaseModel):
    """The report of one import: every row is taken, unchanged or refused."""

    model_config = ConfigDict(frozen=True)

    file: str
    kind: str
    sha256: str
    day: str
    snapshot: str
    graph: str
    rows: int
    taken: int
    unchanged: int
    refused: int
    changes: tuple[Change, ...]
    reports: tuple[Report, ...]
    findings: tuple[Finding, ...]


def intake_of(order: Order, reading: Reading, findings: list[Finding], manifest: Manifest) -> Intake:
    """Make the report."""
    sha256 = hashlib.sha256(read_bytes(order.path)).hexdigest()
    return Intake(
        file=order.path.name,
        kind=reading.kind,
        sha256=sha256,
        day=order.day,
        snapshot=manifest.version,
        graph=f"{GRAPH}quarantine/{sha256[:12]}",
        rows=len(reading.rows),
        taken=len(reading.of("taken")),
        unchanged=len(reading.of("unchanged")),
        refused=len(reading.of("refused")),
        changes=tuple(changes(reading.rows)),
        reports=tuple(reports(reading)),
        findings=tuple(findings),
    )


def diff_lines(intake: Intake, lang: str) -> Iterator[str]:
    """Say in lines what would come and go, what was refused and what shapes and rules say."""
    for change in intake.changes:
        value = change.value if len(change.value) <= _WIDEST else change.value[:_WIDEST] + "..."
        yield f"{change.sign} {compact(change.subject)} {compact(change.property)} {value}  [{change.where}]"
    for report in intake.reports:
        mark = "refused" if report.refused else "remark"
        place = " ".join(part for part in (report.where, compact(report.about)) if part)
        yield f"! {mark}: {place}: {report.message[lang]}".replace(": : ", ": ")
    places = {change.subject: change.where for change in reversed(intake.changes)}
    for finding in intake.findings:
        place = f"  [{places[finding.record]}]" if finding.record in places else ""
        yield f"? {finding.severity}: {finding.sentence(lang)}{place}"


def write_quarantine(folder: Path, intake: Intake, reading: Reading) -> Path:
    """Write the quarantine of one import below `folder`, whole or not at all."""
    target = folder / intake.sha256[:12]
    draft = folder / f".{intake.sha256[:12]}.tmp"
    try:
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(parents=True)
        (draft / PROPOSAL).write_bytes(_proposal(intake, reading))
        (draft / REPORT).write_text(intake.model_dump_json(indent=1) + "\n", encoding="utf-8")
        shutil.rmtree(target, ignore_errors=True)
        draft.replace(target)
    except OSError as error:
        raise StoreError(
            f"The quarantine {target} cannot be written: {error.strerror or error}; "
            "name a writable folder with --quarantine."
        ) from error
    return target


def _proposal(intake: Intake, reading: Reading) -> bytes:
    """Write what would come and what would go as two named graphs, and where they come from beside them."""
    come, gone = ox.NamedNode(intake.graph), ox.NamedNode(f"{intake.graph}/removed")
    quads = [
        *(ox.Quad(t.subject, t.predicate, t.object) for t in _provenance(intake, come, gone)),
        *(ox.Quad(t.subject, t.predicate, t.object, come) for t in sorted(reading.adds, key=str)),
        *(ox.Quad(t.subject, t.predicate, t.object, gone) for t in sorted(reading.removes, key=str)),
    ]
    return ox.serialize(quads, format=ox.RdfFormat.TRIG, prefixes=PREFIXES) or b""


def _provenance(intake: Intake, come: ox.NamedNode, gone: ox.NamedNode) -> list[ox.Triple]:
    """Say by which import of which file the graphs were made, and when."""
    activity = ox.NamedNode(f"{intake.graph}#import")
    file = ox.NamedNode(f"{intake.graph}#file")
    moment = ox.Literal(f"{intake.day}T00:00:00Z", datatype=ox.NamedNode(XSD + "dateTime"))

    def fact(subject: ox.NamedNode, name: str, value: ox.NamedNode | ox.Literal) -> ox.Triple:
        return ox.Triple(subject, ox.NamedNode(name), value)

    graphs = [
        statement
        for graph in (come, gone)
        for statement in (
            fact(graph, RDF_TYPE.value, ox.NamedNode(PROV + "Entity")),
            fact(graph, PROV + "wasGeneratedBy", activity),
            fact(graph, PROV + "wasDerivedFrom", file),
        )
    ]
    return [
        *graphs,
        fact(activity, RDF_TYPE.value, ox.NamedNode(PROV + "Activity")),
        fact(activity, PROV + "used", file),
        fact(activity, PROV + "endedAtTime", moment),
        fact(activity, DCTERMS + "description", ox.Literal(f"import of {intake.kind}", language="en")),
        fact(activity, DCTERMS + "references", ox.Literal(intake.snapshot)),
        fact(file, RDF_TYPE.value, ox.NamedNode(PROV + "Entity")),
        fact(file, DCTERMS + "title", ox.Literal(intake.file)),
        fact(file, DCTERMS + "identifier", ox.Literal(f"sha256:{intake.sha256}")),
    ]
