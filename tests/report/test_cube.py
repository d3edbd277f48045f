"""The RDF form is a well-formed data cube: the integrity constraints of its vocabulary find nothing.

Constraints on slices and measure dimensions (IC-7 to IC-10, IC-15 to IC-18, IC-20 and IC-21) have nothing to look at.
"""

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.gaps import GapAnalysis
from kg.report import render
from kg.snapshot import Manifest
from tests.report.conftest import Rendered

RULES = Path(__file__).parent / "integrity"
RULE = pytest.mark.parametrize("rule", sorted(RULES.glob("*.rq")), ids=lambda rule: rule.stem)


def cube(content: bytes) -> ox.Store:
    store = ox.Store()
    store.load(content, format=ox.RdfFormat.TURTLE)
    store.update((RULES / "normalise.ru").read_text(encoding="utf-8"))
    return store


def broken(store: ox.Store, rule: Path) -> bool:
    return bool(store.query(rule.read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def shipped_cube(rendered: Rendered) -> ox.Store:
    """The cube of the graph that ships."""
    return cube(rendered("ttl", "en"))


@pytest.fixture
def small_cube(hostile: GapAnalysis, manifest: Manifest) -> Iterator[ox.Store]:
    """The cube of a small graph, to be broken."""
    yield cube(render(hostile, manifest, "ttl", "en"))


@RULE
def test_the_cube_that_ships_keeps_the_rule(shipped_cube: ox.Store, rule: Path) -> None:
    assert not broken(shipped_cube, rule)


@RULE
def test_a_broken_cube_is_found_out(small_cube: ox.Store, rule: Path) -> None:
    assert not broken(small_cube, rule)
    small_cube.update(rule.with_suffix(".ru").read_text(encoding="utf-8"))
    assert broken(small_cube, rule)
