import pytest

from stockwarden.bootstrap import stores
from stockwarden.core.errors import RateLimited
from stockwarden.identity.failure_delays import FailureDelays
from stockwarden.storage import clients
from stockwarden.storage.tables import Table


@pytest.fixture
def delays(aws, clock):
    return FailureDelays(stores.users_table(), free=3, clock=clock)


def wait(delays, key="ana"):
    with pytest.raises(RateLimited) as caught:
        delays.begin("pair", key)
    return caught.value.retry_after


def test_delays_grow_with_each_failure(delays, clock):
    waits = []
    for _ in range(3):
        delays.begin("pair", "ana")
    for _ in range(8):
        waits.append(wait(delays))
        clock.forward(seconds=waits[-1] - 1)
        assert wait(delays) == 1
        clock.forward(seconds=1)
        delays.begin("pair", "ana")
    assert waits == [30, 60, 120, 240, 480, 900, 900, 900]
    delays.begin("pair", "bob")
    delays.begin("other", "ana")


def test_a_day_without_failures_forgets_them(delays, clock):
    for _ in range(3):
        delays.begin("pair", "ana")
    clock.forward(hours=23)
    delays.begin("pair", "ana")
    assert wait(delays) == 60
    clock.forward(hours=24)
    for _ in range(3):
        delays.begin("pair", "ana")
    assert wait(delays) == 30


def test_a_success_takes_back_its_own_failure(delays, clock):
    for _ in range(5):
        delays.succeeded(delays.begin("pair", "ana"))
    assert clients.dynamodb().scan(TableName="UsersTable")["Items"] == []
    for _ in range(3):
        delays.begin("pair", "ana")
    clock.forward(seconds=30)
    for _ in range(5):  # no delay after a success
        delays.succeeded(delays.begin("pair", "ana"))
    delays.begin("pair", "ana")
    assert wait(delays) == 60


def test_concurrent_failures_stay_counted(delays):
    first = delays.begin("pair", "ana")
    delays.begin("pair", "ana")
    delays.succeeded(first)
    delays.begin("pair", "ana")
    delays.begin("pair", "ana")
    assert wait(delays) == 30


def test_a_success_after_expiry_changes_nothing(delays, clock):
    pending = delays.begin("pair", "ana")
    stores.users_table().client.delete_item(
        TableName="UsersTable", Key={name: {"S": value} for name, value in pending.key.items()}
    )
    delays.succeeded(pending)
    assert clients.dynamodb().scan(TableName="UsersTable")["Items"] == []


@pytest.mark.parametrize(("others", "let_in"), [(2, True), (50, False)])
def test_concurrent_attempts_are_all_counted(delays, monkeypatch, others, let_in):
    real, remaining = Table.put, [others]

    def overtaken(table, item, **options):
        if remaining[0]:
            remaining[0] -= 1
            key = {name: item[name] for name in ("pk", "sk")}
            change = "ADD #failures :one SET #not_before_ms = :none, #expires_at_epoch = :late"
            from stockwarden.storage.tables import write

            write(table.update(key, change, one=1, none=0, late=10**11))
        return real(table, item, **options)

    monkeypatch.setattr(Table, "put", overtaken)
    if let_in:
        assert delays.begin("pair", "ana").failures == 3
    else:
        assert wait(delays) == 1


def test_items_expire_by_themselves(delays, clock):
    delays.begin("pair", "ana")
    (item,) = clients.dynamodb().scan(TableName="UsersTable")["Items"]
    assert int(item["expires_at_epoch"]["N"]) == clock.now.timestamp() + 86_400
