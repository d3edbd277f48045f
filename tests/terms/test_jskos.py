"""The JSKOS API: concepts, schemes, mappings, searches."""

import json
from typing import Any

import pytest

from .asgi import Client

BASE = "https://w3id.org/aisi-kg/"
RISK, BIAS, GROUP = BASE + "scheme/risk", BASE + "term/risk/bias", BASE + "term/risk/group-bias"


def get(client: Client, path: str, **params: str | int) -> Any:
    answer = client.get("/jskos/" + path, params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()


def uris(found: Any) -> list[str]:
    return [one["uri"] for one in found]


def test_schemes_and_their_concepts(client: Client) -> None:
    assert uris(get(client, "voc")) == [BASE + "scheme/other", RISK]
    assert uris(get(client, "voc/top", uri=RISK)) == [BIAS, BASE + "term/risk/privacy"]
    assert GROUP in uris(get(client, "voc/concepts", uri=RISK))
    assert client.get("/jskos/voc/concepts", params={"uri": "none"}).status_code == 404


def test_a_concept_whole(client: Client) -> None:
    (concept,) = get(client, "concepts", uri=BIAS)
    assert concept["prefLabel"] == {"en": "Bias", "ja": "バイアス"}
    assert concept["altLabel"] == {"en": ["skew"], "ja": ["偏り"]}
    assert concept["definition"]["en"] == ["An error that tilts judgement."]
    assert concept["notation"] == ["1"]
    assert concept["narrower"] == [{"uri": GROUP}]
    assert concept["topConceptOf"] == concept["inScheme"] == [{"uri": RISK}]


@pytest.mark.parametrize("prefix", ["", "concepts/"])
def test_neighbours_and_searches(client: Client, prefix: str) -> None:
    assert uris(get(client, prefix + "narrower", uri=BIAS)) == [GROUP]
    assert uris(get(client, prefix + "ancestors", uri=GROUP)) == [BIAS]
    assert uris(get(client, prefix + "search", search="ばいあす"))[0] == BIAS
    query, labels, _, found = get(client, prefix + "suggest", search="bia", voc=RISK)
    assert (query, labels[0], found[0]) == ("bia", "バイアス", BIAS)


FAIRNESS, OTHER = BASE + "term/other/fairness", BASE + "scheme/other"


def test_a_mapping_with_its_ends(client: Client) -> None:
    (mapping,) = get(client, "mappings", **{"from": BIAS})
    assert mapping["mappingRelevance"] == 0.8
    assert mapping["toScheme"] == {"uri": OTHER}


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("", 1),
        ("from=1", 1),
        ("from=none|1", 1),
        (f"from={BASE}term/risk/*", 1),
        (f"from={FAIRNESS}", 0),
        (f"from={FAIRNESS}&direction=backward", 1),
        (f"from={BIAS}&direction=backward", 0),
        (f"from={FAIRNESS}&direction=both", 1),
        (f"from={BIAS}&to=none", 0),
        (f"from={BIAS}&to=none&mode=or", 1),
        ("fromScheme=risk&toScheme=other", 1),
        (f"fromScheme={OTHER}", 0),
        ("type=http://www.w3.org/2004/02/skos/core%23relatedMatch", 1),
        ("type=http://www.w3.org/2004/02/skos/core%23exactMatch", 0),
        ("creator=editors", 1),
        ("creator=others", 0),
        (f"identifier={BASE}mapping/other/bias", 1),
    ],
)
def test_mappings_by_what_is_wanted_of_them(client: Client, wanted: str, found: int) -> None:
    assert len(client.get(f"/jskos/mappings?{wanted}").json()) == found


def test_data_by_any_iri(client: Client) -> None:
    found = get(client, "data", uri="|".join([BIAS, RISK, BASE + "mapping/other/bias", "none"]))
    assert uris(found) == [BIAS, RISK, BASE + "mapping/other/bias"]
    assert get(client, "data") == []


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("notation=1|1.1", [BIAS, GROUP]),
        (f"voc={OTHER}", [FAIRNESS]),
        (f"voc={OTHER}&uri={BIAS}", []),
        (f"uri={GROUP}|{BIAS}", [GROUP, BIAS]),
        ("", []),
    ],
)
def test_concepts_by_iri_notation_and_scheme(client: Client, wanted: str, found: list[str]) -> None:
    assert uris(client.get(f"/jskos/concepts?{wanted}").json()) == found


def test_schemes_by_notation_and_name(client: Client) -> None:
    (risk,) = get(client, "voc", notation="risk")
    assert (risk["uri"], risk["concepts"], risk["topConcepts"]) == (RISK, [None], [None])
    assert uris(get(client, "voc/search", search="リスク"))[0] == RISK
    assert get(client, "voc/suggest", search="risk")[3][0] == RISK


def test_suggestions_in_both_forms_and_languages(client: Client) -> None:
    assert get(client, "concepts/suggest", search="bias", language="en,ja")[1][0] == "Bias"
    assert uris(get(client, "concepts/suggest", search="bias", format="jskos", limit=1)) == [BIAS]
    assert get(client, "concepts/suggest") == ["", [], [], []]


def test_pages_say_how_many_there_are_and_where(client: Client) -> None:
    answer = client.get("/jskos/voc/concepts", params={"uri": RISK, "limit": 1, "offset": 1})
    assert (len(answer.json()), answer.headers["x-total-count"]) == (1, "3")
    for rel, offset in (("first", 0), ("prev", 0), ("next", 2), ("last", 2)):
        assert client.get(answer.links[rel]["url"]).json() == get(
            client, "voc/concepts", uri=RISK, limit=1, offset=offset
        )
    assert set(client.get("/jskos/voc").links) == {"first", "last"}


@pytest.mark.parametrize(
    ("properties", "left"),
    [
        ("-notation,prefLabel", {"uri", "broader"}),
        ("-notation,prefLabel,%2Bnotation", {"uri", "broader", "notation"}),
        ("*,-narrower", {"uri", "broader", "notation", "prefLabel"}),
    ],
)
def test_properties_are_left_out(client: Client, properties: str, left: set[str]) -> None:
    (concept,) = client.get(f"/jskos/concepts?uri={GROUP}&properties={properties}").json()
    assert set(concept) & {"uri", "broader", "notation", "prefLabel", "narrower"} - {"narrower"} == left
    assert ("narrower" in concept) is ("narrower" not in properties)


def test_a_whole_list_is_a_file(client: Client) -> None:
    answer = client.get("/jskos/voc/concepts", params={"uri": RISK, "limit": 1, "download": "ndjson"})
    assert answer.headers["content-disposition"] == 'attachment; filename="jskos-voc-concepts.ndjson"'
    lines = [json.loads(line) for line in answer.text.splitlines()]
    assert lines == get(client, "voc/concepts", uri=RISK)
    assert get(client, "voc/concepts", uri=RISK, download="json") == lines


def test_the_status_leads_to_every_path(client: Client) -> None:
    status = get(client, "status")
    assert status["ok"] == 1
    places = [place for place in status.values() if str(place).startswith("http")]
    assert len(places) == 12
    for place in places:
        assert client.get(place, params={"uri": RISK}).status_code == 200
    assert status["annotations"] is None
