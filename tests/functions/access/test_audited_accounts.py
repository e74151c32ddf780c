"""What signing in, accounts, API tokens and invitations leave in the audit log."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from botocore.client import BaseClient

from admin.app import handler as admin
from auth.app import handler as auth
from stockwarden.audit.entry import Entry
from stockwarden.audit.origin import UNKNOWN
from stockwarden.bootstrap import repositories, stores
from stockwarden.bootstrap.auth import identity_service
from stockwarden.identity import passwords
from stockwarden.identity.access import Caller
from stockwarden.identity.users import User
from tests.support.audit_entries import entries_of
from tests.support.gateway import ADMIN, OTHER, USER, Response, call
from tests.support.reports import create_warehouse

ADDRESS, PASSWORD = "203.0.113.7", "eleven blue pallets"
ANA = {"username": "Ana.Lopez", "password": PASSWORD}


@pytest.fixture
def ana() -> User:
    hashed = passwords.hash_password(PASSWORD)
    return repositories.user_repository().add("Ana.Lopez", hashed, email="ana@example.com")


def login(**more: Any) -> Response:
    return call(auth, "POST", "/auth/login", json={**ANA, **more.pop("json", {})}, **more)


def facts(entry: Entry) -> tuple[str, str, str, str]:
    return entry.scope, entry.action, entry.object, entry.actor


def test_registering() -> None:
    answer, (entry,) = entries_of(lambda: call(auth, "POST", "/auth/register", json=ANA))
    user = repositories.user_repository().find("ana.lopez")
    assert (answer.status, user is not None) == (201, True)
    assert user
    about = f"user/{user.user_id}"
    assert facts(entry) == ("company", "account.created", about, user.user_id)
    assert (entry.source, entry.request_id) == (ADDRESS, answer.headers["x-request-id"])
    assert entry.changes == {"role": [None, "member"]}
    for body in (ANA, {**ANA, "username": "other", "password": "short"}):
        refused, left = entries_of(
            lambda body=body: call(auth, "POST", "/auth/register", json=body)
        )
        assert (refused.status in {409, 422}, left) == (True, [])


def test_a_session_from_its_start_to_its_end(ana: User) -> None:
    about = f"user/{ana.user_id}"
    signed_in, (started,) = entries_of(login)
    assert facts(started) == ("security", "session.started", about, ana.user_id)
    assert (started.source, started.request_id) == (ADDRESS, signed_in.headers["x-request-id"])
    body = {"refresh_token": signed_in.json["refresh_token"]}
    refreshed, left = entries_of(lambda: call(auth, "POST", "/auth/refresh", json=body))
    assert (refreshed.status, left) == (200, [])
    headers = {"Authorization": f"Bearer {refreshed.json['token']}"}
    gone, (ended,) = entries_of(lambda: call(auth, "POST", "/auth/logout", headers=headers))
    assert facts(ended) == ("security", "session.ended", about, ana.user_id)
    assert (ended.via, ended.request_id) == (started.via, gone.headers["x-request-id"])
    again, left = entries_of(lambda: call(auth, "POST", "/auth/logout", headers=headers))
    assert (again.status, left) == (204, [])


def test_a_refresh_token_that_is_used_twice(ana: User) -> None:
    body = {"refresh_token": login().json["refresh_token"]}
    assert call(auth, "POST", "/auth/refresh", json=body).status == 200
    refused, (entry,) = entries_of(lambda: call(auth, "POST", "/auth/refresh", json=body))
    assert refused.status == 401
    assert facts(entry) == ("security", "session.token_reused", f"user/{ana.user_id}", UNKNOWN)
    assert entry.via.startswith("ses_")
    assert entry.changes == {"ended": [False, True]}
    assert entries_of(lambda: call(auth, "POST", "/auth/refresh", json=body))[1] == []


def test_a_session_that_ends_with_its_account(ana: User) -> None:
    body = {"refresh_token": login().json["refresh_token"]}
    repositories.user_repository().change_standing("ana.lopez", disabled=True)
    refused, (entry,) = entries_of(lambda: call(auth, "POST", "/auth/refresh", json=body))
    assert refused.status == 401
    assert facts(entry)[:3] == ("security", "session.ended", f"user/{ana.user_id}")


def test_failures_of_an_account_and_the_wait_that_follows(ana: User) -> None:
    wrong = {"password": "not that"}
    left: list[Entry] = []
    for _ in range(stores.settings().logins_per_name):
        refused, entries = entries_of(lambda: login(json=wrong))
        assert refused.status == 401
        left += entries
    about = f"user/{ana.user_id}"
    assert {facts(entry) for entry in left[:-1]} == {("security", "sign_in.failed", about, UNKNOWN)}
    assert facts(left[-1]) == ("security", "sign_in.locked_out", about, UNKNOWN)
    assert len(left) == stores.settings().logins_per_name
    limited, entries = entries_of(lambda: login(json=wrong))
    assert (limited.status, entries) == (429, [])


@pytest.mark.parametrize("name", ["nobody", "n", "ANA LOPEZ", "ana@example.com"])
def test_names_without_account_are_noted_once_a_minute_and_address(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = datetime(2026, 3, 2, 6, 0, 10, tzinfo=UTC)
    audit = identity_service()._security._audit
    monkeypatch.setattr(audit, "clock", lambda: moment)
    _, left = entries_of(lambda: [login(json={"username": name}) for _ in range(3)])
    (entry,) = left
    assert facts(entry) == ("security", "sign_in.failed", f"user/{UNKNOWN}", UNKNOWN)
    assert entry.changes == {}
    _, left = entries_of(lambda: login(json={"username": name}, address="198.51.100.4"))
    assert [entry.source for entry in left] == ["198.51.100.4"]
    moment += timedelta(minutes=1)
    assert len(entries_of(lambda: login(json={"username": name}))[1]) == 1


def test_a_failure_makes_the_same_calls_whatever_its_cause(
    ana: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("first", "closed"):
        repositories.user_repository().add(name, ana.password_hash)
    repositories.user_repository().change_standing("closed", disabled=True)
    calls: list[str] = []
    call_api = BaseClient._make_api_call

    def counted(client: Any, operation: str, request: Any) -> Any:
        calls.append(operation)
        return call_api(client, operation, request)

    # So that the key has been read, and the address is counted already.
    for password in (PASSWORD, "wrong"):
        login(json={"username": "first", "password": password})
    monkeypatch.setattr(BaseClient, "_make_api_call", counted)
    by_cause = []
    for name, password in (("ana.lopez", "wrong"), ("nobody", PASSWORD), ("closed", PASSWORD)) * 2:
        calls.clear()
        assert login(json={"username": name, "password": password}).status == 401
        by_cause.append(sorted(calls))
    assert by_cause[:3] == [by_cause[0]] * 3
    assert by_cause[3:] == [by_cause[3]] * 3


def test_api_tokens() -> None:
    until = (datetime.now(UTC) + timedelta(days=7)).isoformat()
    body = {"name": "WMS", "scopes": ["reports:write"], "expires_at": until}
    token = call(auth, "POST", "/users/me/tokens", json=body, caller=USER).json["id"]
    path = f"/users/me/tokens/{token}"
    refused, left = entries_of(lambda: call(auth, "DELETE", path, caller=OTHER))
    assert (refused.status, left) == (404, [])
    gone, (entry,) = entries_of(lambda: call(auth, "DELETE", path, caller=USER))
    assert facts(entry) == ("company", "api_token.revoked", f"api_token/{token}", USER.user_id)
    assert entry.request_id == gone.headers["x-request-id"]


def test_changed_accounts(ana: User) -> None:
    path, headers = "/users/ana.lopez", {"If-Match": "*"}
    body = {"role": "operator", "disabled": True}

    def change(caller: Any = ADMIN, tag: str = "*") -> Response:
        return call(
            admin, "PATCH", path, json=body, caller=caller, headers={**headers, "If-Match": tag}
        )

    assert entries_of(lambda: change(USER))[1] == []
    refused, left = entries_of(lambda: change(tag='"7"'))
    assert (refused.status, left) == (412, [])
    answer, (entry,) = entries_of(change)
    assert facts(entry) == ("company", "account.changed", f"user/{ana.user_id}", ADMIN.user_id)
    assert entry.changes == {"role": ["member", "operator"], "disabled": [False, True]}
    assert entry.request_id == answer.headers["x-request-id"]
    same, left = entries_of(change)
    assert (same.status, left) == (200, [])


def test_an_account_that_is_signed_out_everywhere(ana: User) -> None:
    login()
    path = f"/users/{ana.username}/sessions"
    refused, left = entries_of(lambda: call(admin, "DELETE", path, caller=USER))
    assert (refused.status, left) == (403, [])
    done, (entry,) = entries_of(lambda: call(admin, "DELETE", path, caller=ADMIN))
    assert done.status == 204
    about = f"user/{ana.user_id}"
    assert facts(entry) == ("company", "account.signed_out", about, ADMIN.user_id)


def test_an_account_that_its_owner_deletes(ana: User) -> None:
    caller = Caller(ana.username, ana.user_id, ana.role, "s-ana")

    def delete(password: str) -> Response:
        return call(auth, "DELETE", "/users/me", json={"password": password}, caller=caller)

    refused, (entry,) = entries_of(lambda: delete("wrong"))
    assert refused.status == 422
    about = f"user/{ana.user_id}"
    assert facts(entry) == ("security", "password.refused", about, ana.user_id)
    done, (entry,) = entries_of(lambda: delete(PASSWORD))
    assert facts(entry) == ("company", "account.closed", f"user/{ana.user_id}", ana.user_id)
    assert (entry.request_id, entry.changes) == (
        done.headers["x-request-id"],
        {"closed": [False, True]},
    )
    assert entries_of(lambda: delete(PASSWORD))[1] == []


def test_an_account_that_an_administrator_deletes(ana: User) -> None:
    bea = repositories.user_repository().add("bea.m", "no password")
    path, headers = f"/users/{ana.username}?transfer_to=bea.m", {"If-Match": "*"}
    refused, left = entries_of(lambda: call(admin, "DELETE", path, caller=USER, headers=headers))
    assert (refused.status, left) == (403, [])
    done, (entry,) = entries_of(lambda: call(admin, "DELETE", path, caller=ADMIN, headers=headers))
    assert done.status == 204
    assert facts(entry) == ("company", "account.closed", f"user/{ana.user_id}", ADMIN.user_id)
    assert entry.changes == {"closed": [False, True], "transfer_to": [None, bea.user_id]}


def test_invitations() -> None:
    warehouse_id = create_warehouse()["id"]
    body = {
        "email": "new@example.com",
        "role": "operator",
        "warehouses": [{"warehouse_id": warehouse_id, "role": "viewer"}],
    }

    def invite() -> Response:
        return call(admin, "POST", "/invitations", json=body, caller=ADMIN)

    invited, (made,) = entries_of(invite)
    about = f"invitation/{invited.json['id']}"
    assert facts(made) == ("company", "invitation.made", about, ADMIN.user_id)
    assert made.changes.keys() == {"role", "warehouses"}
    other = invite().json["id"]
    path = f"/invitations/{other}"
    _, (withdrawn,) = entries_of(lambda: call(admin, "DELETE", path, caller=ADMIN))
    expected = ("company", "invitation.withdrawn", f"invitation/{other}", ADMIN.user_id)
    assert facts(withdrawn) == expected
    refused, left = entries_of(lambda: call(admin, "DELETE", path, caller=ADMIN))
    assert (refused.status, left) == (404, [])
    text = invited.json["link"].partition("invitation=")[2]
    registration = {**ANA, "invitation": text}
    _, left = entries_of(lambda: call(auth, "POST", "/auth/register", json=registration))
    user = repositories.user_repository().find("ana.lopez")
    assert user
    assert sorted(facts(entry) for entry in left) == sorted(
        [
            ("company", "account.created", f"user/{user.user_id}", user.user_id),
            ("company", "invitation.used", about, user.user_id),
            (
                f"warehouse:{warehouse_id}",
                "member.added",
                f"member/{user.user_id}",
                user.user_id,
            ),
        ]
    )
    assert "example.com" not in str([made, withdrawn, *left])
