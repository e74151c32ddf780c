"""Limits of uploads, analyses, exports, tokens and set-ups: of account, API token and address."""

from dataclasses import replace

import pytest

from stockwarden.bootstrap import stores
from stockwarden.core.errors import RateLimited
from stockwarden.identity.access import TokenLimits
from stockwarden.identity.action_limits import LIMITS, ActionLimit, ActionLimiter
from stockwarden.identity.rate_limits import Allowance, RateLimiter
from stockwarden.storage import clients
from tests.support.aws import ROOT
from tests.support.capacity import measure
from tests.support.gateway import OTHER, USER

SMALL = ActionLimit(
    "uploads",
    of_account=Allowance(burst=3, seconds=60),
    of_token=Allowance(burst=2, seconds=60),
    of_address=Allowance(burst=4, seconds=60),
)
ALICE = replace(USER, source="203.0.113.7")
BOB = replace(OTHER, source="203.0.113.7")


@pytest.fixture
def limiter(aws, clock):
    return ActionLimiter(RateLimiter(stores.users_table(), clock))


def told(limiter, caller, times=1):
    quotas = []
    for _ in range(times):
        limiter.count(caller, SMALL, quotas.append)
    return [quota.remaining for quota in quotas]


def refused(limiter, caller):
    with pytest.raises(RateLimited) as caught:
        told(limiter, caller)
    assert caught.value.quota.policy == "uploads"
    return caught.value.retry_after


def by_token(caller, name):
    return replace(caller, session_id=name, limits=TokenLimits(name, frozenset(), None))


def test_an_account_at_any_address(limiter, clock):
    assert told(limiter, ALICE, 3) == [2, 1, 0]
    assert refused(limiter, replace(ALICE, source="198.51.100.1")) == 60
    clock.forward(seconds=60)
    assert told(limiter, ALICE) == [0]


def test_an_api_token_before_its_account(limiter):
    assert told(limiter, by_token(ALICE, "tok_1"), 2) == [1, 0]
    refused(limiter, by_token(ALICE, "tok_1"))
    assert told(limiter, by_token(ALICE, "tok_2")) == [0]
    refused(limiter, ALICE)


def test_an_address_whoever_is_there(limiter):
    told(limiter, ALICE, 2)
    told(limiter, BOB, 2)
    refused(limiter, ALICE)
    assert told(limiter, replace(ALICE, source="198.51.100.1")) == [0]


def test_a_refused_action_counts_nowhere(limiter):
    told(limiter, BOB, 3)
    told(limiter, replace(USER, username="cem", source=BOB.source))
    # The address is used up: what the account had counted is taken back.
    for _ in range(5):
        refused(limiter, by_token(ALICE, "tok_1"))
    elsewhere = replace(by_token(ALICE, "tok_1"), source="198.51.100.1")
    assert told(limiter, elsewhere, 2) == [1, 0]


@pytest.mark.parametrize(("caller", "counts"), [(ALICE, 2), (by_token(ALICE, "tok_1"), 3)])
def test_a_write_for_each_count(limiter, caller, counts):
    with measure(clients.dynamodb()) as units:
        told(limiter, caller)
    assert (units.reads, units.writes) == (0, counts)


def test_a_person_may_send_two_hundred_files_at_once():
    uploads = LIMITS[0]
    assert uploads.policy == "uploads"
    assert uploads.of_token and uploads.of_token.burst >= 200
    assert uploads.of_address.burst > uploads.of_account.burst > uploads.of_token.burst


def described(allowance):
    if allowance is None:
        return "–"
    seconds = allowance.seconds
    time = f"{seconds:g} s" if seconds < 60 else f"{seconds / 60:g} min"
    return f"{allowance.burst:,}, one more each {time}"


def test_the_limits_are_documented():
    text = (ROOT / "docs" / "limits.md").read_text(encoding="utf-8")
    for limit in LIMITS:
        columns = (limit.of_account, limit.of_token, limit.of_address)
        row = " | ".join([f"| `{limit.policy}`", *map(described, columns)])
        assert row in text
