"""Forged access tokens, each derived from a valid one; all are refused."""

import base64
import hmac
import json
from datetime import timedelta

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from stockwarden.core.errors import Unauthenticated
from stockwarden.identity.keys import KeyRing
from stockwarden.identity.tokens import Tokens

KEY = "c" * 32
PREVIOUS = "p" * 32
RSA = rsa.generate_private_key(public_exponent=65537, key_size=2048)
EC = ec.generate_private_key(ec.SECP256R1())
PUBLIC_PEM = RSA.public_key().public_bytes(
    serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
)
SECRET = {
    "current": {"kid": "2", "key": KEY},
    "previous": {"kid": "1", "key": PREVIOUS},
}
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


def encode(part):
    raw = part if isinstance(part, bytes) else json.dumps(part).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def decode(segment):
    return json.loads(base64.urlsafe_b64decode(segment + "=" * (-len(segment) % 4)))


def sign(header, claims, key=KEY, digest="sha256"):
    """A correctly signed token with the given header and claims."""
    signed = f"{encode(header)}.{encode(claims)}"
    mac = hmac.digest(key if isinstance(key, bytes) else key.encode(), signed.encode(), digest)
    return f"{signed}.{encode(mac)}"


def parts(token):
    header, claims, signature = token.split(".")
    return decode(header), decode(claims), signature


def test_claims_of_an_issued_token(tokens, good, clock):
    header, claims, _ = parts(good)
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
    header, claims, _ = parts(good)
    assert tokens.verify(sign(header, claims)).username == "alice"
    assert tokens.verify(sign({**header, "kid": "1"}, claims, PREVIOUS)).username == "alice"


def changed(mapping, **changes):
    return {k: v for k, v in {**mapping, **changes}.items() if v is not ...}


# Invalid claims and headers signed with the right key. `...` omits one.
CLAIMS = {
    "no iss": {"iss": ...},
    "wrong iss": {"iss": "them"},
    "iss is a list": {"iss": ["us"]},
    "no aud": {"aud": ...},
    "wrong aud": {"aud": "other"},
    "aud is a list": {"aud": ["api", "other"]},
    "no exp": {"exp": ...},
    "exp is null": {"exp": None},
    "exp is text": {"exp": "99999999999"},
    "exp is a float": {"exp": 1e11},
    "exp is true": {"exp": True},
    "exp is infinite": {"exp": float("inf")},
    "expired": {"exp": 1},
    "no nbf": {"nbf": ...},
    "not yet valid": {"nbf": 10**11},
    "no iat": {"iat": ...},
    "issued in the future": {"iat": 10**11},
    "no jti": {"jti": ...},
    "empty jti": {"jti": ""},
    "no sub": {"sub": ...},
    "sub is a number": {"sub": 7},
    "sub is empty": {"sub": ""},
    "no sid": {"sid": ...},
    "sid is a list": {"sid": ["ses_1"]},
    "no role": {"role": ...},
    "role is a list": {"role": ["admin"]},
}
HEADERS = {
    "no typ": {"typ": ...},
    "typ of an id token": {"typ": "JWT"},
    "typ in another case": {"typ": "AT+JWT"},
    "no kid": {"kid": ...},
    "unknown kid": {"kid": "3"},
    "kid is a path": {"kid": "../../../../dev/null"},
    "kid is SQL": {"kid": "2' OR '1'='1"},
    "kid is a list": {"kid": ["2"]},
    "kid is a number": {"kid": 2},
    "kid is null": {"kid": None},
    "critical extension": {"crit": ["exp"]},
    "unencoded payload": {"b64": False, "crit": ["b64"]},
    "own key": {"jwk": {"kty": "oct", "k": encode(KEY.encode())}},
    "key by address": {"jku": "https://evil.example/keys.json"},
    "certificate": {"x5c": ["MIIB"]},
    "certificate by address": {"x5u": "https://evil.example/cert.pem"},
    "nested": {"cty": "JWT"},
    "alg none": {"alg": "none"},
    "alg None": {"alg": "None"},
    "no alg": {"alg": ...},
    "alg is a list": {"alg": ["HS256"]},
    "alg in lower case": {"alg": "hs256"},
    "alg says HS512": {"alg": "HS512"},
    "alg says RS256": {"alg": "RS256"},
}


def refused(tokens, token):
    with pytest.raises(Unauthenticated) as caught:
        tokens.verify(token)
    assert caught.value.detail == "The access token does not hold."


@pytest.mark.parametrize("change", CLAIMS.values(), ids=CLAIMS)
def test_wrong_claims(tokens, good, change):
    header, claims, _ = parts(good)
    refused(tokens, sign(header, changed(claims, **change)))


@pytest.mark.parametrize("change", HEADERS.values(), ids=HEADERS)
def test_wrong_headers(tokens, good, change):
    header, claims, _ = parts(good)
    refused(tokens, sign(changed(header, **change), claims))


