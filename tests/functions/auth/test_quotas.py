"""RateLimit-Policy and RateLimit: what is left, and nothing about a name."""

import re

import pytest

from tests.functions.auth.conftest import PASSWORD
from tests.functions.auth.cookies import cookie_of
from tests.support.problems import problem

# An item of a list of structured fields: a string with integer parameters (RFC 9651).
ITEM = re.compile(r'"([a-z-]+)"((?:;[a-z]+=\d+)*)')


def parsed(header):
    """`"login";q=10;w=900` as [("login", {"q": 10, "w": 900})]."""
    items = [ITEM.fullmatch(item) for item in header.split(", ")]
    assert all(items), header
    return [
        (item[1], {name: int(number) for name, number in re.findall(r";([a-z]+)=(\d+)", item[2])})
        for item in items
    ]


def quota(response):
    """(policy, its parameters, what is left) of an answer with one policy."""
    ((policy, parameters),) = parsed(response.headers["ratelimit-policy"])
    ((limited, left),) = parsed(response.headers["ratelimit"])
    assert policy == limited
    return policy, parameters, left


def login(post, username, typed="wrong", **options):
    return post("/auth/login", json={"username": username, "password": typed}, **options)


def test_a_sign_in_tells_what_is_left(post, ana, configure):
    configure(ATTEMPT_WINDOW_SECONDS=900, FAILED_LOGINS_PER_ADDRESS=50)
    first = quota(login(post, ana["username"], PASSWORD))
    assert first == ("login", {"q": 50, "w": 900}, {"r": 50, "t": 0})
    failed = quota(login(post, ana["username"]))
    assert (failed[2]["r"], 17 <= failed[2]["t"] <= 18) == (49, True)
    assert quota(login(post, ana["username"]))[2]["r"] == 48
    assert quota(login(post, ana["username"], PASSWORD))[2]["r"] == 48


def test_a_used_up_quota_names_its_policy_and_the_time_to_wait(post, ana):
    response = [login(post, ana["username"]) for _ in range(11)][-1]
    document = problem(response, 429)
    assert document["type"] == "https://iana.org/assignments/http-problem-types#quota-exceeded"
    policy, parameters, left = quota(response)
    assert document["violated-policies"] == [policy] == ["login"]
    assert parameters == {"q": 10, "w": 900}
    assert left == {"r": 0, "t": int(response.headers["retry-after"])}


def test_a_known_device_is_told_what_it_has_left(post, ana, signed_in):
    device = {"Cookie": f"device={cookie_of(signed_in, 'device')}"}
    assert quota(login(post, ana["username"], headers=device))[1:] == (
        {"q": 10, "w": 900},
        {"r": 9},
    )
    again = login(post, ana["username"], PASSWORD, headers=device)
    assert (again.status, quota(again)[2]) == (200, {"r": 9})
    left = [quota(login(post, ana["username"], headers=device))[2] for _ in range(9)]
    assert left == [*({"r": r} for r in range(8, 0, -1)), {"r": 0, "t": 30}]


@pytest.mark.parametrize("other", ["nobody-here", "Ana.Lopez ", "no name!", "x" * 200])
def test_the_fields_do_not_tell_whether_a_name_exists(post, ana, other):
    """An owner's own failures at this address do not show either."""
    for _ in range(3):
        login(post, ana["username"])
    known, unknown = login(post, ana["username"]), login(post, other)
    assert (known.status, unknown.status) == (401, 401)
    assert [name for name in known.headers if name.startswith("ratelimit")] == [
        name for name in unknown.headers if name.startswith("ratelimit")
    ]
    assert quota(known)[:2] == quota(unknown)[:2]
    assert quota(known)[2]["r"] - quota(unknown)[2]["r"] == 1


@pytest.mark.parametrize("name", ["Ana.Lopez", "nobody-here"])
def test_a_name_is_used_up_alike_whether_it_exists(post, ana, name):
    response = [login(post, name) for _ in range(11)][-1]
    assert quota(response) == ("login", {"q": 10, "w": 900}, {"r": 0, "t": 30})


def test_registration(post, configure):
    configure(ATTEMPT_WINDOW_SECONDS=900, REGISTRATIONS_PER_ADDRESS=3)
    body = {"username": "ana.lopez", "password": PASSWORD}
    answers = [post("/auth/register", json=body) for _ in range(4)]
    assert [answer.status for answer in answers] == [201, 409, 409, 429]
    assert [quota(answer)[2]["r"] for answer in answers] == [2, 1, 0, 0]
    policy, parameters, left = quota(answers[-1])
    assert (policy, parameters) == ("register", {"q": 3, "w": 900})
    assert left["t"] == int(answers[-1].headers["retry-after"])
    assert problem(answers[-1], 429)["violated-policies"] == ["register"]


def test_what_is_not_limited_has_no_fields(post, signed_in):
    answer = post("/auth/refresh", json={"refresh_token": signed_in.json["refresh_token"]})
    assert not [name for name in answer.headers if name.startswith("ratelimit")]


def test_what_is_refused_before_it_is_counted_has_no_fields(post):
    answer = post("/auth/login", json={"username": "ana"})
    problem(answer, 422)
    assert "ratelimit" not in answer.headers


def test_a_token_that_does_not_hold_is_told_from_none(post):
    bad = post("/auth/logout", headers={"Authorization": "Bearer a.b.c"})
    assert 'error="invalid_token"' in bad.headers["www-authenticate"]
    none = post("/auth/logout")
    assert none.headers["www-authenticate"] == 'Bearer realm="stockwarden"'
