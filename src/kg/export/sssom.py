"""Mappings as SSSOM/TSV: the set described in the head, one row for each record, no-matches included."""

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence
from typing import IO, Final

from kg.export.mappings import Mapping
from kg.export.version import CREATOR_NAME, LICENCE, ours
from kg.snapshot import Manifest
from kg.vocab import BASE, PREFIXES

OWN_PREFIX: Final = "aisikg"
MANY: Final = "|"
_RIGHTS: Final = {"license": LICENCE, "creator_label": [CREATOR_NAME]}
_NO_RIGHTS: Final = {"license": "https://w3id.org/sssom/license/unspecified"}  # the set must name one
OTHER_COMMENT: Final = "comment@ja: "
COLUMNS: Final = (
    "record_id",
    "subject_id",
    "subject_label",
    "predicate_id",
    "object_id",
    "object_label",
    "mapping_justification",
    "author_label",
    "subject_source",
    "object_source",
    "confidence",
    "see_also",
    "comment",
    "other",
)


class Curies:
    """Shorten IRIs to CURIEs and remember the prefixes that were needed."""

    def __init__(self) -> None:
        self.known = {**PREFIXES, OWN_PREFIX: BASE}
        self.used: dict[str, str] = {}

    def shorten(self, iri: str) -> str:
        """Give a CURIE; a namespace without a prefix gets one of its own."""
        if not iri:
            return ""
        spaces = [(space, prefix) for prefix, space in self.known.items() if iri.startswith(space)]
        if spaces:
            space, prefix = max(spaces)
        else:
            space = iri[: max(iri.rfind("/"), iri.rfind("#")) + 1]
            prefix = self._new_prefix(space)
            self.known[prefix] = space
        self.used[prefix] = space
        return f"{prefix}:{iri[len(space) :]}"

    def _new_prefix(self, space: str) -> str:
        """Name a namespace after the last word of its path, or after its host."""
        host, _, path = space.partition("://")[2].partition("/")
        words = re.findall(r"[A-Za-z][\w-]*", path) or re.findall(r"[A-Za-z][\w-]*", host)[-2:-1] or ["ns"]
        name = words[-1].lower()
        taken = sum(known.rstrip("0123456789") == name for known in self.known)
        return f"{name}{taken + 1}" if taken else name


def write_sssom(mappings: Sequence[Mapping], manifest: Manifest, out: IO[bytes]) -> None:
    """Write the mapping set."""
    curies = Curies()
    rows = [_row(mapping, curies) for mapping in mappings]
    write_set(out, _head(mappings, manifest, curies), COLUMNS, rows)


def write_set(
    out: IO[bytes], head: Iterable[str], columns: Sequence[str], rows: Iterable[Sequence[str]]
) -> None:
    """Write SSSOM/TSV: the facts of the set as comments, then the table."""
    text = io.StringIO(newline="")
    for line in head:
        text.write(f"#{line}\n")
    writer = csv.writer(text, delimiter="\t", lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    out.write(text.getvalue().encode())


def _row(mapping: Mapping, curies: Curies) -> list[str]:
    return [
        curies.shorten(mapping.iri),
        curies.shorten(mapping.subject),
        mapping.subject_label,
        curies.shorten(mapping.predicate),
        curies.shorten(mapping.object),
        mapping.object_label,
        curies.shorten(mapping.justification),
        _join(mapping.authors),
        curies.shorten(mapping.subject_source),
        curies.shorten(mapping.object_source),
        mapping.confidence,
        _join(mapping.citations),
        mapping.comments.get("en", "") or mapping.comments.get("", ""),
        f"{OTHER_COMMENT}{mapping.comments['ja']}" if "ja" in mapping.comments else "",
    ]


def _join(values: Iterable[str]) -> str:
    return MANY.join(value.replace(MANY, "\\" + MANY) for value in values)


def _head(mappings: Sequence[Mapping], manifest: Manifest, curies: Curies) -> list[str]:
    """Give the set metadata as YAML; JSON strings are YAML strings."""
    names = sorted({mapping.set_name for mapping in mappings})
    path = f"mapping/{names[0]}" if len(names) == 1 else "mapping"
    facts = {
        "sssom_version": "1.1",
        "mapping_set_id": BASE + path,
        "mapping_set_title": f"Mappings of aisi-kg: {names[0]}" if len(names) == 1 else "Mappings of aisi-kg",
        "mapping_set_description": f"Sets: {', '.join(names) or 'none'}. A concept without a "
        "counterpart is a row too (sssom:NoTermFound).",
        "mapping_set_version": manifest.version,
        **(_RIGHTS if ours(mapping.iri for mapping in mappings) else _NO_RIGHTS),
        **({"publication_date": manifest.issued} if manifest.issued else {}),
    }
    return [
        *(f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in facts.items()),
        "curie_map:" if curies.used else "curie_map: {}",
        *(f"  {prefix}: {json.dumps(space)}" for prefix, space in sorted(curies.used.items())),
    ]
