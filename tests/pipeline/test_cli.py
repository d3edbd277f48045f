"""The command line: data on standard output, talk on standard error, exit codes by the family of the fault."""

import json
import socket
from pathlib import Path

import pytest

from tests.pipeline.conftest import Kg


def test_broken_turtle_leaves_with_1_and_names_file_and_line(kg: Kg, data: Path) -> None:
    (data / "broken.ttl").write_text("<http://a/> <http://b/> .")
    done = kg("check", "--data", data)
    assert done.returncode == 1
    assert "broken.ttl, line 1, column" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_broken_shape_names_record_rule_and_repair(kg: Kg, data: Path) -> None:
    (data / "faulty.ttl").write_text("<http://x/nobody> a <https://w3id.org/aisi-kg/ontology#Actor> .")
    done = kg("check", "--data", data)
    assert done.returncode == 1
    assert "faulty.ttl: <http://x/nobody>" in done.stdout
    assert kg("build", "--data", data, "--snapshot", "s").returncode == 1
    japanese = kg("check", "--data", data, "--lang", "ja").stdout
    assert any(ord(letter) > 0x3000 for letter in japanese), "the messages come in Japanese too"


def test_findings_as_json(kg: Kg, data: Path) -> None:
    (data / "faulty.ttl").write_text("<http://x/nobody> a <https://w3id.org/aisi-kg/ontology#Actor> .")
    findings = json.loads(kg("check", "--data", data, "--json").stdout)
    violations = [finding for finding in findings if finding["severity"] == "violation"]
    assert {finding["record"] for finding in violations} == {"http://x/nobody"}
    assert all({"rule", "severity", "message", "files"} <= set(finding) for finding in findings)


def test_fmt_check_names_files_and_fmt_repairs_them(kg: Kg, data: Path) -> None:
    done = kg("fmt", "--check", "--data", data)
    assert (done.returncode, done.stdout.strip()) == (1, str(data / "world.ttl"))
    assert kg("fmt", "--data", data).returncode == 0
    assert kg("fmt", "--check", "--data", data).returncode == 0


def test_an_unknown_query_names_the_nearest(kg: Kg, data: Path) -> None:
    done = kg("query", "records/entires", "--data", data)
    assert done.returncode == 2
    assert "records/entries" in done.stderr


def test_a_query_from_standard_input(kg: Kg, data: Path) -> None:
    query = "SELECT ?s WHERE { ?s a <https://w3id.org/aisi-kg/ontology#Actor> }"
    done = kg("query", "-", "--data", data, "--json", stdin=query)
    bindings = json.loads(done.stdout)["results"]["bindings"]
    assert [row["s"]["value"] for row in bindings] == ["https://w3id.org/aisi-kg/actor/maker"]


@pytest.mark.parametrize("arguments", [("gaps",), ("query", "records/entries"), ("lookup", "x"), ("serve",)])
def test_a_missing_snapshot_is_one_sentence_and_3(kg: Kg, arguments: tuple[str, ...]) -> None:
    done = kg(*arguments, "--snapshot", "nowhere")
    assert done.returncode == 3
    assert "There is no snapshot in nowhere; make one: kg build" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_folder_that_cannot_be_written_is_one_sentence_and_3(kg: Kg, data: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = kg("build", "--data", data, "--snapshot", tmp_path / "file" / "s")
    assert done.returncode == 3
    assert "No snapshot can be written" in done.stderr


def test_a_port_in_use_is_one_sentence_and_3(kg: Kg, data: Path) -> None:
    assert kg("build", "--data", data, "--snapshot", "s").returncode == 0
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = kg("serve", "--snapshot", "s", "--port", taken.getsockname()[1])
    assert done.returncode == 3
    assert "cannot be used: Address already in use" in done.stderr


def test_a_damaged_snapshot_is_not_served_which_is_one_sentence_and_3(
    kg: Kg, data: Path, tmp_path: Path
) -> None:
    assert kg("build", "--data", data, "--snapshot", tmp_path / "s").returncode == 0
    next((tmp_path / "s").glob("*/terms.json")).write_bytes(b"{")
    done = kg("serve", "--snapshot", tmp_path / "s", "--port", 0)
    assert done.returncode == 3
    assert done.stderr.count("\n") == 1
    assert "The term index of the snapshot cannot be read; build it again: kg build." in done.stderr


def test_a_second_build_of_the_same_graph_does_nothing(kg: Kg, data: Path) -> None:
    assert "Built" in kg("build", "--data", data, "--snapshot", "s").stderr
    assert "Nothing has changed" in kg("build", "--data", data, "--snapshot", "s").stderr


def test_an_unknown_word_names_the_nearest_labels(kg: Kg, data: Path) -> None:
    done = kg("lookup", "xqzvw", "--data", data)
    assert done.returncode == 2
    assert "No label matches" in done.stderr
