"""Signing in, refreshing and signing out, through the handler."""

import json

import argon2
import pytest

from stockwarden.bootstrap import repositories, tokens
from stockwarden.identity import passwords
from stockwarden.storage import clients
from tests.functions.auth.conftest import PASSWORD
from tests.functions.auth.cookies import by_cookie, cookie_of
from tests.support.capacity import measure
from tests.support.problems import problem


def bearer(response):
    return {"Authorization": f"Bearer {response.json['token']}"}


def session_continues(post, response):
    """Whether the session can still be refreshed; uses up its refresh token."""
    token = {"refresh_token": response.json["refresh_token"]}
    return post("/auth/refresh", json=token).status == 200


def test_signed_in(signed_in):
    assert signed_in.status == 200
    body = signed_in.json
    assert body.keys() == {
        "token", "access_token", "token_type", "expires_in", "refresh_token", "username", "role"
    }  # fmt: skip
    assert body["access_token"] == body["token"]
    assert (body["token_type"], body["expires_in"]) == ("Bearer", 3600)
    assert (body["username"], body["role"]) == ("Ana.Lopez", "member")
    assert tokens.tokens().verify(body["token"]).username == "ana.lopez"
    refresh, device = signed_in.cookies
    assert refresh == (
        f"refresh_token={body['refresh_token']}; Path=/api/v1/auth; Max-Age=2592000; "
        "HttpOnly; Secure; SameSite=Strict"
    )
    assert device == (
        f"device={cookie_of(signed_in, 'device')}; Path=/api/v1/auth; Max-Age=15552000; "
        "HttpOnly; Secure; SameSite=Strict"
    )
    assert "ana" not in cookie_of(signed_in, "device").lower()


@pytest.mark.parametrize("name", ["ana.lopez", "ANA.LOPEZ", " Ana.Lopez "])
def test_any_spelling_of_the_name(post, ana, name):
    assert post("/auth/login", json={**ana, "username": name}).json["username"] == "Ana.Lopez"


@pytest.mark.parametrize(
    "wrong",
    [
        {"password": "eleven blue palletS"},
        {"password": ""},
        {"username": "ana.lope"},
        {"username": ""},
        {"username": "no such/user#x"},
        {"username": "x" * 256},
        {"username": "\ufdfa" * 256},  # 4,608 characters in NFKC: more than a key may have
    ],
)
def test_every_failed_login_has_the_same_answer(post, ana, wrong):
    response = post("/auth/login", json={**ana, **wrong})
    assert problem(response, 401)["detail"] == "User name or password is wrong."
    assert response.headers["www-authenticate"].startswith("Bearer")
    assert response.cookies == ()


@pytest.mark.parametrize("username", ["ana.lopez", "nobody-here", "\ufdfa" * 256])
def test_a_login_verifies_once_with_or_without_user(
    real_passwords, post, ana, monkeypatch, username
):
    calls = []
    hasher = passwords._HASHER

    class Counting:
        def verify(self, stored, password):
            calls.append(argon2.extract_parameters(stored))
            return hasher.verify(stored, password)

    monkeypatch.setattr(passwords, "_HASHER", Counting())
    assert post("/auth/login", json={"username": username, "password": "wrong"}).status == 401
    assert calls == [argon2.extract_parameters(hasher.hash("x"))]


def test_a_disabled_user(post, ana, signed_in):
    repositories.user_repository().change_standing("ana.lopez", disabled=True)
    assert problem(post("/auth/login", json=ana), 401)["detail"].startswith("User name or")
    assert not session_continues(post, signed_in)
    repositories.user_repository().change_standing("ana.lopez", disabled=False)
    assert not session_continues(post, signed_in)
    assert post("/auth/login", json=ana).status == 200


def test_an_old_hash_is_renewed(real_passwords, post, ana):
    weaker = argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    user = repositories.user_repository().find("ana.lopez")
    repositories.user_repository().replace_hash(user, weaker.hash(PASSWORD))
    assert post("/auth/login", json=ana).status == 200
    assert not passwords.needs_rehash(
        repositories.user_repository().find("ana.lopez").password_hash
    )
    assert post("/auth/login", json=ana).status == 200


def test_cost_of_a_login(post, ana):
    post("/auth/login", json={**ana, "password": "wrong"})
    with measure(clients.dynamodb()) as units:
        assert post("/auth/login", json=ana).status == 200
    # Three for the audit entry: it makes a transaction of the write of the session.
    assert units.reads <= 3 and units.writes <= 7 + 3, units.calls
    with measure(clients.dynamodb()) as units:
        assert post("/auth/login", json={**ana, "password": "wrong"}).status == 401
    assert units.reads <= 3 and units.writes <= 5 + 1, units.calls


