"""The warehouses that a caller sees: own ones, shared ones, and the company's main warehouse."""

from collections.abc import Collection, Sequence

from stockwarden.core.ids import may_be_id
from stockwarden.identity.access import (
    MAIN_WAREHOUSE,
    Action,
    Caller,
    MembershipRole,
    allows,
    role_of_company,
)
from stockwarden.storage.attributes import Item
from stockwarden.storage.cursors import decode_cursor, encode_cursor, is_listed
from stockwarden.warehouse.members import MemberRepository, Membership
from stockwarden.warehouse.model import WarehousePage, WarehouseSummary
from stockwarden.warehouse.repository import WarehouseRepository


class WarehouseListing:
    def __init__(self, repository: WarehouseRepository, members: MemberRepository) -> None:
        self.repository = repository
        self.members = members

    def page(self, caller: Caller, limit: int, cursor: str | None) -> WarehousePage:
        """One page: the caller's own warehouses, newest first, then shared ones by id. The main
        warehouse, which is the company's, is shared with whoever may see it by their role there."""
        if caller.limits and caller.limits.warehouses is not None:
            return self._bound_to(caller, caller.limits.warehouses)
        scope = f"warehouses#{caller.username}"
        parts = decode_cursor(scope, cursor, 1, _is_listed_or_id)
        after = parts[0] if parts else ""
        summaries: list[WarehouseSummary] = []
        if parts is None or is_listed(after):
            items, more = self.repository.list_page(caller.username, limit, after)
            summaries = [_summary(item, MembershipRole.OWNER) for item in items]
            if more:
                return WarehousePage(warehouses=summaries, next_cursor=encode_cursor(scope, [more]))
            after = ""
        remaining = limit - len(summaries)
        shared = self._shared(caller, after, remaining + 1)
        summaries += self._summaries(shared[:remaining])
        more = None
        if len(shared) > remaining:
            last = shared[remaining - 1].warehouse_id if remaining else after
            more = encode_cursor(scope, [last])
        return WarehousePage(warehouses=summaries, next_cursor=more)

    def _bound_to(self, caller: Caller, warehouse_ids: Collection[str]) -> WarehousePage:
        """The warehouses of an API token that its owner still sees."""
        metas = self.repository.find_many(sorted(warehouse_ids))
        roles = self.members.roles_of(caller, [(meta["username"], meta["id"]) for meta in metas])
        summaries = [
            _summary(meta, role)
            for meta, role in zip(metas, roles, strict=True)
            if allows(role, Action.SEE)
        ]
        return WarehousePage(warehouses=summaries, next_cursor=None)

    def _shared(self, caller: Caller, after: str, limit: int) -> list[Membership]:
        """In the order of the ids, after an id. Whoever may see the main warehouse is as a member
        of it, unless it is listed as their own."""
        stored = self.members.list_memberships(caller.username, after=after, limit=limit)
        role = role_of_company(caller.role, MAIN_WAREHOUSE)
        if after >= MAIN_WAREHOUSE or not allows(role, Action.SEE):
            return stored
        main = self.repository.find(MAIN_WAREHOUSE)
        if main is None or main["username"] == caller.username:
            return stored
        shared = {each.warehouse_id: each for each in stored}
        if MAIN_WAREHOUSE in shared:
            role = max(role, shared[MAIN_WAREHOUSE].role)
        shared[MAIN_WAREHOUSE] = Membership(MAIN_WAREHOUSE, role)
        return [shared[each] for each in sorted(shared)][:limit]

    def _summaries(self, memberships: Sequence[Membership]) -> list[WarehouseSummary]:
        roles = {membership.warehouse_id: membership.role for membership in memberships}
        metas = self.repository.find_many(list(roles)) if roles else []
        return [_summary(meta, roles[meta["id"]]) for meta in metas]


def _is_listed_or_id(after: str) -> bool:
    """Whether a cursor part is valid: a `listed` value of own warehouses, a warehouse id, or ""."""
    return is_listed(after) or not after or may_be_id(after)


def _summary(meta: Item, role: MembershipRole) -> WarehouseSummary:
    return WarehouseSummary.model_validate({**meta, "role": role.label})
