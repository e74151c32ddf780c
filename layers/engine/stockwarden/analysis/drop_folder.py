"""Whose a dropped file is: drop/<username>/[<warehouse>/]<name>.

The warehouse is its id, or its name in any case; one's own, or one that is shared with oneself as
operator or manager. Nothing is guessed: what two warehouses could be meant by is nobody's.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from stockwarden.core.errors import StockwardenError
from stockwarden.identity.access import Action, Caller, Role, allows, may
from stockwarden.identity.users import User
from stockwarden.warehouse.members import MemberRepository
from stockwarden.warehouse.repository import WarehouseRepository, is_called


@dataclass(frozen=True)
class Addressee:
    """`sender` has the drop folder; `owner` is the warehouse's, else the sender."""

    sender: str
    owner: str
    warehouse_id: str | None = None


class Unroutable(StockwardenError):
    """A file in a drop folder of nobody (then `sender` is None), of no warehouse of theirs, or of
    somebody who may no longer send it."""

    def __init__(self, detail: str, sender: str | None = None) -> None:
        super().__init__(detail)
        self.sender = sender


class DropFolderRouter:
    """`find_user` answers the user of a name in any spelling."""

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

    def of(self, path: Sequence[str]) -> Addressee:
        """`path` is what follows drop/. Raises Stranger."""
        user = self.find_user(path[0]) if len(path) > 1 else None
        if user is None:
            raise Unroutable("its folder is no user's.")
        sender = user.username
        if user.disabled:
            raise Unroutable(f"the account of {sender} is disabled.", sender)
        match path:
            case [_, _]:
                return Addressee(sender, sender)
            case [_, folder, _]:
                return self._in_warehouse(sender, folder)
        raise Unroutable("a drop folder has no folders but those of warehouses.", sender)

    def require_sender(self, sender: str, owner: str, warehouse_id: str | None) -> None:
        """Raises Stranger for whoever may not, or no longer, send to what `owner` has."""
        user = self.find_user(sender)
        if user and user.disabled:
            raise Unroutable(f"the account of {sender} is disabled.", sender)
        caller = Caller(sender, user.role if user else Role.USER, session_id="")
        if not may(caller, Action.SEND, self.members.standing(caller, owner, warehouse_id)):
            raise Unroutable(f"{sender} may no longer send to this warehouse.", sender)

    def _in_warehouse(self, sender: str, folder: str) -> Addressee:
        found = [
            *(Addressee(sender, sender, own) for own in self.warehouses.called(sender, folder)),
            *self._shared(sender, folder),
        ]
        exact = [one for one in found if one.warehouse_id == folder]
        match exact or found:
            case [only]:
                return only
            case []:
                raise Unroutable(f"{sender} may send to no warehouse called {folder!r}.", sender)
            case several:
                raise Unroutable(
                    f"{sender} may send to {len(several)} warehouses called {folder!r}; "
                    "the folder may also be a warehouse's id.",
                    sender,
                )

    def _shared(self, sender: str, folder: str) -> list[Addressee]:
        """Those of others in which the sender is operator or manager."""
        ids = [
            shared.warehouse_id
            for shared in self.members.memberships(sender)
            if allows(shared.standing, Action.SEND)
        ]
        return [
            Addressee(sender, meta["username"], meta["id"])
            for meta in self.warehouses.find_many(ids)
            if is_called(meta, folder)
        ]
