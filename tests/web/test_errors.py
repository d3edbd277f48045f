"""Errors: a page with a way on for people, a problem document for programs, the right status for both."""

import httpx
import pytest

from tests.web.pages import read_page

WRONG = {
    "/nowhere": 404,
    "/actor/nobody": 404,
    "/term/practice-area/security-control": 404,
    "/term/practice-area/%3Cscript%3E": 404,
    "/api/v1/nothing": 404,
    "/api/v1/concepts?scheme=nothing": 404,
    "/api/v1/lookup?label=nothinglikethis": 404,
    "/api/v1/gaps/G1-none": 404,
    "/api/v1/cells?protocol=none": 404,
    "/api/v1/cells?status=none": 400,
    "/api/v1/cells?limit=0": 400,
    "/api/v1/cells?limit=many": 400,
    "/api/v1/cells?offset=-1": 400,
    "/api/v1/gaps?type=G99": 400,
    "/api/v1/report?format=doc": 400,
    "/api/v1/diff?from=../../etc&to=x": 400,
    "/api/v1/diff?from=0.0.0&to=0.0.1": 404,
    "/?protocol=none": 404,
    "/?status=none": 400,
    "/?country=term/jurisdiction/none": 404,
    "/cell?area=a&facet=b": 404,
    "/cell": 400,
    "/?rows=none": 400,
    "/?since=24": 400,
    "/changes?from=0.0.0": 404,
    "/changes?from=../..": 400,
    "/whatif?area=term/practice-area/none": 404,
    "/whatif?actor=actor/nobody&area=term/practice-area/security-controls&facet=term/activity-type/research": 404,
    "/whatif?close=G1-none": 400,
    "/activities?at=actor/nobody": 404,
    "/activities?at=nothing": 400,
    "/compare?until_a=x": 400,
    "/gaps?type=G99": 400,
    "/gaps?offset=minus": 400,
    "/gaps/G1-none": 404,
    "/commitments?status=none": 400,
    "/commitments?instrument=none": 404,
    "/relations?focus=actor/nobody": 404,
    "/compare?a=actor/nobody": 404,
    "/query?example=none": 400,
    "/search?q=" + "a" * 500: 400,
}


@pytest.mark.parametrize(("address", "status"), WRONG.items())
def test_programs_get_a_problem_document(client: httpx.Client, address: str, status: int) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == status
    assert problem["detail"].endswith(".")
    assert "Traceback" not in problem["detail"]


@pytest.mark.parametrize(
    ("language", "title", "begin"),
    [
        ("ja", "見つかりません", "/actor/nobody に記録はありません。"),
        ("en", "Not Found", "There is no record at /actor/nobody"),
    ],
)
def test_programs_are_told_in_the_language_they_prefer(
    client: httpx.Client, language: str, title: str, begin: str
) -> None:
    answer = client.get("/actor/nobody", headers={"Accept-Language": language})
    assert (answer.status_code, answer.json()["title"]) == (404, title)
    assert answer.json()["detail"].startswith(begin)
    assert "Accept-Language" in answer.headers["Vary"]


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize(("address", "status"), WRONG.items())
def test_people_get_a_page_with_a_way_on(browser: httpx.Client, address: str, status: int, lang: str) -> None:
    answer = browser.get(address, headers={"Accept-Language": lang})
    page = read_page(answer.text)
    assert answer.status_code == status
    assert (page.lang, page.unclosed, page.inline) == (lang, [], [])
    assert {"/", "/terms", "/about"} <= set(page.links)


def test_an_unknown_record_names_those_that_are_near(browser: httpx.Client) -> None:
    page = read_page(browser.get("/term/practice-area/security-control").text)
    assert "/term/practice-area/security-controls" in page.links


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "POST"])
def test_nothing_can_be_written(client: httpx.Client, method: str) -> None:
    for address in ("/", "/actor/aisi-japan", "/api/v1/actors"):
        assert client.request(method, address).status_code == 405


def test_a_form_that_cannot_be_given_is_not_acceptable(client: httpx.Client) -> None:
    answer = client.get("/actor/aisi-japan", headers={"Accept": "image/png"})
    assert answer.status_code == 406
    assert "text/turtle" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("address", "kind"),
    [("/term/risk-area/misinformation", "Concept"), ("/scheme/risk-area", "ConceptScheme")],
)
def test_concepts_and_schemes_are_given_as_jskos(client: httpx.Client, address: str, kind: str) -> None:
    wanted = {"Accept": "application/vnd.jskos+json"}
    answer = client.get(address, headers=wanted)
    assert answer.headers["content-type"] == wanted["Accept"]
    assert answer.json()["type"] == [f"http://www.w3.org/2004/02/skos/core#{kind}"]
    assert client.get("/actor/aisi-japan", headers=wanted).status_code == 406


def test_unknown_parameters_do_no_harm(client: httpx.Client) -> None:
    assert client.get("/api/v1/actors?utm_source=x&_=1").status_code == 200
    assert client.get("/?nonsense=1", headers={"Accept": "text/html"}).status_code == 200
