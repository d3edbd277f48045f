"""Two snapshots compared record by record."""

import pyoxigraph as ox

from kg.news.delta import compare
from kg.news.model import Delta
from kg.news.notes import change_notes, notes
from kg.news.state import State
from kg.snapshot import Snapshot
from tests.news.conftest import BASE


def delta(first: Snapshot, second: Snapshot) -> Delta:
    return compare(State(first), State(second))


def test_new_and_changed_records_are_told_apart(first: Snapshot, second: Snapshot) -> None:
    found = delta(first, second)
    assert [item.record for item in found.of("term", "new")] == [BASE + "Flood"]
    assert [item.record for item in found.of("term", "changed")] == [BASE + "Fire"]
    assert [item.record for item in found.of("activity", "changed")] == [BASE + "Drill"]


def test_a_change_names_property_and_both_values(first: Snapshot, second: Snapshot) -> None:
    (fire,) = delta(first, second).of("term", "changed")
    (difference,) = fire.differences
    assert (difference.property, difference.before, difference.after) == (
        "skos:prefLabel@en",
        ("fire",),
        ("blaze",),
    )


def test_what_goes_is_withdrawn(first: Snapshot, second: Snapshot) -> None:
    assert [item.record for item in delta(second, first).of("term", "withdrawn")] == [BASE + "Flood"]


def test_gaps_come_with_the_cause_that_the_gap_engine_names(first: Snapshot, second: Snapshot) -> None:
    opened = delta(first, second).of("gap", "new")
    assert opened and all("Because" in item.summary.en and "理由" in item.summary.ja for item in opened)


def test_equal_snapshots_have_nothing_new(first: Snapshot) -> None:
    found = delta(first, first)
    assert found.items == () and found.summary.en == "Nothing changed."


def test_the_areas_and_actors_of_an_activity_are_concerned(first: Snapshot, second: Snapshot) -> None:
    (drill,) = delta(first, second).of("activity", "changed")
    assert (drill.areas, drill.actors) == ((BASE + "Fire",), (BASE + "Town",))


def test_notes_say_it_in_both_languages(first: Snapshot, second: Snapshot) -> None:
    found = delta(first, second)
    assert "preferred label (en): fire → blaze" in notes(found, "en")
    assert "優先名称 (en): fire → blaze" in notes(found, "ja")


def test_change_notes_are_dated_and_in_both_languages(first: Snapshot, second: Snapshot) -> None:
    quads = list(ox.parse(change_notes(delta(first, second)), ox.RdfFormat.TURTLE))
    fire = {q.object.language: q.object.value for q in quads if q.subject == ox.NamedNode(BASE + "Fire")}
    assert fire["en"] == "2026-11-22: changed (preferred label (en): fire → blaze)"
    assert set(fire) == {"ja", "en"}
