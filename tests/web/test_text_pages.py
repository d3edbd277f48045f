"""Texts on the pages: terms found, areas named, two texts side by side."""

import httpx
import pytest

from tests.web.pages import read_page

ONE = "Red teaming of AI systems and transparency."
OTHER = "透明性と公平性、偽情報。"


def test_a_text_shows_its_terms_and_the_areas_it_names(browser: httpx.Client) -> None:
    page = read_page(browser.post("/annotate", data={"text": ONE}, headers={"Accept-Language": "en"}).text)
    assert "/term/activity-type/red-teaming" in page.links
    assert "1 of 17 areas named" in page.text
    assert page.unclosed == []


def test_two_texts_share_areas_across_languages(browser: httpx.Client) -> None:
    sent = browser.post("/annotate/compare", data={"a": ONE, "b": OTHER}, headers={"Accept-Language": "en"})
    page = read_page(sent.text)
    shared = sent.text.split("/term/safety-property/transparency")[1].split("</tr>")[0]
    assert ">both<" in shared
    assert "only A names" in page.text


@pytest.mark.parametrize("address", ["/annotate", "/annotate/compare"])
def test_a_text_is_shown_as_text(browser: httpx.Client, address: str) -> None:
    trap = "</textarea><script>alert(1)</script>"
    page = read_page(browser.post(address, data={"text": trap, "a": trap, "b": trap}).text)
    assert (page.inline, page.unclosed) == ([], [])
    assert trap in page.text


@pytest.mark.parametrize("data", [{"text": "x" * 100_001}, {str(n): "" for n in range(20)}])
def test_too_much_is_refused_with_a_page(browser: httpx.Client, data: dict[str, str]) -> None:
    answer = browser.post("/annotate", data=data)
    assert answer.status_code == 400
    assert "/terms" in read_page(answer.text).links


POSTED = {
    "/annotate": {"text": ONE},
    "/annotate/compare": {"a": ONE, "b": OTHER},
    "/whatif": {"plan": "", "protocol": "default-1.0"},
}


@pytest.mark.parametrize("address", POSTED)
def test_the_language_switch_sends_what_was_posted_again(browser: httpx.Client, address: str) -> None:
    sent = read_page(browser.post(address, data=POSTED[address], headers={"Accept-Language": "en"}).text)
    switch = sent.having("button", **{"class": "language"})[0]
    form = sent.having("form", id=switch["form"])[0]
    assert (form["method"], switch["formaction"]) == ("post", f"{address}?lang=ja")
    again = read_page(browser.post(switch["formaction"], data=POSTED[address]).text)
    assert again.lang == "ja"
    assert all(text in again.text for text in POSTED[address].values() if text != "default-1.0")
    assert again.having("button", **{"class": "language"})[0]["formaction"] == f"{address}?lang=en"


def test_a_page_of_an_error_has_a_switch_that_works(browser: httpx.Client) -> None:
    refused = read_page(browser.post("/annotate", data={"text": "x" * 100_001}).text)
    assert refused.having("a", **{"class": "language"})
