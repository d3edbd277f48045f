"""The gap report: one analysis as a document that can be printed, handed round and defended."""

from kg.report.document import content_policy
from kg.report.machine import json_schema
from kg.report.render import FORMATS, render

__all__ = ["FORMATS", "content_policy", "json_schema", "render"]
