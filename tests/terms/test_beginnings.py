"""Strings that begin with a text."""

import pytest

from kg.terms.beginnings import Beginnings

STRINGS = ["red team", "安全性", "redteaming", "安全", "green", "安 全"]


@pytest.mark.parametrize(
    ("text", "found"),
    [("redt", {0, 2}), ("安全", {1, 3, 5}), ("安全性", {1}), ("z", set()), ("red teams", set()), ("", set())],
)
def test_spaces_are_passed_over_and_nothing_begins_with_nothing(text: str, found: set[int]) -> None:
    assert set(Beginnings(STRINGS).beginning_with(text).tolist()) == found
