"""What every answer says of itself: HEAD, validators, what it varies by, who may read it."""

from typing import Any

import httpx
import pytest

from kg_api.recent import RecentAnswers, Recording
from tests.web.conftest import BROWSER

ADDRESSES = ("/", "/actor/aisi-japan", "/api/v1/actors", "/api/v1/cells", "/openapi.json", "/static/site.css")


@pytest.mark.parametrize("address", ADDRESSES)
def test_head_answers_like_get_without_a_body(browser: httpx.Client, address: str) -> None:
    head, get = browser.head(address), browser.get(address)
    assert (head.status_code, head.content) == (200, b"")
    for name in ("Content-Type", "ETag", "Vary", "Content-Security-Policy"):
        assert head.headers.get(name) == get.headers.get(name)


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_has_not_changed_is_not_sent_again(browser: httpx.Client, address: str) -> None:
    first = browser.get(address)
    again = browser.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]


def test_a_validator_belongs_to_one_form_and_one_language(browser: httpx.Client) -> None:
    address = "/actor/aisi-japan"
    forms = [
        {"Accept": BROWSER, "Accept-Language": "ja"},
        {"Accept": BROWSER, "Accept-Language": "en"},
        {"Accept": "text/turtle"},
        {"Accept": "application/ld+json"},
    ]
    assert len({browser.get(address, headers=headers).headers["ETag"] for headers in forms}) == len(forms)


def test_choosing_a_language_is_never_answered_from_a_validator(browser: httpx.Client) -> None:
    assert "ETag" not in browser.get("/?lang=en").headers


def test_answers_say_what_they_vary_by(browser: httpx.Client) -> None:
    for address in ("/", "/actor/aisi-japan"):
        varied = browser.get(address).headers["Vary"]
        assert {"Accept", "Accept-Language", "Cookie"} <= {name.strip() for name in varied.split(",")}


@pytest.mark.parametrize("address", ["/api/v1/actors", "/api/v1/none", "/actor/aisi-japan"])
def test_any_site_may_read(client: httpx.Client, address: str) -> None:
    answer = client.get(address, headers={"Origin": "https://example.org"})
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_a_preflight_for_annotations_is_granted(client: httpx.Client) -> None:
    asked = {
        "Origin": "https://example.org",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
    }
    answer = client.options("/api/v1/annotate", headers=asked)
    assert answer.status_code == 204
    assert "POST" in answer.headers["Access-Control-Allow-Methods"]
    assert "Content-Type" in answer.headers["Access-Control-Allow-Headers"]


def test_nothing_is_kept_of_what_changes_by_the_second(client: httpx.Client) -> None:
    for address in ("/livez", "/readyz", "/metrics"):
        answer = client.get(address)
        assert answer.headers["Cache-Control"] == "no-store"
        assert "ETag" not in answer.headers


def test_long_answers_are_compressed_for_who_takes_it(client: httpx.Client) -> None:
    answer = client.get("/commitments", headers={"Accept": BROWSER, "Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer.headers["Vary"]


@pytest.mark.parametrize("coding", ["gzip", "identity"])
def test_an_answer_given_again_is_the_same_answer(client: httpx.Client, coding: str) -> None:
    asked = {"Accept": "application/json", "Accept-Encoding": coding}
    first, again = (client.get("/api/v1/schemes?limit=7", headers=asked) for _ in range(2))
    assert first.headers.get("Content-Encoding", "identity") == coding
    for answer in (first, again):
        del answer.headers["Date"]  # a second may have passed
    assert (again.content, again.headers) == (first.content, first.headers)
    assert client.head("/api/v1/schemes?limit=7", headers=asked).content == b""


def test_the_latest_answers_are_kept_up_to_a_bound() -> None:
    recent = RecentAnswers(800)
    for number in range(10):
        _sent(recent, str(number), size=100)
    assert [key for key in map(str, range(10)) if recent.get(key)] == [str(n) for n in range(2, 10)]


@pytest.mark.parametrize("answer", [{"size": 101}, {"status": 404}, {"tag": "another"}])
def test_what_is_large_or_failed_or_has_a_validator_of_its_own_is_not_kept(answer: dict[str, Any]) -> None:
    recent = RecentAnswers(800)
    _sent(recent, "a", **answer)
    assert recent.get("a") is None


def _sent(recent: RecentAnswers, key: str, *, size: int = 10, status: int = 200, tag: str = "tag") -> None:
    recording = Recording(recent, key, "tag")
    recording.note({"type": "http.response.start", "status": status, "headers": [(b"etag", tag.encode())]})
    recording.note({"type": "http.response.body", "body": b"x" * (size - 1), "more_body": True})
    recording.note({"type": "http.response.body", "body": b"x"})
