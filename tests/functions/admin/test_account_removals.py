"""An administrator deletes an account, and says who gets what its owner owns."""

import pytest

from stockwarden.bootstrap import repositories, stores
from stockwarden.bootstrap.auth import identity_service
from stockwarden.core.errors import Unauthenticated
from stockwarden.identity.access import Role
from tests.support.capacity import measure
from tests.support.gateway import ADMIN, USER
from tests.support.leaving import caller_of, profile_of
from tests.support.problems import problem
from tests.support.reports import create, create_warehouse, queued
from tests.support.routing import ask as route

TAG = {"If-Match": '"1"'}


def names(ask):
    return [user["username"] for user in ask("GET", "/users").json["users"]]


@pytest.fixture
def warehouse(ask):
    return create_warehouse(caller=caller_of("alice"))["id"]


def test_who_owns_nothing_is_deleted_at_once(ask):
    assert ask("DELETE", "/users/ALAN", headers=TAG).status == 204
    assert names(ask) == ["alice", "bob", "root.admin"]
    problem(ask("GET", "/users/alan"), 404)
    change = {"role": "viewer"}
    problem(ask("PATCH", "/users/alan", json=change, headers={"If-Match": "*"}), 404)
    problem(ask("DELETE", "/users/alan/sessions"), 404)
    with pytest.raises(Unauthenticated):
        identity_service().login("alan", "no password", "203.0.113.7")


def test_it_may_be_repeated_until_it_is_done(ask):
    for tag in ('"1"', '"1"', "*"):
        assert ask("DELETE", "/users/alan", headers={"If-Match": tag}).status == 204


def test_the_version_is_named(ask):
    problem(ask("DELETE", "/users/alan"), 428)
    problem(ask("DELETE", "/users/alan", headers={"If-Match": '"7"'}), 412)
    assert "alan" in names(ask)


def test_what_is_theirs_is_named(ask, warehouse):
    alice = caller_of("alice")
    create(caller=alice, warehouse_id=warehouse)
    for _ in range(2):
        create(caller=alice)
    refusal = problem(ask("DELETE", "/users/alice", headers=TAG), 409)
    assert refusal["type"] == "urn:stockwarden:problem:still-owns"
    assert refusal["owned"] == {
        "warehouses": [{"id": warehouse, "name": "North"}],
        "reports": 2,
        "more": False,
    }
    assert "Alice owns" in refusal["detail"]
    assert queued() == []
    to = {"transfer_to": "BOB"}
    assert ask("DELETE", "/users/alice", headers=TAG, query=to).status == 204
    assert profile_of("alice")["leaving"]["transfer_to"] == "bob"


def test_a_long_list_is_cut(ask):
    alice = caller_of("alice")
    made = [create_warehouse(caller=alice, name=f"W {number}")["id"] for number in range(21)]
    owned = problem(ask("DELETE", "/users/alice", headers=TAG), 409)["owned"]
    assert [entry["id"] for entry in owned["warehouses"]] == made[:0:-1]
    assert owned["more"] is True


def test_what_is_theirs_costs_two_queries(ask, warehouse):
    with measure(stores.reports_table().client) as units:
        problem(ask("DELETE", "/users/alice", headers=TAG), 409)
    assert [operation for operation, _, _ in units.calls].count("Query") == 2


@pytest.mark.parametrize("receiver", ["nobody-here", "no~name", "alice", "alan", "ALICE"])
def test_receivers_that_can_be_none(ask, warehouse, receiver):
    repositories.user_repository().change_standing("alan", disabled=True)
    answer = ask("DELETE", "/users/alice", headers=TAG, query={"transfer_to": receiver})
    assert problem(answer, 422)["errors"][0]["pointer"] == "/transfer_to"
    assert "alice" in names(ask)


def test_who_is_leaving_receives_nothing(ask, warehouse):
    assert ask("DELETE", "/users/bob", headers=TAG).status == 204
    answer = ask("DELETE", "/users/alice", headers=TAG, query={"transfer_to": "bob"})
    assert problem(answer, 422)["errors"][0]["pointer"] == "/transfer_to"


def test_an_admin_deletes_their_own_account_elsewhere(ask):
    refusal = problem(ask("DELETE", "/users/root.admin", headers=TAG), 409)
    assert "/users/me" in refusal["detail"]


def test_the_last_admin_stays(ask):
    """Also where who asks is no admin any more, but the gateway remembers that they were."""
    users = repositories.user_repository()
    users.change_standing("bob", role=Role.ADMIN)
    assert ask("DELETE", "/users/root.admin", headers=TAG, caller=caller_of("bob")).status == 204
    late = caller_of("bob")
    answer = ask("DELETE", "/users/bob", headers={"If-Match": "*"}, caller=ADMIN)
    assert "last administrator" in problem(answer, 409)["detail"]
    assert late.is_admin


def test_a_disabled_account_is_deleted_too(ask):
    repositories.user_repository().change_standing("alan", disabled=True)
    assert ask("DELETE", "/users/alan", headers={"If-Match": '"2"'}).status == 204


def test_nobody_else_may(ask):
    problem(ask("DELETE", "/users/alan", headers=TAG, caller=USER), 403)
    problem(ask("DELETE", "/users/nobody-here", headers=TAG), 404)
    problem(ask("DELETE", "/users/no~name", headers=TAG), 404)


def test_who_is_leaving_becomes_no_member_and_is_not_invited(ask, warehouse):
    assert ask("DELETE", "/users/bob", headers=TAG).status == 204
    path = f"/warehouses/{warehouse}/members/bob"
    answer = route("PUT", path, caller=caller_of("alice"), json={"role": "viewer"})
    assert problem(answer, 422)["errors"][0]["pointer"] == "/username"
    to = {"transfer_to": "alan"}
    assert ask("DELETE", "/users/alice", headers=TAG, query=to).status == 204
    # The address was Alice's.
    body = {"email": "alice@example.com"}
    assert ask("POST", "/invitations", json=body).status == 201
