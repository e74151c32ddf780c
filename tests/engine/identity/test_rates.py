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
def rates(aws, clock):
    return RateLimiter(stores.users_table(), clock)


def refused(rates, key="ana", allowance=THREE, kind="login"):
    with pytest.raises(RateLimited) as caught:
        rates.count(kind, key, allowance)
    return caught.value.retry_after


def test_a_burst_and_then_one_at_a_time(rates, clock):
    for _ in range(3):
        rates.count("login", "ana", THREE)
    assert refused(rates) == 100
    rates.count("login", "bob", THREE)
    rates.count("register", "ana", THREE)
    clock.forward(seconds=99)
    assert refused(rates) == 1
    clock.forward(seconds=1)
    rates.count("login", "ana", THREE)
    assert refused(rates) == 100
    clock.forward(seconds=250)
    for _ in range(2):
        rates.count("login", "ana", THREE)
    assert refused(rates) == 50
    clock.forward(days=1)
    for _ in range(3):
        rates.count("login", "ana", THREE)
    refused(rates)


@pytest.mark.parametrize("seconds", [1, 7.5, 30, 100, 101, 3600])
def test_never_more_than_a_day_may_hold(rates, clock, seconds):
    """However the attempts come, and on any 24 hours."""
    allowance, done = Allowance(burst=5, seconds=4000), 0
    clock.forward(days=3)
    until = clock.now.timestamp() + 86_400
    while clock.now.timestamp() < until:
        try:
            rates.count("login", "ana", allowance)
        except RateLimited as limited:
            clock.forward(seconds=max(seconds, limited.retry_after))
        else:
            done += 1
            clock.forward(seconds=seconds)
    assert done <= allowance.a_day == 26
    assert seconds > 100 or done == 26


def test_checking_counts_nothing(rates):
    for _ in range(5):
        rates.check("login", "ana", ONE)
    rates.count("login", "ana", ONE)
    with pytest.raises(RateLimited) as caught:
        rates.check("login", "ana", ONE)
    assert caught.value.retry_after == 100


def test_an_attempt_given_back_is_free_again(rates):
    attempt = rates.count("login", "ana", ONE)
    rates.give_back(attempt)
    rates.count("login", "ana", ONE)
    refused(rates, allowance=ONE)


def test_what_was_refused_is_not_counted(rates):
    attempt = rates.count("login", "ana", ONE)
    for _ in range(3):
        refused(rates, allowance=ONE)
    rates.give_back(attempt)
    rates.count("login", "ana", ONE)


def test_what_was_made_up_for_is_not_given_back(rates, clock):
    attempt = rates.count("login", "ana", ONE)
    clock.forward(seconds=200)
    rates.give_back(attempt)
    rates.count("login", "ana", ONE)
    refused(rates, allowance=ONE)


def test_of_two_at_once_each_has_its_own(rates, monkeypatch):
    """Another attempt comes between the two tries of a count: before, there was no item."""
    real, others = Table.update, []

    def update(table, key, change, **options):
        if others:
            others.pop()
            rates.count("login", "ana", THREE)
        return real(table, key, change, **options)

    monkeypatch.setattr(Table, "update", update)
    others += [1]
    rates.count("login", "ana", THREE)
    rates.count("login", "ana", THREE)
    refused(rates)


def test_items_expire_by_themselves(rates, clock):
    for allowance in (THREE, THREE, THREE):
        rates.count("login", "ana", allowance)
    (item,) = clients.dynamodb().scan(TableName="UsersTable")["Items"]
    expires = int(item["expires_at_epoch"]["N"])
    assert int(item["until_ms"]["N"]) / 1000 <= expires <= clock.now.timestamp() + 500


def test_cost(rates):
    with measure(clients.dynamodb()) as units:
        rates.count("login", "ana", THREE)
        rates.check("login", "ana", THREE)
    assert (units.reads, units.writes) == (1, 1)
    with measure(clients.dynamodb()) as units:
        rates.count("login", "ana", THREE)
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
