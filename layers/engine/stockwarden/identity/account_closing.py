"""Closes an account: the part that a person and an administrator have in common.

First the message of the job that removes the rest is sent, so late that the request is over when it
arrives; then the account is closed, in one transaction. A job finds nothing to do where the account
is not closed. So neither an account that was closed is forgotten, nor anything of another touched.
"""

from collections.abc import Sequence
from typing import Any

from stockwarden.audit.entry import COMPANY, Change
from stockwarden.audit.log import AuditLog
from stockwarden.audit.origin import UNKNOWN
from stockwarden.identity.access import Caller
from stockwarden.identity.account_mails import AccountMail
from stockwarden.identity.closed_accounts import ClosedAccountRepository
from stockwarden.identity.email_claims import EmailClaims
from stockwarden.identity.users import User
from stockwarden.notifications.outbox import MailOutbox
from stockwarden.storage.queues import Queue
from stockwarden.storage.tables import Operation

REMOVAL = "account-removal"
# Longer than any request may take.
_AFTER_REQUEST_SECONDS = 60


class AccountClosing:
    def __init__(
        self,
        *,
        closed: ClosedAccountRepository,
        claims: EmailClaims,
        queue: Queue,
        outbox: MailOutbox,
        audit: AuditLog,
    ) -> None:
        self._closed = closed
        self._claims = claims
        self._queue = queue
        self._outbox = outbox
        self._audit = audit

    def is_closed(self, username: str) -> bool:
        return self._closed.find(username) is not None

    def close(
        self,
        caller: Caller,
        user: User,
        transfer_to: User | None = None,
        *,
        beside: Sequence[Operation] = (),
    ) -> None:
        """Raises Conflict for the last admin, PreconditionFailed for an account that has changed
        since it was read or where a condition of `beside` is false, and Unavailable."""
        self.order_removal(user.username)
        fields: dict[str, tuple[Any, Any]] = {"closed": (False, True)}
        if transfer_to:
            fields["transfer_to"] = (None, transfer_to.user_id or UNKNOWN)
        about = f"user/{user.user_id or UNKNOWN}"
        change = Change(COMPANY, "account.closed", about, fields)
        self._closed.close(
            caller,
            user,
            transfer_to=transfer_to.username if transfer_to else None,
            beside=[
                *beside,
                *self._claims.releasing(user),
                self._audit.entry(caller.origin, change),
            ],
        )
        if user.email:
            self._outbox.tell(
                AccountMail.ACCOUNT_CLOSED,
                username=user.username,
                to=user.email,
                name=user.display_name or user.name,
                language=user.language or "",
            )

    def order_removal(self, username: str) -> None:
        """May be repeated. Raises Unavailable."""
        job = {"kind": REMOVAL, "username": username}
        self._queue.send({"job": job}, _AFTER_REQUEST_SECONDS)
