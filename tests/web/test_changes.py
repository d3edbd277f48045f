"""The page of what changed on the map between two versions of a graph."""

import shutil
from types import SimpleNamespace

import pytest
from fastapi import FastAPI

from kg.build import build
from kg.checking import check
from kg.paths import graph_paths
from kg_api.pages import change_pages
from kg_api.pages.errors import add_error_handlers
from kg_api.site import Site
from tests.gaps.test_foreign import PREFIXES, REEF, SOUND_ACTIVITY, SOUND_EDGE
from tests.terms.asgi import Client
from tests.web.pages import read_page


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Client:
    """A server that holds two versions of the reef; in the later one, one more activity covers a cell."""
    folder = tmp_path_factory.mktemp("reef")
    data = folder / "data"
    shutil.copytree(REEF, data)
    for more in ("", PREFIXES + SOUND_ACTIVITY + SOUND_EDGE):
        (data / "more.ttl").write_text(more, encoding="utf-8")
        build(check(graph_paths(data), lambda _: None), folder / "snapshot", lambda _: None)
    site, app = Site.open(folder / "snapshot"), FastAPI()
    app.state.live = SimpleNamespace(require=lambda: site, site=site, folder=folder / "snapshot")
    app.include_router(change_pages.router)
    add_error_handlers(app)
    return Client(app)


@pytest.mark.parametrize(
    ("lang", "area", "before", "after"),
    [("en", "Water", "not recorded", "covered"), ("ja", "水質", "未記録", "対応あり")],
)
def test_a_cell_that_changed_is_shown_with_its_status_before_and_after(
    client: Client, lang: str, area: str, before: str, after: str
) -> None:
    answer = client.get("/changes", headers={"Accept": "text/html", "Accept-Language": lang})
    page = read_page(answer.text)
    assert answer.status_code == 200
    row = next(row for row in answer.text.split("<tr>") if f">{area}</bdi>" in row)
    assert row.count('class="swatch cell') == 2
    assert row.index(before) < row.index(after)
    assert page.unclosed == []
