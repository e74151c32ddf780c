"""What somebody changes about their own account leaves a security event, without anything secret
or personal in it."""

import json
import time
from functools import partial

import pytest

from stockwarden.bootstrap import repositories
from stockwarden.identity import totp
from stockwarden.identity.access import Caller, Role
from tests.functions.auth.conftest import PASSWORD
from tests.support.audit_entries import entries_of
from tests.support.gateway import call

FIRST, NEXT = "ana@example.com", "ana@example.org"


@pytest.fixture
def me(post, mailbox):
    """`me(method, path, json=…)` as Ana, who has verified her address."""
    from auth.app import handler

    credentials = {"username": "ana.lopez", "password": PASSWORD}
    assert post("/auth/register", json={**credentials, "email": FIRST}).status == 201
    (mail,) = mailbox.read()
    assert post("/auth/email/verify", json={"token": mail.token}).status == 200
    user = repositories.user_repository().find("ana.lopez")
    caller = Caller("ana.lopez", user.user_id, Role.MEMBER, "ses_mine")
    return partial(call, handler, caller=caller)


def only(answer_and_entries, action, *fields):
    answer, left = answer_and_entries
    assert answer.status < 300, answer.body
    (entry,) = left
    user = repositories.user_repository().find("ana.lopez")
    assert (entry.scope, entry.action) == ("security", action)
    assert (entry.actor, entry.object) == (user.user_id, f"user/{user.user_id}")
    assert (entry.source, entry.request_id) == ("203.0.113.7", answer.headers["x-request-id"])
    assert entry.changes.keys() == set(fields)
    told = json.dumps([entry.changes, entry.object, entry.actor])
    assert not any(text in told for text in ("ana", "Ana", "example", PASSWORD))
    return entry


def test_a_changed_password(me):
    body = {"current_password": PASSWORD, "new_password": "seven green forklifts"}
    change = partial(me, "PUT", "/users/me/password", json=body)
    only(entries_of(change), "password.changed", "password")


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        (
            "PUT",
            "/users/me/password",
            {"current_password": "not that", "new_password": "seven green forklifts"},
        ),
        ("POST", "/users/me/otp", {"password": "not that"}),
    ],
)
def test_a_wrong_password_where_it_is_asked_for_again(me, method, path, body):
    refused, (entry,) = entries_of(partial(me, method, path, json=body))
    user = repositories.user_repository().find("ana.lopez")
    assert refused.status == 422
    assert (entry.scope, entry.action) == ("security", "password.refused")
    assert (entry.actor, entry.object) == (user.user_id, f"user/{user.user_id}")
    assert (entry.source, entry.via, entry.changes) == ("203.0.113.7", "ses_mine", {})


def test_refused_passwords_leave_no_more_entries_than_guesses(me):
    body = {"current_password": "not that", "new_password": "seven green forklifts"}

    def guess():
        return [me("PUT", "/users/me/password", json=body).status for _ in range(13)]

    statuses, left = entries_of(guess)
    assert statuses == [422] * 10 + [429] * 3
    assert len(left) == 10


def test_a_reset_password(me, post, mailbox):
    asked, left = entries_of(lambda: post("/auth/password/forgot", json={"email": FIRST}))
    assert (asked.status, left) == (202, [])
    body = {"token": mailbox.read()[-1].token, "password": "seven green forklifts"}
    only(entries_of(lambda: post("/auth/password/reset", json=body)), "password.reset", "password")
    refused, left = entries_of(lambda: post("/auth/password/reset", json=body))
    assert (refused.status, left) == (422, [])


def test_a_profile_says_what_changed_and_not_who(me):
    change = {"name": "Ana López", "language": "es"}
    entry = only(
        entries_of(partial(me, "PATCH", "/users/me", json=change)),
        "account.changed",
        "display_name",
        "language",
    )
    assert entry.changes["language"] == [None, "es"]
    same, left = entries_of(partial(me, "PATCH", "/users/me", json=change))
    assert (same.status, left) == (200, [])


def test_a_verified_address(me, post, mailbox):
    only(
        entries_of(partial(me, "PATCH", "/users/me", json={"email": NEXT})),
        "account.changed",
        "pending_email",
    )
    body = {"token": mailbox.read()[-1].token}
    only(
        entries_of(lambda: post("/auth/email/verify", json=body)),
        "email.verified",
        "email_verified",
    )
    refused, left = entries_of(lambda: post("/auth/email/verify", json=body))
    assert (refused.status, left) == (422, [])


def test_sessions_that_are_ended(me, post):
    credentials = {"username": "ana.lopez", "password": PASSWORD}
    assert post("/auth/login", json=credentials).status == 200
    (session,) = me("GET", "/users/me/sessions").json["sessions"]
    end = partial(me, "DELETE", f"/users/me/sessions/{session['id']}")
    only(entries_of(end), "session.ended", "session")
    gone, left = entries_of(end)
    assert (gone.status, left) == (404, [])
    others = entries_of(partial(me, "DELETE", "/users/me/sessions"))
    only(others, "session.others_ended", "kept")


def test_a_second_factor(me):
    begin = partial(me, "POST", "/users/me/otp", json={"password": PASSWORD})
    begun = entries_of(begin)
    only(begun, "second_factor.begun", "second_factor")
    secret = begun[0].json["secret"]
    wrong, left = entries_of(partial(me, "POST", "/users/me/otp/confirm", json={"code": "12345x"}))
    assert (wrong.status, left) == (422, [])
    code = totp.code_at(secret, int(time.time()) // totp.STEP_SECONDS)
    confirm = partial(me, "POST", "/users/me/otp/confirm", json={"code": code})
    only(entries_of(confirm), "second_factor.turned_on", "second_factor")
    off = partial(me, "DELETE", "/users/me/otp", json={"password": PASSWORD})
    only(entries_of(off), "second_factor.turned_off", "second_factor")
