"""The main warehouse: made when it is first needed, and the company's."""

from dataclasses import replace

import pytest

from stockwarden.identity.access import Role, TokenLimits
from stockwarden.storage.clients import dynamodb
from tests.functions.stock.conftest import MANAGER, STRANGER
from tests.support.capacity import measure
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


def listed(ask, caller, limit):
    """The ids and roles of all warehouses that a caller is shown, page by page."""
    cursor, found = None, []
    while True:
        query = {"limit": limit} | ({"cursor": cursor} if cursor else {})
        page = ask("GET", "/warehouses", query=query, caller=caller).json
        assert page["warehouses"] or not found
        found += [(each["id"], each["role"]) for each in page["warehouses"]]
        cursor = page["next_cursor"]
        if cursor is None:
            return found


@pytest.mark.parametrize("limit", [1, 2, 3, 100])
@pytest.mark.parametrize(
    ("role", "shown"),
    [
        (Role.MEMBER, []),
        (Role.VIEWER, ["viewer"]),
        (Role.OPERATOR, ["operator"]),
        (Role.MANAGER, ["manager"]),
        (Role.ADMIN, ["admin"]),
    ],
)
def test_it_is_listed_for_whoever_may_see_it(*, ask, create, share, role, shown, limit, request):
    caller = replace(OTHER, role=role)
    own = ask("POST", "/warehouses", json={"name": "Own"}, caller=caller).json["id"]
    halls = sorted(create("/warehouses", name=name)["id"] for name in ("A", "B"))
    for hall in halls:
        share(hall, "operator")
    others = [(own, "owner"), *((hall, "operator") for hall in halls)]
    assert listed(ask, caller, limit) == others
    request.getfixturevalue("nuts")
    assert listed(ask, caller, limit) == [*others, *(("wh_main", each) for each in shown)]


@pytest.mark.parametrize("limit", [1, 2])
def test_who_made_it_has_it_once(ask, nuts, limit):
    assert listed(ask, MANAGER, limit) == [("wh_main", "owner")]


def test_a_token_for_other_warehouses_does_not_list_it(ask, nuts, hall):
    limits = TokenLimits("tok_1", frozenset({"warehouses:read"}), frozenset({hall}))
    caller = replace(MANAGER, limits=limits)
    assert listed(ask, caller, 10) == [(hall, "owner")]


def test_it_costs_two_reads_more_at_most(ask, nuts):
    costs = []
    for role in (Role.MEMBER, Role.VIEWER):
        with measure(dynamodb()) as units:
            ask("GET", "/warehouses", caller=replace(OTHER, role=role))
        costs.append(units.reads)
    assert costs[1] - costs[0] <= 2
