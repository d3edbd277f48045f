"""The gap engine: what is known about each cell of a map, what is missing, and how sure we are."""

from kg.gaps.analysis import analyse
from kg.gaps.declared import protocols
from kg.gaps.model import Fault, Gap
from kg.gaps.proof import replay
from kg.gaps.result import GapAnalysis

__all__ = ["Fault", "Gap", "GapAnalysis", "analyse", "protocols", "replay"]
