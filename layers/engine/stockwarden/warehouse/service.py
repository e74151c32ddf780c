"""What people do with warehouses, and who may."""

from typing import Any

from stockwarden.core.errors import Conflict, Invalid, NotFound
from stockwarden.core.ids import may_be_id
from stockwarden.identity.access import Action, Caller, MembershipRole, require
from stockwarden.identity.users import canonical, may_exist
from stockwarden.storage.attributes import Item
from stockwarden.storage.cursors import decode_cursor, encode_cursor, is_listed
from stockwarden.storage.versions import check_version
from stockwarden.warehouse.layout.layout import Layout
from stockwarden.warehouse.members import MemberRepository, Membership, standing_of
from stockwarden.warehouse.model import (
    LayoutRowBody,
    Member,
    MemberPage,
    MemberRequest,
    Warehouse,
    WarehousePage,
    WarehousePatch,
    WarehouseRequest,
    WarehouseSummary,
)
from stockwarden.warehouse.repository import WarehouseRepository

_NO_SUCH_WAREHOUSE = "There is no such warehouse."


class WarehouseService:
    def __init__(self, repository: WarehouseRepository, members: MemberRepository) -> None:
        self.repository = repository
        self.members = members

    def create(self, caller: Caller, request: WarehouseRequest) -> Warehouse:
        layout = _layout(request.layout)
        meta = self.repository.add(
            caller.username, request.name, request.timezone, layout, request.part_below
        )
        return _warehouse(meta, MembershipRole.OWNER, layout)

    def page(self, caller: Caller, limit: int, cursor: str | None) -> WarehousePage:
        """The caller's own, newest first; after them those that others share, by id."""
        scope = f"warehouses#{caller.username}"
        parts = decode_cursor(scope, cursor, 1, _is_listed_or_id)
        after = parts[0] if parts else ""
        found: list[WarehouseSummary] = []
        if parts is None or is_listed(after):
            items, more = self.repository.page(caller.username, limit, after)
            found = [_summary(item, MembershipRole.OWNER) for item in items]
            if more:
                return WarehousePage(warehouses=found, next_cursor=encode_cursor(scope, [more]))
            after = ""
        room = limit - len(found)
        shared = self.members.memberships(caller.username, after=after, limit=room + 1)
        found += self._shared(shared[:room])
        more = None
        if len(shared) > room:
            last = shared[room - 1].warehouse_id if room else after
            more = encode_cursor(scope, [last])
        return WarehousePage(warehouses=found, next_cursor=more)

    def get(self, caller: Caller, warehouse_id: str) -> Warehouse:
        """Raises NotFound, also for a warehouse of someone else."""
        meta, standing = self._entitled(caller, warehouse_id, Action.SEE)
        layout = self.repository.layout(warehouse_id, meta["layout_version"])
        return _warehouse(meta, standing, layout)

    def entitled(self, caller: Caller, warehouse_id: str, action: Action) -> Item:
        """The META item. Raises NotFound, or Forbidden for a member who may do less than that."""
        return self._entitled(caller, warehouse_id, action)[0]

    def change(
        self,
        caller: Caller,
        warehouse_id: str,
        request: WarehousePatch,
        expected_version: int | None,
    ) -> Warehouse:
        """`expected_version` is what If-Match names; without one the newest is changed.

        A request that changes nothing raises no version.

        Raises PreconditionFailed for a version that is no longer the current one.
        """
        meta, standing = self._expected(caller, warehouse_id, Action.CONFIGURE, expected_version)
        given: dict[str, Any] = request.model_dump(exclude_none=True, exclude={"layout"})
        changes = {name: value for name, value in given.items() if meta.get(name) != value}
        layout = None if request.layout is None else _layout(request.layout)
        if changes or layout is not None:
            meta = self.repository.change(meta, changes, layout)
        kept = layout or self.repository.layout(warehouse_id, meta["layout_version"])
        return _warehouse(meta, standing, kept)

    def replace_layout(
        self, caller: Caller, warehouse_id: str, layout: Layout, expected_version: int | None
    ) -> Warehouse:
        meta, standing = self._expected(caller, warehouse_id, Action.CONFIGURE, expected_version)
        meta = self.repository.change(meta, {}, layout)
        return _warehouse(meta, standing, layout)

    def remove(self, caller: Caller, warehouse_id: str, expected_version: int | None) -> None:
        """Its reports stay with the owner, and keep the layout they were analyzed under."""
        meta, _ = self._expected(caller, warehouse_id, Action.OWN, expected_version)
        members = self.members.all_of(warehouse_id)
        self.repository.remove(
            meta,
            *self.members.remove_operations(warehouse_id, members),
            members=len(members),
        )

    def list_members(
        self, caller: Caller, warehouse_id: str, limit: int, cursor: str | None
    ) -> MemberPage:
        self._entitled(caller, warehouse_id, Action.SEE)
        items, more = self.members.page(warehouse_id, limit, cursor)
        return MemberPage(members=list(map(Member.model_validate, items)), next_cursor=more)

    def member(self, caller: Caller, warehouse_id: str, username: str) -> Member:
        self._entitled(caller, warehouse_id, Action.SEE)
        return Member.model_validate(self._member(warehouse_id, canonical(username)))

    def put_member(
        self, caller: Caller, warehouse_id: str, username: str, request: MemberRequest
    ) -> Member:
        """Managers make viewers and operators; who is a manager is the owner's decision."""
        username = canonical(username)
        meta, standing = self._entitled(caller, warehouse_id, Action.ADMIT)
        if username == meta["username"]:
            raise Conflict("The owner may do everything here already, and is no member.")
        if not may_exist(username):
            raise Invalid.field("/username", f"There is no user {username!r}.")
        before = self.members.find(warehouse_id, username)
        if "manager" in {request.role, before and before["role"]}:
            require(caller, Action.OWN, standing, "warehouse")
        item = self.members.put(warehouse_id, username, request.role, before, by=caller.username)
        return Member.model_validate(item)

    def remove_member(self, caller: Caller, warehouse_id: str, username: str) -> None:
        """What is assigned to them stays so. Everybody may leave by themselves."""
        username = canonical(username)
        _, standing = self._entitled(caller, warehouse_id, Action.SEE)
        if username != caller.username:
            require(caller, Action.ADMIT, standing, "warehouse")
        member = self._member(warehouse_id, username)
        if username != caller.username and standing_of(member) is MembershipRole.MANAGER:
            require(caller, Action.OWN, standing, "warehouse")
        self.members.remove(warehouse_id, member)

    def _member(self, warehouse_id: str, username: str) -> Item:
        member = self.members.find(warehouse_id, username) if may_exist(username) else None
        if member is None:
            raise NotFound(f"{username} is no member of this warehouse.")
        return member

    def _shared(self, shared: list[Membership]) -> list[WarehouseSummary]:
        standings = {one.warehouse_id: one.standing for one in shared}
        metas = self.repository.find_many(list(standings)) if standings else []
        return [_summary(meta, standings[meta["id"]]) for meta in metas]

    def _entitled(
        self, caller: Caller, warehouse_id: str, action: Action
    ) -> tuple[Item, MembershipRole]:
        meta = self.repository.find(warehouse_id)
        if meta is None:
            raise NotFound(_NO_SUCH_WAREHOUSE)
        standing = self.members.standing(caller, meta["username"], warehouse_id)
        require(caller, action, standing, "warehouse")
        return meta, standing

    def _expected(
        self, caller: Caller, warehouse_id: str, action: Action, expected_version: int | None
    ) -> tuple[Item, MembershipRole]:
        meta, standing = self._entitled(caller, warehouse_id, action)
        check_version(meta, expected_version, "warehouse")
        return meta, standing


def _is_listed_or_id(after: str) -> bool:
    """Where a list of warehouses may go on: in the own ones, or in the others, from "" on."""
    return is_listed(after) or not after or may_be_id(after)


def _layout(rows: list[LayoutRowBody]) -> Layout:
    return Layout.from_rows([row.model_dump(exclude_none=True) for row in rows])


def _role(standing: MembershipRole) -> str:
    """A stranger who got this far is an admin."""
    return "admin" if standing is MembershipRole.STRANGER else standing.word


def _summary(meta: Item, standing: MembershipRole) -> WarehouseSummary:
    return WarehouseSummary.model_validate({**meta, "role": _role(standing)})


def _warehouse(meta: Item, standing: MembershipRole, layout: Layout) -> Warehouse:
    return Warehouse.model_validate({**meta, "role": _role(standing), "layout": layout.to_rows()})
