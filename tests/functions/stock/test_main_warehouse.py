"""The main warehouse: made when it is first needed, and the company's."""

from dataclasses import replace

import pytest

from stockwarden.identity.access import Role
from tests.functions.stock.conftest import STRANGER
from tests.support.gateway import OTHER
from tests.support.problems import problem


@pytest.fixture
def nuts(create):
    """An item with stock in the main warehouse, which the first manager has made by that."""
    return create("/items", name="Nut", quantity=5)["id"]


def test_another_manager_uses_it_too(ask, nuts):
    made = ask("POST", "/items", json={"name": "Bolt", "quantity": 2}, caller=STRANGER)
    assert (made.status, made.json["quantity"]) == (201, 2), made.body
    counted = ask("PUT", f"/items/{nuts}", json={"quantity": 4}, caller=STRANGER)
    assert (counted.status, counted.json["quantity"]) == (200, 4), counted.body


@pytest.mark.parametrize(
    ("role", "reads", "moves"),
    [
        (Role.MEMBER, 403, 403),
        (Role.VIEWER, 200, 403),
        (Role.OPERATOR, 200, 201),
        (Role.MANAGER, 200, 201),
        (Role.ADMIN, 200, 201),
    ],
)
def test_the_roles_in_the_company_hold_there(ask, nuts, role, reads, moves):
    caller = replace(OTHER, role=role)
    assert ask("GET", "/warehouses/wh_main/stock", caller=caller).status == reads
    line = {"item_id": nuts, "warehouse_id": "wh_main", "kind": "issue", "quantity": 1}
    answer = ask("POST", "/movements", json=line, caller=caller)
    assert answer.status == moves, answer.body


def test_it_is_its_owner_s_to_delete(ask, nuts):
    gone = ask("DELETE", "/warehouses/wh_main", headers={"If-Match": "*"}, caller=STRANGER)
    problem(gone, 403)
