"""Signing in with an e-mail address: found, limited and refused as with a user name."""

import botocore.client
import pytest

from tests.functions.auth.conftest import PASSWORD
from tests.support.problems import problem

EMAIL = "Ana@Example.com"
REFUSED = "User name or password is wrong."


@pytest.fixture
def ana(post):
    """Registers Ana with an address; returns her credentials by name."""
    credentials = {"username": "Ana.Lopez", "password": PASSWORD}
    assert post("/auth/register", json={**credentials, "email": EMAIL}).status == 201
    return credentials


@pytest.mark.parametrize(
    "login",
    [
        {"email": EMAIL},
        {"email": " ana@example.COM "},
        {"username": EMAIL},
        {"username": "ana@example.com"},
    ],
)
def test_an_address_signs_in(post, ana, login):
    response = post("/auth/login", json={**login, "password": PASSWORD})
    assert (response.status, response.json["username"]) == (200, "Ana.Lopez")


@pytest.mark.parametrize(
    "login",
    [
        {"email": EMAIL, "password": "wrong"},
        {"email": "nobody@example.com", "password": PASSWORD},
        {"email": "ana.lopez", "password": PASSWORD + "!"},
        {"email": "@", "password": PASSWORD},
        {"email": "ana@example", "password": PASSWORD},
        {"email": "ana lopez@example.com", "password": PASSWORD},
        {"email": "ana\x00@example.com", "password": PASSWORD},
        {"email": "x" * 244 + "@example.com", "password": PASSWORD},
        {"email": "\ufdfa" * 200 + "@example.com", "password": PASSWORD},
        {"username": "\u0390" * 240 + "@example.com", "password": PASSWORD},
    ],
)
def test_every_refusal_is_the_same(post, ana, login):
    assert problem(post("/auth/login", json=login), 401)["detail"] == REFUSED


@pytest.mark.parametrize(
    "names", [{}, {"username": "ana.lopez", "email": EMAIL}, {"username": None, "email": None}]
)
def test_exactly_one_of_name_and_address(post, ana, names):
    answer = problem(post("/auth/login", json={**names, "password": PASSWORD}), 422)
    (error,) = answer["errors"]
    assert error["detail"] == "Send either username or email."
    assert PASSWORD not in str(answer)


@pytest.mark.parametrize("email", [EMAIL, "nobody@example.com", "NOBODY@example.com"])
def test_known_and_unknown_addresses_are_limited_alike(post, ana, email):
    wrong = {"email": email, "password": "wrong"}
    statuses = [post("/auth/login", json=wrong).status for _ in range(11)]
    assert statuses == [401] * 10 + [429]


def test_name_and_address_share_one_count(post, ana):
    for login in ({"email": EMAIL}, {"username": "ana.lopez"}):
        for _ in range(5):
            assert post("/auth/login", json={**login, "password": "wrong"}).status == 401
    problem(post("/auth/login", json={"email": EMAIL, "password": PASSWORD}), 429)
    problem(post("/auth/login", json=ana), 429)


def test_a_device_that_signed_in_by_name_is_known_for_the_address(post, ana):
    cookie = post("/auth/login", json=ana).cookies[1].split(";")[0]
    wrong = {"email": EMAIL, "password": "wrong"}
    for _ in range(10):
        assert post("/auth/login", json=wrong).status == 401
    right = {"email": EMAIL, "password": PASSWORD}
    assert post("/auth/login", json=right).status == 429
    assert post("/auth/login", json=right, headers={"Cookie": cookie}).status == 200


def test_known_and_unknown_addresses_make_the_same_calls(post, ana, monkeypatch):
    made = []
    make_call = botocore.client.BaseClient._make_api_call

    def record(client, operation, request):
        made.append(operation)
        return make_call(client, operation, request)

    monkeypatch.setattr(botocore.client.BaseClient, "_make_api_call", record)

    def calls(login, address):
        made.clear()
        assert post("/auth/login", json=login, address=address).status == 401
        # A failure is noted while it is counted, so their order is anybody's.
        return sorted(made)

    known = calls({"email": EMAIL, "password": "wrong"}, "192.0.2.1")
    assert calls({"email": "nobody@example.com", "password": "wrong"}, "192.0.2.2") == known


def test_an_address_that_two_accounts_gave_signs_in_to_the_first(post, ana):
    second = {"username": "second", "password": "seven green pallets", "email": EMAIL}
    assert post("/auth/register", json=second).status == 201
    problem(post("/auth/login", json={"email": EMAIL, "password": "seven green pallets"}), 401)
    assert post("/auth/login", json={"email": EMAIL, "password": PASSWORD}).status == 200
