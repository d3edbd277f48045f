"""The command line, run as its users run it."""

from tests.pipeline.conftest import kg

__all__ = ["kg"]
