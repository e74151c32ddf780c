"""Accounts, as an administrator sees and changes them."""

from datetime import UTC, datetime, timedelta

import pytest

from stockwarden.bootstrap import repositories, stores
from stockwarden.bootstrap.authorizer import gatekeeper
from stockwarden.core.errors import Unauthenticated
from stockwarden.identity.access import Role
from tests.support.capacity import measure
from tests.support.gateway import USER, call
from tests.support.problems import problem


def names(answer):
    return [user["username"] for user in answer.json["users"]]


def test_accounts_are_listed_by_name_without_secrets(ask):
    answer = ask("GET", "/users")
    assert names(answer) == ["alan", "alice", "bob", "root.admin"]
    alice = answer.json["users"][1]
    assert alice == {
        "username": "alice",
        "user_id": repositories.user_repository().find("alice").user_id,
        "name": "Alice",
        "email": "alice@example.com",
        "role": "member",
        "disabled": False,
        "created_at": alice["created_at"],
        "version": 1,
    }


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "AL"}, ["alan", "alice"]),
        ({"q": "\uff21lice"}, ["alice"]),
        ({"q": "zz"}, []),
        ({"role": "manager"}, ["bob"]),
        ({"status": "disabled"}, ["alan"]),
        ({"status": "active", "role": "operator"}, []),
        ({"q": "a", "status": "active"}, ["alice"]),
    ],
)
def test_filters(ask, query, found):
    repositories.user_repository().change_standing("alan", disabled=True)
    assert names(ask("GET", "/users", query=query)) == found


@pytest.mark.parametrize("query", [{}, {"status": "active"}])
def test_pages(ask, query):
    seen, cursor = [], None
    while True:
        more = {"cursor": cursor} if cursor else {}
        answer = ask("GET", "/users", query={"limit": 1, **query, **more})
        seen += names(answer)
        cursor = answer.json["next_cursor"]
        if cursor is None:
            break
    assert seen == ["alan", "alice", "bob", "root.admin"]
    problem(ask("GET", "/users", query={"cursor": "nonsense"}), 400)


def test_a_page_is_one_query(ask):
    with measure(stores.users_table().client) as units:
        ask("GET", "/users", query={"role": "admin", "limit": 2})
    assert [operation for operation, _, _ in units.calls] == ["Query"]


def test_a_role_is_changed_over_the_version_that_was_read(ask):
    read = ask("GET", "/users/BOB")
    tag = {"If-Match": read.headers["etag"]}
    changed = ask("PATCH", "/users/bob", json={"role": "viewer"}, headers=tag)
    assert (changed.status, changed.json["role"], changed.json["version"]) == (200, "viewer", 2)
    assert changed.headers["etag"].startswith('"2.')
    problem(ask("PATCH", "/users/bob", json={"role": "admin"}, headers=tag), 412)
    assert ask("GET", "/users/bob").json["role"] == "viewer"


def test_a_change_names_the_version(ask):
    problem(ask("PATCH", "/users/bob", json={"role": "viewer"}), 428)


def test_the_last_admin_stays(ask):
    for change in ({"role": "manager"}, {"disabled": True}):
        answer = ask("PATCH", "/users/root.admin", json=change, headers={"If-Match": '"1"'})
        assert "last administrator" in problem(answer, 409)["detail"]
    repositories.user_repository().change_standing("bob", role=Role.ADMIN)
    change = {"role": "member", "disabled": True}
    answer = ask("PATCH", "/users/root.admin", json=change, headers={"If-Match": '"1"'})
    assert (answer.json["role"], answer.json["disabled"]) == ("member", True)


@pytest.mark.parametrize("name", ["nobody-here", "no~name", "x" * 64])
def test_who_is_not_there(ask, name):
    problem(ask("GET", f"/users/{name}"), 404)
    problem(ask("PATCH", f"/users/{name}", json={"disabled": True}, headers={"If-Match": "*"}), 404)


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, ""),
        ({"role": "owner"}, "/role"),
        ({"disabled": "perhaps"}, "/disabled"),
        ({"username": "x"}, "/username"),
    ],
)
def test_wrong_changes(ask, body, pointer):
    answer = ask("PATCH", "/users/bob", json=body, headers={"If-Match": "*"})
    assert problem(answer, 422)["errors"][0]["pointer"] == pointer


def test_who_is_no_admin_learns_nothing(ask):
    for path in ("/users", "/users/bob", "/users/nobody-here"):
        refusal = problem(ask("GET", path, caller=USER), 403)
        assert (
            refusal["detail"] == "Your role in the company is member; this takes an administrator."
        )


def test_an_account_is_signed_out_everywhere(ask):
    from auth.app import handler

    credentials = {"username": "carla.m", "password": "eleven blue pallets"}
    assert call(handler, "POST", "/auth/register", json=credentials).status == 201
    signed_in = call(handler, "POST", "/auth/login", json=credentials).json
    caller = gatekeeper().admit(signed_in["token"])
    order = {
        "name": "WMS",
        "scopes": ["reports:read"],
        "expires_at": (datetime.now(UTC) + timedelta(days=1)).isoformat(),
    }
    api_token = call(handler, "POST", "/users/me/tokens", json=order, caller=caller).json["token"]
    assert gatekeeper().admit(api_token).username == "carla.m"
    assert ask("DELETE", "/users/CARLA.M/sessions").status == 204
    for token in (signed_in["token"], api_token):
        with pytest.raises(Unauthenticated):
            gatekeeper().admit(token)
    spent = {"refresh_token": signed_in["refresh_token"]}
    problem(call(handler, "POST", "/auth/refresh", json=spent), 401)
    again = call(handler, "POST", "/auth/login", json=credentials).json
    assert gatekeeper().admit(again["token"]).username == "carla.m"
    problem(ask("DELETE", "/users/nobody-here/sessions"), 404)
