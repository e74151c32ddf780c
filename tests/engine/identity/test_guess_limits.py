"""A day of guessing at one account, with the clock in our hands.

Before, ten attempts against a name were taken in each window of 900 seconds, whoever made them:
86,400 / 900 windows a day, 960 guesses. It may never be more than that; and the owner, who then
waited with everybody else, is let in.
"""

import itertools
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from stockwarden.audit.log import AuditLog
from stockwarden.bootstrap import repositories, stores
from stockwarden.core.config import Settings
from stockwarden.core.errors import RateLimited, Unauthenticated
from stockwarden.identity import passwords
from stockwarden.identity.devices import KnownDevices
from stockwarden.identity.failure_delays import FailureDelays
from stockwarden.identity.guess_limits import GUESSES_A_DAY, GuessLimiter
from stockwarden.identity.keys import KeyRing
from stockwarden.identity.rate_limits import RateLimiter
from stockwarden.identity.second_factors import SecondFactorRepository
from stockwarden.identity.service import IdentityService
from stockwarden.identity.sessions import SessionRepository
from stockwarden.identity.tokens import Tokens

BEFORE = 86_400 // 900 * 10
RIGHT, WRONG = "eleven blue pallets", "wrong"
HOME, OFFICE = "198.51.100.7", "203.0.113.7"


def test_a_day_holds_no_more_guesses_than_it_did() -> None:
    assert GUESSES_A_DAY <= BEFORE == 960


@pytest.fixture
def identity(aws: Any, clock: Any, monkeypatch: pytest.MonkeyPatch) -> IdentityService:
    """Stores Ana's account. Passwords are compared unhashed, since a simulated day is long."""
    monkeypatch.setattr(passwords, "verify", lambda stored, password: stored == password)
    monkeypatch.setattr(passwords, "needs_rehash", lambda stored: False)
    repositories.user_repository().add("ana", RIGHT)
    table, settings = stores.users_table(), Settings()
    keys = KeyRing(lambda: '{"kid": "1", "key": "' + "k" * 40 + '"}', clock)
    rate_limiter = RateLimiter(table, clock)
    return IdentityService(
        users=repositories.user_repository(),
        sessions=SessionRepository(table, timedelta(days=30), clock),
        tokens=Tokens(keys, issuer="x", audience="x", lifetime=timedelta(hours=1), clock=clock),
        devices=KnownDevices(keys, timedelta(days=180), clock),
        guesses=GuessLimiter(
            rate_limiter, FailureDelays(table, settings.logins_per_name, clock), settings
        ),
        factors=SecondFactorRepository(table, clock),
        audit=AuditLog(stores.audit_table(), clock),
    )


def attack(
    identity: IdentityService,
    clock: Any,
    addresses: Iterator[str],
    *,
    device: str | None = None,
    meanwhile: Callable[[], None] = lambda: None,
) -> int:
    """A day of guesses as fast as they are let, each from the next address; answers how many were
    looked at. `meanwhile` is called each hour. Ends where the next guess would have to wait."""
    guesses, until = 0, clock.now + timedelta(days=1)
    next_hour = clock.now + timedelta(hours=1)
    while True:
        if clock.now >= next_hour:
            meanwhile()
            next_hour += timedelta(hours=1)
        try:
            identity.login("ana", WRONG, next(addresses), device)
        except Unauthenticated:
            guesses += 1
        except RateLimited as limited:
            if clock.now + timedelta(seconds=limited.retry_after) >= until:
                return guesses
            clock.forward(seconds=limited.retry_after)


def thousand() -> Iterator[str]:
    return itertools.cycle(f"10.0.{n // 250}.{n % 250}" for n in range(1000))


