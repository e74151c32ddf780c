import json

import pytest

from stockwarden.storage import clients
from tests.functions.auth.conftest import PASSWORD
from tests.support.problems import problem


@pytest.mark.parametrize("more", [{}, {"email": "ana@example.com"}, {"email": None}])
def test_a_registration_creates_an_account(post, more):
    response = post("/auth/register", json={"username": "Ana", "password": PASSWORD, **more})
    assert response.status == 201
    assert response.json == {"message": "New user created!", "username": "Ana"}


def test_only_the_hash_of_the_password_is_stored(real_passwords, post, ana):
    stored = json.dumps(clients.dynamodb().scan(TableName="UsersTable")["Items"])
    assert PASSWORD not in stored
    assert "$argon2id$v=19$m=19456,t=2,p=1$" in stored


@pytest.mark.parametrize("name", ["Ana.Lopez", "ana.lopez", "ANA.LOPEZ"])
def test_a_taken_name_is_409(post, ana, name):
    response = post("/auth/register", json={**ana, "username": name})
    assert problem(response, 409)["detail"] == "This user name is taken."


@pytest.mark.parametrize(
    ("body", "pointers"),
    [
        ({}, ["/username", "/password"]),
        ({"username": "ana"}, ["/password"]),
        ({"username": "ana", "password": 12345678901}, ["/password"]),
        ({"username": "ana", "password": "short"}, ["/password"]),
        ({"username": "ana", "password": "password123"}, ["/password"]),
        ({"username": "ana.lopez", "password": "ana.lopez.123"}, ["/password"]),
        ({"username": "a", "password": PASSWORD}, ["/username"]),
        ({"username": "ana lopez", "password": PASSWORD}, ["/username"]),
        ({"username": "root", "password": PASSWORD}, ["/username"]),
        ({"username": "x" * 300, "password": PASSWORD}, ["/username"]),
        ({"username": "ana", "password": PASSWORD, "email": "nowhere"}, ["/email"]),
        ({"username": "ana", "password": PASSWORD, "email": ""}, ["/email"]),
        ({"username": "ana", "password": PASSWORD, "role": "admin"}, ["/role"]),
        ({"username": "ana", "password": "x" * 2000}, ["/password"]),
        ({"username": "root", "password": "short"}, ["/username", "/password"]),
        ({"username": "a b", "password": "password123"}, ["/username", "/password"]),
        ({"username": {"S": "ana"}, "password": [PASSWORD]}, ["/username", "/password"]),
    ],
)
def test_invalid_registrations_are_refused(post, body, pointers):
    response = post("/auth/register", json=body)
    assert [error["pointer"] for error in problem(response, 422)["errors"]] == pointers
    assert PASSWORD not in response.body
    assert clients.dynamodb().scan(TableName="UsersTable")["Count"] == 0


def test_a_name_that_many_ask_for_is_taken_and_not_locked(post):
    body = {"username": "ana", "password": PASSWORD}
    statuses = [
        post("/auth/register", json=body, address=f"203.0.113.{n}").status for n in range(12)
    ]
    assert statuses == [201] + [409] * 11


@pytest.mark.parametrize(
    "name", ["admin", "SYSTEM", "m.e", "a.p.i", "stock-warden", "supp0rt", "null", "undefined"]
)
def test_reserved_names_are_refused(post, name):
    response = post("/auth/register", json={"username": name, "password": PASSWORD})
    (error,) = problem(response, 422)["errors"]
    assert error["pointer"] == "/username"
    assert "reserved" in error["detail"]


def test_too_many_from_one_address(post, configure):
    configure(REGISTRATIONS_PER_ADDRESS=2)
    answers = [
        post("/auth/register", json={"username": f"ana{n}", "password": PASSWORD}) for n in range(3)
    ]
    assert [answer.status for answer in answers] == [201, 201, 429]
    problem(answers[2], 429)
    assert int(answers[2].headers["retry-after"]) >= 1
    other = post(
        "/auth/register", json={"username": "ana9", "password": PASSWORD}, address="198.51.100.1"
    )
    assert other.status == 201
