"""A record of an older release: a page for people that leads to the record of today, RDF for programs."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from fastapi import FastAPI

from kg.news.release import release
from kg.vocab import BASE
from kg_api import releases as release_routes
from kg_api.pages.errors import add_error_handlers
from kg_api.site import Site
from tests.news.conftest import FLOOD, town_snapshot
from tests.terms.asgi import Client
from tests.web.pages import read_page

OURS = ("@base <https://example.org/map/>", f"@base <{BASE}term/>")
OLD = "/version/2026-11-22/term"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Client:
    """A server of a graph in which fire was renamed and flood is gone since the release before."""
    folder = tmp_path_factory.mktemp("releases")
    release(town_snapshot(folder_of(folder, "old"), FLOOD, OURS), folder, "2026-11-22")
    release(
        town_snapshot(folder_of(folder, "new"), "", OURS, ('"fire"@en', '"blaze"@en')), folder, "2026-11-26"
    )
    site, app = Site.open(folder), FastAPI()
    app.state.live = SimpleNamespace(require=lambda: site, site=site)
    app.include_router(release_routes.router)
    add_error_handlers(app)
    return Client(app)


def folder_of(folder: Path, name: str) -> Path:
    return folder.parent / f"{folder.name}-{name}"


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "This is the record as it was in release 2026-11-22. See the record as it is now"),
        ("ja", "これは過去の版2026-11-22での記録です。 現在の記録を見る"),
    ],
)
def test_a_browser_gets_a_page_that_leads_to_the_record_of_today(
    client: Client, lang: str, said: str
) -> None:
    answer = client.get(f"{OLD}/Fire", headers={"Accept": "text/html", "Accept-Language": lang})
    page = read_page(answer.text)
    assert answer.headers["content-type"].startswith("text/html")
    assert said in " ".join(page.text.split())
    assert "Burning that nobody wants and that spreads." in page.text
    assert "fire" in page.text and "blaze" not in page.text
    assert {"/term/Fire", f"{OLD}/Hazards", f"{OLD}/Fire.ttl"} <= set(page.links)
    assert page.unclosed == [] and page.inline == []


def test_the_page_says_so_where_the_record_is_gone(client: Client) -> None:
    answer = client.get(f"{OLD}/Flood", headers={"Accept": "text/html", "Accept-Language": "en"})
    assert "The version of today, 2026-11-26, does not have it." in answer.text
    assert "/term/Flood" not in read_page(answer.text).links


def test_programs_get_what_the_release_said_by_header_or_ending(client: Client) -> None:
    by_header = client.get(f"{OLD}/Fire", headers={"Accept": "text/turtle"})
    by_ending = client.get(f"{OLD}/Fire.ttl", headers={"Accept": "text/html"})
    assert by_header.content == by_ending.content and b'"fire"@en' in by_ending.content
    assert client.get(f"{OLD}/Fire").headers["content-type"].startswith("text/turtle")
    assert client.get(f"{OLD}/Fire", headers={"Accept": "image/png"}).status_code == 406


@pytest.mark.parametrize("path", [f"{OLD}/Fires", "/version/2020-01-01/term/Fire"])
def test_what_is_not_kept_leads_to_what_is_near_today(client: Client, path: str) -> None:
    answer = client.get(path, headers={"Accept": "text/html"})
    assert answer.status_code == 404
    assert "/term/Fire" in read_page(answer.text).links
