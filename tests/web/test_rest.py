"""The REST interface: lists in pages, records whole, analyses, annotations, its description."""

import csv
import http.client
import io
import json
import re

import httpx
import pytest

LISTS = (
    "schemes",
    "concepts",
    "actors",
    "activities",
    "instruments",
    "mappings",
    "cells",
    "gaps",
    "commitments",
    "associations",
    "search-tasks",
    "search?q=risk",
    "suggest?q=risk",
    "lookup?label=AISI",
)
ONE = ("concepts/practice-area/security-controls", "actors/aisi-japan", "activities/aisi-japan-establishment")
API = "/api/v1/"


@pytest.mark.parametrize("name", LISTS)
def test_a_list_says_what_it_is_a_part_of(client: httpx.Client, name: str) -> None:
    page = client.get(API + name).json()
    assert set(page) == {"items", "total", "limit", "offset", "snapshot"}
    assert page["snapshot"] == client.get("/readyz").json()["snapshot"]
    assert len(page["items"]) == min(page["limit"], page["total"] - page["offset"])


@pytest.mark.parametrize("name", ["actors", "activities", "instruments", "mappings", "gaps", "concepts"])
def test_pages_join_to_the_whole(client: httpx.Client, name: str) -> None:
    whole = client.get(f"{API}{name}?limit=1000").json()["items"][:25]
    parts = [
        item
        for offset in range(0, 25, 10)
        for item in client.get(f"{API}{name}?limit=10&offset={offset}").json()["items"]
    ]
    assert parts[: len(whole)] == whole
    assert client.get(f"{API}{name}?offset=100000").json()["items"] == []


def test_a_record_whole(client: httpx.Client) -> None:
    record = client.get(f"{API}concepts/practice-area/security-controls").json()
    assert record["title"] == {"en": "Security controls", "ja": "セキュリティ管理措置"}
    assert {edge["by"]["type"] for edge in record["coverage"]} == {"aisi:Activity", "aisi:Provision"}
    assert all(one["places"] for one in record["definitions"])
    assert record["citations"][0]["attested"]


def test_every_first_record_of_a_list_can_be_asked_for(client: httpx.Client) -> None:
    for name in ("actors", "activities", "instruments"):
        first = client.get(f"{API}{name}?limit=1").json()["items"][0]
        slug = first["iri"].rsplit("/", 1)[-1]
        assert client.get(f"{API}{name}/{slug}").json()["iri"] == first["iri"]


def test_dated_names_of_an_institute(client: httpx.Client) -> None:
    names = client.get(f"{API}actors/aisi-uk").json()["names"]
    assert [(one["text"], one["validFrom"], one["validUntil"]) for one in names] == [
        ("AI Safety Institute", "2023-11", "2025-02"),
        ("AI Security Institute", "2025-02", ""),
    ]


def test_mappings_between_two_vocabularies(client: httpx.Client) -> None:
    page = client.get(f"{API}mappings?from=risk-area&to=nist-ai-600-1&limit=1000").json()
    assert page["total"] > 20
    assert {one["subjectSource"]["iri"].rsplit("/", 1)[-1] for one in page["items"]} == {"risk-area"}
    assert any(one["object"] is None for one in page["items"])


def test_cells_as_csv_hold_the_uncovered_ones_too(client: httpx.Client) -> None:
    answer = client.get(f"{API}cells?format=csv")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    cells = client.get(f"{API}cells").json()
    assert len(rows) == cells["total"]
    assert {row["status"] for row in rows} == {cell["status"] for cell in cells["items"]}
    assert "attachment" in answer.headers["Content-Disposition"]


def test_gaps_of_one_type(client: httpx.Client) -> None:
    page = client.get(f"{API}gaps?type=g2&limit=1000").json()
    assert {gap["type"] for gap in page["items"]} == {"G2"}
    assert client.get(f"{API}gaps/{page['items'][0]['id']}").json() == page["items"][0]


def test_a_text_as_json_and_as_it_is(client: httpx.Client) -> None:
    text = "リスク管理とRed Teaming"
    as_json = client.post(f"{API}annotate", json={"text": text, "lang": "en"}).json()
    as_text = client.post(
        f"{API}annotate", content=text.encode(), headers={"Content-Type": "text/plain; charset=utf-8"}
    ).json()
    assert [(one["start"], one["end"]) for one in as_json["items"]] == [(0, 5), (6, 17)]
    assert [one["text"] for one in as_text["items"]] == [one["text"] for one in as_json["items"]]
    assert as_json["items"][1]["concepts"][0]["lang"] == "en"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"{", "application/json"),
        (b"{}", "application/json"),
        (b'{"text": 1}', "application/json"),
        (b"\xff\xfe", "text/plain"),
        (b"x", "image/png"),
    ],
)
def test_a_text_that_cannot_be_read(client: httpx.Client, body: bytes, kind: str) -> None:
    answer = client.post(f"{API}annotate", content=body, headers={"Content-Type": kind})
    assert answer.status_code == 400
    assert answer.json()["detail"].endswith(".")


def test_a_plan_is_judged_and_not_kept(client: httpx.Client) -> None:
    before = client.get(f"{API}gaps?limit=1").json()["total"]
    answer = client.post(f"{API}whatif", content=PLAN.encode(), headers={"Content-Type": "text/turtle"})
    assert answer.status_code == 200
    assert client.get(f"{API}gaps?limit=1").json()["total"] == before
    assert client.post(f"{API}whatif", content=b"<a> <b> .").status_code == 400


