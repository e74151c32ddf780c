"""Codes of authenticator apps: the test vectors of RFC 6238, and which of them are taken when."""

from urllib.parse import parse_qs, urlsplit

import pytest

from stockwarden.identity import totp

# RFC 6238, appendix B, for SHA-1; the last six of its eight digits.
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
VECTORS = {
    59: "287082",
    1111111109: "081804",
    1111111111: "050471",
    1234567890: "005924",
    2000000000: "279037",
    20000000000: "353130",
}


@pytest.mark.parametrize(("seconds", "code"), VECTORS.items())
def test_vectors(seconds, code):
    assert totp.code_at(SECRET, seconds // 30) == code
    assert totp.matching_step(SECRET, code, seconds) == seconds // 30


@pytest.mark.parametrize("seconds", VECTORS)
@pytest.mark.parametrize(
    ("steps", "is_taken"), [(-3, False), (-2, False), (-1, True), (0, True), (1, True), (2, False)]
)
def test_clocks_may_differ_by_one_step(seconds, steps, is_taken):
    now = seconds + 3000
    code = totp.code_at(SECRET, now // 30 + steps)
    assert totp.matching_step(SECRET, code, now) == (now // 30 + steps if is_taken else None)


def test_a_step_holds_for_thirty_seconds():
    code = totp.code_at(SECRET, 100)
    taken = [second for second in range(2900, 3200) if totp.matching_step(SECRET, code, second)]
    assert (taken[0], taken[-1], len(taken)) == (99 * 30, 102 * 30 - 1, 90)


def test_a_used_step_and_those_before_it_are_over():
    now = 30_000
    for used in range(998, 1003):
        taken = [
            step
            for step in range(998, 1003)
            if totp.matching_step(SECRET, totp.code_at(SECRET, step), now, used)
        ]
        assert taken == [step for step in (999, 1000, 1001) if step > used]


def test_a_secret_is_random_and_as_long_as_the_hash():
    secrets = {totp.new_secret() for _ in range(50)}
    assert len(secrets) == 50
    assert {len(secret) for secret in secrets} == {32}
    assert totp.code_at(secrets.pop(), 1).isdigit()


def test_what_an_app_reads():
    uri = urlsplit(totp.provisioning_uri(SECRET, "ana.lopez"))
    assert (uri.scheme, uri.netloc, uri.path) == ("otpauth", "totp", "/Stockwarden:ana.lopez")
    assert parse_qs(uri.query) == {"secret": [SECRET], "issuer": ["Stockwarden"]}
