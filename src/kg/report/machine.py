"""The report for programs: JSON, with the schema that it keeps to."""

import json
from typing import Any

from pydantic import Field

from kg.gaps.change_values import Diff
from kg.gaps.relation_values import Relations
from kg.gaps.result import GapAnalysis
from kg.report.view import Report
from kg.vocab import BASE

SCHEMA = BASE + "gap-report.schema.json"
_HEAD = ("$schema", "snapshot", "dataAsOf", "lang")


class GapReport(GapAnalysis):
    """A gap analysis with the version of the graph that it was made of."""

    schema_iri: str = Field(default=SCHEMA, alias="$schema")
    snapshot: str
    data_as_of: str
    lang: str
    relations: Relations | None = None
    diff: Diff | None = None


def json_document(report: Report) -> bytes:
    """Give the whole analysis as JSON that keeps to the published schema."""
    document = GapReport(
        **dict(report.analysis),
        snapshot=report.manifest.version,
        data_as_of=report.manifest.data_as_of,
        lang=report.words.lang,
        relations=report.relations,
        diff=report.diff,
    )
    dumped = document.model_dump()
    ordered = {key: dumped[key] for key in _HEAD} | dumped
    return (json.dumps(ordered, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def json_schema() -> dict[str, Any]:
    """Give the JSON Schema of the report."""
    schema = GapReport.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA} | schema
