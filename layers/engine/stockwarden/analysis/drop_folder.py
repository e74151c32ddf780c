"""Routes a file in drop/<username>/[<warehouse>/]<name> to its owner and warehouse.

The folder names a warehouse by its id, or by its name in any case: the user's own, or one shared
with the user as operator or manager. An ambiguous name is unroutable.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from stockwarden.core.errors import StockwardenError
from stockwarden.identity.access import Action, Caller, Role, allows
from stockwarden.identity.users import User
from stockwarden.warehouse.members import MemberRepository
from stockwarden.warehouse.repository import WarehouseRepository, has_name


@dataclass(frozen=True)
class Addressee:
    """`sender` has the drop folder; `owner` owns the warehouse, and is the sender without one.
    `sender_id` is the sender's opaque id."""

    sender: str
    sender_id: str
    owner: str
    warehouse_id: str | None = None


class Unroutable(StockwardenError):
    """A file whose folder belongs to no user (then `sender` is None) or names no single warehouse
    of the sender, or whose sender may no longer send it."""

    def __init__(self, detail: str, sender: str | None = None) -> None:
        super().__init__(detail)
        self.sender = sender


class DropFolderRouter:
    """`find_user` returns the user of a name in any spelling."""

    def __init__(
        self,
        *,
        find_user: Callable[[str], User | None],
        warehouses: WarehouseRepository,
        members: MemberRepository,
    ) -> None:
        self.find_user = find_user
        self.warehouses = warehouses
        self.members = members

    def route(self, path: Sequence[str]) -> Addressee:
        """`path` are the parts of the key after drop/. Raises Unroutable."""
        user = self.find_user(path[0]) if len(path) > 1 else None
        if user is None:
            raise Unroutable("its folder is no user's.")
        sender = user.username
        if user.disabled:
            raise Unroutable(f"the account of {sender} is disabled.", sender)
        match path:
            case [_, _]:
                return Addressee(sender, user.user_id, sender)
            case [_, folder, _]:
                return self._in_warehouse(user, folder)
        raise Unroutable("a drop folder has no folders but those of warehouses.", sender)

    def require_sender(self, sender: str, owner: str, warehouse_id: str | None) -> Caller:
        """The sender. Raises Unroutable where they may not, or may no longer, send to the
        warehouse."""
        user = self.find_user(sender)
        if user and user.disabled:
            raise Unroutable(f"the account of {sender} is disabled.", sender)
        role = user.role if user else Role.MEMBER
        caller = Caller(
            sender, user.user_id if user else "", role, session_id="", source="upload form"
        )
        if not allows(self.members.role_of(caller, owner, warehouse_id), Action.SEND):
            raise Unroutable(f"{sender} may no longer send to this warehouse.", sender)
        return caller

    def _in_warehouse(self, user: User, folder: str) -> Addressee:
        sender = user.username
        addressees = [
            *(
                Addressee(sender, user.user_id, sender, warehouse_id)
                for warehouse_id in self.warehouses.find_ids_by_name(sender, folder)
            ),
            *self._shared(user, folder),
        ]
        exact = [addressee for addressee in addressees if addressee.warehouse_id == folder]
        match exact or addressees:
            case [addressee]:
                return addressee
            case []:
                raise Unroutable(f"{sender} may send to no warehouse called {folder!r}.", sender)
            case ambiguous:
                raise Unroutable(
                    f"{sender} may send to {len(ambiguous)} warehouses called {folder!r}; "
                    "the folder may also be a warehouse's id.",
                    sender,
                )

    def _shared(self, user: User, folder: str) -> list[Addressee]:
        """The warehouses of this name in which the sender is operator or manager."""
        warehouse_ids = [
            membership.warehouse_id
            for membership in self.members.list_memberships(user.username)
            if allows(membership.role, Action.SEND)
        ]
        return [
            Addressee(user.username, user.user_id, warehouse["username"], warehouse["id"])
            for warehouse in self.warehouses.find_many(warehouse_ids)
            if has_name(warehouse, folder)
        ]