PLAN = """
PREFIX aisi: <https://w3id.org/aisi-kg/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
<https://w3id.org/aisi-kg/activity/plan-1> a aisi:Activity ;
  skos:prefLabel "計画"@ja, "Plan"@en ;
  aisi:activityType <https://w3id.org/aisi-kg/term/activity-type/red-teaming> ;
  aisi:status <https://w3id.org/aisi-kg/term/activity-status/ongoing> ;
  aisi:carriedOutBy <https://w3id.org/aisi-kg/actor/nist> .
<https://w3id.org/aisi-kg/coverage/plan-1/practice-area/security-controls> a aisi:Coverage ;
  aisi:coverageBy <https://w3id.org/aisi-kg/activity/plan-1> ;
  aisi:coverageOf <https://w3id.org/aisi-kg/term/practice-area/security-controls> ;
  aisi:coverageRole <https://w3id.org/aisi-kg/term/coverage-role/primary> ;
  aisi:maturity <https://w3id.org/aisi-kg/term/maturity/evaluated> ;
  aisi:evidenceGrade <https://w3id.org/aisi-kg/term/evidence-grade/independent> ;
  aisi:assertedOn "2026-11-01"^^xsd:date .
"""


def test_a_version_compared_with_itself_has_not_changed(client: httpx.Client) -> None:
    version = client.get("/readyz").json()["snapshot"]
    answer = client.get(f"{API}diff?from={version}&to={version}").json()
    assert (answer["gaps"], answer["cells"]) == ([], [])


def test_the_interface_is_described(client: httpx.Client) -> None:
    document = client.get("/openapi.json").json()
    ours = {path: methods for path, methods in document["paths"].items() if path.startswith(API)}
    assert len(ours) > 20
    for path, methods in ours.items():
        for operation in methods.values():
            assert operation["description"], path
            assert operation["tags"], path
            for parameter in operation.get("parameters", ()):
                assert parameter.get("description") or "{" in path, (path, parameter["name"])
            content = operation["responses"]["200"].get("content", {})
            if "application/json" in content:
                assert content["application/json"]["schema"] != {}, path


@pytest.mark.parametrize("size", [3_000_000, 20_000_000])
def test_a_text_that_is_too_long_is_said_to_be(client: httpx.Client, size: int) -> None:
    answer = client.post(f"{API}annotate", content=b"a" * size, headers={"Content-Type": "text/plain"})
    assert answer.status_code == 413
    assert "2 MiB, the most that KG_TEXT_MIB allows" in answer.json()["detail"]


def test_an_address_that_is_too_long_is_said_to_be(client: httpx.Client) -> None:
    connection = http.client.HTTPConnection(
        client.base_url.host, client.base_url.port
    )  # httpx sends none so long
    connection.request("GET", f"{API}search?q={'a' * 100_000}")
    answer = connection.getresponse()
    assert (answer.status, answer.getheader("content-type")) == (414, "application/problem+json")
    assert "POST" in json.load(answer)["detail"]
    connection.close()


@pytest.mark.parametrize("label", ["", " ", "\u202e", "🤖"])
def test_a_label_that_nothing_is_near_is_said_to_have_none(client: httpx.Client, label: str) -> None:
    answer = client.get(f"{API}lookup", params={"label": label})
    assert answer.status_code == 404
    assert "none is near it" in answer.json()["detail"]


def test_every_address_that_language_models_are_told_leads_somewhere(client: httpx.Client) -> None:
    told = client.get("/llms.txt").text
    addresses = re.findall(r"\]\((/[^)]*)\)", told)
    assert len(addresses) > 12
    assert client.get("/readyz").json()["snapshot"] in told
    others = {address for address in addresses if client.get(address).status_code != 200}
    assert others == {
        "/mcp",
        "/api/v1/exports",
        "/catalog",
    }  # MCP takes only POST, and nothing is published here


def test_annotations_come_in_three_forms_and_heed_parameters(client: httpx.Client) -> None:
    def sent(**parameters: str) -> httpx.Response:
        headers = {"Content-Type": "text/plain"}
        return client.post(f"{API}annotate", params=parameters, content=b"AI safety", headers=headers)

    assert sent().json()["items"][0]["text"] == "AI safety"
    assert sent(stop_words="x,AI safety").json()["items"][0]["text"] == "AI"
    assert len(sent(longest_only="false").json()["items"]) > len(sent().json()["items"])
    assert sent(format="jsonld").json()["type"] == "AnnotationPage"
    assert "<mark" in sent(format="html").text
    assert sent(max_level="x").status_code == 400


def test_a_search_keeps_below_a_concept(client: httpx.Client) -> None:
    scheme = f"{API}search?q=info&limit=50"
    all_found = client.get(scheme).json()["total"]
    assert (
        client.get(f"{scheme}&broader=term/risk-area/false-information&deprecated=true").json()["total"]
        < all_found
    )


@pytest.mark.parametrize("address", ["/api/v1/exports", "/exports/skos.ttl", "/catalog"])
def test_a_snapshot_without_published_files_says_so(browser: httpx.Client, address: str) -> None:
    answer = browser.get(address, headers={"Accept": "application/json, text/turtle"})
    assert answer.status_code == 404
    assert "kg build --exports" in answer.text
