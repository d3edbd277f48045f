"""The report over HTTP: the same bytes as from the command line, rightly named, and the same numbers."""

import json
from collections.abc import Iterator

import httpx
import pytest

from kg.report import ALIASES, FORMATS, SCHEMA, content_policy, json_schema
from kg.snapshot import Snapshot
from kg.vocab import BASE
from tests.report.conftest import Rendered
from tests.web.server import serving

API = "/api/v1/"


@pytest.fixture(scope="module")
def client(shipped: Snapshot, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A program that asks the server of the graph that ships."""
    with (
        serving(shipped.path.parent, tmp_path_factory.mktemp("server") / "log") as origin,
        httpx.Client(base_url=origin, timeout=60) as found,
    ):
        yield found


@pytest.mark.parametrize("form", FORMATS)
def test_the_served_report_is_the_one_of_the_command_line(
    client: httpx.Client, rendered: Rendered, form: str
) -> None:
    answer = client.get(f"{API}report?format={form}&lang=en")
    assert answer.content == rendered(form, "en")
    assert answer.headers["Content-Type"] == FORMATS[form].media_type
    assert answer.headers["Content-Language"] == "en"
    assert f".en.{FORMATS[form].suffix}" in answer.headers["Content-Disposition"]


def test_other_names_of_a_format_give_the_same(client: httpx.Client) -> None:
    for alias, form in ALIASES.items():
        one, other = (client.get(f"{API}report?format={name}&lang=en") for name in (alias, form))
        assert one.content == other.content
        assert one.headers["Content-Type"] == other.headers["Content-Type"]


@pytest.mark.parametrize(("asked", "given"), [("en-GB", "en"), ("ja-Latn", "ja"), ("fr", "ja"), ("", "ja")])
def test_a_language_that_there_is_none_of_gives_the_nearest(
    client: httpx.Client, asked: str, given: str
) -> None:
    assert client.get(f"{API}report?format=svg&lang={asked}").headers["Content-Language"] == given


def test_only_the_script_of_the_report_itself_may_run(client: httpx.Client) -> None:
    page = client.head(f"{API}report?format=html")
    assert content_policy() in page.headers["Content-Security-Policy"]
    picture = client.head(f"{API}report?format=svg")
    assert "script-src" not in picture.headers["Content-Security-Policy"]


def test_an_unchanged_report_is_not_sent_again(client: httpx.Client) -> None:
    first = client.get(f"{API}report?format=csv")
    again = client.get(f"{API}report?format=csv", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_client_without_compression_gets_the_same(client: httpx.Client) -> None:
    address = f"{API}report?format=csv"
    packed = client.get(address, headers={"Accept-Encoding": "gzip"})
    plain = client.get(address, headers={"Accept-Encoding": "identity"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert packed.content == plain.content


def test_the_schema_is_where_the_document_says(client: httpx.Client, rendered: Rendered) -> None:
    named = json.loads(rendered("json", "en"))["$schema"]
    assert named == SCHEMA
    answer = client.get("/" + named.removeprefix(BASE))
    assert answer.headers["Content-Type"] == "application/schema+json"
    assert answer.json() == json.loads(json.dumps(json_schema()))


def test_cells_and_gaps_over_rest_are_those_of_the_report(client: httpx.Client, rendered: Rendered) -> None:
    report = json.loads(rendered("json", "en"))
    assert client.get(f"{API}cells?limit=1000").json()["items"] == report["cells"][:1000]
    page = client.get(f"{API}gaps?limit=1000").json()
    assert page["items"] == report["gaps"][:1000]
    assert page["total"] == sum(report["gapCounts"].values())
    assert client.get(f"{API}cells?format=csv").content == rendered("csv", "ja")
