"""Every kind of page, in both languages."""

import re

import httpx
import pytest

from tests.web.pages import EVERY_KIND, read_page

OTHER = {"ja": "en", "en": "ja"}


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("address", EVERY_KIND)
def test_a_page_stands_on_its_own(browser: httpx.Client, address: str, lang: str) -> None:
    answer = browser.get(address, headers={"Accept-Language": lang})
    page = read_page(answer.text)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/html")
    assert (page.lang, answer.headers["Content-Language"]) == (lang, lang)
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert page.inline == []
    assert [place for place in page.loads if not place.startswith("/static/")] == []
    assert page.unclosed == []
    assert page.title.strip()
    assert "{" not in re.sub(r"(?s)<(pre|textarea|script|code)\b.*?</\1>", "", _visible(answer.text))
    assert lang == "en" or "None" not in page.text


def _visible(content: str) -> str:
    return re.sub(r'data-[a-z]+="[^"]*"', "", content)


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("address", EVERY_KIND)
def test_the_language_switch_keeps_the_place(browser: httpx.Client, address: str, lang: str) -> None:
    page = read_page(browser.get(address, headers={"Accept-Language": lang}).text)
    switch = page.having("a", **{"class": "language"})[0]["href"]
    there = browser.get(switch)
    assert there.status_code == 200
    assert read_page(there.text).lang == OTHER[lang]
    path, _, query = address.partition("?")
    assert switch.startswith(path)
    assert (
        there.url.params.multi_items()[:-1]
        == browser.build_request("GET", f"/?{query}").url.params.multi_items()
    )


@pytest.mark.parametrize("address", EVERY_KIND)
def test_one_main_heading_and_labelled_fields(browser: httpx.Client, address: str) -> None:
    page = read_page(browser.get(address).text)
    assert len(page.having("h1")) == 1
    assert len(page.having("main")) == 1
    ids = [found["id"] for _, found in page.tags if "id" in found]
    assert len(ids) == len(set(ids))


def test_links_lead_somewhere(browser: httpx.Client) -> None:
    broken = set()
    seen = set()
    for address in EVERY_KIND:
        links = [link.partition("#")[0] for link in read_page(browser.get(address).text).links]
        new = [link for link in links if link.startswith("/") and link not in seen and "exports" not in link]
        for place in new[:15]:  # a sample: all of them would take minutes
            seen.add(place)
            if browser.get(place).status_code != 200:
                broken.add(place)
    assert broken == set()


def test_every_page_says_version_date_and_licence(browser: httpx.Client) -> None:
    version = browser.get("/readyz").json()["snapshot"]
    for address in EVERY_KIND:
        page = read_page(browser.get(address, headers={"Accept-Language": "en"}).text)
        assert version in page.text
        assert "CC BY 4.0" in page.text


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("/commitments", "§7(c)"),
        ("/instrument/seoul-declaration", "§7(c)"),
        ("/provision/seoul-declaration/7-c", "§7(c)"),
        ("/source/siia-seoul-statement", "whole document"),
    ],
)
def test_pages_write_places_as_people_do(browser: httpx.Client, address: str, place: str) -> None:
    page = read_page(browser.get(address, headers={"Accept-Language": "en"}).text)
    assert place in page.text
