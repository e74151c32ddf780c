"""What every route does with items that a large posting holds whose request has died."""

from contextlib import suppress
from datetime import timedelta
from decimal import Decimal

import pytest

from stockwarden.bootstrap.catalog import item_service
from stockwarden.bootstrap.ledger import ledger
from stockwarden.bootstrap.stock import movement_service
from stockwarden.bootstrap.sweep import large_posting_recovery
from stockwarden.core.clock import utc_now
from stockwarden.core.errors import Unavailable
from stockwarden.core.idempotency import RequestKey
from stockwarden.stock.item_batch import BatchEntry, ItemBatch, StockLine
from stockwarden.stock.requests import MovementLine
from stockwarden.storage import clients, retries
from stockwarden.storage.keys import stock as keys
from stockwarden.storage.keys.stock import Place
from sweep import app
from tests.functions.stock.conftest import MANAGER
from tests.support.capacity import measure
from tests.support.faults import Killed, calls_of, killed_after
from tests.support.gateway import LongContext
from tests.support.problems import problem
from tests.support.saved import restore, save

LOT = "L1"
# The version of what has never been changed.
SEEN = {"If-Match": '"1"'}


@pytest.fixture(autouse=True)
def _few_actions(monkeypatch):
    """A receipt of two items is a large posting."""
    monkeypatch.setattr(ledger(), "max_actions", 7)
    monkeypatch.setattr(retries.time, "sleep", lambda _: None)


@pytest.fixture
def items(create):
    """The ids of two items that have never moved."""
    return [create("/items", name=name)["id"] for name in ("Rye", "Spelt")]


@pytest.fixture
def receive(hall, items):
    """The request as its route makes it."""
    place = {"warehouse_id": hall, "location": "A", "lot": LOT}
    lines = [{**place, "item_id": each, "kind": "receipt", "quantity": 5} for each in items]

    def post(key="large"):
        asked = [MovementLine(**line) for line in lines]
        return movement_service().move_together(MANAGER, RequestKey(key, "payload"), asked)

    return post


@pytest.fixture
def die(receive, items):
    """`die(committed=…)` ends the request at the first call after which this is its state."""

    def kill(*, committed):
        saved = save()
        _, names = calls_of(receive)
        for call in range(len(names)):
            restore(saved)
            with killed_after(call), suppress(Killed):
                receive()
            if state_of(items[0]) == ("committed" if committed else "preparing"):
                return
        raise AssertionError("there is no such call")

    return kill


@pytest.fixture
def later(monkeypatch):
    """The lease has run out."""

    def wait():
        monkeypatch.setattr(ledger().recovery, "clock", lambda: utc_now() + timedelta(minutes=1))

    return wait


def state_of(item_id):
    """What the operation says that holds the item; None if none does."""
    table = ledger().table
    head = table.get(keys.head(item_id), consistent=True)
    if "pending" not in head:
        return None
    return table.get(keys.operation(head["pending"]))["status"]


def test_what_has_happened_is_seen_by_every_reader(ask, die, items, hall):
    die(committed=True)
    rye, spelt = items
    assert ask("GET", f"/items/{rye}").json["quantity"] == 5
    assert state_of(rye) is None
    stock = ask("GET", f"/items/{spelt}/stock").json
    assert stock["quantity"] == 5
    assert len(stock["movements"]) == 1
    assert [each["lot"] for each in ask("GET", f"/items/{rye}/lots").json["lots"]] == [LOT]


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "/items/{}/movements", None, 200),
        ("GET", "/items/{}/stock", None, 200),
        ("GET", "/items/{}/lots", None, 200),
        ("GET", "/items/{}/lots/L1", None, 200),
        ("PATCH", "/items/{}/lots/L1", {"status": "quarantined"}, 200),
        ("PATCH", "/items/{}", {"status": "archived"}, 200),
        ("PATCH", "/items/{}", {"unit": "kg"}, 409),
        ("DELETE", "/items/{}", None, 409),
        ("POST", "/counts", "place", 201),
        ("POST", "/reservations", "place", 201),
        ("POST", "/movements", "issue", 201),
    ],
)
def test_what_has_happened_is_so_for_every_route(
    ask, die, items, hall, *, method, path, body, status
):
    die(committed=True)
    place = {"item_id": items[1], "warehouse_id": hall, "location": "A", "lot": LOT}
    bodies = {
        "place": {"lines": [place]} if path == "/counts" else {**place, "quantity": 5},
        "issue": {**place, "kind": "issue", "quantity": 5},
    }
    given = bodies[body] if isinstance(body, str) else body
    answer = ask(method, path.format(items[1]), json=given, headers=SEEN)
    assert answer.status == status, answer.body
    if path == "/counts":
        assert answer.json["lines"][0]["expected"] == 5
    assert state_of(items[1]) is None


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("PATCH", "/items/{}", {"unit": "kg"}, 200),
        ("DELETE", "/items/{}", None, 204),
        ("POST", "/reservations", "place", 409),
        ("POST", "/movements", "receipt", 201),
    ],
)
def test_what_died_before_it_happened_has_not(
    ask, die, later, items, hall, *, method, path, body, status
):
    die(committed=False)
    later()
    place = {"item_id": items[1], "warehouse_id": hall, "location": "A"}
    bodies = {
        "place": {**place, "quantity": 5},
        "receipt": {**place, "kind": "receipt", "quantity": 5},
    }
    given = bodies[body] if isinstance(body, str) else body
    answer = ask(method, path.format(items[1]), json=given, headers=SEEN)
    assert answer.status == status, answer.body


