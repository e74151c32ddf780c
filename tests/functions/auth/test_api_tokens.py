"""API tokens: created, listed and revoked through the handler, and taken by the authorizer."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from stockwarden.bootstrap import repositories, stores
from stockwarden.bootstrap.authorizer import gatekeeper
from stockwarden.core.errors import Unauthenticated
from stockwarden.identity.access import Role, TokenLimits
from stockwarden.storage.keys import users as keys
from stockwarden.storage.tables import write
from tests.support.capacity import measure
from tests.support.failing import BUSY, fail_operation
from tests.support.gateway import OTHER, USER, call
from tests.support.problems import problem
from tests.support.reports import create_warehouse, share

IN_A_MONTH = (datetime.now(UTC) + timedelta(days=30)).isoformat(timespec="seconds")
TOKEN = {"name": "WMS export", "scopes": ["reports:write"], "expires_at": IN_A_MONTH}


@pytest.fixture
def ask(aws):
    from auth.app import handler

    for username in ("alice", "bob"):
        repositories.user_repository().add(username, "no password")

    def send(method, path="/users/me/tokens", *, caller=USER, **options):
        return call(handler, method, path, caller=caller, **options)

    return send


def test_a_token_is_shown_once_and_signs_its_owner_in(ask):
    created = ask("POST", json=TOKEN)
    assert created.status == 201
    text = created.json["token"]
    assert text.startswith("swt_")
    (listed,) = ask("GET").json["tokens"]
    assert listed == {name: value for name, value in created.json.items() if name != "token"}
    assert (listed["name"], listed["scopes"], listed["warehouses"]) == (
        "WMS export",
        ["reports:write"],
        None,
    )
    assert listed["last_used_at"] is None
    caller = gatekeeper().admit(text)
    limits = TokenLimits(listed["id"], frozenset({"reports:write"}), None)
    assert (caller.username, caller.role, caller.limits) == ("alice", Role.MEMBER, limits)
    assert ask("GET").json["tokens"][0]["last_used_at"] is not None
    stored = stores.users_table().get(keys.api_token(listed["id"]))
    assert text.rpartition("_")[2] not in str(stored)


def test_only_its_owner_lists_and_revokes_a_token(ask):
    created = ask("POST", json=TOKEN).json
    assert ask("GET", caller=OTHER).json["tokens"] == []
    path = f"/users/me/tokens/{created['id']}"
    problem(ask("DELETE", path, caller=OTHER), 404)
    problem(ask("DELETE", "/users/me/tokens/no~id"), 404)
    assert gatekeeper().admit(created["token"])
    assert ask("DELETE", path).status == 204
    with pytest.raises(Unauthenticated):
        gatekeeper().admit(created["token"])
    assert ask("GET").json["tokens"] == []
    problem(ask("DELETE", path), 404)


def test_a_token_is_worth_what_its_owner_is(ask):
    users = repositories.user_repository()
    text = ask("POST", json=TOKEN).json["token"]
    users.change_standing("bob", role=Role.ADMIN)
    users.change_standing("alice", role=Role.ADMIN)
    assert gatekeeper().admit(text).role is Role.ADMIN
    users.change_standing("alice", role=Role.VIEWER)
    assert gatekeeper().admit(text).role is Role.VIEWER
    users.change_standing("alice", disabled=True)
    with pytest.raises(Unauthenticated):
        gatekeeper().admit(text)


def test_an_expired_token_is_refused_before_the_database_removes_it(ask):
    created = ask("POST", json=TOKEN).json
    item = stores.users_table().get(keys.api_token(created["id"]))
    write(stores.users_table().put({**item, "expires_at_epoch": 1}))
    with pytest.raises(Unauthenticated):
        gatekeeper().admit(created["token"])
    assert ask("GET").json["tokens"] == []


def test_a_token_takes_two_reads_and_one_write_an_hour(ask):
    text = ask("POST", json=TOKEN).json["token"]
    with measure(stores.users_table().client) as first:
        gatekeeper().admit(text)
    assert [name for name, _, _ in first.calls] == ["GetItem", "GetItem", "UpdateItem"]
    with measure(stores.users_table().client) as second:
        gatekeeper().admit(text)
    assert [name for name, _, _ in second.calls] == ["GetItem", "GetItem"]


def test_a_note_that_fails_refuses_nobody(ask, monkeypatch):
    text = ask("POST", json=TOKEN).json["token"]
    fail_operation(monkeypatch, BUSY["dynamodb"][0], "UpdateItem")
    assert gatekeeper().admit(text).username == "alice"


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"scopes": []}, "/scopes"),
        ({"scopes": ["reports:delete"]}, "/scopes/0"),
        ({"scopes": ["reports:write", "users:read"]}, "/scopes/1"),
        ({"name": ""}, "/name"),
        ({"expires_at": "2020-01-01T00:00:00Z"}, "/expires_at"),
        ({"expires_at": "2999-01-01T00:00:00Z"}, "/expires_at"),
        ({"expires_at": "2027-01-01T00:00:00"}, "/expires_at"),
        ({"warehouses": []}, "/warehouses"),
        ({"warehouses": ["wh_none"]}, "/warehouses/0"),
        ({"warehouses": ["no~id"]}, "/warehouses/0"),
        ({"owner": "bob"}, "/owner"),
    ],
)
def test_wrong_requests_name_the_field(ask, wrong, pointer):
    (error,) = problem(ask("POST", json={**TOKEN, **wrong}), 422)["errors"]
    assert error["pointer"] == pointer
    assert ask("GET").json["tokens"] == []


def test_a_token_is_for_warehouses_that_its_owner_sees(ask):
    shared = create_warehouse()["id"]
    body = {**TOKEN, "warehouses": [shared]}
    (error,) = problem(ask("POST", json=body, caller=OTHER), 422)["errors"]
    assert error == {"pointer": "/warehouses/0", "detail": "There is no such warehouse."}
    share(shared, "bob", "viewer")
    text = ask("POST", json=body, caller=OTHER).json["token"]
    assert gatekeeper().admit(text).limits.warehouses == {shared}


def test_an_account_has_twenty_tokens_at_most(ask):
    for _ in range(20):
        assert ask("POST", json=TOKEN).status == 201
    assert "20" in problem(ask("POST", json=TOKEN), 409)["detail"]


def test_a_token_makes_no_tokens(ask):
    limits = TokenLimits("tok_1", frozenset({"reports:write"}), None)
    for method in ("GET", "POST"):
        refusal = ask(method, json=TOKEN, caller=replace(USER, limits=limits))
        assert problem(refusal, 403)["type"].endswith(":insufficient-scope")
