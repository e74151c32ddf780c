"""API tokens: what scripts sign in with, in the place of a session.

A token is `swt_<id>_<secret>`, shown once; only the SHA-256 of its secret is stored, which is
enough for 32 random bytes. It may never do more than its owner may at the time: the gatekeeper
takes the role from the account, and `identity/access.py` applies the token's own limits.
"""

import hmac
import re
import secrets
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from stockwarden.core.clock import Clock, iso, utc_now
from stockwarden.core.errors import Conflict, NotFound, Unauthenticated
from stockwarden.identity.access import TokenLimits
from stockwarden.identity.digests import digest_of
from stockwarden.identity.sign_outs import SignOuts, sign_outs_of
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import users as keys
from stockwarden.storage.tables import ConditionFailed, Operation, Table, write

PREFIX = "swt_"
MAX_TOKENS = 20
MAX_LIFETIME = timedelta(days=366)
# `last_used_at` is that exact, so that a busy token costs a write an hour.
USE_NOTED_EVERY = timedelta(hours=1)

_SHAPE = re.compile(r"swt_([0-9a-f]{26})_([A-Za-z0-9_-]{43})")


@dataclass(frozen=True)
class ApiToken:
    """`warehouses` are ids, None for all that the owner sees; times are ISO 8601 in UTC.
    `sign_outs` is the account's count when the token was made."""

    id: str
    username: str
    name: str
    scopes: tuple[str, ...]
    warehouses: tuple[str, ...] | None
    created_at: str
    expires_at: str
    last_used_at: str | None
    expires_at_epoch: int
    sign_outs: int
    digest: str = field(repr=False)

    @property
    def limits(self) -> TokenLimits:
        warehouses = None if self.warehouses is None else frozenset(self.warehouses)
        return TokenLimits(self.id, frozenset(self.scopes), warehouses)


class ApiTokenRepository:
    def __init__(self, table: Table, clock: Clock = utc_now) -> None:
        self._table = table
        self._clock = clock

    def add(
        self,
        username: str,
        name: str,
        scopes: Collection[str],
        warehouses: Collection[str] | None,
        expires_at: datetime,
        *,
        beside: Callable[[str], Sequence[Operation]] = lambda _: (),
    ) -> tuple[ApiToken, str]:
        """The new token and its text; `beside` gives what is written with it, from its id. Raises
        Conflict where the owner has `MAX_TOKENS`."""
        if len(self.list_tokens(username)) >= MAX_TOKENS:
            raise Conflict(f"An account has {MAX_TOKENS} API tokens at most; delete one first.")
        bare_id, secret = secrets.token_hex(13), secrets.token_urlsafe(32)
        created_at = iso(self._clock())
        item: Item = {
            **keys.api_token(f"tok_{bare_id}"),
            **keys.listed_api_token(username, created_at, f"tok_{bare_id}"),
            "id": f"tok_{bare_id}",
            "username": username,
            "sign_outs": self._ended(username).api_tokens,
            "name": name,
            "scopes": sorted(set(scopes)),
            "warehouses": None if warehouses is None else sorted(set(warehouses)),
            "digest": digest_of(secret),
            "created_at": created_at,
            "expires_at": iso(expires_at),
            "expires_at_epoch": int(expires_at.timestamp()),
        }
        write(self._table.put(item), *beside(item["id"]))
        return _token(item), f"{PREFIX}{bare_id}_{secret}"

    def list_tokens(self, username: str) -> list[ApiToken]:
        """The living tokens of an account, oldest first."""
        ended = self._ended(username)
        listed = keys.api_tokens_of(username)
        items = self._table.query("#directory = :directory", index="directory", **listed).items
        tokens = [_token(item) for item in items if self._is_alive(item)]
        return [token for token in tokens if not ended.have_ended_api_token(token.sign_outs)]

    def remove(self, username: str, token_id: str, *, beside: Sequence[Operation] = ()) -> None:
        """Raises NotFound unless the account has the token."""
        try:
            write(
                self._table.delete(
                    keys.api_token(token_id), when="#username = :owner", owner=username
                ),
                *beside,
            )
        except ConditionFailed:
            raise NotFound("There is no such API token.") from None

    def find(self, text: str) -> ApiToken:
        """The living token of this text. Raises Unauthenticated without naming the cause."""
        shape = _SHAPE.fullmatch(text)
        item = self._table.get(keys.api_token(f"tok_{shape[1]}")) if shape else None
        # Compared also where there is none, so that both refusals take the same time.
        stored = item["digest"] if item else digest_of("")
        matches = hmac.compare_digest(digest_of(shape[2] if shape else ""), stored)
        if item is None or not matches or not self._is_alive(item):
            raise Unauthenticated("The API token does not hold.")
        return _token(item)

    def note_use(self, token: ApiToken) -> None:
        """Stores that the token was used now, if the last note is `USE_NOTED_EVERY` old."""
        now = self._clock()
        if token.last_used_at and token.last_used_at > iso(now - USE_NOTED_EVERY):
            return
        change = self._table.update(
            keys.api_token(token.id),
            "SET #last_used_at = :now",
            when="attribute_exists(#pk)",
            now=iso(now),
        )
        try:
            write(change)
        except ConditionFailed:
            return

    def _ended(self, username: str) -> SignOuts:
        return sign_outs_of(self._table.get(keys.profile(username), consistent=True) or {})

    def _is_alive(self, item: Item) -> bool:
        """DynamoDB removes expired items days late."""
        return bool(item["expires_at_epoch"] > self._clock().timestamp())


def is_api_token(text: str) -> bool:
    return text.startswith(PREFIX)


def _token(item: Item) -> ApiToken:
    warehouses = item["warehouses"]
    return ApiToken(
        id=item["id"],
        username=item["username"],
        name=item["name"],
        scopes=tuple(item["scopes"]),
        warehouses=None if warehouses is None else tuple(warehouses),
        created_at=item["created_at"],
        expires_at=item["expires_at"],
        last_used_at=item.get("last_used_at"),
        expires_at_epoch=item["expires_at_epoch"],
        sign_outs=item.get("sign_outs", 0),
        digest=item["digest"],
    )
