import pytest

from stockwarden.bootstrap import stores
from stockwarden.core.errors import RateLimited
from stockwarden.identity.rate_limits import Allowance, RateLimiter, address_key
from stockwarden.storage import clients
from stockwarden.storage.tables import Table
from tests.support.capacity import measure

THREE = Allowance(burst=3, seconds=100)
ONE = Allowance(burst=1, seconds=100)


@pytest.fixture
def rate_limiter(aws, clock):
    return RateLimiter(stores.users_table(), clock)


def refused(rate_limiter, key="ana", allowance=THREE, kind="login"):
    with pytest.raises(RateLimited) as caught:
        rate_limiter.count(kind, key, allowance)
    return caught.value.retry_after


def test_a_burst_and_then_one_at_a_time(rate_limiter, clock):
    for _ in range(3):
        rate_limiter.count("login", "ana", THREE)
    assert refused(rate_limiter) == 100
    rate_limiter.count("login", "bob", THREE)
    rate_limiter.count("register", "ana", THREE)
    clock.forward(seconds=99)
    assert refused(rate_limiter) == 1
    clock.forward(seconds=1)
    rate_limiter.count("login", "ana", THREE)
    assert refused(rate_limiter) == 100
    clock.forward(seconds=250)
    for _ in range(2):
        rate_limiter.count("login", "ana", THREE)
    assert refused(rate_limiter) == 50
    clock.forward(days=1)
    for _ in range(3):
        rate_limiter.count("login", "ana", THREE)
    refused(rate_limiter)


@pytest.mark.parametrize("seconds", [1, 7.5, 30, 100, 101, 3600])
def test_a_day_never_allows_more_than_its_maximum(rate_limiter, clock, seconds):
    """For any distribution of attempts and any window of 24 hours."""
    allowance, allowed = Allowance(burst=5, seconds=4000), 0
    clock.forward(days=3)
    until = clock.now.timestamp() + 86_400
    while clock.now.timestamp() < until:
        try:
            rate_limiter.count("login", "ana", allowance)
        except RateLimited as limited:
            clock.forward(seconds=max(seconds, limited.retry_after))
        else:
            allowed += 1
            clock.forward(seconds=seconds)
    assert allowed <= allowance.a_day == 26
    assert seconds > 100 or allowed == 26


def test_checking_counts_nothing(rate_limiter):
    for _ in range(5):
        rate_limiter.check("login", "ana", ONE)
    rate_limiter.count("login", "ana", ONE)
    with pytest.raises(RateLimited) as caught:
        rate_limiter.check("login", "ana", ONE)
    assert caught.value.retry_after == 100


def test_an_attempt_given_back_is_free_again(rate_limiter):
    attempt = rate_limiter.count("login", "ana", ONE)
    rate_limiter.give_back(attempt)
    rate_limiter.count("login", "ana", ONE)
    refused(rate_limiter, allowance=ONE)


def test_refused_attempts_are_not_counted(rate_limiter):
    attempt = rate_limiter.count("login", "ana", ONE)
    for _ in range(3):
        refused(rate_limiter, allowance=ONE)
    rate_limiter.give_back(attempt)
    rate_limiter.count("login", "ana", ONE)


def test_an_expired_attempt_is_not_given_back(rate_limiter, clock):
    attempt = rate_limiter.count("login", "ana", ONE)
    clock.forward(seconds=200)
    rate_limiter.give_back(attempt)
    rate_limiter.count("login", "ana", ONE)
    refused(rate_limiter, allowance=ONE)


def test_concurrent_attempts_are_counted_separately(rate_limiter, monkeypatch):
    """Another attempt creates the item between the two tries to count this one."""
    real, others = Table.update, []

    def update(table, key, change, **options):
        if others:
            others.pop()
            rate_limiter.count("login", "ana", THREE)
        return real(table, key, change, **options)

    monkeypatch.setattr(Table, "update", update)
    others += [1]
    rate_limiter.count("login", "ana", THREE)
    rate_limiter.count("login", "ana", THREE)
    refused(rate_limiter)


def test_items_expire_by_themselves(rate_limiter, clock):
    for allowance in (THREE, THREE, THREE):
        rate_limiter.count("login", "ana", allowance)
    (item,) = clients.dynamodb().scan(TableName="UsersTable")["Items"]
    expires = int(item["expires_at_epoch"]["N"])
    assert int(item["until_ms"]["N"]) / 1000 <= expires <= clock.now.timestamp() + 500


def test_cost(rate_limiter):
    with measure(clients.dynamodb()) as units:
        rate_limiter.count("login", "ana", THREE)
        rate_limiter.check("login", "ana", THREE)
    assert (units.reads, units.writes) == (1, 1)
    with measure(clients.dynamodb()) as units:
        rate_limiter.count("login", "ana", THREE)
    assert (units.reads, units.writes) == (0, 2)


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:DB8:1:2::1", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("unknown", "unknown"),
        ("1.2.3.4#x", "unknown"),
    ],
)
def test_address_key(address, key):
    assert address_key(address) == key


@pytest.mark.parametrize("seconds", [0, 1, 99, 100, 101, 250, 1000])
@pytest.mark.parametrize("counted", [1, 2, 3])
def test_the_quota_is_what_can_still_be_counted(rate_limiter, clock, counted, seconds):
    for _ in range(counted):
        quota = rate_limiter.count("login-name", "ana", THREE).quota
    assert (quota.policy, quota.size, quota.window) == ("login", 3, 300)
    assert quota.remaining == 3 - counted
    clock.forward(seconds=seconds)
    left = min(3, 3 - counted + seconds // 100)
    if left:
        checked = rate_limiter.check("login-name", "ana", THREE)
        assert checked.remaining == left
        assert checked.reset == max(0, counted * 100 - seconds)
    for remaining in reversed(range(left)):
        assert rate_limiter.count("login-name", "ana", THREE).quota.remaining == remaining
    with pytest.raises(RateLimited) as caught:
        rate_limiter.count("login-name", "ana", THREE)
    assert caught.value.quota.remaining == 0
    assert 0 < caught.value.quota.reset == caught.value.retry_after <= 100
