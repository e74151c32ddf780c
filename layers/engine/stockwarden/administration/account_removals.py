"""Use case of administrators: they delete an account, and say who gets what its owner owns."""

from stockwarden.core.errors import Conflict, Invalid, NotFound, StillOwns
from stockwarden.identity.access import Caller, Role, require_role
from stockwarden.identity.account_closing import AccountClosing
from stockwarden.identity.belongings import BelongingsRepository
from stockwarden.identity.usernames import canonical, may_exist
from stockwarden.identity.users import User, UserRepository
from stockwarden.storage.versions import check_version


class AccountRemovalService:
    def __init__(
        self, users: UserRepository, belongings: BelongingsRepository, closing: AccountClosing
    ) -> None:
        self._users = users
        self._belongings = belongings
        self._closing = closing

    def remove(
        self,
        caller: Caller,
        username: str,
        expected_version: int | None,
        transfer_to: str | None,
    ) -> None:
        """What the person owns goes to `transfer_to`, the rest is removed; both later. May be
        repeated until that is done, with any version.

        Raises Forbidden unless the caller is an admin, NotFound, PreconditionFailed, Invalid at
        /transfer_to; Conflict for the caller's own account and the last admin; StillOwns where the
        person owns something and nobody is to get it.
        """
        require_role(caller, Role.ADMIN)
        name = canonical(username)
        user = self._users.find(name) if may_exist(name) else None
        if user is None:
            self._repeat(name)
            return
        if user.username == caller.username:
            raise Conflict("This is your own account: delete it at /users/me.")
        check_version({"version": user.version}, expected_version, "account")
        receiver = self._receiver(user, transfer_to) if transfer_to is not None else None
        owned = self._belongings.find_all(user.username)
        if owned and receiver is None:
            raise StillOwns(
                f"{user.name} owns warehouses or reports; say with transfer_to who gets them.",
                owned,
            )
        self._closing.close(caller, user, receiver)

    def _repeat(self, username: str) -> None:
        if not may_exist(username) or not self._closing.is_closed(username):
            raise NotFound("There is no such user.")
        self._closing.order_removal(username)

    def _receiver(self, user: User, transfer_to: str) -> User:
        name = canonical(transfer_to)
        receiver = self._users.find(name) if may_exist(name) else None
        if receiver is None:
            raise Invalid.field("/transfer_to", f"There is no user {transfer_to!r}.")
        if receiver.username == user.username:
            raise Invalid.field("/transfer_to", "Name another account than the one to be deleted.")
        if receiver.disabled:
            raise Invalid.field("/transfer_to", f"The account of {receiver.name} is disabled.")
        return receiver