# All other forgeries, built from (header, claims, signature text, whole token).
FORGERIES = {
    "empty": lambda h, c, s, t: "",
    "one dot": lambda h, c, s, t: t.rpartition(".")[0],
    "no dots": lambda h, c, s, t: t.replace(".", ""),
    "four parts": lambda h, c, s, t: f"{t}.{s}",
    "five parts (JWE)": lambda h, c, s, t: f"{encode(h)}.a.b.c.d",
    "no signature": lambda h, c, s, t: f"{encode(h)}.{encode(c)}.",
    "alg none, no signature": lambda h, c, s, t: f"{encode({**h, 'alg': 'none'})}.{encode(c)}.",
    "alg none, old signature": lambda h, c, s, t: f"{encode({**h, 'alg': 'none'})}.{encode(c)}.{s}",
    "changed payload": lambda h, c, s, t: f"{encode(h)}.{encode({**c, 'role': 'admin'})}.{s}",
    "changed header": lambda h, c, s, t: f"{encode({**h, 'kid': '1'})}.{encode(c)}.{s}",
    "signature of zeros": lambda h, c, s, t: f"{encode(h)}.{encode(c)}.{encode(bytes(32))}",
    "cut signature": lambda h, c, s, t: t[:-4],
    "signature with junk": lambda h, c, s, t: t[:-4] + "!!" + t[-4:],
    "padded": lambda h, c, s, t: t + "=",
    "standard alphabet": lambda h, c, s, t: t.replace("-", "+").replace("_", "/") + "+",
    "key is empty": lambda h, c, s, t: sign(h, c, b""),
    "key is the kid": lambda h, c, s, t: sign(h, c, h["kid"]),
    "key of the other kid": lambda h, c, s, t: sign(h, c, PREVIOUS),
    "key of someone else": lambda h, c, s, t: sign(h, c, "x" * 32),
    "HMAC with a public key": lambda h, c, s, t: sign(h, c, PUBLIC_PEM),
    "HS384": lambda h, c, s, t: sign({**h, "alg": "HS384"}, c, digest="sha384"),
    "HS512": lambda h, c, s, t: sign({**h, "alg": "HS512"}, c, digest="sha512"),
    "HS256, hashed with SHA-512": lambda h, c, s, t: sign(h, c, digest="sha512"),
    "RS256": lambda h, c, s, t: jwt.encode(c, RSA, "RS256", {"typ": "at+jwt", "kid": "2"}),
    "PS256": lambda h, c, s, t: jwt.encode(c, RSA, "PS256", {"typ": "at+jwt", "kid": "2"}),
    "ES256": lambda h, c, s, t: jwt.encode(c, EC, "ES256", {"typ": "at+jwt", "kid": "2"}),
    "the token inside itself": lambda h, c, s, t: sign(h, t.encode()),
    "claims are a list": lambda h, c, s, t: sign(h, [c]),
    "claims are text": lambda h, c, s, t: sign(h, "claims"),
    "claims are not JSON": lambda h, c, s, t: sign(h, b"{"),
    "claims are not UTF-8": lambda h, c, s, t: sign(h, b"\xff\xfe"),
    "claims are a tower": lambda h, c, s, t: sign(h, b"[" * 900),
    "header is a list": lambda h, c, s, t: sign([h], c),
    "header is not JSON": lambda h, c, s, t: sign(b"{", c),
    "header twice": lambda h, c, s, t: sign(
        b'{"alg":"none","typ":"at+jwt","kid":"2","alg":"RS256"}', c
    ),
    "JSON serialization": lambda h, c, s, t: json.dumps(
        {"protected": encode(h), "payload": encode(c), "signature": s}
    ),
    "huge": lambda h, c, s, t: sign(h, {**c, "pad": "x" * 100_000}),
    "full-width letters": lambda h, c, s, t: chr(0xFF45) + t[1:],
    "line break": lambda h, c, s, t: t + "\n",
    "NUL": lambda h, c, s, t: t + "\0",
    "surrounded by spaces": lambda h, c, s, t: f" {t} ",
    "percent-encoded": lambda h, c, s, t: t.replace(".", "%2e"),
    "lone surrogate": lambda h, c, s, t: t + "\ud800",
}


@pytest.mark.parametrize("forge", FORGERIES.values(), ids=FORGERIES)
def test_forgeries(tokens, good, forge):
    refused(tokens, forge(*parts(good), good))


def test_only_the_canonical_signature_encoding_is_accepted(tokens, good):
    """The last of 43 characters carries four bits of signature and two of nothing."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    for character in set(alphabet) - {good[-1]}:
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
    assert parts(tokens.issue("a", "user", "s"))[0]["kid"] == "3"
    del secret["previous"]
    clock.forward(minutes=5)
    refused(tokens, good)


def test_tokens_are_unique(tokens):
    issued = {tokens.issue("alice", "user", "ses_1") for _ in range(50)}
    assert len(issued) == 50
