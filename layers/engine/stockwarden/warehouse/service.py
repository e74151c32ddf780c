"""Use cases of warehouses and their members, with permission checks."""

from collections.abc import Mapping
from typing import Any

from stockwarden.audit.changes import differences
from stockwarden.audit.entry import Change, warehouse_scope
from stockwarden.audit.log import AuditLog
from stockwarden.core.errors import Conflict, Invalid, NotFound
from stockwarden.core.ids import new_id
from stockwarden.identity.access import (
    Action,
    Caller,
    MembershipRole,
    require,
    require_all_warehouses,
)
from stockwarden.identity.user_ids import UserIds
from stockwarden.identity.usernames import canonical, may_exist
from stockwarden.storage.attributes import Item
from stockwarden.storage.tables import Operation
from stockwarden.storage.versions import check_version
from stockwarden.warehouse.audited import change_of
from stockwarden.warehouse.layout.layout import Layout
from stockwarden.warehouse.listing import WarehouseListing
from stockwarden.warehouse.members import MemberRepository, stored_role
from stockwarden.warehouse.model import (
    LayoutRowBody,
    Member,
    MemberPage,
    MemberRequest,
    Warehouse,
    WarehousePage,
    WarehousePatch,
    WarehouseRequest,
)
from stockwarden.warehouse.repository import WarehouseRepository, next_layout

_NO_SUCH_WAREHOUSE = "There is no such warehouse."


