"""Wrong passwords delay only their sender."""

import pytest

from stockwarden.identity import passwords
from tests.functions.auth.cookies import by_cookie, cookie_of
from tests.support.problems import problem


def device_headers(response):
    """The request headers of the device that received this response."""
    return {"Cookie": f"theme=dark; device={cookie_of(response, 'device')}"}


def test_repeated_failures(post, ana):
    wrong = {**ana, "password": "wrong"}
    answers = [post("/auth/login", json=wrong) for _ in range(12)]
    assert [answer.status for answer in answers] == [401] * 10 + [429] * 2
    problem(answers[-1], 429)
    assert 28 <= int(answers[-1].headers["retry-after"]) <= 30
    assert (
        post("/auth/login", json=ana).status == 429
    )  # from this address the right password is delayed too
    assert post("/auth/login", json={**ana, "username": "bob"}).status == 401


@pytest.mark.parametrize("addresses", [["192.0.2.9"] * 12, [f"192.0.2.{n}" for n in range(12)]])
def test_failures_of_others_lock_nobody_out(post, ana, addresses):
    wrong = {**ana, "password": "wrong"}
    for address in addresses:
        assert post("/auth/login", json=wrong, address=address).status in {401, 429}
    assert post("/auth/login", json=ana).status == 200


@pytest.mark.parametrize("way", ["login", "refresh"])
def test_a_known_device_gets_in(post, ana, signed_in, way):
    before = signed_in
    if way == "refresh":
        before = post("/auth/refresh", json={"refresh_token": signed_in.json["refresh_token"]})
    wrong = {**ana, "password": "wrong"}
    assert [post("/auth/login", json=wrong).status for _ in range(11)] == [401] * 10 + [429]
    assert post("/auth/login", json=ana).status == 429
    response = post("/auth/login", json=ana, headers=device_headers(before))
    assert response.status == 200
    assert (
        post("/auth/login", json=ana, headers=device_headers(response), address="192.0.2.1").status
        == 200
    )
    # The device has its own count, and is known for its own account.
    bad = [
        post("/auth/login", json=wrong, headers=device_headers(response)).status for _ in range(11)
    ]
    assert bad == [401] * 10 + [429]
    assert post("/auth/logout", headers=by_cookie(response.json["refresh_token"])).status == 204


@pytest.mark.parametrize("cookie", ["", "x", "~~~", "1.99999999999.AAAAAAAAAAAAAAAA." + "A" * 22])
def test_a_forged_device_is_ignored(post, ana, cookie):
    headers = {"Cookie": f"device={cookie}"}
    assert post("/auth/login", json=ana, headers=headers).status == 200
    wrong = {**ana, "password": "wrong"}
    statuses = [post("/auth/login", json=wrong, headers=headers).status for _ in range(11)]
    assert statuses == [401] * 10 + [429]


def test_unknown_names_are_counted_like_known_ones(post):
    body = {"username": "nobody-here", "password": "wrong"}
    statuses = [post("/auth/login", json=body).status for _ in range(11)]
    assert statuses == [401] * 10 + [429]


def test_only_failures_count(post, ana, configure):
    configure(LOGINS_PER_NAME=3)
    for _ in range(2):
        assert post("/auth/login", json={**ana, "password": "wrong"}).status == 401
        for _ in range(4):
            assert post("/auth/login", json=ana).status == 200
    assert post("/auth/login", json={**ana, "password": "wrong"}).status == 401
    assert post("/auth/login", json=ana).status == 429


@pytest.mark.parametrize(("wrong", "statuses"), [(0, [200] * 10), (10, [401] * 10 + [429] * 5)])
def test_concurrent_attempts_are_all_counted(post, ana, monkeypatch, wrong, statuses):
    """Attempts that arrive before the first verification ends are all counted."""
    bodies = [{**ana, "password": "wrong"}] * 14 if wrong else [ana] * 9
    verify, answers = passwords.verify, []

    def while_others_arrive(stored, password):
        if bodies:
            answers.append(post("/auth/login", json=bodies.pop()).status)
        return verify(stored, password)

    monkeypatch.setattr(passwords, "verify", while_others_arrive)
    first = {**ana, "password": "wrong"} if wrong else ana
    answers.append(post("/auth/login", json=first).status)
    while bodies:
        answers.append(post("/auth/login", json=bodies.pop()).status)
    assert sorted(answers) == statuses


def test_names_too_long_for_a_key_count_against_the_address(post, configure):
    configure(FAILED_LOGINS_PER_ADDRESS=2)
    body = {"username": "\ufdfa" * 256, "password": "wrong"}
    assert [post("/auth/login", json=body).status for _ in range(3)] == [401, 401, 429]


def test_failures_of_one_address(post, ana, configure):
    configure(FAILED_LOGINS_PER_ADDRESS=3)
    for _ in range(4):
        assert post("/auth/login", json=ana).status == 200  # success does not count
    bodies = [{"username": f"user{n}", "password": "wrong"} for n in range(4)]
    assert [post("/auth/login", json=body).status for body in bodies] == [401] * 3 + [429]
    assert post("/auth/login", json=ana).status == 429
    assert post("/auth/login", json=ana, address="198.51.100.1").status == 200
