"""Labels and addresses that mean harm are shown as text and lead nowhere."""

from collections.abc import Iterator

import httpx
import pytest

from tests.web.conftest import BROWSER
from tests.web.pages import Page, read_page
from tests.web.trap import BIDI, MARKUP, PAGES, trapped


@pytest.fixture(scope="module")
def trap(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    with (
        trapped(tmp_path_factory.mktemp("trap")) as address,
        httpx.Client(base_url=address, timeout=30, headers={"Accept": BROWSER}) as client,
    ):
        yield client


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("address", PAGES)
def test_nothing_of_it_becomes_markup(trap: httpx.Client, address: str, lang: str) -> None:
    page = read(trap, address, lang)
    assert page.inline == []
    assert page.unclosed == []
    assert {place.partition("?")[0] for place in page.loads} <= {
        "/static/site.css",
        "/static/site.js",
        "/static/icon.svg",
        "/static/sparql.js",
        "/static/map.js",
    }
    assert [link for link in page.links if not link.startswith(("/", "#", "http://", "https://", "?"))] == []
    assert [link for link in page.links if link.startswith("//")] == []


def read(trap: httpx.Client, address: str, lang: str) -> Page:
    return read_page(trap.get(address, headers={"Accept-Language": lang}).text)


def test_it_is_shown_as_it_stands(trap: httpx.Client) -> None:
    page = read(trap, "/term/trap/one", "ja")
    assert MARKUP in page.text
    assert "{{ 7 * 7 }} {% raw %}" in page.text


def test_text_that_turns_direction_is_kept_apart(trap: httpx.Client) -> None:
    content = trap.get("/actor/trap", headers={"Accept-Language": "en"}).text
    assert f'<h1><bdi lang="en">{BIDI}</bdi></h1>' in content


def test_it_stays_text_in_json(trap: httpx.Client) -> None:
    answer = trap.get("/api/v1/concepts/trap/one", headers={"Accept": "*/*"})
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.json()["title"]["ja"] == MARKUP


def test_without_a_protocol_there_is_a_page_instead_of_the_map(trap: httpx.Client) -> None:
    assert trap.get("/").status_code == 200
    assert trap.get("/gaps").status_code == 404
