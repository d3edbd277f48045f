"""The latest answers, whole as they were sent: what a validator names does not change, so it is made once."""

from collections import OrderedDict
from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.types import Message, Send


@dataclass(frozen=True)
class Answer:
    """One answer: the message that starts it, headers and all, and its body."""

    start: Message
    body: bytes

    async def send(self, send: Send, *, head: bool) -> None:
        """Send it again, for HEAD without its body."""
        await send(self.start)
        await send({"type": "http.response.body", "body": b"" if head else self.body})


class RecentAnswers:
    """Answers by their key, the one asked for longest ago dropped first; no more than `most_bytes` in all."""

    def __init__(self, most_bytes: int) -> None:
        self.largest = most_bytes // 8  # one answer must leave room for some others
        self._most = most_bytes
        self._size = 0
        self._kept: OrderedDict[str, Answer] = OrderedDict()

    def get(self, key: str) -> Answer | None:
        """Give the answer that is kept under a key."""
        if key in self._kept:
            self._kept.move_to_end(key)
        return self._kept.get(key)

    def keep(self, key: str, answer: Answer) -> None:
        """Keep an answer."""
        if key in self._kept:
            return
        self._kept[key] = answer
        self._size += len(answer.body)
        while self._size > self._most:
            _, dropped = self._kept.popitem(last=False)
            self._size -= len(dropped.body)


class Recording:
    """Takes down an answer while it is sent, and keeps it when it bears the validator and is not too large."""

    def __init__(self, recent: RecentAnswers, key: str, tag: str) -> None:
        self._recent = recent
        self._key = key
        self._tag = tag
        self._start: Message | None = None
        self._pieces: list[bytes] = []
        self._size = 0

    def note(self, message: Message) -> None:
        """Take down one message of the answer."""
        if message["type"] == "http.response.start":
            named = Headers(raw=message["headers"]).get("etag") == self._tag
            self._start = message if named and message["status"] == 200 else None
        elif self._start is not None:
            self._add(message)

    def _add(self, message: Message) -> None:
        self._pieces.append(message.get("body", b""))
        self._size += len(self._pieces[-1])
        if self._size > self._recent.largest:
            self._start, self._pieces = None, []
        elif self._start is not None and not message.get("more_body", False):
            self._recent.keep(self._key, Answer(self._start, b"".join(self._pieces)))
