"""Releases side by side: dated, whole, never changed."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.analyses import read_analysis
from kg.errors import CallerError
from kg.news.release import read_delta, release, told_releases
from kg.news.release import releases as in_folder
from kg.snapshot import Snapshot, current_version
from tests.news.conftest import town_snapshot


def test_releases_lie_side_by_side_and_the_newest_counts(releases: Path) -> None:
    assert [one.manifest.version for one in in_folder(releases)] == ["2026-11-22", "2026-11-26"]
    assert current_version(releases) == "2026-11-26"


def test_a_release_knows_the_one_before(releases: Path) -> None:
    newest, oldest = told_releases(releases)
    assert (newest.name, newest.previous) == ("2026-11-26", "2026-11-22")
    assert (oldest.name, oldest.previous) == ("2026-11-22", None)
    delta = read_delta(Snapshot.open(releases))
    assert delta.old is not None and delta.old.version == "2026-11-22"


def test_the_files_of_a_release_carry_its_version(releases: Path) -> None:
    turtle = (releases / "2026-11-26" / "exports" / "catalog.ttl").read_bytes()
    quads = list(ox.parse(turtle, ox.RdfFormat.TURTLE))
    values = {(quad.predicate.value.rsplit("#")[-1], quad.object.value) for quad in quads}
    assert ("version", "2026-11-26") in values
    assert any(n == "previousVersion" and v.endswith("version/2026-11-22/dataset/skos") for n, v in values)


def test_gaps_know_in_which_release_they_were_first_seen(releases: Path) -> None:
    gaps = read_analysis(Snapshot.open(releases), None).gaps
    assert {gap.first_seen for gap in gaps} == {"2026-11-22", "2026-11-26"}


def test_a_release_is_made_once(first: Snapshot, second: Snapshot, tmp_path: Path) -> None:
    made = release(first, tmp_path)
    before = (made.path / "manifest.json").read_bytes()
    assert release(first, tmp_path).path == made.path
    assert (made.path / "manifest.json").read_bytes() == before
    with pytest.raises(CallerError, match="never changed"):
        release(second, tmp_path)
    with pytest.raises(CallerError, match="newer release"):
        release(second, tmp_path, "2026-01-01")
    with pytest.raises(CallerError, match="names no release"):
        release(second, tmp_path, "../2026")


def test_the_same_snapshot_gives_the_same_release(first: Snapshot, tmp_path: Path) -> None:
    one, other = (release(first, tmp_path / name) for name in ("a", "b"))
    for name in ("delta.json", "news.json", "exports/skos.ttl", "exports/catalog.ttl", "notes.ja.md"):
        assert one.read(name) == other.read(name)


def test_builds_leave_releases_alone(first: Snapshot, tmp_path: Path) -> None:
    folder = tmp_path / "town" / "snapshot"
    release(first, folder)
    for number in range(5):
        other = town_snapshot(tmp_path / str(number), "", ("Fire drill", f"Fire drill {number}"))
        other.path.rename(folder / other.manifest.version)
    town_snapshot(tmp_path / "town")
    assert (folder / "2026-11-22" / "manifest.json").is_file()
