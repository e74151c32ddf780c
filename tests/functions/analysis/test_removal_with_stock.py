"""What becomes of the stock in the warehouses of an account once that is closed."""

import pytest

from stockwarden.identity.access import Role
from tests.functions.analysis.snapshots import LAYOUT, STUCK, snapshot
from tests.support.leaving import caller_of, dismiss, leave, profile_of, register, remove_all
from tests.support.reports import create_warehouse, get, send


@pytest.fixture(autouse=True)
def _people(clock):
    register("alice", "bob")
    register("root.admin", role=Role.ADMIN)


@pytest.fixture
def admin():
    return caller_of("root.admin")


@pytest.fixture
def warehouse(admin):
    """A warehouse of Alice alone, with a report and five nuts."""
    warehouse_id = create_warehouse(layout=LAYOUT)["id"]
    snapshot(warehouse_id, 6, STUCK)
    item = send("POST", "/items", json={"name": "Nut"}, caller=admin).json["id"]
    line = {"item_id": item, "warehouse_id": warehouse_id, "kind": "receipt", "quantity": 5}
    answer = send("POST", "/movements", json=line, caller=admin, headers={"Idempotency-Key": "k"})
    assert answer.status == 201, answer.body
    return warehouse_id


def role_and_stock(warehouse_id, caller):
    """The caller's role, and how much there is at each place."""
    role = get(f"/warehouses/{warehouse_id}", caller=caller).json["role"]
    stock = get(f"/warehouses/{warehouse_id}/stock", caller=caller).json
    return role, [balance["quantity"] for balance in stock["balances"]]


def test_where_the_person_left_an_administrator_gets_it(clock, admin, warehouse):
    assert leave(caller_of("alice")).status == 204
    remove_all("alice", clock)
    assert role_and_stock(warehouse, admin) == ("owner", [5])
    listed = get("/warehouses", caller=admin).json["warehouses"]
    assert [each["id"] for each in listed] == [warehouse]
    assert len(get("/reports", caller=admin).json["reports"]) == 1


def test_it_is_handed_over_to_who_is_named(clock, admin, warehouse):
    dismiss(admin, "alice", "bob")
    remove_all("alice", clock)
    assert get(f"/warehouses/{warehouse}", caller=caller_of("bob")).json["role"] == "owner"
    assert role_and_stock(warehouse, admin) == ("admin", [5])


def test_it_stays_where_nobody_can_get_it(clock, admin, warehouse, monkeypatch):
    heirs = "stockwarden.identity.closed_accounts.ClosedAccountRepository.list_heirs"
    assert leave(caller_of("alice")).status == 204
    monkeypatch.setattr(heirs, lambda *_: iter(()))
    remove_all("alice", clock)
    assert profile_of("alice") is None
    assert role_and_stock(warehouse, admin) == ("admin", [5])
