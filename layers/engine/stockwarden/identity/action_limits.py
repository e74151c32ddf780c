"""Limits of what costs work or room: uploads, analyses, exports, tokens, set-ups.

| policy   | of an account        | of an API token     | of an address       |
|----------|----------------------|---------------------|---------------------|
| uploads  | 300, one more / 6 s  | 200, one more / 6 s | 1,000, one more / 2 s |
| analyses | 300, one more / 6 s  | 200, one more / 6 s | 1,000, one more / 2 s |
| exports  | 60, one more / 30 s  | 40, one more / 30 s | 300, one more / 6 s |
| tokens   | 40, one more / 5 min | –                   | 200, one more / min |
| setup    | 20, one more / 5 min | –                   | 200, one more / min |

A hundred files at once are a day's work, and an address may be a whole site's. docs/limits.md
shows this table; `tests/engine/identity/test_action_limits.py` compares them.
"""

from dataclasses import dataclass

from stockwarden.core.errors import RateLimited
from stockwarden.core.quotas import TellQuota
from stockwarden.identity.access import Caller
from stockwarden.identity.rate_limits import Allowance, RateAttempt, RateLimiter, address_key


@dataclass(frozen=True)
class ActionLimit:
    """`policy` is one word. An action that takes a sign-in has no limit of an API token."""

    policy: str
    of_account: Allowance
    of_address: Allowance
    of_token: Allowance | None = None


_OFTEN = Allowance(burst=300, seconds=6)
_OFTEN_BY_TOKEN = Allowance(burst=200, seconds=6)
_OFTEN_AT_ADDRESS = Allowance(burst=1000, seconds=2)
_SELDOM_AT_ADDRESS = Allowance(burst=200, seconds=60)

UPLOADS = ActionLimit("uploads", _OFTEN, _OFTEN_AT_ADDRESS, _OFTEN_BY_TOKEN)
ANALYSES = ActionLimit("analyses", _OFTEN, _OFTEN_AT_ADDRESS, _OFTEN_BY_TOKEN)
EXPORTS = ActionLimit(
    "exports",
    Allowance(burst=60, seconds=30),
    Allowance(burst=300, seconds=6),
    Allowance(burst=40, seconds=30),
)
TOKENS = ActionLimit("tokens", Allowance(burst=40, seconds=300), _SELDOM_AT_ADDRESS)
SETUP = ActionLimit("setup", Allowance(burst=20, seconds=300), _SELDOM_AT_ADDRESS)
LIMITS = (UPLOADS, ANALYSES, EXPORTS, TOKENS, SETUP)


class ActionLimiter:
    def __init__(self, rates: RateLimiter) -> None:
        self._rates = rates

    def count(self, caller: Caller, limit: ActionLimit, tell: TellQuota) -> None:
        """Counts an action of the caller against each limit that applies, a write for each, and
        tells the quota with the least left. Raises RateLimited; a refused action counts nowhere.
        """
        attempts: list[RateAttempt] = []
        for kind, key, allowance in _counts(caller, limit):
            try:
                attempts.append(self._rates.count(f"{limit.policy}-{kind}", key, allowance))
            except RateLimited:
                for attempt in attempts:
                    self._rates.give_back(attempt)
                raise
        tell(min((attempt.quota for attempt in attempts), key=lambda quota: quota.remaining))


def _counts(caller: Caller, limit: ActionLimit) -> list[tuple[str, str, Allowance]]:
    """The kind, key and allowance of each count. The narrowest comes first: it is the likeliest to
    refuse, and then nothing has to be taken back."""
    counts = [
        ("account", caller.username, limit.of_account),
        ("address", address_key(caller.source), limit.of_address),
    ]
    if caller.limits and limit.of_token:
        counts.insert(0, ("token", caller.session_id, limit.of_token))
    return counts
