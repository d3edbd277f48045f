"""The table of README that says what the graph holds, made from the manifest of the shipped snapshot.

Run `python -m tests.readme_counts SNAPSHOT` to write it anew; a test holds README to it.
"""

import re
import sys
from pathlib import Path

from kg.snapshot import Manifest, Snapshot

README = Path(__file__).resolve().parents[1] / "README.md"
BEGIN, END = "<!-- counts: begin -->\n", "<!-- counts: end -->"
ROWS = {
    "skos:Concept": "concepts",
    "skos:ConceptScheme": "concept schemes",
    "aisi:Definition": "definitions",
    "aisi:Mapping": "mapping records, stated no-matches among them",
    "aisi:Actor": "actors",
    "aisi:Membership": "memberships",
    "aisi:Instrument": "instruments",
    "aisi:Provision": "provisions, clause by clause",
    "aisi:Activity": "activities",
    "aisi:Coverage": "coverage edges",
    "aisi:Implementation": "links from an activity to the clause it puts into effect, proposals among them",
    "aisi:Quantity": "quantities",
    "aisi:CompletenessStatement": "completeness statements",
    "aisi:Source": "sources and sections of sources",
    "aisi:Citation": "citations",
}


def table(manifest: Manifest) -> str:
    """Give the table as Markdown."""
    rows = [f"| {manifest.counts.get(name, 0):,} | {text} |" for name, text in ROWS.items()]
    total = f"{manifest.triples['asserted']:,} statements and {manifest.triples['inferred']:,} inferred ones"
    return "\n".join(["| Number | Records |", "| ---: | --- |", *rows, "", f"In all {total}."]) + "\n"


def replaced(text: str, manifest: Manifest) -> str:
    """Give README with the table of a manifest."""
    return re.sub(f"{BEGIN}.*?{END}", lambda _: f"{BEGIN}{table(manifest)}{END}", text, flags=re.DOTALL)


if __name__ == "__main__":
    README.write_text(replaced(README.read_text(), Snapshot.open(Path(sys.argv[1])).manifest))