def test_from_one_address(identity: IdentityService, clock: Any) -> None:
    """Holds if the owner signs in from there too: a success refunds only its own attempt."""

    def owner() -> None:
        try:
            identity.login("ana", RIGHT, HOME)
        except RateLimited:
            return

    guesses = attack(identity, clock, itertools.repeat(HOME), meanwhile=owner)
    assert 90 < guesses < 130
    # No delay at another address; at this one, none longer than before.
    assert identity.login("ana", RIGHT, OFFICE).token
    with pytest.raises(RateLimited) as caught:
        identity.login("ana", RIGHT, HOME)
    assert 1 <= caught.value.retry_after <= 900


def test_from_a_thousand_addresses(identity: IdentityService, clock: Any) -> None:
    device = identity.login("ana", RIGHT, OFFICE).device
    entries: list[str] = []

    def owner() -> None:
        entries.append(identity.login("ana", RIGHT, OFFICE, device).token)

    guesses = attack(identity, clock, thousand(), meanwhile=owner)
    assert 700 < guesses <= BEFORE
    assert len(entries) == 23
    # The owner's new device is delayed; Retry-After is minutes, never a day.
    with pytest.raises(RateLimited) as caught:
        identity.login("ana", RIGHT, "192.0.2.1")
    assert 1 <= caught.value.retry_after <= 150
    # With a stolen known device, only the remaining guesses would be possible.
    assert attack(identity, clock, thousand(), device=device) + guesses <= BEFORE


def test_ten_failures_do_not_lock_the_owner_out(identity: IdentityService) -> None:
    device = identity.login("ana", RIGHT, HOME).device
    for _ in range(10):
        with pytest.raises(Unauthenticated):
            identity.login("ana", WRONG, HOME)
    with pytest.raises(RateLimited) as caught:
        identity.login("ana", WRONG, HOME)
    assert caught.value.retry_after == 30
    assert identity.login("ana", RIGHT, OFFICE).token
    assert identity.login("ana", RIGHT, HOME, device).token
    assert identity.login("ana", RIGHT, "192.0.2.1", device).token


def test_failures_of_an_address_do_not_lock_known_devices_out(
    identity: IdentityService,
) -> None:
    """A shared address, such as that of an office or a provider."""
    device = identity.login("ana", RIGHT, OFFICE).device
    for n in range(50):
        with pytest.raises(Unauthenticated):
            identity.login(f"user{n}", WRONG, OFFICE)
    with pytest.raises(RateLimited):
        identity.login("bob", WRONG, OFFICE)
    with pytest.raises(RateLimited):
        identity.login("ana", RIGHT, OFFICE)
    assert identity.login("ana", RIGHT, OFFICE, device).token


def test_a_known_device_still_needs_the_password(identity: IdentityService) -> None:
    device = identity.login("ana", RIGHT, HOME).device
    for _ in range(10):
        with pytest.raises(Unauthenticated):
            identity.login("ana", WRONG, HOME, device)
    with pytest.raises(RateLimited) as caught:
        identity.login("ana", RIGHT, HOME, device)
    assert caught.value.retry_after == 30
    # The device is known for its own account only.
    for _ in range(10):
        with pytest.raises(Unauthenticated):
            identity.login("bob", WRONG, HOME, device)
    with pytest.raises(RateLimited):
        identity.login("bob", WRONG, HOME, device)


def test_a_rate_limited_attempt_is_not_a_failure(
    identity: IdentityService, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If the name's allowance is spent, the password is neither verified nor counted."""
    others = thousand()
    for _ in range(200):
        with pytest.raises(Unauthenticated):
            identity.login("ana", WRONG, next(others))
    for _ in range(20):
        with pytest.raises(RateLimited) as caught:
            identity.login("ana", RIGHT, OFFICE)
    clock.forward(seconds=caught.value.retry_after)
    assert identity.login("ana", RIGHT, OFFICE).token


def test_a_refresh_makes_a_device_known(identity: IdentityService) -> None:
    first = identity.login("ana", RIGHT, HOME)
    device = identity.refresh(first.refresh_token).device
    for _ in range(10):
        with pytest.raises(Unauthenticated):
            identity.login("ana", WRONG, HOME)
    assert identity.login("ana", RIGHT, HOME, device).token
