"""Read pages as a browser does: what they load, where they lead, what they say."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())  # noqa: SIM905
_LOADS = {"script": "src", "link": "href", "img": "src", "iframe": "src", "object": "data", "source": "src"}

EVERY_KIND = (
    "/",
    "/?protocol=risk-1.0",
    "/?protocol=risk-1.0&unfold=all",
    "/?status=THIN&status=PLANNED",
    "/?actor=actor/aisi-japan&country=term/jurisdiction/jp",
    "/?rows=risk-area&columns=sector&unfold=all",
    "/?rows=actor&columns=practice-area",
    "/?since=2024&until=2025",
    "/uncovered",
    "/uncovered?status=COVERED",
    "/uncovered?actor=actor/aisi-japan&since=2024",
    "/unrecorded",
    "/changes",
    "/whatif",
    "/whatif?area=term/practice-area/security-controls&facet=term/activity-type/red-teaming&actor=actor/oecd",
    "/cell?area=term/practice-area/security-controls&facet=term/activity-type/research",
    "/cell?area=term/practice-area/security-controls&facet=term/activity-type/red-teaming",
    "/gaps",
    "/gaps?type=G2&offset=10",
    "/commitments",
    "/commitments?status=no-record&instrument=seoul-annex",
    "/relations",
    "/relations?focus=actor/aisi-japan&edges=who",
    "/associations",
    "/compare",
    "/compare?a=actor/aisi-japan&b=actor/oecd",
    "/compare?a=actor/aisi-japan&until_a=2024&b=actor/aisi-japan",
    "/actors",
    "/activities",
    "/activities?offset=100",
    "/activities?at=term/practice-area/security-controls&at=term/activity-type/research",
    "/institutes",
    "/instruments",
    "/sources",
    "/downloads",
    "/terms",
    "/crosswalk",
    "/crosswalk?from=risk-area&to=nist-ai-600-1",
    "/search",
    "/search?q=risk",
    "/search?q=リスク&type=Concept",
    "/search?q=xyzzyq",
    "/annotate",
    "/annotate/compare",
    "/downloads",
    "/query",
    "/query?run=1&query=ASK%20%7B%7D",
    "/api",
    "/ontology",
    "/about",
    "/term/practice-area/security-controls",
    "/term/risk-area/overreliance",
    "/term/jurisdiction/jp",
    "/term/coverage-role/primary",
    "/scheme/risk-area",
    "/scheme/amais",
    "/actor/aisi-japan",
    "/actor/aisi-uk",
    "/actor/international-network-of-aisis",
    "/instrument/seoul-annex",
    "/instrument/guide-red-teaming",
    "/activity/activity-map-development",
    "/provision/seoul-annex/2.4-d",
    "/source/annual-report-2024",
    "/source/annual-report-2024/1.2",
    "/protocol/default-1.0",
)
"""One address at least for every kind of page."""


@dataclass
class Page:
    """A page as far as a browser without script would make something of it."""

    lang: str = ""
    title: str = ""
    text: str = ""
    loads: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    inline: list[str] = field(default_factory=list)
    tags: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    unclosed: list[str] = field(default_factory=list)

    def having(self, tag: str, **wanted: str) -> list[dict[str, str]]:
        """The attributes of every element of a name that has these attributes."""
        return [found for name, found in self.tags if name == tag and wanted.items() <= found.items()]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.page = Page()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.page.tags.append((tag, found))
        if tag == "html":
            self.page.lang = found.get("lang", "")
        if tag in _LOADS and found.get(_LOADS[tag]) and found.get("rel") != "alternate":
            self.page.loads.append(found[_LOADS[tag]])
        if tag == "a" and found.get("href"):
            self.page.links.append(found["href"])
        if "style" in found or tag == "style" or any(name.startswith("on") for name in found):
            self.page.inline.append(f"{tag} {found}")
        if tag == "script" and not found.get("src"):
            self.page.inline.append("script")
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1] == tag:
            self.open.pop()
        else:
            self.page.unclosed.append(f"</{tag}> within {self.open[-3:]}")

    def handle_data(self, data: str) -> None:
        self.page.text += data
        if self.open and self.open[-1] == "title" and "svg" not in self.open:
            self.page.title += data


def read_page(content: str) -> Page:
    """Read one page."""
    reader = _Reader()
    reader.feed(content)
    reader.close()
    reader.page.unclosed += [f"<{tag}>" for tag in reader.open]
    return reader.page
