"""Labels and addresses that mean harm are shown as text and lead nowhere."""

from collections.abc import Iterator

import httpx
import pytest

from kg.build import build
from kg.checking import Checked
from kg.load import load_graph
from kg.paths import GraphPaths, packaged_graph
from tests.web.conftest import BROWSER
from tests.web.pages import Page, read_page
from tests.web.server import serving

MARKUP = "<img src=x onerror=alert(1)>"
BIDI = "\u202egnirts\u202c"
GRAPH = f"""
PREFIX aisi: <https://w3id.org/aisi-kg/ontology#>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
<https://w3id.org/aisi-kg/scheme/trap> a skos:ConceptScheme ;
  skos:prefLabel "{MARKUP}"@ja, "</title><script>alert(1)</script>"@en .
<https://w3id.org/aisi-kg/term/trap/one> a skos:Concept ;
  skos:topConceptOf <https://w3id.org/aisi-kg/scheme/trap> ;
  skos:prefLabel "{MARKUP}"@ja, "\\" onmouseover=alert(1) x=\\""@en ;
  skos:altLabel "{BIDI}"@en, "{{{{ 7 * 7 }}}} {{% raw %}}"@en ;
  skos:scopeNote "{MARKUP}"@ja ;
  skos:related <javascript:alert(1)>, <data:text/html,x>, <https://example.org/%22%3E%3Cscript%3E> .
<https://w3id.org/aisi-kg/actor/trap> a aisi:Actor ;
  skos:prefLabel "{BIDI}{MARKUP}"@ja, "{BIDI}"@en ;
  foaf:homepage <javascript:alert(1)> .
<https://w3id.org/aisi-kg/activity/trap> a aisi:Activity ;
  skos:prefLabel "'{MARKUP}"@ja, "{MARKUP}"@en ;
  aisi:carriedOutBy <https://w3id.org/aisi-kg/actor/trap> .
"""
PAGES = (
    "/",
    "/terms",
    "/scheme/trap",
    "/term/trap/one",
    "/actor/trap",
    "/activity/trap",
    "/actors",
    "/activities",
    "/relations?focus=actor/trap",
    "/search?q=img",
    f"/search?q={MARKUP}",
    '/search?q="><script>alert(1)</script>',
    "/query?query=</textarea><script>alert(1)</script>",
    "/?lang=<script>",
    "/nothing/<script>alert(1)</script>",
)


@pytest.fixture(scope="module")
def trap(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    folder = tmp_path_factory.mktemp("trap")
    (folder / "data").mkdir()
    (folder / "data" / "trap.ttl").write_text(GRAPH, encoding="utf-8")
    packaged = packaged_graph()
    graph = load_graph(GraphPaths(packaged.ontology, folder / "data", packaged.shapes))
    build(Checked(graph, ()), folder / "snapshot", lambda _: None)  # unchecked: validation would refuse it
    with (
        serving(folder / "snapshot", folder / "log") as address,
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
