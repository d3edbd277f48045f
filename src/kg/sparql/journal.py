"""One log line per outside query, without the client's address."""

import hashlib
import json
import logging
import secrets

from kg.sparql.messages import Answer, Question

_LOG = logging.getLogger("kg.sparql")
_SHOWN = 200


class Journal:
    """Writes the lines; clients appear as a name that another start of the server does not give again."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(16)

    def write(self, question: Question, answer: Answer, client: str, seconds: float) -> None:
        """Write the line of one query."""
        if not _LOG.isEnabledFor(logging.INFO):
            return
        text = question.text.encode(errors="replace")
        _LOG.info(
            "query=%s outcome=%s seconds=%.4f rows=%d bytes=%d cut=%s client=%s text=%s",
            hashlib.sha256(text).hexdigest()[:16],
            answer.outcome,
            seconds,
            answer.rows,
            len(answer.body),
            answer.cut or "no",
            hashlib.blake2b(client.encode(errors="replace"), key=self._key, digest_size=4).hexdigest(),
            json.dumps(question.text[:_SHOWN]),
        )
