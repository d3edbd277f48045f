"""Every kind of page in a real browser: accessible in both languages and both schemes, and fit for a small screen."""

from collections.abc import Iterable
from typing import Any

import pytest

from tests.browser.visits import NARROW, Visitor
from tests.conftest import AXE
from tests.web.pages import EVERY_KIND

CHECK = "() => axe.run({resultTypes: ['violations']}).then(found => found.violations)"
OVERFLOW = "() => document.scrollingElement.scrollWidth - innerWidth"
SERIOUS = {"serious", "critical"}


def one_of_each(addresses: Iterable[str]) -> list[str]:
    """The address that asks for most, of every list and of every kind of record."""
    found: dict[tuple[str, bool], str] = {}
    for address in sorted(addresses, key=len):
        kind, _, record = address.partition("?")[0].lstrip("/").partition("/")
        found[kind, bool(record)] = address
    return list(found.values())


def grave(violations: list[dict[str, Any]]) -> list[str]:
    """The serious ones, each with the places where it was found."""
    return [
        f"{one['id']}: {node['target']} {node['failureSummary'][:300]}"
        for one in violations
        if one["impact"] in SERIOUS
        for node in one["nodes"][:3]
    ]


@pytest.mark.parametrize(("lang", "scheme"), [("ja", "light"), ("en", "dark")])
@pytest.mark.parametrize("address", one_of_each(EVERY_KIND))
def test_nobody_is_kept_out(visitor: Visitor, address: str, lang: str, scheme: str) -> None:
    with visitor.window(lang, scheme=scheme) as page:
        page.goto(address)
        page.evaluate(AXE.read_text(encoding="utf-8"))
        assert grave(page.evaluate(CHECK)) == []


@pytest.mark.parametrize("address", one_of_each(EVERY_KIND))
def test_a_small_screen_scrolls_one_way_only(visitor: Visitor, address: str) -> None:
    with visitor.window(size=NARROW) as page:
        page.goto(address)
        assert page.evaluate(OVERFLOW) <= 0
