"""`kg report`: the form that the name of the file asks for, written whole or not at all, with what has changed."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli.main import kg
from kg.errors import CallerError, StoreError
from kg.gaps import analyse, diff
from kg.report import json_schema, render
from kg.snapshot import Manifest, Snapshot
from tests.gaps.mini import Mini, ex
from tests.report.conftest import Page, Rendered


def run(*arguments: object) -> Result:
    return CliRunner().invoke(kg, ["report", *map(str, arguments)], catch_exceptions=True)


def test_the_name_of_the_file_chooses_the_form(shipped: Snapshot, rendered: Rendered, tmp_path: Path) -> None:
    for form, name in (("csv", "cells.csv"), ("svg", "map.svg"), ("network-svg", "map.network.svg")):
        file = tmp_path / name
        assert run("--snapshot", shipped.path, "--output", file).exit_code == 0
        assert file.read_bytes() == rendered(form, "en")
    assert {file.name for file in tmp_path.iterdir()} == {"cells.csv", "map.svg", "map.network.svg"}


def test_standard_output_holds_the_report_alone(shipped: Snapshot, rendered: Rendered) -> None:
    done = run("--snapshot", shipped.path, "--format", "turtle", "--lang", "en")
    assert done.stdout_bytes == rendered("ttl", "en")


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        (("--output", "report.docx"), CallerError, "name one with --format"),
        (("--format", "csv", "--since", "."), CallerError, "shows no changes"),
        (("--format", "svg", "--output", "none/map.svg"), StoreError, "cannot be written"),
        (("--format", "svg", "--output", "."), CallerError, "is a folder"),
    ],
)
def test_what_cannot_be_written_is_said_and_nothing_is_left_behind(
    shipped: Snapshot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    error: type[Exception],
    words: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run("--snapshot", shipped.path, *arguments)
    assert isinstance(done.exception, error)
    assert words in str(done.exception)
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_fills_up_leaves_the_old_report(
    shipped: Snapshot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "map.svg"
    file.write_text("old")

    def full(path: Path, _: bytes) -> int:
        path.touch()
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    done = run("--snapshot", shipped.path, "--output", file)
    assert isinstance(done.exception, StoreError)
    assert file.read_text() == "old"
    assert list(tmp_path.iterdir()) == [file]


def test_the_schema_needs_no_graph() -> None:
    assert json.loads(run("--schema").stdout) == json.loads(json.dumps(json_schema()))


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_changes_say_what_is_new_and_what_is_no_gap_any_more(manifest: Manifest, lang: str) -> None:
    mini = Mini()
    mini.protocol()
    mini.complete("rows")
    before = analyse(mini.store, ex("protocol/p-1.0"))
    mini.does("work", "a", "x", grade="independent", maturity="evaluated")
    after = analyse(mini.store, ex("protocol/p-1.0"))
    changes = diff(before, after)
    assert {change.kind for change in changes.gaps} == {"opened", "closed"}
    page = Page(render(after, manifest, "html", lang, changes).decode())
    plain = Page(render(after, manifest, "html", lang).decode())
    assert page.headings == plain.headings
    text = render(after, manifest, "md", lang, changes).decode()
    new, gone = (
        ("新たなギャップ", "解消したギャップ") if lang == "ja" else ("New gaps", "Gaps that are closed now")
    )
    closed = next(change for change in changes.gaps if change.kind == "closed")
    assert text.index(f"#### {new}") < text.index(f"#### {gone}") < text.index(closed.id)
    assert json.loads(render(after, manifest, "json", lang, changes))["diff"]["closed"] == changes.closed
