"""The gap engine: what is known about each cell of a map, what is missing, and how sure we are."""

from kg.gaps.analysis import analyse
from kg.gaps.declared import protocols
from kg.gaps.difference import diff, with_history
from kg.gaps.keeping import from_bytes, to_bytes
from kg.gaps.model import Fault, Gap
from kg.gaps.plans import plan_store, whatif
from kg.gaps.proof import replay, rerun
from kg.gaps.relation_values import Relations, Unit
from kg.gaps.result import GapAnalysis
from kg.gaps.templates import closing_set


def associations(analysis: GapAnalysis, unit: Unit = "activity") -> Relations:
    """Compare all pairs of areas by the activities, or by the independent actors, that they share."""
    from kg.gaps import relations  # loads scipy.stats, which takes a second that nobody else should wait for

    return relations.associations(analysis, unit)


__all__ = [
    "Fault",
    "Gap",
    "GapAnalysis",
    "Relations",
    "analyse",
    "associations",
    "closing_set",
    "diff",
    "from_bytes",
    "plan_store",
    "protocols",
    "replay",
    "rerun",
    "to_bytes",
    "whatif",
    "with_history",
]
