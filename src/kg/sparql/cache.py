"""Answers that may be given again: a snapshot never changes, so its answers do not either."""

from collections import OrderedDict
from collections.abc import Hashable

from kg.sparql.messages import Answer

_LARGEST_SHARE = 16
_OVERHEAD = 1_000


class AnswerCache:
    """Whole answers by question, the longest unused ones forgotten first."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._used = 0
        self._answers: OrderedDict[Hashable, tuple[Answer, int]] = OrderedDict()

    def get(self, key: Hashable) -> Answer | None:
        """Give the answer kept under a key."""
        found = self._answers.get(key)
        if found is None:
            return None
        self._answers.move_to_end(key)
        return found[0]

    def put(self, key: Hashable, answer: Answer, text_size: int) -> None:
        """Keep an answer, unless it is too large a part of the whole or differs at every run."""
        size = len(answer.body) + 4 * text_size + _OVERHEAD
        if answer.outcome != "ok" or answer.volatile or size * _LARGEST_SHARE > self._size:
            return
        self._drop(key)
        self._answers[key] = (answer, size)
        self._used += size
        while self._used > self._size:
            self._drop(next(iter(self._answers)))

    def clear(self) -> None:
        """Forget everything: another snapshot is served."""
        self._answers.clear()
        self._used = 0

    def _drop(self, key: Hashable) -> None:
        found = self._answers.pop(key, None)
        if found is not None:
            self._used -= found[1]
