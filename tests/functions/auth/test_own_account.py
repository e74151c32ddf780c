"""Deleting the own account: who may, what it asks for, and what is over at once."""

import time

import pytest

from stockwarden.bootstrap import repositories, stores
from stockwarden.bootstrap.authorizer import gatekeeper
from stockwarden.core.errors import Unauthenticated
from stockwarden.identity import totp
from stockwarden.identity.access import Role
from tests.functions.auth.conftest import PASSWORD
from tests.support.leaving import profile_of, register
from tests.support.problems import problem
from tests.support.reports import create_warehouse, send, share

PATH = "/users/me"


def delete(me, signed_in, **body):
    return me("DELETE", PATH, signed_in, json={"password": PASSWORD, **body})


def test_it_is_over_at_once(me, post, ana, signed_in):
    answer = delete(me, signed_in)
    assert (answer.status, answer.body) == (204, "")
    (cookie,) = answer.cookies
    assert cookie.startswith("refresh_token=;") and "Max-Age=0" in cookie
    with pytest.raises(Unauthenticated):
        gatekeeper().admit(signed_in.json["token"])
    assert problem(post("/auth/login", json=ana), 401)["detail"] == (
        "User name or password is wrong."
    )
    again = {"username": "ana.lopez", "password": "seven green forklifts"}
    assert "taken" in problem(post("/auth/register", json=again), 409)["detail"]
    assert repositories.user_repository().find("ana.lopez") is None


def test_a_repeated_request_is_answered_alike(me, post, ana, signed_in):
    """While the gateway remembers that the session is let in."""
    caller = gatekeeper().admit(signed_in.json["token"])
    assert delete(me, signed_in).status == 204
    for password in (PASSWORD, "wrong"):
        answer = send("DELETE", PATH, caller=caller, json={"password": password})
        assert (answer.status, len(answer.cookies)) == (204, 1)


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"password": "wrong"}, "/password"),
        ({"password": 7}, "/password"),
        ({}, "/password"),
        ({"password": PASSWORD, "sure": True}, "/sure"),
        ({"password": PASSWORD, "otp": "1" * 65}, "/otp"),
    ],
)
def test_wrong_requests(me, signed_in, body, pointer):
    (error,) = problem(me("DELETE", PATH, signed_in, json=body), 422)["errors"]
    assert error["pointer"] == pointer
    assert profile_of("ana.lopez")["disabled"] is False


def test_guesses_are_limited_like_those_of_sign_ins(me, post, ana, signed_in):
    for _ in range(stores.settings().logins_per_name):
        problem(delete(me, signed_in, password="wrong"), 422)
    refused = delete(me, signed_in)
    assert int(refused.headers["retry-after"]) > 0
    problem(refused, 429)
    problem(post("/auth/login", json=ana), 429)


def test_a_second_factor_is_asked_for(me, signed_in):
    secret = me("POST", "/users/me/otp", signed_in, json={"password": PASSWORD}).json["secret"]
    code = totp.code_at(secret, int(time.time()) // 30)
    codes = me("POST", "/users/me/otp/confirm", signed_in, json={"code": code}).json
    for otp in ({}, {"otp": "000000"}, {"otp": code}):
        (error,) = problem(delete(me, signed_in, **otp), 422)["errors"]
        assert error["pointer"] == "/otp"
    assert delete(me, signed_in, otp=codes["recovery_codes"][0]).status == 204


def test_warehouses_of_others_too_are_named(me, signed_in):
    caller = gatekeeper().admit(signed_in.json["token"])
    register("bob")
    shared = create_warehouse(caller=caller, name="South")["id"]
    create_warehouse(caller=caller, name="Mine")
    share(shared, "bob", "viewer", caller=caller)
    refusal = problem(delete(me, signed_in), 409)
    assert refusal["type"] == "urn:stockwarden:problem:still-owns"
    assert refusal["owned"] == {
        "warehouses": [{"id": shared, "name": "South"}],
        "reports": 0,
        "more": False,
    }
    path = f"/warehouses/{shared}/members/bob"
    assert send("DELETE", path, caller=caller).status == 204
    assert delete(me, signed_in).status == 204


def test_the_last_admin_stays(me, post, signed_in):
    users = repositories.user_repository()
    users.change_standing("ana.lopez", role=Role.ADMIN)
    refusal = problem(delete(me, signed_in), 409)
    assert "last administrator" in refusal["detail"]
    assert gatekeeper().admit(signed_in.json["token"]).username == "ana.lopez"
    register("root.admin", role=Role.ADMIN)
    assert delete(me, signed_in).status == 204


def test_the_address_is_free_and_its_owner_told(me, mailbox, post):
    credentials = {"username": "eva.m", "password": PASSWORD, "email": "eva@example.com"}
    assert post("/auth/register", json=credentials).status == 201
    mailbox.read()
    del credentials["email"]
    signed_in = post("/auth/login", json=credentials)
    assert me("PATCH", PATH, signed_in, json={"language": "es", "name": "Eva"}).status == 200
    assert delete(me, signed_in).status == 204
    (mail,) = mailbox.read()
    assert (mail.to, mail.subject) == (
        "eva@example.com",
        "Tu cuenta de Stockwarden se ha eliminado",
    )
    assert "Hola, Eva:" in mail.text and "eva.m" in mail.text
    for path, body in (
        ("/auth/password/forgot", {"email": "eva@example.com"}),
        ("/auth/register", {**credentials, "username": "eva.n", "email": "eva@example.com"}),
    ):
        assert post(path, json=body).status in {201, 202}
    assert repositories.user_repository().owner_of_email("eva@example.com") == "eva.n"