class WarehouseService:
    def __init__(
        self,
        repository: WarehouseRepository,
        members: MemberRepository,
        *,
        audit: AuditLog,
        user_ids: UserIds,
    ) -> None:
        self.repository = repository
        self.members = members
        self.audit = audit
        self.user_ids = user_ids
        self.listing = WarehouseListing(repository, members)

    def create(self, caller: Caller, request: WarehouseRequest) -> Warehouse:
        require_all_warehouses(caller)
        return self.add(caller, new_id("wh"), request)

    def add(self, caller: Caller, warehouse_id: str, request: WarehouseRequest) -> Warehouse:
        """Makes a warehouse with this id. Raises ConditionFailed if it is there already."""
        layout, facts = _layout(request.layout), request.model_dump(exclude={"layout"})
        after = {**facts, **next_layout(None, layout)}
        entry = self._entry(caller, warehouse_id, "created", None, after)
        meta = self.repository.add(warehouse_id, caller.username, facts, layout, beside=[entry])
        return _warehouse(meta, MembershipRole.OWNER, layout)

    def list_warehouses(self, caller: Caller, limit: int, cursor: str | None) -> WarehousePage:
        """One page, as `WarehouseListing`."""
        return self.listing.page(caller, limit, cursor)

    def find_warehouse(self, caller: Caller, warehouse_id: str) -> Warehouse:
        """Raises NotFound, also for a warehouse the caller may not see."""
        meta, role = self._authorize(caller, warehouse_id, Action.SEE)
        layout = self.repository.load_layout(warehouse_id, meta["layout_version"])
        return _warehouse(meta, role, layout)

    def authorize(self, caller: Caller, warehouse_id: str, action: Action) -> Item:
        """The META item if the caller may do `action`. Raises NotFound, Forbidden."""
        return self._authorize(caller, warehouse_id, action)[0]

    def change_warehouse(
        self,
        caller: Caller,
        warehouse_id: str,
        request: WarehousePatch,
        expected_version: int | None,
    ) -> Warehouse:
        """Changes settings or layout; a request without changes keeps the version.

        `expected_version` comes from If-Match; None changes the newest. Raises NotFound,
        Forbidden, and PreconditionFailed for a version that is no longer current.
        """
        meta, role = self._authorize_version(
            caller, warehouse_id, Action.CONFIGURE, expected_version
        )
        fields: dict[str, Any] = request.model_dump(exclude_none=True, exclude={"layout"})
        changes = {name: value for name, value in fields.items() if meta.get(name) != value}
        layout = None if request.layout is None else _layout(request.layout)
        if changes or layout is not None:
            meta = self._change(caller, meta, "changed", changes, layout)
        current_layout = layout or self.repository.load_layout(warehouse_id, meta["layout_version"])
        return _warehouse(meta, role, current_layout)

    def replace_layout(
        self, caller: Caller, warehouse_id: str, layout: Layout, expected_version: int | None
    ) -> Warehouse:
        meta, role = self._authorize_version(
            caller, warehouse_id, Action.CONFIGURE, expected_version
        )
        meta = self._change(caller, meta, "layout_replaced", {}, layout)
        return _warehouse(meta, role, layout)

    def list_members(
        self, caller: Caller, warehouse_id: str, limit: int, cursor: str | None
    ) -> MemberPage:
        self._authorize(caller, warehouse_id, Action.SEE)
        items, more = self.members.list_page(warehouse_id, limit, cursor)
        return MemberPage(members=list(map(Member.model_validate, items)), next_cursor=more)

    def find_member(self, caller: Caller, warehouse_id: str, username: str) -> Member:
        self._authorize(caller, warehouse_id, Action.SEE)
        return Member.model_validate(self._existing_member(warehouse_id, canonical(username)))

    def put_member(
        self, caller: Caller, warehouse_id: str, username: str, request: MemberRequest
    ) -> Member:
        """Adds a member or changes its role; only the owner may grant or change `manager`."""
        username = canonical(username)
        meta, role = self._authorize(caller, warehouse_id, Action.ADMIT)
        if username == meta["username"]:
            raise Conflict("The owner may do everything here already, and is no member.")
        if not may_exist(username):
            raise Invalid.field("/username", f"There is no user {username!r}.")
        current = self.members.find(warehouse_id, username)
        if "manager" in {request.role, current and current["role"]}:
            require(role, Action.OWN, "warehouse")
        action = "changed" if current else "added"
        entry = self._member_entry(
            caller, warehouse_id, username, action, before=current, role=request.role
        )
        item = self.members.put(
            warehouse_id, username, request.role, current, by=caller.username, beside=[entry]
        )
        return Member.model_validate(item)

    def remove_member(self, caller: Caller, warehouse_id: str, username: str) -> None:
        """Removes a member; any member may remove themselves. Assignments are kept."""
        username = canonical(username)
        _, role = self._authorize(caller, warehouse_id, Action.SEE)
        if username != caller.username:
            require(role, Action.ADMIT, "warehouse")
        member = self._existing_member(warehouse_id, username)
        if username != caller.username and stored_role(member) is MembershipRole.MANAGER:
            require(role, Action.OWN, "warehouse")
        entry = self._member_entry(
            caller, warehouse_id, username, "removed", before=member, role=None
        )
        self.members.remove(warehouse_id, member, beside=[entry])

    def _change(
        self,
        caller: Caller,
        meta: Item,
        action: str,
        changes: Mapping[str, Any],
        layout: Layout | None,
    ) -> Item:
        after = {**meta, **changes, **(next_layout(meta, layout) if layout is not None else {})}
        entry = self._entry(caller, meta["id"], action, meta, after)
        return self.repository.change(meta, changes, layout, beside=[entry])

    def _entry(
        self,
        caller: Caller,
        warehouse_id: str,
        action: str,
        before: Mapping[str, Any] | None,
        after: Mapping[str, Any] | None,
    ) -> Operation:
        return self.audit.entry(caller.origin, change_of(warehouse_id, action, before, after))

    def _member_entry(
        self,
        caller: Caller,
        warehouse_id: str,
        username: str,
        action: str,
        *,
        before: Item | None,
        role: str | None,
    ) -> Operation:
        user_id = self.user_ids.find_ids(caller, [username])[username]
        fields = differences(before, {"role": role}, ["role"])
        change = Change(
            warehouse_scope(warehouse_id), f"member.{action}", f"member/{user_id}", fields
        )
        return self.audit.entry(caller.origin, change)

    def _existing_member(self, warehouse_id: str, username: str) -> Item:
        member = self.members.find(warehouse_id, username) if may_exist(username) else None
        if member is None:
            raise NotFound(f"{username} is no member of this warehouse.")
        return member

    def _authorize(
        self, caller: Caller, warehouse_id: str, action: Action
    ) -> tuple[Item, MembershipRole]:
        meta = self.repository.find(warehouse_id)
        if meta is None:
            raise NotFound(_NO_SUCH_WAREHOUSE)
        role = self.members.role_of(caller, meta["username"], warehouse_id)
        require(role, action, "warehouse")
        return meta, role

    def _authorize_version(
        self, caller: Caller, warehouse_id: str, action: Action, expected_version: int | None
    ) -> tuple[Item, MembershipRole]:
        meta, role = self._authorize(caller, warehouse_id, action)
        check_version(meta, expected_version, "warehouse")
        return meta, role


def _layout(rows: list[LayoutRowBody]) -> Layout:
    return Layout.from_rows([row.model_dump(exclude_none=True) for row in rows])


def _warehouse(meta: Item, role: MembershipRole, layout: Layout) -> Warehouse:
    return Warehouse.model_validate({**meta, "role": role.label, "layout": layout.to_rows()})
