"""Records as the REST interface answers them and the pages show them."""

from kg.records.edges import read_mappings
from kg.records.lists import (
    read_activities,
    read_actors,
    read_cited_for,
    read_cited_from,
    read_concept_tree,
    read_concepts,
    read_covered,
    read_instruments,
    read_model_lists,
    read_scheme_sizes,
    read_schemes,
    read_sources,
)
from kg.records.model import Record
from kg.records.read import read_record

__all__ = [
    "Record",
    "read_activities",
    "read_actors",
    "read_cited_for",
    "read_cited_from",
    "read_concept_tree",
    "read_concepts",
    "read_covered",
    "read_instruments",
    "read_mappings",
    "read_model_lists",
    "read_record",
    "read_scheme_sizes",
    "read_schemes",
    "read_sources",
]
