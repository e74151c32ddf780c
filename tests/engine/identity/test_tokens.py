"""Access tokens: what they say, how long they hold, and that none of the forged ones does."""

import json
from datetime import timedelta

import pytest

from stockwarden.core.errors import Unauthenticated
from stockwarden.identity.keys import KeyRing
from stockwarden.identity.tokens import Tokens
from tests.support.forged_tokens import ACCESS_TOKENS, ALPHABET, PREVIOUS, SECRET, Genuine, sign

LIFETIME = timedelta(minutes=60)


@pytest.fixture
def keys(clock):
    return KeyRing(lambda: json.dumps(SECRET), clock)


@pytest.fixture
def tokens(keys, clock):
    return Tokens(keys, issuer="us", audience="api", lifetime=LIFETIME, clock=clock)


@pytest.fixture
def good(tokens):
    return tokens.issue("alice", "user", "ses_1")


def test_claims_of_an_issued_token(tokens, good, clock):
    header, claims = Genuine(good).header, Genuine(good).claims
    now = int(clock.now.timestamp())
    assert header == {"alg": "HS256", "typ": "at+jwt", "kid": "2"}
    assert claims.pop("jti")
    assert claims == {
        "iss": "us",
        "aud": "api",
        "iat": now,
        "nbf": now,
        "exp": now + 3600,
        "sub": "alice",
        "role": "user",
        "sid": "ses_1",
    }
    principal = tokens.verify(good)
    assert (principal.username, principal.role, principal.session_id) == ("alice", "user", "ses_1")
    assert principal.expires_at == now + 3600


def test_our_own_signature_helper_makes_good_tokens(tokens, good):
    """Proves that the refusals below are caused by the forgery."""
    header, claims = Genuine(good).header, Genuine(good).claims
    assert tokens.verify(sign(header, claims)).username == "alice"
    assert tokens.verify(sign({**header, "kid": "1"}, claims, PREVIOUS)).username == "alice"


def refused(tokens, token):
    with pytest.raises(Unauthenticated) as caught:
        tokens.verify(token)
    assert caught.value.detail == "The access token does not hold."


@pytest.mark.parametrize("forge", ACCESS_TOKENS.values(), ids=ACCESS_TOKENS)
def test_forgeries(tokens, good, forge):
    refused(tokens, forge(Genuine(good)))


def test_only_the_canonical_signature_encoding_is_accepted(tokens, good):
    """The last of 43 characters carries four bits of signature and two of nothing."""
    for character in set(ALPHABET) - {good[-1]}:
        refused(tokens, good[:-1] + character)


def test_changing_any_byte_invalidates_a_token(tokens, good):
    for index in range(len(good)):
        if good[index] != ".":
            other = "A" if good[index] != "A" else "B"
            refused(tokens, good[:index] + other + good[index + 1 :])


def test_a_token_expires_to_the_second(tokens, good, clock):
    clock.forward(minutes=60, seconds=-1)
    tokens.verify(good)
    clock.forward(seconds=1)
    refused(tokens, good)


def test_clocks_may_differ_a_little(tokens, good, clock):
    clock.forward(seconds=-5)
    tokens.verify(good)
    clock.forward(seconds=-1)
    refused(tokens, good)


def test_a_rotation_in_between(good, clock):
    secret = {"current": {"kid": "3", "key": "t" * 32}, "previous": SECRET["current"]}
    later = KeyRing(lambda: json.dumps(secret), clock)
    tokens = Tokens(later, issuer="us", audience="api", lifetime=LIFETIME, clock=clock)
    assert tokens.verify(good).username == "alice"
    assert Genuine(tokens.issue("a", "user", "s")).header["kid"] == "3"
    del secret["previous"]
    clock.forward(minutes=5)
    refused(tokens, good)


def test_tokens_are_unique(tokens):
    issued = {tokens.issue("alice", "user", "ses_1") for _ in range(50)}
    assert len(issued) == 50
