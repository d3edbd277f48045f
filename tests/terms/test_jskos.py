"""The JSKOS API: concepts, schemes, mappings, searches."""

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


def test_mappings(client: Client) -> None:
    (mapping,) = get(client, "mappings", **{"from": BIAS})
    assert mapping["mappingRelevance"] == 0.8
    assert mapping["toScheme"] == {"uri": BASE + "scheme/other"}
    assert get(client, "mappings", fromScheme=BASE + "scheme/other") == []


def test_data_by_any_iri(client: Client) -> None:
    found = get(client, "data", uri="|".join([BIAS, RISK, BASE + "mapping/other/bias", "none"]))
    assert uris(found) == [BIAS, RISK, BASE + "mapping/other/bias"]


def test_pages_say_how_many_there_are(client: Client) -> None:
    answer = client.get("/jskos/voc/concepts", params={"uri": RISK, "limit": 1, "offset": 1})
    assert (len(answer.json()), answer.headers["x-total-count"]) == (1, "3")


def test_status(client: Client) -> None:
    assert get(client, "status")["ok"] == 1
