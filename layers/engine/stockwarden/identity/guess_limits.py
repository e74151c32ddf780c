"""Limits of password guesses that do not lock the owner of an account out.

| counted against         | may be tried                             | who else waits for it       |
|-------------------------|------------------------------------------|-----------------------------|
| a name and an address   | 10 times, then after 30 s, 60 s … 15 min | nobody                      |
| a name and a device     | the same                                 | nobody                      |
| an address, all names   | 50 failures, one more each 18 s          | new devices at this address |
| a name, unknown devices | 200 times, one more each 150 s           | its owner, at a new device  |
| a name, known devices   | 20 times, one more each 10 min           | its owner's other devices   |

For a device that is known for the name only the second and the last row apply, which failures of
others do not affect. In all a name can be guessed at most `GUESSES_A_DAY` times a day.
See docs/decisions/0013.
"""

from dataclasses import dataclass

from stockwarden.core.config import Settings
from stockwarden.core.errors import RateLimited
from stockwarden.core.quotas import Quota
from stockwarden.identity.failure_delays import FailureDelays, Pending
from stockwarden.identity.rate_limits import Allowance, RateAttempt, RateLimiter, address_key
from stockwarden.storage.keys.users import source_and_name

BY_STRANGERS = Allowance(burst=200, seconds=150)
BY_KNOWN_DEVICES = Allowance(burst=20, seconds=600)
GUESSES_A_DAY = BY_STRANGERS.a_day + BY_KNOWN_DEVICES.a_day

_ADDRESS = "login-address"
_NAME, _NAME_KNOWN = "login-name", "login-name-known"
_PAIR, _PAIR_KNOWN = "login-pair", "login-pair-known"


@dataclass(frozen=True)
class Guess:
    """An attempt that counts as a failure until it succeeds.

    Its source is told its own quotas, because others would tell it who else tries this name: that
    of its device if this is known, else that of its address, which is the same for all names.
    """

    pending: Pending
    attempt: RateAttempt
    if_succeeded: Quota
    if_failed: Quota | None


class GuessLimiter:
    def __init__(
        self, rate_limiter: RateLimiter, delays: FailureDelays, settings: Settings
    ) -> None:
        self._rates = rate_limiter
        self._delays = delays
        failures = settings.failed_logins_per_address
        self._of_address = Allowance(failures, settings.attempt_window_seconds / failures)

    def begin(self, username: str, address: str, device: str | None) -> Guess:
        """Counts an attempt from a known `device` (its number) or another. Raises RateLimited."""
        if_failed: Quota | None = None
        if device:
            pending = self._delays.begin(_PAIR_KNOWN, source_and_name(device, username))
            kind, allowance = _NAME_KNOWN, BY_KNOWN_DEVICES
            if_succeeded, if_failed = pending.if_succeeded, pending.if_failed
        else:
            if_succeeded = self.check_address(address)
            pending = self._delays.begin(_PAIR, source_and_name(address_key(address), username))
            kind, allowance = _NAME, BY_STRANGERS
        try:
            attempt = self._rates.count(kind, username, allowance)
        except RateLimited:
            # The password is not checked, so this is no failure of the source.
            self._delays.succeeded(pending)
            raise
        return Guess(pending, attempt, if_succeeded, if_failed)

    def check_address(self, address: str) -> Quota:
        """Checks only the limit of the address, for impossible names. Raises RateLimited."""
        return self._rates.check(_ADDRESS, address_key(address), self._of_address)

    def failed(self, address: str, guess: Guess | None = None) -> Quota:
        """Counts a failure against the address; successes do not count, as many may share it.

        Returns the quota of the source. `guess` is None for an impossible name.
        """
        try:
            attempt = self._rates.count(_ADDRESS, address_key(address), self._of_address)
            of_address = attempt.quota
        except RateLimited as limited:
            # Concurrent attempts above the limit are answered all the same.
            of_address = limited.quota
        return guess.if_failed if guess and guess.if_failed else of_address

    def succeeded(self, guess: Guess) -> None:
        """Takes the guess back after a right password; other attempts stay counted."""
        self._delays.succeeded(guess.pending)
        self._rates.give_back(guess.attempt)