def test_while_it_is_prepared_readers_see_nothing_and_what_decides_waits(ask, die, items, hall):
    """The waiting ends with an answer that says so: nobody is told anything wrong."""
    die(committed=False)
    place = {"item_id": items[0], "warehouse_id": hall, "location": "A"}
    assert ask("GET", f"/items/{items[0]}").json["quantity"] == 0
    assert ask("GET", f"/items/{items[0]}/stock").json["quantity"] == 0
    for method, path, body in [
        ("PATCH", f"/items/{items[0]}", {"unit": "kg"}),
        ("POST", "/movements", {**place, "kind": "receipt", "quantity": 1}),
        ("POST", "/reservations", {**place, "quantity": 1}),
    ]:
        problem(ask(method, path, json=body, headers=SEEN), 503)
    renamed = ask("PATCH", f"/items/{items[0]}", json={"name": "Rye flour"}, headers=SEEN)
    assert renamed.status == 200, renamed.body
    assert state_of(items[0]) == "preparing"


@pytest.mark.parametrize("committed", [True, False])
def test_a_repetition_goes_on(receive, die, later, quantity, items, *, committed):
    die(committed=committed)
    later()
    assert [each.balance_after for each in receive().movements] == [5, 5]
    assert [each.balance_after for each in receive("another").movements] == [10, 10]
    assert [quantity(each) for each in items] == [10, 10]


def test_a_movement_of_it_can_be_reversed_at_once(ask, die, items, receive, quantity):
    die(committed=True)
    saved = save()
    movement_id = receive().movements[0].id
    restore(saved)
    assert state_of(items[0]) == "committed"
    assert ask("POST", f"/movements/{movement_id}/reversal", json={}).status == 201
    assert [quantity(each) for each in items] == [0, 5]


def test_it_costs_three_write_units_more_for_each_item(receive, monkeypatch, items):
    """For holding it; beside sixteen for the operation and its part."""
    saved = save()
    with measure(clients.dynamodb()) as large:
        receive()
    restore(saved)
    monkeypatch.setattr(ledger(), "max_actions", 100)
    with measure(clients.dynamodb()) as small:
        receive()
    assert small.writes < large.writes <= small.writes + 3 * len(items) + 16, (large, small)


@pytest.mark.parametrize(("committed", "ended"), [(True, (1, 0)), (False, (0, 1))])
def test_the_sweep_ends_what_nobody_meets(die, monkeypatch, items, quantity, *, committed, ended):
    die(committed=committed)
    assert app.handler({"task": "postings"}, LongContext()) == {"finished": 0, "abandoned": 0}
    monkeypatch.setattr(large_posting_recovery(), "clock", lambda: utc_now() + timedelta(minutes=1))
    counts = app.handler({"task": "postings"}, LongContext())
    assert (counts["finished"], counts["abandoned"]) == ended
    assert state_of(items[0]) is None
    assert [quantity(each) for each in items] == [5 * committed] * 2


def test_one_that_cannot_be_ended_does_not_keep_the_sweep_from_others(
    die, items, monkeypatch, quantity
):
    """It fails after the others, so that its alarm rings."""
    die(committed=True)
    recovery = ledger().recovery
    stuck = {**keys.operation("opn_000"), "status": "committed", "left": 1, "origin": {}}
    recovery.table.put_all([{**stuck, "lease_until": ""}])
    monkeypatch.setattr(recovery, "clock", lambda: utc_now() + timedelta(minutes=1))
    finish = recovery.finish

    def finish_others(operation_id):
        if operation_id == "opn_000":
            raise Unavailable("The database is too busy.")
        finish(operation_id)

    monkeypatch.setattr(recovery, "finish", finish_others)
    with pytest.raises(Unavailable):
        recovery.sweep(lambda: True)
    assert state_of(items[0]) is None


def test_an_import_counts_on_what_has_happened(die, items, hall, quantity):
    """What there is already is not counted again."""
    die(committed=True)
    repository = item_service().repository
    batch = ItemBatch(repository, ledger(), ledger().audit)
    line = StockLine(Place(hall, "A", LOT), Decimal(5), "count")
    entries = [BatchEntry(item_id, {"description": "Sown in autumn"}, [line]) for item_id in items]
    written = batch.write(
        MANAGER, RequestKey("import", ""), entries, timezone="UTC", beside=lambda _: []
    )
    assert [(each.effect, each.movements) for each in written] == [("changed", 0)] * 2
    assert [quantity(each) for each in items] == [5, 5]
