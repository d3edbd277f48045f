"""The Skosmos REST interface in the shapes that its clients read."""

import json
from typing import Any

import pytest
import rdflib

from .asgi import Client

BASE = "https://w3id.org/aisi-kg/"
BIAS, GROUP = BASE + "term/risk/bias", BASE + "term/risk/group-bias"


def get(client: Client, path: str, **params: str | int) -> Any:
    answer = client.get("/rest/v1/" + path, params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_vocabularies(client: Client) -> None:
    found = get(client, "vocabularies", lang="en")["vocabularies"]
    assert found == [
        {"uri": "other", "id": "other", "title": "Other"},
        {"uri": "risk", "id": "risk", "title": "Risks"},
    ]


def test_a_vocabulary_is_found_with_and_without_a_slash(client: Client) -> None:
    info = get(client, "risk/", lang="ja")
    assert (info["id"], info["title"]) == ("risk", "リスク")
    assert info["conceptschemes"][0]["uri"] == BASE + "scheme/risk"
    assert get(client, "risk", lang="ja") == info


def test_search_with_wildcards_in_any_case_and_kana(client: Client) -> None:
    found = get(client, "search", query="*BIAS", lang="en")["results"]
    assert [one["uri"] for one in found] == [BIAS, GROUP]
    assert found[0] == {
        "uri": BIAS,
        "type": ["skos:Concept"],
        "localname": "bias",
        "prefLabel": "Bias",
        "lang": "en",
        "notation": "1",
        "vocab": "risk",
    }
    assert get(client, "risk/search", query="ばいあ*")["results"][0]["uri"] == BIAS


def test_search_names_the_label_that_matched(client: Client) -> None:
    (alternative,) = get(client, "search", query="skew", lang="en")["results"]
    assert (alternative["prefLabel"], alternative["altLabel"]) == ("Bias", "skew")
    (hidden,) = get(client, "search", query="バイヤス")["results"]
    assert hidden["hiddenLabel"] == "バイヤス"
    (other,) = get(client, "search", query="Privacy", labellang="ja")["results"]
    assert (other["prefLabel"], other["matchedPrefLabel"]) == ("プライバシー", "Privacy")


def test_search_pages_limits_and_adds_fields(client: Client) -> None:
    every = get(client, "search", query="*", lang="en", vocab="risk")["results"]
    assert [
        one["uri"]
        for one in get(client, "search", query="*", lang="en", vocab="risk", maxhits=1, offset=1)["results"]
    ] == [every[1]["uri"]]
    assert {one["uri"] for one in get(client, "search", query="*", lang="en", parent=BIAS)["results"]} == {
        GROUP
    }
    (one,) = get(client, "search", query="group*", lang="en", fields="broader prefLabel", unique="true")[
        "results"
    ]
    assert one["broader"] == [{"uri": BIAS, "prefLabel": "Bias"}]
    assert one["prefLabels"] == {"ja": "集団バイアス", "en": "Group bias"}


def test_results_have_the_fields_asked_for(client: Client) -> None:
    wanted = "related relatedMatch altLabel definition nonsense"
    (bias,) = get(client, "search", query="bias", lang="en", fields=wanted)["results"]
    assert bias["relatedMatch"] == [{"uri": BASE + "term/other/fairness", "prefLabel": "Fairness"}]
    assert bias["altLabel"] == ["skew"]
    assert bias["definition"] == ["An error that tilts judgement."]
    assert "related" not in bias  # nothing is related to it


@pytest.mark.parametrize(
    ("wish", "found"),
    [
        ({"type": "skos:Concept"}, 1),
        ({"type": "skos:Collection http://www.w3.org/2004/02/skos/core#Concept"}, 1),
        ({"type": "skos:Collection"}, 0),
        ({"group": "x:group"}, 0),
        ({"maxhits": "0"}, 1),
    ],
)
def test_only_concepts_are_found_and_in_no_group(client: Client, wish: dict[str, str], found: int) -> None:
    assert len(get(client, "search", query="bias", lang="en", **wish)["results"]) == found


def test_lookup(client: Client) -> None:
    assert [one["uri"] for one in get(client, "risk/lookup", label="bias", lang="en")["result"]] == [BIAS]
    (found,) = get(client, "risk/lookup", label="Bias")["result"]
    assert (found["prefLabel"], found["lang"]) == ("Bias", "en")
    assert client.get("/rest/v1/risk/lookup", params={"label": "nothing"}).status_code == 404


def test_relations(client: Client) -> None:
    assert get(client, "risk/broader", uri=GROUP, lang="en")["broader"] == [
        {"uri": BIAS, "prefLabel": "Bias"}
    ]
    assert get(client, "risk/narrower", uri=BIAS, lang="en")["narrower"] == [
        {"uri": GROUP, "prefLabel": "Group bias"}
    ]
    assert [one["uri"] for one in get(client, "risk/related", uri=GROUP)["related"]] == [
        BASE + "term/risk/privacy"
    ]


def test_transitive_relations_are_objects_by_iri(client: Client) -> None:
    up = get(client, "risk/broaderTransitive", uri=GROUP, lang="en")["broaderTransitive"]
    assert up == {
        GROUP: {"uri": GROUP, "prefLabel": "Group bias", "broader": [BIAS]},
        BIAS: {"uri": BIAS, "prefLabel": "Bias"},
    }
    down = get(client, "risk/narrowerTransitive", uri=BIAS, lang="en", limit=1)["narrowerTransitive"]
    assert list(down) == [BIAS]


def test_trees(client: Client) -> None:
    tree = get(client, "risk/hierarchy", uri=GROUP, lang="en")["broaderTransitive"]
    assert tree[BIAS]["top"] == BASE + "scheme/risk"
    assert tree[BIAS]["narrower"] == [
        {"uri": GROUP, "label": "Group bias", "hasChildren": False, "notation": "1.1"}
    ]
    assert [one["uri"] for one in get(client, "risk/topConcepts")["topconcepts"]] == [
        BIAS,
        BASE + "term/risk/privacy",
    ]
    assert get(client, "risk/children", uri=BIAS)["narrower"][0]["hasChildren"] is False


def test_labels_letters_and_counts(client: Client) -> None:
    assert get(client, "risk/label", uri=BIAS, lang="en") | {"@context": 0} == {
        "@context": 0,
        "uri": BIAS,
        "prefLabel": "Bias",
        "altLabel": ["skew"],
    }
    assert get(client, "label", uri=BIAS, lang="en")["prefLabel"] == "Bias"
    assert get(client, "risk/index/", lang="en")["indexLetters"] == ["B", "G", "P", "S"]
    assert [one["uri"] for one in get(client, "risk/index/S", lang="en")["indexConcepts"]] == [BIAS]
    counts = get(client, "risk/vocabularyStatistics")["concepts"]
    assert (counts["count"], counts["deprecatedCount"]) == (3, 1)
    languages = {one["language"]: one for one in get(client, "risk/labelStatistics", lang="en")["languages"]}
    assert languages["ja"]["literal"] == "Japanese"
    assert {"property": "skos:prefLabel", "labels": 3} in languages["ja"]["properties"]


def test_mappings(client: Client) -> None:
    (mapping,) = get(client, "risk/mappings", uri=BIAS, lang="en")["mappings"]
    assert mapping["type"] == ["http://www.w3.org/2004/02/skos/core#relatedMatch"]
    assert mapping["to"]["memberSet"][0]["prefLabel"] == {"en": "Fairness"}
    assert mapping["toScheme"] == {"uri": BASE + "scheme/other"}
    assert mapping["vocabName"] == "Other"


def test_changes_name_what_replaces_a_withdrawn_concept(client: Client) -> None:
    old, group = get(client, "risk/modified", lang="en")["changeList"]
    assert (old["deprecated"], old["replacedBy"], old["replacingLabel"]) == (True, BIAS, "Bias")
    assert group == {"uri": GROUP, "prefLabel": "Group bias", "date": "2024-02-01", "deprecated": False}
    assert get(client, "risk/modified", lang="en", offset=1)["changeList"] == [group]


@pytest.mark.parametrize("form", ["application/json", "application/ld+json"])
def test_data_as_json_bears_the_names_that_clients_read(client: Client, form: str) -> None:
    document = get(client, "data", uri=BIAS, format=form)
    (bias,) = (one for one in document["graph"] if one["uri"] == BIAS)
    assert bias["type"] == "skos:Concept"
    assert {"lang": "en", "value": "Bias"} in bias["prefLabel"]
    assert get(client, "risk/mappings", uri=BIAS)["graph"] == document


def test_answers_are_called_json_ld_where_that_is_asked_for(client: Client) -> None:
    for accept in ("application/json", "application/ld+json"):
        answer = client.get("/rest/v1/types?lang=en", headers={"Accept": accept})
        assert answer.headers["content-type"] == accept
    unknown = client.get("/rest/v1/data", params={"uri": BIAS, "format": "text/n3"})
    assert unknown.status_code == 406


def test_old_pages_get_a_call_of_their_function(client: Client) -> None:
    answer = client.get("/rest/v1/types?lang=en&callback=jQuery.show_1")
    assert answer.headers["content-type"].startswith("application/javascript")
    called = answer.text.removeprefix("/**/jQuery.show_1(").removesuffix(");")
    assert json.loads(called) == get(client, "types", lang="en")


@pytest.mark.parametrize("name", ["alert(1);x", "a b", "<script>", "9", "a" * 200, "名"])
def test_what_names_no_function_is_called_by_nobody(client: Client, name: str) -> None:
    answer = client.get("/rest/v1/types", params={"lang": "en", "callback": name})
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("path", ["data", "risk/data"])
def test_data_of_a_concept(client: Client, path: str) -> None:
    answer = client.get(f"/rest/v1/{path}", params={"uri": BIAS, "format": "application/rdf+xml"})
    graph = rdflib.Graph().parse(data=answer.content, format="xml")
    assert (rdflib.URIRef(BIAS), rdflib.SKOS.prefLabel, rdflib.Literal("Bias", "en")) in graph


def test_data_of_a_vocabulary(client: Client) -> None:
    answer = client.get("/rest/v1/risk/data", headers={"Accept": "text/turtle"})
    graph = rdflib.Graph().parse(data=answer.content, format="turtle")
    assert len(set(graph.subjects(rdflib.SKOS.inScheme))) == 4
    assert json.loads(client.get("/rest/v1/risk/data", params={"format": "application/json"}).content)


@pytest.mark.parametrize("path", ["types", "risk/types", "risk/groups", "risk/new", "risk/modified"])
def test_what_there_is_none_of_is_empty_and_well_formed(client: Client, path: str) -> None:
    assert get(client, path, lang="en")["@context"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("vocabularies", 400),
        ("search", 400),
        ("search?query=a&maxhits=x", 400),
        ("search?query=a&vocab=risk+nothing", 404),
        ("nothing/", 404),
        ("nothing/topConcepts", 404),
        ("risk/label", 400),
        ("risk/label?uri=x:none", 404),
        ("risk/lookup", 400),
        ("risk/groupMembers?uri=x:none", 404),
        ("data?uri=x:none", 404),
    ],
)
def test_what_is_wrong_is_said(client: Client, path: str, status: int) -> None:
    assert client.get(f"/rest/v1/{path}").status_code == status


def test_unknown_parameters_are_ignored(client: Client) -> None:
    assert get(client, "risk/topConcepts", nonsense=1)["topconcepts"]


def test_many_wildcards_are_no_trap(client: Client) -> None:
    assert get(client, "search", query="*a" * 150)["results"] == []
    every = get(client, "search", query="*")["results"]
    assert get(client, "search", query="*" * 400)["results"] == every


def test_the_paths_are_described(client: Client) -> None:
    paths = client.app.openapi()["paths"]
    assert (
        len(
            [
                path
                for path in paths
                if path.startswith("/rest/v1/") and not path.endswith(("{vocid}", "index"))
            ]
        )
        >= 27
    )
