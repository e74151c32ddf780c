"""Changing the password: proven by the old one, and the end of all other sessions."""

import pytest

from stockwarden.bootstrap.authorizer import gatekeeper
from stockwarden.core.errors import Unauthenticated
from stockwarden.identity import passwords
from stockwarden.storage import clients
from tests.functions.auth.conftest import PASSWORD
from tests.support.capacity import measure
from tests.support.problems import problem

PATH = "/users/me/password"
NEW = "seven green forklifts"
CHANGE = {"current_password": PASSWORD, "new_password": NEW}


def test_other_sessions_end_and_the_new_password_signs_in(post, ana, me):
    other, here = (post("/auth/login", json=ana) for _ in range(2))
    answer = me("PUT", PATH, here, json=CHANGE)
    assert (answer.status, answer.body) == (204, "")
    assert gatekeeper().admit(here.json["token"]).username == "ana.lopez"
    with pytest.raises(Unauthenticated):
        gatekeeper().admit(other.json["token"])
    problem(post("/auth/login", json=ana), 401)
    assert post("/auth/login", json={**ana, "password": NEW}).status == 200
    refreshed = post("/auth/refresh", json={"refresh_token": here.json["refresh_token"]})
    assert refreshed.status == 200


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"current_password": "wrong"}, "/current_password"),
        ({"new_password": "short"}, "/new_password"),
        ({"new_password": "password123"}, "/new_password"),
        ({"new_password": "ana.lopez is me"}, "/new_password"),
        ({"new_password": PASSWORD}, "/new_password"),
        ({"new_password": "x" * 2000}, "/new_password"),
        ({"username": "bob"}, "/username"),
    ],
)
def test_refused_changes_name_the_field_and_change_nothing(ana, me, signed_in, wrong, pointer):
    (error,) = problem(me("PUT", PATH, signed_in, json={**CHANGE, **wrong}), 422)["errors"]
    assert error["pointer"] == pointer
    assert me("PUT", PATH, signed_in, json=CHANGE).status == 204


def test_guesses_with_a_stolen_session_are_limited_like_logins(post, ana, me, signed_in):
    wrong = {**CHANGE, "current_password": "wrong"}
    statuses = [me("PUT", PATH, signed_in, json=wrong).status for _ in range(11)]
    assert statuses == [422] * 10 + [429]
    assert post("/auth/login", json=ana).status == 429
    assert post("/auth/login", json=ana, address="192.0.2.1").status == 200


def test_of_two_changes_at_once_one_is_refused(ana, me, signed_in, monkeypatch):
    hash_password, statuses = passwords.hash_password, []

    def while_another_arrives(password):
        if not statuses:
            statuses.append(0)
            other = {**CHANGE, "new_password": "nine yellow ladders"}
            statuses[0] = me("PUT", PATH, signed_in, json=other).status
        return hash_password(password)

    monkeypatch.setattr(passwords, "hash_password", while_another_arrives)
    assert me("PUT", PATH, signed_in, json=CHANGE).status == 412
    assert statuses == [204]


def test_passwords_are_neither_logged_nor_answered(ana, me, signed_in, capfd):
    me("PUT", PATH, signed_in, json={"current_password": [PASSWORD], "new_password": NEW})
    refused = me("PUT", PATH, signed_in, json={**CHANGE, "new_password": "pass"})
    me("PUT", PATH, signed_in, json=CHANGE)
    written = str(capfd.readouterr()) + refused.body
    assert PASSWORD not in written and NEW not in written
    assert NEW not in str(clients.dynamodb().scan(TableName="UsersTable"))


def test_cost(ana, me, signed_in):
    with measure(clients.dynamodb()) as units:
        assert me("PUT", PATH, signed_in, json=CHANGE).status == 204
    # Three for the audit entry: it makes a transaction of the change.
    assert units.reads <= 6 and units.writes <= 8 + 3, units.calls


def test_the_owner_is_told(post, mailbox, me):
    body = {"username": "Ana.Lopez", "password": PASSWORD, "email": "ana@example.com"}
    assert post("/auth/register", json=body).status == 201
    mailbox.read()
    login = {"username": "ana.lopez", "password": PASSWORD}
    assert me("PUT", PATH, post("/auth/login", json=login), json=CHANGE).status == 204
    (mail,) = mailbox.read()
    assert (mail.to, mail.subject) == ("ana@example.com", "Your Stockwarden password was changed")
    assert "the password of the account Ana.Lopez was changed" in mail.text
