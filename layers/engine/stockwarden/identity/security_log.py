"""Audit entries of security events: signing in and out, failures of it, wrong passwords.

A failure is noted while it is counted, so that it takes no longer, and in one write whatever its
cause, so that its time says nothing. What failures may write is bounded: for an account by the
guesses that `guess_limits.py` allows, for names without account to one entry a minute and address.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any, TypeVar

from stockwarden.audit.entry import SECURITY, Change
from stockwarden.audit.log import AuditLog
from stockwarden.audit.origin import UNKNOWN, Origin
from stockwarden.identity.rate_limits import address_key
from stockwarden.identity.users import User
from stockwarden.storage.tables import Operation

T = TypeVar("T")


class SecurityLog:
    """`origin` is that of a request without a caller."""

    def __init__(self, audit: AuditLog) -> None:
        self._audit = audit

    def started(self, origin: Origin, user: User, session_id: str) -> Operation:
        return self._of_user(origin, "session.started", user, session_id)

    def ended(self, origin: Origin, user: User | None, session_id: str) -> Operation:
        return self._of_user(origin, "session.ended", user, session_id)

    def reused(self, origin: Origin, user: User, session_id: str) -> Operation:
        """A refresh token was used twice; nobody knows by whom."""
        change = _change("session.token_reused", user, ended=(False, True))
        return self._audit.entry(replace(origin, via=session_id), change)

    def of_account(
        self, origin: Origin, user_id: str, action: str, **fields: tuple[Any, Any]
    ) -> Operation:
        """What somebody changes about the security of their own account: never with a password, a
        code or an address."""
        about = f"user/{user_id or UNKNOWN}"
        return self._audit.entry(origin, Change(SECURITY, action, about, fields))

    def failed(
        self, origin: Origin, user: User | None, meanwhile: Callable[[], T], *, locked: bool
    ) -> T:
        """Notes a failed sign-in, and returns the result of `meanwhile`. `locked`: its source has
        to wait now. `user` is None for a name without account. Raises Unavailable."""
        change = _change("sign_in.locked_out" if locked else "sign_in.failed", user)
        if user:
            return _while_noting(lambda: self._audit.record(origin, change), meanwhile)
        source = address_key(origin.source)
        return _while_noting(
            lambda: self._audit.record_once_a_minute(origin, change, source), meanwhile
        )

    def refused(self, origin: Origin, user_id: str, action: str, meanwhile: Callable[[], T]) -> T:
        """Notes a wrong password, or code, where somebody who is signed in had to give theirs
        again, and returns the result of `meanwhile`. Raises Unavailable."""
        change = Change(SECURITY, action, f"user/{user_id or UNKNOWN}", {})
        return _while_noting(lambda: self._audit.record(origin, change), meanwhile)

    def _of_user(
        self, origin: Origin, action: str, user: User | None, session_id: str
    ) -> Operation:
        actor = replace(origin, actor=(user and user.user_id) or UNKNOWN, via=session_id)
        return self._audit.entry(actor, _change(action, user))


def _while_noting(note: Callable[[], None], meanwhile: Callable[[], T]) -> T:
    with ThreadPoolExecutor(1) as pool:
        noted = pool.submit(note)
        result = meanwhile()
        noted.result()
    return result


def _change(action: str, user: User | None, **fields: tuple[Any, Any]) -> Change:
    return Change(SECURITY, action, f"user/{(user and user.user_id) or UNKNOWN}", fields)
