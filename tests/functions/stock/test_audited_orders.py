"""Each change of an order leaves its entry in the audit log; what is refused or repeated, none."""

import pytest

from stockwarden.audit.entry import warehouse_scope
from tests.functions.stock.conftest import MANAGER
from tests.support.audit_entries import entries_of


@pytest.fixture
def left_by(hall):
    """The answer of an act, and its entries by action."""

    def run(act, status=200):
        answer, entries = entries_of(act)
        assert answer.status == status, answer.body
        for entry in entries:
            assert entry.actor == MANAGER.user_id
            assert entry.scope == warehouse_scope(hall)
        return answer.json, {entry.action: entry for entry in entries}

    return run


@pytest.fixture
def draw_up(ask, create, flour, hall):
    supplier_id = create("/suppliers", name="Acme")["id"]

    def make(**more):
        line = {"item_id": flour, "quantity": 10, "price": "1"}
        body = {"type": "purchase", "supplier_id": supplier_id, "warehouse_id": hall}
        return ask("POST", "/orders", json={**body, "lines": [line], **more})

    return make


def test_a_purchase(left_by, draw_up, ask):
    order, entries = left_by(draw_up, 201)
    (entry,) = entries.values()
    assert (entry.action, entry.object) == ("order.created", f"order/{order['id']}")
    assert entry.changes["status"] == [None, "draft"]
    assert entry.changes["number"] == [None, order["internal_number"]]
    path, match = f"/orders/{order['id']}", {"If-Match": "*"}
    note = {"note": "Ask for Ana."}
    _, entries = left_by(lambda: ask("PATCH", path, json=note, headers=match))
    assert "Ana" not in str(entries["order.changed"].changes["note"])

    def act(verb, body=None, **options):
        return lambda: ask("POST", f"{path}/{verb}", json=body, **options)

    _, entries = left_by(act("place", key="once"))
    assert entries["order.placed"].changes["status"] == ["draft", "placed"]
    assert left_by(act("place", key="once"))[1] == {}
    assert left_by(act("place"), 409)[1] == {}
    some = {"lines": [{"line_id": "0001", "quantity": 4}]}
    _, entries = left_by(act("receive", some))
    assert set(entries) == {"order.received", "stock.moved"}
    assert entries["order.received"].changes["status"] == ["placed", "partially_received"]
    assert left_by(act("receive", {"lines": [{"line_id": "0001", "quantity": 7}]}), 409)[1] == {}
    _, entries = left_by(act("return", some))
    assert set(entries) == {"order.returned", "stock.moved"}
    _, entries = left_by(act("cancel"))
    assert entries["order.closed_short"].changes["status"] == ["partially_received", "completed"]


def test_a_sale(left_by, draw_up, ask, move):
    move("receipt", 10)
    order, entries = left_by(
        lambda: draw_up(type="sales", supplier_id=None, customer="Ana Berg"), 201
    )
    assert "Ana" not in str(entries["order.created"].changes)
    path = f"/orders/{order['id']}"
    left_by(lambda: ask("POST", f"{path}/place"))
    _, entries = left_by(lambda: ask("POST", f"{path}/ship", json={}))
    assert set(entries) == {"order.shipped", "stock.moved"}
    other = draw_up(type="sales", supplier_id=None, customer="Ana Berg").json
    _, entries = left_by(lambda: ask("POST", f"/orders/{other['id']}/cancel"))
    assert entries["order.cancelled"].changes["status"] == ["draft", "cancelled"]
