"""Documents that take seconds to make, kept while their snapshot is served."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

MOST_BYTES = 64_000_000


class Shelf:
    """Keeps documents by key; makes each once, and puts away the longest unused when there are too many bytes."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._most = most
        self._kept: OrderedDict[tuple[str, ...], bytes] = OrderedDict()
        self._lock = Lock()

    def take(self, key: tuple[str, ...], make: Callable[[], bytes]) -> bytes:
        """Give a document; whoever asks while another is being made waits, so that the machine makes one at a time."""
        with self._lock:
            found = self._kept.pop(key, None)
            content = make() if found is None else found
            self._kept[key] = content
            while len(self._kept) > 1 and sum(map(len, self._kept.values())) > self._most:
                self._kept.popitem(last=False)
            return content
