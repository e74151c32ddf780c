"""Who shares a warehouse, and so what a caller is to it, its reports and their anomalies.

A member's item holds username, role, since and added_by, and is in `by_owner` with the id of the
warehouse as `listed`. The warehouse's own item counts them (`members`).

Both numbers are small, so that every list of shared things reads a bounded number of partitions.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from stockwarden.core.clock import Clock, iso
from stockwarden.core.errors import Conflict, Invalid
from stockwarden.identity.access import Caller, MembershipRole
from stockwarden.identity.users import may_exist
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
    standing: MembershipRole


class MemberRepository:
    """`users` is asked only whether an account exists, inside the write that needs it."""

    def __init__(self, table: Table, users: Table, clock: Clock) -> None:
        self.table = table
        self.users = users
        self.clock = clock

    def standing(self, caller: Caller, owner: str, warehouse_id: str | None) -> MembershipRole:
        """What the caller is to a thing of `owner` in a warehouse, or in none."""
        if caller.username == owner:
            return MembershipRole.OWNER
        if caller.is_admin or warehouse_id is None:
            return MembershipRole.STRANGER
        return standing_of(self.find(warehouse_id, caller.username))

    def standings(
        self, caller: Caller, warehouse_ids: Collection[str]
    ) -> Mapping[str, MembershipRole]:
        """As a member; not whether the caller owns one of them."""
        wanted = [
            keys.member(warehouse_id, caller.username) for warehouse_id in sorted(warehouse_ids)
        ]
        found = self.table.get_many(wanted, consistent=True)
        return {item["listed"]: standing_of(item) for item in found}

    def find(self, warehouse_id: str, username: str) -> Item | None:
        return self.table.get(keys.member(warehouse_id, username), consistent=True)

    def page(
        self, warehouse_id: str, limit: int, cursor: str | None
    ) -> tuple[list[Item], str | None]:
        """By name."""
        return page_of(
            self.table,
            f"members#{warehouse_id}",
            keys.members(warehouse_id),
            limit=limit,
            cursor=cursor,
            valid=may_exist,
        )

    def all_of(self, warehouse_id: str) -> list[Item]:
        """At most `MAX_MEMBERS`, so one query has them."""
        members = keys.members(warehouse_id)
        return self.table.query(members, consistent=True).items

    def memberships(
        self, username: str, *, after: str = "", limit: int = MAX_MEMBERSHIPS
    ) -> list[Membership]:
        """The warehouses that others share with a person, by id."""
        condition = "#owner = :owner"
        values: Item = {"owner": keys.member_owner(username)}
        if after:
            condition += " AND #listed > :after"
            values["after"] = after
        items = self.table.query(condition, index="by_owner", limit=limit, **values).items
        return [Membership(item["listed"], standing_of(item)) for item in items]

    def put(
        self, warehouse_id: str, username: str, role: str, before: Item | None, *, by: str
    ) -> Item:
        """`before` is the membership as it was read; None for a new one.

        Raises Invalid for a name without account; Conflict where it is no longer as read, the
        warehouse is gone, or the warehouse or the person has as many members as may be.
        """
        item: Item = {
            **keys.member(warehouse_id, username),
            "owner": keys.member_owner(username),
            "listed": warehouse_id,
            "username": username,
            "role": role,
            "since": before["since"] if before else iso(self.clock()),
            "added_by": by,
        }
        account = self.users.check(user_keys.profile(username), "attribute_exists(#pk)")
        try:
            if before:
                write(account, self.table.put(item, when="#role = :before", before=before["role"]))
            else:
                self._check_room(username)
                new = self.table.put(item, when="attribute_not_exists(#pk)")
                write(account, new, self._count(warehouse_id, 1))
        except ConditionFailed as failed:
            raise _refusal(failed, username) from failed
        return item

    def remove(self, warehouse_id: str, member: Item) -> None:
        """Raises Conflict if the membership is no longer as it was read."""
        try:
            write(
                self.table.delete(
                    keys.member(warehouse_id, member["username"]),
                    when="#role = :before",
                    before=member["role"],
                ),
                self._count(warehouse_id, -1),
            )
        except ConditionFailed as failed:
            raise Conflict("The members have just changed; look at them again.") from failed

    def remove_operations(self, warehouse_id: str, members: Collection[Item]) -> list[Operation]:
        """For the transaction that deletes the warehouse."""
        return [self.table.delete(keys.member(warehouse_id, one["username"])) for one in members]

    def _check_room(self, username: str) -> None:
        if len(self.memberships(username)) >= MAX_MEMBERSHIPS:
            raise Conflict(
                f"{username} is a member of {MAX_MEMBERSHIPS} warehouses already, the most there "
                "may be."
            )

    def _count(self, warehouse_id: str, change: int) -> Operation:
        room = "(attribute_not_exists(#members) OR #members < :most)"
        return self.table.update(
            keys.warehouse(warehouse_id),
            "ADD #members :more",
            when=f"attribute_exists(#pk) AND {room}" if change > 0 else "attribute_exists(#pk)",
            more=change,
            **({"most": MAX_MEMBERS} if change > 0 else {}),
        )


def standing_of(member: Item | None) -> MembershipRole:
    return MembershipRole[member["role"].upper()] if member else MembershipRole.STRANGER


def _refusal(failed: ConditionFailed, username: str) -> Invalid | Conflict:
    if 0 in failed.failed:
        return Invalid.field("/username", f"There is no user {username!r}.")
    if 2 in failed.failed:
        return Conflict(f"A warehouse may have {MAX_MEMBERS} members; this one is full or gone.")
    return Conflict("The members have just changed; look at them again.")
