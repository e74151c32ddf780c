"""Members of a warehouse: repository, and the membership role of a caller.

A member's item holds username, role, since and added_by, and is in `by_owner` with the id of the
warehouse as `listed`. The warehouse's own item counts them (`members`).

Both limits are small, so that lists of shared resources read a bounded number of partitions.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from stockwarden.core.clock import Clock, iso
from stockwarden.core.errors import Conflict, Invalid, NotFound
from stockwarden.core.ids import may_be_id
from stockwarden.identity.access import (
    Action,
    Caller,
    MembershipRole,
    require,
    role_of_company,
)
from stockwarden.identity.usernames import may_exist
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import reports as keys
from stockwarden.storage.keys import users as user_keys
from stockwarden.storage.pages import page_of
from stockwarden.storage.tables import ConditionFailed, Operation, Table, write

MAX_MEMBERS = 50
MAX_MEMBERSHIPS = 20


@dataclass(frozen=True)
class Membership:
    """One person in one warehouse."""

    warehouse_id: str
    role: MembershipRole


class MemberRepository:
    """Stores members in `table`; the same write checks in `users` that the account exists."""

    def __init__(self, table: Table, users: Table, clock: Clock) -> None:
        self.table = table
        self.users = users
        self.clock = clock

    def role_of(self, caller: Caller, owner: str, warehouse_id: str | None) -> MembershipRole:
        """The caller's role for a resource of `owner`, in a warehouse or without one."""
        (role,) = self.roles_of(caller, [(owner, warehouse_id)])
        return role

    def roles_of(
        self, caller: Caller, resources: Sequence[tuple[str, str | None]]
    ) -> list[MembershipRole]:
        """The caller's role for each resource, given as owner and warehouse, in one read."""
        asked = {
            warehouse_id
            for owner, warehouse_id in resources
            if warehouse_id and owner != caller.username and caller.reaches(warehouse_id)
        }
        stored: dict[str | None, MembershipRole] = {}
        if asked and not caller.is_admin:
            member_keys = [keys.member(each, caller.username) for each in sorted(asked)]
            items = self.table.get_many(member_keys, consistent=True)
            stored = {item["listed"]: stored_role(item) for item in items}
        return [
            MembershipRole.STRANGER
            if not caller.reaches(warehouse_id)
            else MembershipRole.OWNER
            if owner == caller.username
            else max(
                stored.get(warehouse_id, MembershipRole.STRANGER),
                role_of_company(caller.role, warehouse_id),
            )
            for owner, warehouse_id in resources
        ]

    def require_visible(self, caller: Caller, warehouse_id: str) -> None:
        """Raises NotFound for a warehouse that the caller may not see."""
        self.require(caller, warehouse_id, Action.SEE)

    def require(self, caller: Caller, warehouse_id: str, action: Action) -> None:
        """Raises NotFound for a warehouse that the caller may not see, Forbidden for one where the
        caller may see, but not do `action`."""
        key = keys.warehouse(warehouse_id)
        warehouse = self.table.get(key) if may_be_id(warehouse_id) else None
        if warehouse is None:
            raise NotFound("There is no such warehouse.")
        require(self.role_of(caller, warehouse["username"], warehouse_id), action, "warehouse")

    def find(self, warehouse_id: str, username: str) -> Item | None:
        return self.table.get(keys.member(warehouse_id, username), consistent=True)

    def find_many(self, warehouse_id: str, usernames: Sequence[str]) -> set[str]:
        """Those of the people who are members, in one read."""
        asked = [keys.member(warehouse_id, username) for username in usernames]
        return {item["username"] for item in self.table.get_many(asked, consistent=True)}

    def list_page(
        self, warehouse_id: str, limit: int, cursor: str | None
    ) -> tuple[list[Item], str | None]:
        """One page of members by name, and the cursor of the next."""
        return page_of(
            self.table,
            f"members#{warehouse_id}",
            keys.members(warehouse_id),
            limit=limit,
            cursor=cursor,
            valid=may_exist,
        )

    def list_all(self, warehouse_id: str) -> list[Item]:
        """All members, at most `MAX_MEMBERS`, in one query."""
        members = keys.members(warehouse_id)
        return self.table.query(members, consistent=True).items

    def list_memberships(
        self, username: str, *, after: str = "", limit: int = MAX_MEMBERSHIPS
    ) -> list[Membership]:
        """The memberships of a user, ordered by warehouse id, after the id `after`."""
        condition = "#owner = :owner"
        values: Item = {"owner": keys.member_owner(username)}
        if after:
            condition += " AND #listed > :after"
            values["after"] = after
        items = self.table.query(condition, index="by_owner", limit=limit, **values).items
        return [Membership(item["listed"], stored_role(item)) for item in items]

    def put(
        self,
        warehouse_id: str,
        username: str,
        role: str,
        current: Item | None,
        *,
        by: str,
        beside: Sequence[Operation] = (),
    ) -> Item:
        """Adds a member or changes its role; `current` is the membership as read, or None.

        Raises Invalid for a name without account; Conflict where the membership has changed
        since, the warehouse is gone, or the limit of the warehouse or the person is reached.
        """
        since = current["since"] if current else None
        item = self._member(warehouse_id, username, role, by, since)
        account = self.users.check(user_keys.profile(username), user_keys.IS_OPEN)
        try:
            if current:
                change = self.table.put(item, when="#role = :before", before=current["role"])
                write(account, change, *beside)
            else:
                self._check_room(username)
                insertion = self.table.put(item, when="attribute_not_exists(#pk)")
                write(account, insertion, self._count(warehouse_id, 1), *beside)
        except ConditionFailed as failed:
            raise _refusal(failed, username) from failed
        return item

    def admissions(
        self, username: str, roles: Mapping[str, str], by: str
    ) -> dict[str, list[Operation]]:
        """The writes that make a new account a member of warehouses, and `roles`, by warehouse id.

        Warehouses that are gone are left out. A condition is false where one is full.
        """
        keys_by_id = {each: keys.warehouse(each) for each in sorted(roles)}
        there = {item["id"] for item in self.table.get_many(list(keys_by_id.values()))}
        return {
            warehouse_id: [
                self.table.put(self._member(warehouse_id, username, roles[warehouse_id], by)),
                self._count(warehouse_id, 1),
            ]
            for warehouse_id in keys_by_id
            if warehouse_id in there
        }

    def _member(
        self, warehouse_id: str, username: str, role: str, by: str, since: str | None = None
    ) -> Item:
        return {
            **keys.member(warehouse_id, username),
            "owner": keys.member_owner(username),
            "listed": warehouse_id,
            "username": username,
            "role": role,
            "since": since or iso(self.clock()),
            "added_by": by,
        }

    def remove(self, warehouse_id: str, member: Item, *, beside: Sequence[Operation] = ()) -> None:
        """Removes a member. Raises Conflict if the membership has changed since it was read."""
        try:
            write(
                self.table.delete(
                    keys.member(warehouse_id, member["username"]),
                    when="#role = :before",
                    before=member["role"],
                ),
                self._count(warehouse_id, -1),
                *beside,
            )
        except ConditionFailed as failed:
            raise Conflict("The members have just changed; look at them again.") from failed

    def remove_operations(self, warehouse_id: str, members: Collection[Item]) -> list[Operation]:
        """Delete operations for the transaction that deletes the warehouse."""
        return [
            self.table.delete(keys.member(warehouse_id, member["username"])) for member in members
        ]

    def promotion_operations(self, warehouse_id: str, username: str) -> tuple[list[Operation], int]:
        """What ends the membership of the warehouse's next owner, for the transaction that makes
        them that, and the change of the number of members."""
        key = keys.member(warehouse_id, username)
        if self.find(warehouse_id, username) is None:
            return [self.table.check(key, "attribute_not_exists(#pk)")], 0
        return [self.table.delete(key, when="attribute_exists(#pk)")], -1

    def _check_room(self, username: str) -> None:
        if len(self.list_memberships(username)) >= MAX_MEMBERSHIPS:
            raise Conflict(
                f"{username} is a member of {MAX_MEMBERSHIPS} warehouses already, the most there "
                "may be."
            )

    def _count(self, warehouse_id: str, change: int) -> Operation:
        has_room = "(attribute_not_exists(#members) OR #members < :most)"
        return self.table.update(
            keys.warehouse(warehouse_id),
            "ADD #members :more",
            when=f"attribute_exists(#pk) AND {has_room}" if change > 0 else "attribute_exists(#pk)",
            more=change,
            **({"most": MAX_MEMBERS} if change > 0 else {}),
        )


def stored_role(member: Item | None) -> MembershipRole:
    return MembershipRole[member["role"].upper()] if member else MembershipRole.STRANGER


def _refusal(failed: ConditionFailed, username: str) -> Invalid | Conflict:
    if 0 in failed.failed:
        return Invalid.field("/username", f"There is no user {username!r}.")
    if 2 in failed.failed:
        return Conflict(f"A warehouse may have {MAX_MEMBERS} members; this one is full or gone.")
    return Conflict("The members have just changed; look at them again.")
