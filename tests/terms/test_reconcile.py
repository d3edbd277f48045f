"""Reconciliation of spreadsheets: candidates, safe matches, columns, suggestions, bad batches."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from kg.terms.ladder import LADDER
from kg.terms.reconcile import SCORES

from .asgi import Client

BIAS = "term/risk/bias"


def match(client: Client, **queries: object) -> Any:
    answer = client.post("/reconcile", data={"queries": json.dumps(queries)})
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_candidates_come_from_every_rung_but_the_loosest() -> None:
    assert set(LADDER) - set(SCORES) == {"part", "quoted", "nearest"}


def test_the_manifest_names_all_services(client: Client) -> None:
    manifest = client.get("/reconcile").json()
    assert manifest["versions"] == ["0.2"]
    assert manifest["view"]["url"].endswith("?id={{id}}")
    assert set(manifest["suggest"]) == {"entity", "property", "type"}
    for name, service in manifest["suggest"].items():
        assert service["service_url"] + service["service_path"] == f"http://test/reconcile/suggest/{name}"
        assert service["flyout_service_path"].endswith("?id=${id}")


def test_the_manifest_of_the_draft_says_where_a_record_is_seen(client: Client) -> None:
    manifest = client.get("/reconcile/1.0/").json()
    assert manifest["versions"] == ["1.0-draft"]
    address = manifest["view"]["url"].replace("{id}", "term%2Frisk%2Fbias")  # as RFC 6570 expands it
    assert client.get(address).headers["location"] == f"/{BIAS}"
    assert manifest["suggest"] == {"entity": True, "property": True, "type": True}
    assert "identifierSpace" not in manifest


@pytest.mark.parametrize(
    ("kind", "identifier", "shown"),
    [
        ("entity", BIAS, "An error that tilts judgement."),
        ("type", "scheme/risk", "Risks"),
        ("property", "notation", "Notation"),
    ],
)
def test_flyouts_show_what_is_pointed_at(client: Client, kind: str, identifier: str, shown: str) -> None:
    answer = client.get(f"/reconcile/flyout/{kind}", params={"id": identifier}).json()
    assert answer["id"] == identifier
    assert shown in answer["html"]
    assert client.get(f"/reconcile/flyout/{kind}", params={"id": "none"}).status_code == 404


def test_an_identifier_is_suggested_and_suggestions_are_paged(client: Client) -> None:
    for base in ("/reconcile", "/reconcile/1.0"):
        (only,) = client.get(f"{base}/suggest/entity", params={"prefix": BIAS}).json()["result"]
        assert only["id"] == BIAS
        every = client.get(f"{base}/suggest/type").json()["result"]
        assert client.get(f"{base}/suggest/type?limit=2&offset=1").json()["result"] == every[1:3]
    first, second = client.get("/reconcile/suggest/entity?prefix=bias").json()["result"]
    for page in ("cursor=1", "offset=1&limit=1"):
        address = f"/reconcile/suggest/entity?prefix=bias&{page}"
        assert client.get(address).json()["result"] == [second]
    assert first != second


def test_a_page_that_cannot_do_otherwise_gets_a_call(client: Client) -> None:
    asked = {"queries": '{"q0": {"query": "bias"}}', "callback": "show"}
    answer = client.get("/reconcile", params=asked)
    assert answer.text.startswith('/**/show({"q0":{"result":')
    assert client.get("/reconcile", params=asked | {"callback": "a()"}).status_code == 400


@pytest.mark.parametrize("name", ["Bias", "biases", "バイアス", "ばいあす", "ﾊﾞｲｱｽ", "skew"])
def test_one_record_of_a_name_is_a_match(client: Client, name: str) -> None:
    (best, *_) = match(client, q0={"query": name})["q0"]["result"]
    assert (best["id"], best["match"]) == (BIAS, True)
    assert best["score"] > 90


@pytest.mark.parametrize("name", ["Bais", "bia", "group", "きかい", "バイヤス"])
def test_an_unsure_name_is_no_match(client: Client, name: str) -> None:
    assert not any(one["match"] for one in match(client, q0={"query": name})["q0"]["result"])


def test_a_batch_is_answered_by_key_with_types_and_descriptions(client: Client) -> None:
    answer = match(client, a={"query": "bias", "limit": 1}, b={"query": "Safety Institute"}, c={"query": ""})
    (bias,) = answer["a"]["result"]
    assert bias["type"] == [
        {"id": "Concept", "name": "Concept / 概念"},
        {"id": "scheme/risk", "name": "Risks"},
    ]
    assert bias["description"] == "An error that tilts judgement."
    assert answer["b"]["result"][0]["id"] == "actor/institute"
    assert answer["c"]["result"] == []


def test_types_and_properties_narrow_the_candidates(client: Client) -> None:
    answer = match(
        client,
        a={"query": "bias", "type": "Actor"},
        b={"query": "bias", "type": "scheme/other"},
        c={"query": "bias", "properties": [{"pid": "notation", "v": "2"}]},
        d={"query": "bias", "properties": [{"pid": "scheme", "v": {"id": "scheme/risk"}}]},
    )
    assert answer["a"]["result"] == answer["b"]["result"] == []
    assert not answer["c"]["result"][0]["match"]
    assert answer["d"]["result"][0]["match"]


def conditions(client: Client, *wanted: Mapping[str, object], **query: object) -> list[str]:
    body = {"queries": [{"conditions": list(wanted), **query}]}
    (result,) = client.post("/reconcile/1.0/match", json=body).json()["results"]
    assert not any(one["match"] for one in result["candidates"][1:])
    return [one["id"] for one in result["candidates"]]


NAME = {"matchType": "name", "propertyValue": "bias"}


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        ({"propertyId": "notation", "propertyValue": "2"}, 2),
        ({"propertyId": "notation", "propertyValue": "2", "required": True}, 0),
        ({"propertyId": "notation", "propertyValue": ["1", "1.1"], "required": True}, 2),
        (
            {
                "propertyId": "notation",
                "propertyValue": ["1", "1.1"],
                "required": True,
                "matchQuantifier": "all",
            },
            0,
        ),
        (
            {"propertyId": "notation", "propertyValue": "1", "required": True, "matchQuantifier": "none"},
            1,
        ),
        ({"propertyId": "nothing", "propertyValue": "1", "required": True}, 0),
        ({"propertyId": "nothing", "propertyValue": "1"}, 2),
    ],
)
def test_conditions_may_be_required_and_quantified(
    client: Client, condition: Mapping[str, object], found: int
) -> None:
    assert len(conditions(client, NAME, {"matchType": "property", **condition})) == found


def test_properties_alone_find_records_but_are_no_safe_match(client: Client) -> None:
    by_scheme = {"matchType": "property", "propertyId": "scheme", "propertyValue": {"id": "scheme/risk"}}
    by_broader = {"matchType": "property", "propertyId": "broader", "propertyValue": "Bias"}
    assert set(conditions(client, by_scheme)) == {BIAS, "term/risk/group-bias", "term/risk/privacy"}
    assert conditions(client, by_scheme, by_broader)[0] == "term/risk/group-bias"
    assert conditions(client, by_scheme, type="Actor") == []
    asked = {"properties": [{"pid": "notation", "v": "1.1"}]}
    (only,) = match(client, a=asked)["a"]["result"]
    assert (only["id"], only["match"]) == ("term/risk/group-bias", False)


def test_several_types_let_records_of_each_pass(client: Client) -> None:
    asked = {"query": "safety institute", "type": ["scheme/other", "Actor"]}
    assert match(client, a=asked)["a"]["result"][0]["id"] == "actor/institute"


def test_columns_are_added(client: Client) -> None:
    wanted = {
        "ids": [BIAS, "none"],
        "properties": [{"id": "definition-en"}, {"id": "narrower"}, {"id": "mapping"}],
    }
    answer = client.post("/reconcile", data={"extend": json.dumps(wanted)}).json()
    assert [one["id"] for one in answer["meta"]] == ["definition-en", "narrower", "mapping"]
    assert answer["rows"][BIAS]["definition-en"] == [{"str": "An error that tilts judgement."}]
    assert answer["rows"][BIAS]["narrower"] == [{"id": "term/risk/group-bias", "name": "集団バイアス"}]
    assert answer["rows"]["none"] == {"definition-en": [], "narrower": [], "mapping": []}


def test_suggestions_previews_and_views(client: Client) -> None:
    assert client.get("/reconcile/suggest/entity", params={"prefix": "ば"}).json()["result"][0]["id"] == BIAS
    assert client.get("/reconcile/suggest/type", params={"prefix": "risk"}).json()["result"] == [
        {"id": "scheme/risk", "name": "Risks / リスク"}
    ]
    assert client.get("/reconcile/suggest/property", params={"prefix": "defin"}).json()["result"]
    assert client.get("/reconcile/properties", params={"type": "Concept"}).json()["properties"]
    assert "バイアス" in client.get("/reconcile/preview", params={"id": BIAS}).text
    assert client.get("/reconcile/view", params={"id": BIAS}).headers["location"] == f"/{BIAS}"


def test_the_draft_of_version_one(client: Client) -> None:
    assert client.get("/reconcile/1.0").json()["standardizedScore"] is True
    body = {"queries": [{"conditions": [{"matchType": "name", "propertyValue": "偏り"}], "limit": 2}]}
    answer = client.post("/reconcile/1.0/match", json=body).json()
    assert answer["results"][0]["candidates"][0]["id"] == BIAS
    for earlier in (
        {"conditions": [{"match_type": "name", "v": "偏り"}], "limit": 2},
        {"query": "偏り", "limit": 2},
    ):
        assert client.post("/reconcile/1.0/reconcile", json={"queries": [earlier]}).json() == answer
    columns = {"ids": [BIAS], "properties": [{"id": "notation"}]}
    rows = client.post("/reconcile/1.0/extend", json=columns).json()["rows"]
    assert rows == [{"id": BIAS, "properties": [{"id": "notation", "values": [{"str": "1"}]}]}]


def test_an_identifier_finds_its_record(client: Client) -> None:
    (only,) = match(client, a={"query": BIAS})["a"]["result"]
    assert (only["id"], only["match"]) == (BIAS, True)


def test_a_preview_may_stand_in_a_frame(client: Client) -> None:
    policy = client.get("/reconcile/preview", params={"id": BIAS}).headers["content-security-policy"]
    assert "frame-ancestors *" in policy


def test_a_name_that_is_no_name_finds_nothing(client: Client) -> None:
    answer = match(client, a={"query": "長" * 5000}, b={"query": "\ud83d"})
    assert answer["a"]["result"] == answer["b"]["result"] == []


def test_half_a_surrogate_pair_is_answered(client: Client) -> None:
    assert list(match(client, **{"q\ud800": {"query": "bias"}})) == ["q?"]
    wanted = {"ids": ["\ud800"], "properties": [{"id": "notation"}, {"id": "\udcff"}]}
    answer = client.post("/reconcile", data={"extend": json.dumps(wanted)})
    assert answer.json()["rows"] == {"?": {"notation": []}}


@pytest.mark.parametrize(
    "data",
    [
        {"queries": "no json"},
        {"queries": "[]"},
        {"queries": '{"q0": 1}'},
        {"queries": '{"q0": {"query": 1}}'},
        {"queries": '{"q0": {"query": "a", "limit": "x"}}'},
        {"queries": '{"q0": {"query": "a", "properties": [{"v": "x"}]}}'},
        {"queries": "[" * 100_000},
        {"queries": '{"q0": {}}'},
        {"queries": '{"q0": {"query": "a", "lang": 1}}'},
        {"extend": "{}"},
    ],
)
def test_a_bad_batch_is_the_caller_s_error(client: Client, data: dict[str, str]) -> None:
    assert client.post("/reconcile", data=data).status_code == 400


@pytest.mark.parametrize(
    "data",
    [
        {"queries": " " * 1_000_001},
        {"queries": json.dumps({f"q{number}": {"query": "a"} for number in range(101)})},
        {"extend": json.dumps({"ids": ["a"] * 1001, "properties": []})},
    ],
)
def test_a_batch_that_is_too_large_is_said_to_be(client: Client, data: dict[str, str]) -> None:
    answer = client.post("/reconcile", data=data)
    assert answer.status_code == 413
    assert "most" in answer.json()["detail"] or "more than" in answer.json()["detail"]


@pytest.mark.parametrize("path", ["preview", "view"])
def test_an_unknown_record_is_not_found(client: Client, path: str) -> None:
    assert client.get(f"/reconcile/{path}", params={"id": "none"}).status_code == 404
