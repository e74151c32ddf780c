"""The secret that signs access tokens: the current key, and the previous one for a while.

The secret is JSON: `{"kid", "key"}` as it is first generated, and after a rotation
`{"current": {"kid", "key"}, "previous": {"kid", "key", "expires_at"?}}`. A token names its key by
`kid`, so tokens from before a rotation are valid until they or the key (`expires_at`) expire.
"""

import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from stockwarden.core.clock import Clock, utc_now
from stockwarden.core.errors import Unavailable

MAX_AGE = timedelta(minutes=5)
# Forged tokens may name any kid; without this each of them would cause a call.
_PATIENCE = timedelta(seconds=30)
_MIN_KEY_BYTES = 32  # RFC 7518 3.2: as long as the hash


@dataclass(frozen=True)
class SigningKey:
    kid: str
    key: bytes = field(repr=False)
    expires_at: datetime | None = None


class KeyRing:
    """The keys, read on first use, again after five minutes, and for a kid not seen yet."""

    def __init__(self, read: Callable[[], str], clock: Clock = utc_now) -> None:
        self._read = read
        self._clock = clock
        self._keys: tuple[SigningKey, ...] = ()
        self._read_at: datetime | None = None

    def current(self) -> SigningKey:
        """The key to sign with. Raises Unavailable for a malformed secret."""
        return self._fresh(MAX_AGE)[0]

    def find(self, kid: str) -> SigningKey | None:
        """The key to verify with; None for an unknown or expired one."""
        for age in (MAX_AGE, _PATIENCE):
            for key in self._fresh(age):
                if key.kid == kid:
                    expired = key.expires_at is not None and key.expires_at <= self._clock()
                    return None if expired else key
        return None

    def _fresh(self, age: timedelta) -> tuple[SigningKey, ...]:
        now = self._clock()
        if self._read_at is None or now - self._read_at >= age:
            self._keys = _parse(self._read())
            self._read_at = now
        return self._keys


def rotated(secret: str, *, keep_until: datetime) -> str:
    """The secret with a new signing key; the current key verifies until `keep_until`.

    Only one previous key is kept, so do not rotate again before that time.
    Raises Unavailable for a malformed secret.
    """
    current = _parse(secret)[0]
    number = int(current.kid) + 1 if current.kid.isdecimal() else 1
    return json.dumps(
        {
            "current": {"kid": str(number), "key": secrets.token_urlsafe(48)},
            "previous": {
                "kid": current.kid,
                "key": current.key.decode(),
                "expires_at": keep_until.isoformat(),
            },
        }
    )


def _parse(secret: str) -> tuple[SigningKey, ...]:
    try:
        document = json.loads(secret)
        current = document.get("current", document)
        keys = [current, document["previous"]] if document.get("previous") else [current]
        return tuple(_key(entry) for entry in keys)
    except (ValueError, KeyError, TypeError, AttributeError):
        # Not chained: the cause would carry the secret's text into the log.
        raise Unavailable("The signing secret is not in shape.") from None


def _key(entry: Mapping[str, str]) -> SigningKey:
    key = entry["key"].encode()
    if not isinstance(entry["kid"], str) or not entry["kid"] or len(key) < _MIN_KEY_BYTES:
        raise ValueError("kid or key")
    until = entry.get("expires_at")
    moment = datetime.fromisoformat(until) if until else None
    if moment is not None and moment.tzinfo is None:
        raise ValueError("expires_at needs an offset")
    return SigningKey(entry["kid"], key, moment)
