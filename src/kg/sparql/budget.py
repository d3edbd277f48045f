"""What one client has left: seconds of long queries, and workers that it may bring down."""

from collections import OrderedDict
from dataclasses import dataclass

from kg.sparql.limits import SparqlLimits

_CLIENTS = 10_000


@dataclass(slots=True)
class _Account:
    seconds: float
    errors: float
    at: float


class Budgets:
    """Accounts of clients that fill up again with time; the longest unseen are forgotten."""

    def __init__(self, limits: SparqlLimits) -> None:
        self._limits = limits
        self._accounts: OrderedDict[str, _Account] = OrderedDict()

    def may_run_long(self, client: str, now: float) -> bool:
        """Tell whether the client has seconds left for a long query."""
        account = self._filled(client, now)
        return account is None or account.seconds > 0

    def retry_after(self, client: str, now: float) -> float:
        """Give the seconds until a client that has brought down too many workers may ask again, else 0."""
        account = self._filled(client, now)
        if account is None or account.errors >= 1:
            return 0.0
        return (1 - account.errors) / self._limits.client_error_refill

    def charge(self, client: str, now: float, *, seconds: float = 0.0, errors: int = 0) -> None:
        """Take from a client's account what a query has cost."""
        account = self._filled(client, now)
        if account is None:
            account = _Account(self._limits.client_seconds, self._limits.client_errors, now)
            self._accounts[client] = account
            if len(self._accounts) > _CLIENTS:
                self._accounts.popitem(last=False)
        account.seconds -= seconds
        account.errors -= errors
        self._accounts.move_to_end(client)

    def _filled(self, client: str, now: float) -> _Account | None:
        account = self._accounts.get(client)
        if account is not None:
            passed = now - account.at
            limits = self._limits
            account.seconds = min(limits.client_seconds, account.seconds + passed * limits.client_refill)
            account.errors = min(limits.client_errors, account.errors + passed * limits.client_error_refill)
            account.at = now
        return account
