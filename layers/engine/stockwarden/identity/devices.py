"""Known devices: a cookie proves an earlier sign-in; the server stores nothing about it.

The cookie holds one token per account that has signed in there, the latest first, so that a shared
terminal is known for each of its users. A token does not reveal the account: it is an HMAC over the
account, a device number and an expiry, under a key derived from the one that signs access tokens.
It authenticates nobody: it proves only an earlier sign-in from this device.
"""

import hmac
import re
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from stockwarden.core.clock import Clock, utc_now
from stockwarden.identity.keys import KeyRing

MAX_ACCOUNTS = 10
_SEPARATOR = "~"
_SHAPE = re.compile(
    r"(?P<kid>[A-Za-z0-9_-]{1,40})\.(?P<until>[0-9]{1,12})"
    r"\.(?P<device>[A-Za-z0-9_-]{16})\.(?P<proof>[A-Za-z0-9_-]{22})"
)


@dataclass(frozen=True)
class _Token:
    text: str
    kid: str
    until: int
    device: str
    proof: str


class KnownDevices:
    def __init__(self, keys: KeyRing, lifetime: timedelta, clock: Clock = utc_now) -> None:
        self._keys = keys
        self._clock = clock
        self.lifetime = lifetime

    def recognize(self, username: str, cookie: str | None) -> str | None:
        """The device's number, if this account has signed in from it; else None."""
        return next((token.device for token in self._valid_tokens(username, cookie)), None)

    def remember(self, username: str, cookie: str | None) -> str:
        """The new value of the cookie, which makes the device known for this account."""
        current = {token.text for token in self._valid_tokens(username, cookie)}
        others = [token.text for token in _tokens(cookie) if token.text not in current]
        device = self.recognize(username, cookie) or secrets.token_urlsafe(12)
        until = int((self._clock() + self.lifetime).timestamp())
        signing = self._keys.current()
        proof = _proof(signing.key, username, device, until)
        token = f"{signing.kid}.{until}.{device}.{proof}"
        return _SEPARATOR.join([token, *others][:MAX_ACCOUNTS])

    def _valid_tokens(self, username: str, cookie: str | None) -> Iterator[_Token]:
        now = self._clock().timestamp()
        for token in _tokens(cookie):
            key = self._keys.find(token.kid) if token.until > now else None
            if key is None:
                continue
            proof = _proof(key.key, username, token.device, token.until)
            if hmac.compare_digest(proof, token.proof):
                yield token


def _tokens(cookie: str | None) -> list[_Token]:
    """The well-formed tokens of a cookie, at most `MAX_ACCOUNTS`."""
    texts = (cookie or "").split(_SEPARATOR, MAX_ACCOUNTS)[:MAX_ACCOUNTS]
    shapes = (_SHAPE.fullmatch(text) for text in texts)
    return [
        _Token(match[0], match["kid"], int(match["until"]), match["device"], match["proof"])
        for match in shapes
        if match
    ]


def _proof(key: bytes, username: str, device: str, until: int) -> str:
    derived_key = hmac.digest(key, b"stockwarden device", "sha256")
    mac = hmac.digest(derived_key, f"{username}\0{device}\0{until}".encode(), "sha256")
    return urlsafe_b64encode(mac[:16]).rstrip(b"=").decode()
