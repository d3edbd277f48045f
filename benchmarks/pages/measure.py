"""Weigh and time the pages of a running server in a browser, and take pictures of them.

Usage: python benchmarks/pages/measure.py http://127.0.0.1:8000 [FOLDER FOR PICTURES]
The table goes to standard output; every page is opened once before it is measured.
"""

import sys
import time
from dataclasses import dataclass
from pathlib import Path

import httpx
from playwright.sync_api import Browser, sync_playwright

CHROMIUM = "/usr/bin/chromium"
TIMES = 9
WINDOWS = 3
PAGES = {
    "map": "/",
    "map, all risk areas": "/?protocol=risk-1.0&unfold=all",
    "two axes": "/?rows=actor&columns=practice-area",
    "cell": "/cell?area=term/practice-area/security-controls&facet=term/activity-type/research",
    "not covered": "/uncovered",
    "gaps": "/gaps",
    "commitments": "/commitments",
    "relations": "/relations",
    "associations": "/associations",
    "compare": "/compare?a=actor/aisi-japan&b=actor/oecd",
    "what if": "/whatif?area=term/practice-area/security-controls&facet=term/activity-type/red-teaming",
    "institutes": "/institutes",
    "activities": "/activities",
    "institute": "/actor/aisi-japan",
    "instrument": "/instrument/seoul-annex",
    "term": "/term/ai-safety-term/red-teaming",
    "scheme": "/scheme/risk-area",
    "search": "/search?q=risk",
    "source": "/source/annual-report-2024",
}
PICTURES = {
    "map-ja": ("/", "ja", "light", 1280, 900),
    "map-en-dark": ("/", "en", "dark", 1280, 900),
    "map-ja-narrow": ("/", "ja", "light", 390, 844),
    "axes-en": ("/?rows=risk-area&columns=sector", "en", "light", 1280, 800),
    "commitments-en": ("/commitments", "en", "light", 1280, 800),
    "relations-en": ("/relations", "en", "light", 1360, 900),
    "term-ja": ("/term/ai-safety-term/red-teaming", "ja", "light", 1280, 800),
    "institute-en": ("/actor/aisi-japan", "en", "light", 1280, 800),
    "whatif-ja": (f"{PAGES['what if']}&maturity=term/maturity/evaluated", "ja", "light", 1280, 800),
}
PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"
LOADED = "performance.getEntriesByType('resource').map(one => [one.initiatorType, one.encodedBodySize])"


@dataclass(frozen=True)
class Weighed:
    """A page: compressed kB of the document, of scripts and of all that it loads, and times in ms."""

    page: float
    script: float
    whole: float
    server: float
    paint: float


def weigh(browser: Browser, client: httpx.Client, origin: str, address: str) -> Weighed:
    """Open a page in fresh windows with an empty cache and ask for it without a browser; the best time counts."""
    seconds = [client.get(_fresh(address, n)).elapsed.total_seconds() for n in range(TIMES)]
    with client.stream("GET", address) as answer:
        page = sum(len(piece) for piece in answer.iter_raw())
    paints = []
    for n in range(WINDOWS):
        window = browser.new_page(locale="en-GB", viewport={"width": 1280, "height": 900})
        window.goto(origin + _fresh(address, TIMES + n), wait_until="load")
        loaded = window.evaluate(LOADED)
        paints.append(window.evaluate(PAINT))
        window.close()
    script = sum(size for kind, size in loaded if kind in ("script", "other"))
    whole = page + sum(size for _, size in loaded)
    return Weighed(page / 1000, script / 1000, whole / 1000, 1000 * min(seconds), min(paints))


def _fresh(address: str, n: int) -> str:
    """Make an address that the server has not answered lately: it keeps what it has just said."""
    return f"{address}{'&' if '?' in address else '?'}fresh={time.time_ns()}{n}"


def take(browser: Browser, origin: str, folder: Path) -> None:
    """Take the pictures of the documentation."""
    for name, (address, lang, scheme, width, height) in PICTURES.items():
        size = {"width": width, "height": height}
        window = browser.new_page(locale=lang, color_scheme=scheme, viewport=size)  # type: ignore[arg-type]  # literals
        window.goto(origin + address, wait_until="load")
        window.screenshot(path=folder / f"{name}.png")
        window.close()


def main() -> None:
    """Print the table, and take the pictures where a folder is named."""
    origin, folder = sys.argv[1].rstrip("/"), sys.argv[2:]
    headers = {"Accept": "text/html", "Accept-Language": "en", "Accept-Encoding": "gzip"}
    print(
        "| page | document kB | script kB | all kB | server ms | first paint ms |\n| --- | ---: | ---: | ---: | ---: | ---: |"
    )
    with (
        sync_playwright() as playwright,
        httpx.Client(base_url=origin, headers=headers, timeout=60) as client,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        for name, address in PAGES.items():
            client.get(address)
            found = weigh(browser, client, origin, address)
            print(
                f"| {name} | {found.page:.0f} | {found.script:.1f} | {found.whole:.0f} "
                f"| {found.server:.0f} | {found.paint:.0f} |"
            )
        if folder:
            take(browser, origin, Path(folder[0]))
        browser.close()


if __name__ == "__main__":
    main()