@pytest.mark.parametrize("way", ["body", "cookie", "body before cookie"])
def test_refresh(post, signed_in, way):
    token = signed_in.json["refresh_token"]
    options = {
        "body": {"json": {"refresh_token": token}},
        "cookie": {"headers": by_cookie(token)},
        "body before cookie": {"json": {"refresh_token": token}, "headers": by_cookie("x")},
    }[way]
    response = post("/auth/refresh", **options)
    assert response.status == 200
    assert response.json.keys() == signed_in.json.keys()
    assert response.json["refresh_token"] != token
    assert cookie_of(response) == response.json["refresh_token"]
    old, new = (tokens.tokens().verify(r.json["token"]) for r in (signed_in, response))
    assert old.session_id == new.session_id


def test_reuse_ends_the_session(post, signed_in):
    spent = {"refresh_token": signed_in.json["refresh_token"]}
    current = post("/auth/refresh", json=spent)
    problem(post("/auth/refresh", json=spent), 401)
    assert not session_continues(post, current)


DEVICE = "0f6c1d7e-5a35-4a52-9f1e-3a2a58f3f6b4"


@pytest.mark.parametrize("way", ["body", "cookie"])
def test_a_device_may_repeat_a_refresh(post, signed_in, way):
    token = signed_in.json["refresh_token"]
    options = {
        "body": {"json": {"refresh_token": token, "device_key": DEVICE}},
        "cookie": {"json": {"device_key": DEVICE}, "headers": by_cookie(token)},
    }[way]
    first, repeated = (post("/auth/refresh", **options) for _ in range(2))
    assert (first.status, repeated.status) == (200, 200)
    assert repeated.json["refresh_token"] == first.json["refresh_token"] != token
    assert cookie_of(repeated) == cookie_of(first)
    assert tokens.tokens().verify(repeated.json["token"]).username == "ana.lopez"
    assert session_continues(post, repeated)


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"json": {}},
        {"json": {"refresh_token": None}},
        {"json": {"refresh_token": ""}},
        {"json": {"refresh_token": "x"}},
        {"headers": {"Cookie": "refresh_token="}},
        {"headers": {"Cookie": "refresh_token=x; refresh_token=y"}},
        {"headers": {"Cookie": "other=x"}},
    ],
)
def test_no_refresh(post, signed_in, options):
    problem(post("/auth/refresh", **options), 401)
    assert session_continues(post, signed_in)


@pytest.mark.parametrize(
    "body",
    [
        {"refresh_token": 7},
        {"token": "x"},
        {"refresh_token": "x" * 300},
        {"device_key": "x" * 15},
        {"device_key": "x" * 129},
    ],
)
def test_refresh_out_of_shape(post, body):
    problem(post("/auth/refresh", json=body), 422)


@pytest.mark.parametrize("way", ["token", "cookie", "body", "damaged token beside cookie"])
def test_logout(post, signed_in, way):
    token = signed_in.json["refresh_token"]
    options = {
        "token": {"headers": bearer(signed_in)},
        "cookie": {"headers": by_cookie(token)},
        "body": {"json": {"refresh_token": token}},
        "damaged token beside cookie": {
            "headers": {**by_cookie(token), "Authorization": "Bearer x.y.z"}
        },
    }[way]
    response = post("/auth/logout", **options)
    assert (response.status, response.body) == (204, "")
    (line,) = response.cookies
    assert line.startswith("refresh_token=; Path=/api/v1/auth; Max-Age=0;")
    assert not session_continues(post, signed_in)


def test_logout_again(post, signed_in):
    for _ in range(2):
        assert post("/auth/logout", headers=bearer(signed_in)).status == 204


def test_logout_ends_one_session_only(post, ana, signed_in):
    other = post("/auth/login", json=ana)
    assert post("/auth/logout", headers=bearer(signed_in)).status == 204
    assert session_continues(post, other)


@pytest.mark.parametrize(
    "headers",
    [{}, {"Authorization": "Bearer x"}, {"Authorization": "Basic YTpi"}, by_cookie("x")],
)
def test_logout_without_a_valid_token_is_401(post, signed_in, headers):
    problem(post("/auth/logout", headers=headers), 401)
    assert session_continues(post, signed_in)


def test_no_secret_is_logged(post, ana, capfd):
    signed_in = post("/auth/login", json=ana)
    post("/auth/login", json={"username": "ana", "password": ["hunter2"], "x": "hunter2"})
    refreshed = post("/auth/refresh", json={"refresh_token": signed_in.json["refresh_token"]})
    post("/auth/refresh", json={"refresh_token": signed_in.json["refresh_token"]})
    written = json.dumps(capfd.readouterr())
    for secret in (PASSWORD, "hunter2", signed_in.json["token"], signed_in.json["refresh_token"],
                   refreshed.json["refresh_token"]):  # fmt: skip
        assert secret not in written
