"""Tokens in the links of e-mails: each is for one purpose, one use and a short time.

Only the SHA-256 of a token is stored, which is enough for 32 random bytes. A token is spent in the
transaction of what it allows, so that of two uses at once only one succeeds, and a use that is
refused leaves it as it was.
"""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from stockwarden.core.clock import Clock, utc_now
from stockwarden.core.errors import Invalid
from stockwarden.identity.digests import digest_of
from stockwarden.storage.keys import users as keys
from stockwarden.storage.tables import Operation, Table, write

_SHAPE = re.compile(r"[A-Za-z0-9_-]{43}")


class Purpose(StrEnum):
    RESET_PASSWORD = "reset-password"  # noqa: S105 - not a password
    VERIFY_EMAIL = "verify-email"

    @property
    def lifetime(self) -> timedelta:
        return timedelta(minutes=30) if self is Purpose.RESET_PASSWORD else timedelta(hours=24)


@dataclass(frozen=True)
class MailToken:
    """`facts` is what the token was issued for: the mail's address, the password's state."""

    digest: str
    username: str
    facts: Mapping[str, str]


class MailTokenRepository:
    def __init__(self, table: Table, clock: Clock = utc_now) -> None:
        self._table = table
        self._clock = clock

    def issue(self, purpose: Purpose, username: str, **facts: str) -> str:
        """The text of a new token. Earlier ones stay valid."""
        text = secrets.token_urlsafe(32)
        item = {
            **keys.mail_token(digest_of(text)),
            "purpose": str(purpose),
            "username": username,
            "facts": facts,
            "expires_at_epoch": int((self._clock() + purpose.lifetime).timestamp()),
        }
        write(self._table.put(item))
        return text

    def find(self, purpose: Purpose, text: str) -> MailToken:
        """The token, if it is valid. Raises Invalid at /token without naming the cause."""
        digest = digest_of(text)
        may_be = _SHAPE.fullmatch(text) is not None
        item = self._table.get(keys.mail_token(digest), consistent=True) if may_be else None
        if item is None or item["purpose"] != purpose:
            raise not_valid()
        # DynamoDB removes expired items days late.
        if item["expires_at_epoch"] <= self._clock().timestamp():
            raise not_valid()
        return MailToken(digest, item["username"], item["facts"])

    def spend(self, token: MailToken) -> Operation:
        """To be written together with what the token allows; fails if it was spent meanwhile."""
        return self._table.delete(keys.mail_token(token.digest), when="attribute_exists(#pk)")


def not_valid() -> Invalid:
    return Invalid.field("/token", "This link is no longer valid; ask for a new one.")
