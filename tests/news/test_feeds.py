"""Feeds: what is new for everybody, for one area, for one actor, as Atom and as JSON Feed."""

import json
import xml.etree.ElementTree as ET
from pathlib import Path
from types import SimpleNamespace
from unittest import mock

import pytest
from fastapi import FastAPI

from kg.errors import CallerError
from kg.export.rights import Rights
from kg.news.feed import Feed, feed_of, read_items
from kg.news.syndication import atom, json_feed
from kg.snapshot import Snapshot
from kg.store import EmbeddedStore
from kg_api import exports, feeds
from kg_api import releases as release_routes
from kg_api.pages.errors import add_error_handlers
from kg_api.site import Site
from tests.news.conftest import BASE
from tests.terms.asgi import Client

ATOM = "{http://www.w3.org/2005/Atom}"


def store_of(snapshot: Snapshot) -> EmbeddedStore:
    return EmbeddedStore.open(snapshot.store)


def feed(folder: Path, name: str = "all", lang: str = "en") -> Feed:
    snapshot = Snapshot.open(folder)
    return feed_of(read_items(snapshot), name, lang, snapshot.manifest, store_of(snapshot), Rights())


@pytest.fixture(scope="module")
def client(releases: Path) -> Client:
    app = FastAPI()
    site = Site.open(releases)
    app.state.live = SimpleNamespace(require=lambda: site, site=site)
    for part in (exports, release_routes, feeds):
        app.include_router(part.router)
    add_error_handlers(app)
    return Client(app)


def test_atom_has_what_the_standard_asks_for(releases: Path) -> None:
    root = ET.fromstring(atom(feed(releases)))  # noqa: S314 # our own feed
    assert root.tag == ATOM + "feed"
    for parent in (root, *root.iter(ATOM + "entry")):
        assert all(len(parent.findall(ATOM + name)) == 1 for name in ("id", "title", "updated"))
    assert root.find(f"{ATOM}author/{ATOM}name") is not None
    assert next(link.get("rel") for link in root.findall(ATOM + "link")) == "self"
    ids = [entry.findtext(ATOM + "id") for entry in root.iter(ATOM + "entry")]
    assert ids and len(ids) == len(set(ids))


def test_json_feed_tells_the_same_items(releases: Path) -> None:
    document = json.loads(json_feed(feed(releases)))
    assert document["version"] == "https://jsonfeed.org/version/1.1"
    root = ET.fromstring(atom(feed(releases)))  # noqa: S314 # our own feed
    assert [item["id"] for item in document["items"]] == [
        e.text for e in root.findall(f"{ATOM}entry/{ATOM}id")
    ]
    assert all(item["content_text"] and item["date_modified"].endswith("Z") for item in document["items"])


def test_the_newest_come_first_and_old_news_stay(releases: Path) -> None:
    days = [item.day for item in feed(releases, "terms").items]
    assert days == ["2026-11-26", "2026-11-26", "2026-11-22"]
    ids = {item.id for item in feed(releases / "2026-11-22").items}
    assert ids < {item.id for item in feed(releases).items}


def test_of_one_day_what_the_newer_version_changed_comes_first(releases: Path) -> None:
    (changed, *_) = [item for item in feed(releases, "terms").items if item.version]
    earlier = [
        changed.model_copy(update={"record": f"{BASE}A{number}", "version": ""}) for number in range(300)
    ]
    snapshot = Snapshot.open(releases)
    told = feed_of([changed, *earlier], "terms", "en", snapshot.manifest, store_of(snapshot), Rights())
    assert told.items[0] == changed and len(told.items) < 301


def test_a_feed_can_be_narrowed_to_an_area_or_an_actor(releases: Path) -> None:
    fire = {item.record for item in feed(releases, f"area/{BASE}Fire").items if item.kind != "gap"}
    assert fire == {BASE + "Fire", BASE + "Drill"}
    town = {item.record for item in feed(releases, f"actor/{BASE}Town").items if item.kind != "gap"}
    assert town == {BASE + "Drill"}
    assert feed(releases, f"actor/{BASE}Town", "ja").title.ja == "更新情報: 町"
    for name in ("actor/nobody", f"actor/{BASE}Fire", f"area/{BASE}Town", "area/no iri", "year/2026"):
        with pytest.raises(CallerError, match=f"There is no feed {name}; there are all, terms"):
            feed(releases, name)


def test_feeds_are_served_in_the_language_asked_for(client: Client) -> None:
    answer = client.get("/feeds/terms.atom", params={"lang": "ja"})
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    assert "用語 (新規): 洪水" in answer.text
    answer = client.get("/feeds/terms.json", headers={"Accept-Language": "en"})
    assert answer.headers["content-type"] == "application/feed+json; charset=utf-8"
    assert answer.json()["items"][0]["title"].startswith("Term (")
    assert client.get("/feeds/nothing.atom").status_code == 404


def test_older_releases_answer_under_their_own_iris(client: Client) -> None:
    listed = client.get("/api/v1/releases").json()["items"]
    assert [one["name"] for one in listed] == ["2026-11-26", "2026-11-22"]
    assert client.get("/version/2026-11-22/notes.en.md").text.startswith("# What changed")
    assert client.get("/version/2026-11-26/delta.json").json()["old"]["version"] == "2026-11-22"
    old = client.get("/version/2026-11-22/exports/skos.ttl")
    assert old.status_code == 200 and b'"fire"@en' in old.content
    for path in (
        "/version/1999-01-01/delta.json",
        "/version/../x",
        "/version/2026-11-22/exports/..%2Fmanifest.json",
    ):
        assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["", "catalog", "dataset/graph", "dataset/skos", ".well-known/void"])
def test_an_older_release_is_described_under_its_iri(client: Client, path: str) -> None:
    answer = client.get(f"/version/2026-11-22/{path}", headers={"Accept": "text/turtle"})
    assert answer.status_code == 200 and b"2026-11-22" in answer.content
    assert client.get(f"/version/2026-11-22/{path}", headers={"Accept": "image/png"}).status_code == 406


def test_a_record_of_an_older_release_is_given_as_it_was(client: Client, releases: Path) -> None:
    answer = client.get("/version/2026-11-22/term/nothing", headers={"Accept": "text/turtle"})
    assert answer.status_code == 404
    assert client.get("/version/2026-11-26/scheme/x").headers["location"] == "/scheme/x"


def test_a_feed_asks_the_graph_for_the_name_of_its_subject_and_nothing_more(releases: Path) -> None:
    snapshot = Snapshot.open(releases)
    with mock.patch.object(EmbeddedStore, "select", autospec=True, side_effect=EmbeddedStore.select) as asked:
        for name in ("all", "terms", f"area/{BASE}Fire"):
            feed_of(read_items(snapshot), name, "en", snapshot.manifest, store_of(snapshot), Rights())
    assert [f"<{BASE}Fire>" in call.args[1] for call in asked.call_args_list] == [True]
