"""An endpoint that fails, is busy, is slow, wants a name, or talks nonsense."""

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from kg.errors import CallerError, StoreError
from kg.remote import RemoteStore
from kg.settings import StoreSettings

YES = b'{"head":{},"boolean":true}'


class Scripted(ThreadingHTTPServer):
    """Answers each request as the next line of a script says: a status, or seconds to wait first."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.script: list[int | float | bytes] = []
        self.seen: list[str] = []
        self.url = f"http://127.0.0.1:{self.server_port}/sparql"


class _Handler(BaseHTTPRequestHandler):
    server: Scripted

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.server.seen.append(self.headers.get("Authorization", ""))
        step = self.server.script.pop(0) if self.server.script else 200
        if isinstance(step, float):
            time.sleep(step)
        body = step if isinstance(step, bytes) else YES
        self.send_response(step if isinstance(step, int) else 200)
        self.send_header("Content-Type", "application/sparql-results+json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None: ...


@pytest.fixture
def server() -> Iterator[Scripted]:
    scripted = Scripted()
    thread = threading.Thread(target=scripted.serve_forever, args=(0.01,))
    thread.start()
    yield scripted
    scripted.shutdown()
    scripted.server_close()
    thread.join()


def ask(server: Scripted, **settings: object) -> bool:
    return RemoteStore.at(server.url, StoreSettings.model_validate(settings)).ask("ASK {}")


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_a_busy_endpoint_is_asked_again(server: Scripted, status: int) -> None:
    server.script = [status, status]
    assert ask(server, tries=3)
    assert len(server.seen) == 3


@pytest.mark.parametrize(
    ("status", "said"),
    [(500, "failed"), (401, "KG_STORE_USER"), (403, "KG_STORE_USER"), (404, "no endpoint"), (503, "failed")],
)
def test_what_an_endpoint_refuses_is_said_once_and_for_all(server: Scripted, status: int, said: str) -> None:
    server.script = [status] * 9
    with pytest.raises(StoreError, match=said):
        ask(server, tries=2)
    assert len(server.seen) == (2 if status == 503 else 1)


def test_a_query_that_only_this_engine_refuses_is_not_the_callers_fault(server: Scripted) -> None:
    server.script = [400]
    with pytest.raises(StoreError, match="this engine cannot run it"):
        ask(server)


def test_a_slow_endpoint_is_left_and_not_asked_again(server: Scripted) -> None:
    server.script = [1.5]
    with pytest.raises(StoreError, match="within 1 seconds"):
        ask(server, timeout=1)
    assert len(server.seen) == 1


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b'{"head":{"vars":["x"]},"results":{"bindings":[{"x"', b"\xff\xfe"]
)
def test_nonsense_is_named_as_such(server: Scripted, body: bytes) -> None:
    server.script = [body]
    with pytest.raises(StoreError, match="something else than an answer"):
        ask(server)


def test_the_environment_says_who_asks(server: Scripted, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_STORE_USER", "me")
    monkeypatch.setenv("KG_STORE_PASSWORD", "secret")
    RemoteStore.at(server.url).ask("ASK {}")
    monkeypatch.setenv("KG_STORE_TOKEN", "token")
    RemoteStore.at(server.url).ask("ASK {}")
    assert server.seen == ["Basic bWU6c2VjcmV0", "Bearer token"]


def test_a_broken_query_stays_the_callers_fault(server: Scripted) -> None:
    server.script = [400]
    with pytest.raises(CallerError):
        RemoteStore.at(server.url).ask("ASK {")
