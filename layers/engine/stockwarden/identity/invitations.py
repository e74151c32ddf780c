"""Invitations: who holds one may register, with the role and the warehouses that it says.

An invitation is `inv_<id>_<secret>`, in the link of a mail; only the SHA-256 of its secret is
stored. Registering spends it, in the transaction that creates the account.
"""

import hmac
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import timedelta

from stockwarden.core.clock import Clock, iso, utc_now
from stockwarden.core.errors import NotFound
from stockwarden.identity.access import Role
from stockwarden.identity.digests import digest_of
from stockwarden.storage.attributes import Item
from stockwarden.storage.cursors import decode_cursor, encode_cursor, is_listed
from stockwarden.storage.keys import users as keys
from stockwarden.storage.tables import ConditionFailed, Operation, Table, write

LIFETIME = timedelta(days=7)

_SHAPE = re.compile(r"inv_([0-9a-f]{26})_([A-Za-z0-9_-]{43})")
NOT_THERE = "There is no such invitation."


@dataclass(frozen=True)
class Invitation:
    """`warehouses` is {warehouse id: role there}; `invited_by` is a user name. Who accepts one that
    `is_mailed` reads the mails to its address. The times are ISO
    8601 in UTC, `expires_at_epoch` the same in seconds."""

    id: str
    email: str
    role: Role
    warehouses: Mapping[str, str]
    invited_by: str
    is_mailed: bool
    created_at: str
    expires_at: str
    expires_at_epoch: int
    digest: str = field(repr=False)


class InvitationRepository:
    def __init__(self, table: Table, clock: Clock = utc_now) -> None:
        self._table = table
        self._clock = clock

    def new(
        self,
        email: str,
        role: Role,
        warehouses: Mapping[str, str],
        by: str,
        *,
        is_mailed: bool = False,
    ) -> tuple[Invitation, str]:
        """An invitation that `add` stores, and the text that accepts it, which is not stored."""
        bare_id, secret = secrets.token_hex(13), secrets.token_urlsafe(32)
        now = self._clock()
        invitation = Invitation(
            id=f"inv_{bare_id}",
            email=email,
            role=role,
            warehouses=dict(warehouses),
            invited_by=by,
            is_mailed=is_mailed,
            created_at=iso(now),
            expires_at=iso(now + LIFETIME),
            expires_at_epoch=int((now + LIFETIME).timestamp()),
            digest=digest_of(secret),
        )
        return invitation, f"{invitation.id}_{secret}"

    def add(self, invitation: Invitation, *beside: Operation) -> None:
        """Stores it together with `beside`. Raises Unavailable; it may be stored all the same."""
        item: Item = {
            **keys.invitation(invitation.id),
            **keys.listed_invitation(invitation.created_at, invitation.id),
            **asdict(invitation),
            "role": str(invitation.role),
        }
        write(self._table.put(item), *beside)

    def list_page(self, limit: int, cursor: str | None) -> tuple[list[Invitation], str | None]:
        """One page of the invitations that still hold, newest first."""
        parts = decode_cursor("invitations", cursor, 1, is_listed)
        values = keys.invitations()
        if parts:
            values["before"] = parts[0]
        page = self._table.query(
            "#directory = :directory" + (" AND #listed < :before" if parts else ""),
            index="directory",
            limit=limit,
            newest_first=True,
            **values,
        )
        last = page.last_key
        return (
            [_invitation(item) for item in page.items if self._holds(item)],
            encode_cursor("invitations", [last["listed"]]) if last else None,
        )

    def list_made_by(self, username: str) -> list[str]:
        """The ids of the invitations that somebody has made. Not for a request path."""
        items = self._table.query_all(
            "#directory = :directory", index="directory", **keys.invitations()
        )
        return [item["id"] for item in items if item["invited_by"] == username]

    def find(self, text: str) -> Invitation | None:
        """The invitation that this text accepts, if it still holds."""
        shape = _SHAPE.fullmatch(text)
        if shape is None:
            return None
        item = self._table.get(keys.invitation(f"inv_{shape[1]}"), consistent=True)
        if item is None or not self._holds(item):
            return None
        if not hmac.compare_digest(digest_of(shape[2]), item["digest"]):
            return None
        return _invitation(item)

    def spend(self, invitation: Invitation) -> Operation:
        """Its use, once; the condition is false if it was used or withdrawn meanwhile."""
        return self._table.delete(
            keys.invitation(invitation.id),
            when="#digest = :digest",
            digest=invitation.digest,
        )

    def withdraw(self, invitation_id: str, *, beside: Sequence[Operation] = ()) -> None:
        """Raises NotFound."""
        invitation = keys.invitation(invitation_id)
        try:
            write(self._table.delete(invitation, when="attribute_exists(#pk)"), *beside)
        except ConditionFailed:
            raise NotFound(NOT_THERE) from None

    def _holds(self, item: Item) -> bool:
        """DynamoDB removes expired items days late."""
        return bool(item["expires_at_epoch"] > self._clock().timestamp())


def link_of(app_url: str, text: str) -> str:
    """Where a person registers with the text of an invitation."""
    return f"{app_url}/register?invitation={text}"


def _invitation(item: Item) -> Invitation:
    return Invitation(
        id=item["id"],
        email=item["email"],
        role=Role(item["role"]),
        warehouses=item["warehouses"],
        invited_by=item["invited_by"],
        is_mailed=item.get("is_mailed", False),
        created_at=item["created_at"],
        expires_at=item["expires_at"],
        expires_at_epoch=item["expires_at_epoch"],
        digest=item["digest"],
    )
