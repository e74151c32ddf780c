"""Forged bearer tokens: access tokens derived from a valid one, and API tokens from two.

    for name, forge in FORGERIES.items():
        authorize(forge(genuine))    # must be refused

Everything that a forger can know is used: the right key stands in where only the claims, the header
or the session is wrong, so that a refusal has that cause.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

KEY, PREVIOUS = "c" * 32, "p" * 32
# As the secret of a stack is after a rotation; `KEY` signs.
SECRET = {"current": {"kid": "2", "key": KEY}, "previous": {"kid": "1", "key": PREVIOUS}}
_RSA = rsa.generate_private_key(public_exponent=65537, key_size=2048)
_EC = ec.generate_private_key(ec.SECP256R1())
_PUBLIC_PEM = _RSA.public_key().public_bytes(
    serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
)
# Of the base64 alphabet of URLs.
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


@dataclass(frozen=True)
class Genuine:
    """Valid tokens: an access token, signed by `KEY`; two API tokens; and the ids of sessions of
    another account, of an ended session, and of a disabled account's."""

    access_token: str
    api_token: str = ""
    other_api_token: str = ""
    other_session: str = ""
    ended_session: str = ""
    disabled: tuple[str, str] = ("", "")

    @property
    def header(self) -> dict[str, Any]:
        return _decode(self.access_token.split(".")[0])

    @property
    def claims(self) -> dict[str, Any]:
        return _decode(self.access_token.split(".")[1])

    @property
    def signature(self) -> str:
        return self.access_token.rpartition(".")[2]


Forge = Callable[[Genuine], str]


def encode(part: Any) -> str:
    raw = part if isinstance(part, bytes) else json.dumps(part).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _decode(segment: str) -> dict[str, Any]:
    decoded: dict[str, Any] = json.loads(
        base64.urlsafe_b64decode(segment + "=" * (-len(segment) % 4))
    )
    return decoded


def sign(header: Any, claims: Any, key: str | bytes = KEY, digest: str = "sha256") -> str:
    """A correctly signed token with the given header and claims."""
    signed = f"{encode(header)}.{encode(claims)}"
    mac = hmac.digest(key if isinstance(key, bytes) else key.encode(), signed.encode(), digest)
    return f"{signed}.{encode(mac)}"


def _changed(mapping: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """With these members; `...` leaves one out."""
    return {name: value for name, value in {**mapping, **changes}.items() if value is not ...}


# Signed with the right key.
_CLAIMS: dict[str, dict[str, Any]] = {
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
_HEADERS: dict[str, dict[str, Any]] = {
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


# From (header, claims, signature text, whole token).
_Parts = Callable[[dict[str, Any], dict[str, Any], str, str], str]
_ACCESS_TOKENS: dict[str, _Parts] = {
    **{
        f"claims: {name}": lambda h, c, s, t, change=change: sign(h, _changed(c, change))
        for name, change in _CLAIMS.items()
    },
    **{
        f"header: {name}": lambda h, c, s, t, change=change: sign(_changed(h, change), c)
        for name, change in _HEADERS.items()
    },
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
    "HMAC with a public key": lambda h, c, s, t: sign(h, c, _PUBLIC_PEM),
    "HS384": lambda h, c, s, t: sign({**h, "alg": "HS384"}, c, digest="sha384"),
    "HS512": lambda h, c, s, t: sign({**h, "alg": "HS512"}, c, digest="sha512"),
    "HS256, hashed with SHA-512": lambda h, c, s, t: sign(h, c, digest="sha512"),
    "RS256": lambda h, c, s, t: jwt.encode(c, _RSA, "RS256", {"typ": "at+jwt", "kid": "2"}),
    "PS256": lambda h, c, s, t: jwt.encode(c, _RSA, "PS256", {"typ": "at+jwt", "kid": "2"}),
    "ES256": lambda h, c, s, t: jwt.encode(c, _EC, "ES256", {"typ": "at+jwt", "kid": "2"}),
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


def _from_parts(forge: _Parts, genuine: Genuine) -> str:
    token = genuine.access_token
    return forge(genuine.header, genuine.claims, genuine.signature, token)


ACCESS_TOKENS: dict[str, Forge] = {
    name: partial(_from_parts, forge) for name, forge in _ACCESS_TOKENS.items()
}
# White space around a header's value is no part of it.
ONLY_IN_CODE = {"line break", "surrounded by spaces"}


def _resigned(**changes: str) -> Forge:
    return lambda genuine: sign(genuine.header, genuine.claims | changes)


# Correctly signed, but of no living session of that account.
SESSIONS: dict[str, Forge] = {
    "session: of nobody": _resigned(sid="ses_" + "0" * 26),
    "session: no id": _resigned(sid="*"),
    "session: a profile": _resigned(sid="../USER#ana"),
    "session: in upper case": lambda g: _resigned(sid=g.claims["sid"].upper())(g),
    "session: of another account": lambda g: _resigned(sid=g.other_session)(g),
    "session: ended": lambda g: _resigned(sid=g.ended_session)(g),
    "account: another": _resigned(sub="bob"),
    "account: of nobody": _resigned(sub="nobody"),
    "account: in another spelling": _resigned(sub="ANA"),
    "account: a look-alike": _resigned(sub="\u0430na"),
    "account: disabled": lambda g: _resigned(sub=g.disabled[0], sid=g.disabled[1])(g),
    "account: an API token's": lambda g: _resigned(sid=f"tok_{g.api_token[4:30]}")(g),
}


def _secret(text: str) -> str:
    return text[31:]


API_TOKENS: dict[str, Forge] = {
    "API token: last character changed": lambda g: (
        g.api_token[:-1] + ("A" if g.api_token[-1] != "A" else "B")
    ),
    "API token: secret of another": lambda g: g.api_token[:31] + _secret(g.other_api_token),
    "API token: id of another": lambda g: g.other_api_token[:31] + _secret(g.api_token),
    "API token: in upper case": lambda g: g.api_token.upper(),
    "API token: one more": lambda g: g.api_token + "A",
    "API token: one less": lambda g: g.api_token[:-1],
    "API token: prefix only": lambda g: "swt_",
    "API token: as stored": lambda g: g.api_token.replace("swt_", "swt_tok_"),
    "API token: secret of the same letter": lambda g: g.api_token[:31] + "A" * 43,
    "API token: no secret": lambda g: g.api_token[:30],
    "API token: empty secret": lambda g: g.api_token[:31],
    "API token: its digest for the secret": lambda g: (
        g.api_token[:31] + encode(hashlib.sha256(_secret(g.api_token).encode()).digest())
    ),
    "API token: another prefix": lambda g: g.api_token.replace("swt_", "ses_"),
    "API token: no prefix": lambda g: g.api_token.removeprefix("swt_"),
    "API token: id of nobody": lambda g: f"swt_{'0' * 26}_{_secret(g.api_token)}",
    "API token: id in upper case": lambda g: (
        f"swt_{g.api_token[4:30].upper()}_{_secret(g.api_token)}"
    ),
    "API token: full-width digit": lambda g: g.api_token[:4] + "\uff10" + g.api_token[5:],
    "API token: NUL": lambda g: g.api_token + "\0",
    "API token: percent-encoded": lambda g: g.api_token.replace("_", "%5F"),
    "API token: before an access token": lambda g: f"swt_{g.access_token}",
    "API token: as an access token": lambda g: f"{g.api_token}.{g.api_token}.{g.api_token}",
    "API token: twice": lambda g: g.api_token * 2,
}
FORGERIES: dict[str, Forge] = {**ACCESS_TOKENS, **SESSIONS, **API_TOKENS}
