"""Use case: a person deletes their own account."""

from stockwarden.core.errors import StillOwns
from stockwarden.identity.access import Caller
from stockwarden.identity.account_closing import AccountClosing
from stockwarden.identity.belongings import BelongingsRepository
from stockwarden.identity.password_check import PasswordCheck


class OwnAccountService:
    def __init__(
        self, check: PasswordCheck, belongings: BelongingsRepository, closing: AccountClosing
    ) -> None:
        self._check = check
        self._belongings = belongings
        self._closing = closing

    def close(self, caller: Caller, password: str, otp: str | None, address: str) -> None:
        """What is only the caller's is removed later. May be repeated while the gateway still lets
        the session in.

        Raises Invalid at /password and, where there is a second factor, at /otp; RateLimited;
        Conflict for the last admin; StillOwns for warehouses that have other members;
        PreconditionFailed for a change at the same time.
        """
        if self._closing.is_closed(caller.username):
            self._closing.order_removal(caller.username)
            return
        shared = self._belongings.find_shared(caller.username)
        if shared:
            raise StillOwns(
                "Other people are members of warehouses of yours: remove the members first, or ask "
                "an administrator to hand the warehouses over.",
                shared,
            )
        user, code = self._check.require_with_code(caller, password, otp, address)
        self._closing.close(caller, user, beside=code)
