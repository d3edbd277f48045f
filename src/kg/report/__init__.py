"""The gap report: one analysis as a document that can be printed, handed round and defended."""

from kg.report.render import FORMATS, render

__all__ = ["FORMATS", "render"]
