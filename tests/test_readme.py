"""README says what is there."""

from kg.snapshot import Snapshot
from tests.readme_counts import README, replaced


def test_the_counts_are_those_of_the_manifest(shipped: Snapshot) -> None:
    text = README.read_text(encoding="utf-8")
    assert replaced(text, shipped.manifest) == text, (
        "write it anew: python -m tests.readme_counts build/snapshot"
    )
