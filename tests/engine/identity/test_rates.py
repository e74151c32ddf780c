import pytest

from stockwarden import bootstrap
from stockwarden.core.errors import RateLimited
from stockwarden.identity.rates import Rates, address_key
from stockwarden.storage import clients
from tests.support.capacity import measure


@pytest.fixture
def rates(aws, clock):
    return Rates(bootstrap.users_table(), 900, clock)


def test_above_the_limit_until_the_window_ends(rates, clock):
    clock.forward(seconds=100)
    for _ in range(3):
        rates.count("login", "ana", limit=3)
    with pytest.raises(RateLimited) as caught:
        rates.count("login", "ana", limit=3)
    assert caught.value.retry_after == 800
    rates.count("login", "bob", limit=3)
    rates.count("register", "ana", limit=3)
    clock.forward(seconds=799)
    with pytest.raises(RateLimited) as caught:
        rates.count("login", "ana", limit=3)
    assert caught.value.retry_after == 1
    clock.forward(seconds=1)
    rates.count("login", "ana", limit=3)


def test_checking_counts_nothing(rates):
    for _ in range(5):
        rates.check("login", "ana", limit=1)
    rates.count("login", "ana")
    with pytest.raises(RateLimited):
        rates.check("login", "ana", limit=1)


def test_an_attempt_given_back_is_free_again(rates):
    attempt = rates.count("login", "ana", limit=1)
    rates.give_back(attempt)
    rates.count("login", "ana", limit=1)
    with pytest.raises(RateLimited):
        rates.count("login", "ana", limit=1)


def test_what_was_refused_is_not_counted(rates):
    attempt = rates.count("login", "ana", limit=1)
    for _ in range(3):
        with pytest.raises(RateLimited):
            rates.count("login", "ana", limit=1)
    rates.give_back(attempt)
    rates.count("login", "ana", limit=1)


def test_an_attempt_goes_back_to_its_own_window(rates, clock):
    before = rates.count("login", "ana", limit=1)
    clock.forward(seconds=900)
    rates.count("login", "ana", limit=1)
    rates.give_back(before)
    rates.give_back(before)  # at most once
    with pytest.raises(RateLimited):
        rates.count("login", "ana", limit=1)


def test_windows_expire_by_themselves(rates, clock):
    rates.count("login", "ana")
    (item,) = clients.dynamodb().scan(TableName="UsersTable")["Items"]
    assert int(item["expires_at_epoch"]["N"]) >= clock.now.timestamp() + 900


def test_cost(rates):
    with measure(clients.dynamodb()) as units:
        rates.count("login", "ana", limit=5)
        rates.check("login", "ana", limit=5)
    assert (units.reads, units.writes) == (1, 1)


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:DB8:1:2::1", "2001:db8:1:2::/64"),
        ("unknown", "unknown"),
        ("1.2.3.4#x", "unknown"),
    ],
)
def test_address_key(address, key):
    assert address_key(address) == key
