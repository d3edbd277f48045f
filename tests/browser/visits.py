"""Visit pages as people do, and write down whatever a browser complains of meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Browser, ConsoleMessage, Page, Request

Size = tuple[int, int]
WIDE: Size = (1280, 900)
NARROW: Size = (360, 740)
_QUIET = ("data:", "blob:")


@dataclass
class Visitor:
    """Somebody with a browser window: language, colours, size, and what went wrong so far."""

    browser: Browser
    origin: str
    complaints: list[str] = field(default_factory=list)

    @contextmanager
    def window(
        self, lang: str = "ja", size: Size = WIDE, scheme: str = "light", script: bool = True
    ) -> Iterator[Page]:
        """Open a window that remembers nothing, and close it afterwards."""
        context = self.browser.new_context(
            base_url=self.origin,
            locale=lang,
            viewport={"width": size[0], "height": size[1]},
            color_scheme="dark" if scheme == "dark" else "light",
            reduced_motion="reduce",
            java_script_enabled=script,
        )
        context.set_default_timeout(60_000)
        page = context.new_page()
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        page.on("dialog", lambda dialog: self.complaints.append(f"dialog: {dialog.message}"))
        page.on("request", self._request)
        try:
            yield page
        finally:
            context.close()

    def forgive(self, words: str) -> None:
        """Take back the complaints that a test has brought about on purpose; there must be one."""
        left = [one for one in self.complaints if words not in one]
        assert left != self.complaints, f"nobody complained of {words}"
        self.complaints[:] = left

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(f"{message.type}: {message.text} ({message.location['url']})")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.origin, *_QUIET)):
            self.complaints.append(f"request to {request.url}")
