"""Write a snapshot, or a part of it, in the formats that other tools read."""

from kg.export.forms import FORMS, WHATS, Export, export_of
from kg.export.write import write_export

__all__ = ["FORMS", "WHATS", "Export", "export_of", "write_export"]
