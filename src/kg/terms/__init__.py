"""The terminology service: the right concept from any form of a term, in Japanese and English."""

from kg.terms.index import TermIndex
from kg.terms.labels import labels_from
from kg.terms.models import Hit, LabelRecord, Page

__all__ = ["Hit", "LabelRecord", "Page", "TermIndex", "labels_from"]
