"""The gap report: one analysis as a document that can be printed, handed round and defended."""

from kg.report.document import content_policy
from kg.report.machine import SCHEMA, json_schema
from kg.report.render import ALIASES, FORMATS, format_of, render
from kg.report.words import LANGUAGES

__all__ = [
    "ALIASES",
    "FORMATS",
    "LANGUAGES",
    "SCHEMA",
    "content_policy",
    "format_of",
    "json_schema",
    "render",
]
