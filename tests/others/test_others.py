"""What we publish, held to the tools that others use."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from types import SimpleNamespace

import pytest
import rdflib
from fastapi import FastAPI
from rdflib.compare import isomorphic
from rdflib.namespace import RDF, SKOS

from kg.snapshot import Snapshot
from kg.vocab import BASE
from kg_api import data_iris
from kg_api.site import Site
from tests.conftest import OTHERS
from tests.export.conftest import Exported, exported_from
from tests.terms.asgi import Client

HERE = Path(__file__).parent
pytestmark = pytest.mark.others


def run_python(script: str, *arguments: str | Path) -> list[str]:
    python = OTHERS / "venv" / "bin" / "python"
    return _lines(python, "-W", "ignore", HERE / script, *arguments)


def run_node(script: str, *arguments: str | Path) -> list[str]:
    return _lines("node", HERE / script, OTHERS / "node_modules", *arguments)


def _lines(*command: str | Path) -> list[str]:
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": ""}
    )
    assert done.returncode == 0 and not done.stderr.strip(), done.stderr
    return done.stdout.splitlines()


@pytest.fixture(scope="module")
def shipped_export(shipped: Snapshot) -> Exported:
    return exported_from(shipped)


@pytest.fixture(scope="module")
def exports(shipped_export: Exported, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The exports of the graph that ships, by their format."""
    folder = tmp_path_factory.mktemp("exports")
    for form, name in [
        ("turtle", "skos.ttl"),
        ("ntriples", "skos.nt"),
        ("rdfxml", "skos.rdf"),
        ("jsonld", "skos.jsonld"),
        ("trig", "skos.trig"),
        ("csv", "skos.csv"),
        ("csvw", "skos.csv-metadata.json"),
        ("jskos", "skos.ndjson"),
    ]:
        (folder / name).write_bytes(shipped_export(form, "skos"))
    (folder / "mappings.sssom.tsv").write_bytes(shipped_export("sssom"))
    (folder / "mappings.ndjson").write_bytes(shipped_export("jskos", "mappings"))
    return folder


@pytest.fixture(scope="module")
def schemes(shipped_export: Exported, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The export of every single scheme."""
    folder = tmp_path_factory.mktemp("schemes")
    whole = rdflib.Graph().parse(data=shipped_export("turtle", "skos"))
    names = sorted(str(scheme).rsplit("/", 1)[-1] for scheme in whole.subjects(RDF.type, SKOS.ConceptScheme))
    for name in names:
        (folder / f"{name}.ttl").write_bytes(shipped_export("turtle", scheme=name))
    return [folder / f"{name}.ttl" for name in names]


def test_skosify_has_nothing_to_say(exports: Path, schemes: list[Path]) -> None:
    assert run_python("check_skos.py", *schemes) == []
    said = run_python("check_skos.py", exports / "skos.ttl")
    assert [line for line in said if not line.startswith("Multiple concept schemes")] == []


def test_javascript_reads_every_syntax(exports: Path) -> None:
    files = [exports / f"skos{suffix}" for suffix in (".nt", ".ttl", ".rdf", ".trig")]
    lines = (exports / "skos.nt").read_bytes().count(b"\n")
    assert run_node("read_rdf.mjs", *files) == [str(lines)] * len(files)


def test_json_ld_says_the_same_to_others(exports: Path) -> None:
    ours = rdflib.Graph().parse(exports / "skos.nt")
    assert isomorphic(
        rdflib.Graph().parse(data="\n".join(run_python("read_jsonld.py", exports / "skos.jsonld"))), ours
    )


def test_sssom_keeps_every_row(exports: Path) -> None:
    rows = (exports / "mappings.sssom.tsv").read_text(encoding="utf-8").splitlines()
    written = [row for row in rows if not row.startswith("#")][1:]
    without = sum("\tsssom:NoTermFound\t" in row for row in written)
    assert run_python("check_sssom.py", exports / "mappings.sssom.tsv") == [f"{len(written)} {without}"]


def test_jskos_is_valid_line_by_line(exports: Path) -> None:
    files = [exports / "skos.ndjson", exports / "mappings.ndjson"]
    lines = [str(file.read_bytes().count(b"\n")) for file in files]
    assert run_node("check_jskos.mjs", *files) == lines


def test_signposts_lead_from_a_record_to_licence_kind_and_data(shipped: Snapshot) -> None:
    app = FastAPI()
    app.state.live = SimpleNamespace(require=lambda: Site.open(shipped.path))
    app.include_router(data_iris.router)
    path = "/term/risk-area/misinformation"
    answer = Client(app).get(path)
    with served(answer.headers["link"]) as address:
        found = {line.split(" ", 1)[0]: line for line in run_python("read_links.py", address + path)}
    assert found["cite-as"] == f"cite-as {BASE}term/risk-area/misinformation"
    assert {"author", "describedby", "license", "type"} <= set(found)


@contextmanager
def served(link: str) -> Iterator[str]:
    """Answer every request with this header of links."""

    class Answer(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self.send_response(200)
            self.send_header("Link", link)
            self.end_headers()

        do_GET = do_HEAD  # noqa: N815 - http.server's name

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_csvw_describes_the_table(exports: Path, shipped_export: Exported) -> None:
    (said,) = run_python("check_csvw.py", exports / "skos.csv-metadata.json")
    valid, rows = said.split()
    concepts = shipped_export("ntriples").count(b"core#Concept> .")
    assert valid == "True" and int(rows) == 2 * concepts
