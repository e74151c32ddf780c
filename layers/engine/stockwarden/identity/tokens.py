"""Issues and verifies access tokens: JWTs of the RFC 9068 profile with a single algorithm.

`verify` accepts only the format that `issue` writes. The header has exactly `alg`, `typ` and
`kid`, so a token cannot bring a key (`jwk`, `jku`, `x5c`) or extensions (`crit`).
"""

import base64
import re
import secrets
from dataclasses import dataclass
from datetime import timedelta

import jwt

from stockwarden.core.clock import Clock, utc_now
from stockwarden.core.errors import InvalidToken
from stockwarden.identity.keys import KeyRing

ALGORITHM = "HS256"
TYPE = "at+jwt"
_CLAIMS = ("iss", "aud", "exp", "iat", "nbf", "jti", "sub", "role", "sid")
_MAX_LENGTH = 2048
_SHAPE = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.([A-Za-z0-9_-]+)")
# Tolerated clock difference in seconds; never extends a token's life.
_SKEW = 5


@dataclass(frozen=True)
class Claims:
    """The claims of a valid token. `expires_at` is in seconds since 1970."""

    username: str
    role: str
    session_id: str
    expires_at: int


class Tokens:
    def __init__(
        self,
        keys: KeyRing,
        *,
        issuer: str,
        audience: str,
        lifetime: timedelta,
        clock: Clock = utc_now,
    ) -> None:
        self._keys = keys
        self._issuer = issuer
        self._audience = audience
        self._clock = clock
        self.lifetime = lifetime

    def issue(self, username: str, role: str, session_id: str) -> str:
        now = int(self._clock().timestamp())
        signing = self._keys.current()
        claims = {
            "iss": self._issuer,
            "aud": self._audience,
            "iat": now,
            "nbf": now,
            "exp": now + int(self.lifetime.total_seconds()),
            "jti": secrets.token_urlsafe(12),
            "sub": username,
            "role": role,
            "sid": session_id,
        }
        header = {"typ": TYPE, "kid": signing.kid}
        return jwt.encode(claims, signing.key, algorithm=ALGORITHM, headers=header)

    def verify(self, token: str) -> Claims:
        """The claims of a valid token. Raises InvalidToken without naming the cause."""
        try:
            return self._verified(token)
        except (jwt.InvalidTokenError, ValueError, RecursionError):
            raise InvalidToken("The access token does not hold.") from None

    def _verified(self, token: str) -> Claims:
        shape = _SHAPE.fullmatch(token) if len(token) <= _MAX_LENGTH else None
        if shape is None or not _is_canonical(shape[1]):
            raise ValueError("not a compact JWS")
        header = jwt.get_unverified_header(token)
        if set(header) != {"alg", "typ", "kid"}:
            raise ValueError("header")
        if header["alg"] != ALGORITHM or header["typ"] != TYPE:
            raise ValueError("algorithm or type")
        key = self._keys.find(header["kid"])
        if key is None:
            raise ValueError("key")
        claims = jwt.decode(
            token,
            key.key,
            algorithms=[ALGORITHM],
            audience=self._audience,
            issuer=self._issuer,
            options={
                "require": list(_CLAIMS),
                "strict_aud": True,
                "verify_exp": False,
                "verify_nbf": False,
                "verify_iat": False,
            },
        )
        # The times are checked here: PyJWT knows one leeway for all of them.
        times = [claims[name] for name in ("exp", "nbf", "iat")]
        if any(type(moment) is not int for moment in times):
            raise ValueError("times are whole seconds")
        expires, not_before, issued = times
        now = self._clock().timestamp()
        if now >= expires or now + _SKEW < not_before or now + _SKEW < issued:
            raise ValueError("not its time")
        names = [claims[name] for name in ("sub", "role", "sid", "jti")]
        if not all(isinstance(name, str) and name for name in names):
            raise ValueError("names are text")
        return Claims(claims["sub"], claims["role"], claims["sid"], expires)


def _is_canonical(segment: str) -> bool:
    """Whether the unused bits of the last character are zero: a signature has one spelling."""
    decoded = base64.urlsafe_b64decode(segment + "=" * (-len(segment) % 4))
    return base64.urlsafe_b64encode(decoded).rstrip(b"=") == segment.encode()
