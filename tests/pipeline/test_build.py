"""Building: a snapshot is there whole or not at all, and equal input gives equal bytes."""

import gzip
from pathlib import Path

import pytest

from kg.build import build, up_to_date
from kg.checking import check
from kg.errors import DataError, StoreError
from kg.load import load_graph
from kg.paths import graph_paths
from kg.snapshot import N_QUADS, Snapshot, current_version
from kg.store import EmbeddedStore

FAULTY = "<https://w3id.org/aisi-kg/actor/nobody> a <https://w3id.org/aisi-kg/ontology#Actor> ."


def silent(_: str) -> None:
    """Say nothing."""


def test_equal_input_gives_equal_bytes(data: Path, tmp_path: Path) -> None:
    checked = check(graph_paths(data), silent)
    one = build(checked, tmp_path / "one", silent)
    two = build(checked, tmp_path / "two", silent)
    assert one.manifest == two.manifest
    assert one.read(N_QUADS) == two.read(N_QUADS)


def test_the_store_holds_the_union_and_the_parts(data: Path, tmp_path: Path) -> None:
    snapshot = build(check(graph_paths(data), silent), tmp_path / "s", silent)
    store = EmbeddedStore.open(snapshot.store)
    actor = "<https://w3id.org/aisi-kg/actor/maker>"
    assert store.ask(f"ASK {{ {actor} a <https://w3id.org/aisi-kg/ontology#Actor> }}")
    assert store.ask(f"ASK {{ GRAPH <https://w3id.org/aisi-kg/graph/data/world> {{ {actor} ?p ?o }} }}")
    assert store.ask(f"ASK {{ {actor} a <http://www.w3.org/ns/prov#Agent> }}"), "inferred from the ontology"
    assert store.ask(
        f"ASK {{ GRAPH <https://w3id.org/aisi-kg/graph/inferred> {{ {actor} a <http://www.w3.org/ns/prov#Agent> }} }}"
    )


def test_n_quads_are_sorted_and_complete(data: Path, tmp_path: Path) -> None:
    snapshot = build(check(graph_paths(data), silent), tmp_path / "s", silent)
    lines = gzip.decompress(snapshot.read(N_QUADS)).splitlines()
    assert lines == sorted(set(lines))
    assert len(lines) == sum(snapshot.manifest.triples.values())


def test_a_violation_forbids_the_snapshot_and_leaves_the_old_one(data: Path, tmp_path: Path) -> None:
    folder = tmp_path / "s"
    old = build(check(graph_paths(data), silent), folder, silent)
    (data / "faulty.ttl").write_text(FAULTY)
    with pytest.raises(DataError, match="violations stand in the way"):
        build(check(graph_paths(data), silent), folder, silent)
    assert Snapshot.open(folder).manifest == old.manifest


def test_quarantine_leaves_faulty_records_out_and_counts_them(data: Path, tmp_path: Path) -> None:
    (data / "faulty.ttl").write_text(FAULTY)
    snapshot = build(check(graph_paths(data), silent), tmp_path / "s", silent, quarantine=True)
    assert snapshot.manifest.faults == 1
    store = EmbeddedStore.open(snapshot.store)
    assert not store.ask("ASK { <https://w3id.org/aisi-kg/actor/nobody> ?p ?o }")
    assert up_to_date(load_graph(graph_paths(data)), tmp_path / "s") is None


def test_a_build_that_dies_leaves_the_old_snapshot(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "s"
    old = build(check(graph_paths(data), silent), folder, silent)
    world = data / "world.ttl"
    world.write_text(world.read_text().replace('"Maker"@en', '"Somebody"@en'))

    def die(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kg.build._store", die)
    with pytest.raises(StoreError, match="No space left on device"):
        build(check(graph_paths(data), silent), folder, silent)
    assert Snapshot.open(folder).manifest == old.manifest
    assert sorted(path.name for path in folder.iterdir()) == sorted(["CURRENT", old.manifest.version])


def test_a_writing_process_that_dies_leaves_the_old_snapshot(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked = check(graph_paths(data), silent)
    old = build(checked, tmp_path / "s", silent)
    (data / "world.ttl").write_text((data / "world.ttl").read_text() + "\n")
    killed = tmp_path / "python"
    killed.write_text("#!/bin/sh\necho broken >&2\nkill -9 $$\n")
    killed.chmod(0o700)
    monkeypatch.setattr("kg.build.sys.executable", str(killed))
    with pytest.raises(StoreError, match=f"could not be written to {tmp_path / 's'}: broken"):
        build(check(graph_paths(data), silent), tmp_path / "s", silent)
    assert current_version(tmp_path / "s") == old.manifest.version
    assert [path.name for path in (tmp_path / "s").iterdir() if path.is_dir()] == [old.manifest.version]


def test_old_versions_are_kept_for_readers_but_not_for_ever(data: Path, tmp_path: Path) -> None:
    folder = tmp_path / "s"
    world = data / "world.ttl"
    text = world.read_text()
    for number in range(5):
        world.write_text(text.replace('"Maker"@en', f'"Maker {number}"@en'))
        build(check(graph_paths(data), silent), folder, silent)
    assert len([path for path in folder.iterdir() if path.is_dir()]) == 3
    assert (folder / str(current_version(folder))).is_dir()


@pytest.mark.parametrize("name", [b"", b"\xff\xfe", b"../other", b"/tmp", b"a\0b", b"x" * 5000])
def test_what_is_no_name_of_a_version_names_none(tmp_path: Path, name: bytes) -> None:
    (tmp_path / "CURRENT").write_bytes(name + b"\n")
    assert current_version(tmp_path) is None
    with pytest.raises(StoreError, match="names no version; build it again"):
        Snapshot.open(tmp_path)


def test_a_snapshot_without_manifest_is_named_with_its_repair(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"There is no snapshot in .*; make one: kg build"):
        Snapshot.open(tmp_path)
