"""Weigh the pages in Chromium: bytes sent, first paint, findings of axe; a Markdown table on stdout.

python benchmarks/browser/run.py http://127.0.0.1:8000
"""

import shutil
import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Response, sync_playwright

AXE = Path(__file__).resolve().parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
PAGES = {
    "map": "/",
    "relations": "/relations",
    "commitments": "/commitments",
    "term": "/term/practice-area/security-controls",
    "institute": "/actor/aisi-japan",
    "search": "/search?q=risk",
    "query": "/query",
}
PAINT = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
FOUND = "() => axe.run().then(found => found.violations.map(one => one.impact + ' ' + one.id))"
VISITS = 5


def main(origin: str) -> None:
    """Visit each page several times and print what it took; of the first paints the fastest."""
    print("| page | requests | page kB | script kB | all kB | first paint ms | axe |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | --- |")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), chromium_sandbox=False)
        for name, address in PAGES.items():
            visits = [visit(browser, origin + address) for _ in range(VISITS)]
            sizes, findings = visits[0]["sizes"], visits[0]["findings"]
            cells = [name, len(sizes), kilobytes(sizes, "document"), kilobytes(sizes, "script")]
            cells += [
                kilobytes(sizes, ""),
                round(min(one["paint"] for one in visits)),
                ", ".join(findings) or "nothing",
            ]
            print("|", " | ".join(map(str, cells)), "|")
        browser.close()


def visit(browser: Browser, address: str) -> dict[str, Any]:
    """Open a page with nothing kept from before; sizes are bytes of bodies as sent."""
    context = browser.new_context(locale="ja")
    page = context.new_page()
    seen: list[Response] = []
    page.on("response", lambda one: seen.append(one))
    page.goto(address, wait_until="networkidle")
    sizes = [(one.request.resource_type, one.request.sizes()["responseBodySize"]) for one in seen]
    paint = page.evaluate(PAINT)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = {"sizes": sizes, "paint": paint, "findings": page.evaluate(FOUND)}
    context.close()
    return found


def kilobytes(sizes: list[tuple[str, int]], kind: str) -> int:
    """Add up what was sent, of one kind or of all."""
    return round(sum(size for found, size in sizes if kind in (found, "")) / 1000)


if __name__ == "__main__":
    main(sys.argv[1])
