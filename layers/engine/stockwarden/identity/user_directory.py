"""Finds accounts that are not known by name: page by page, and by their opaque ids."""

from collections.abc import Collection

from stockwarden.identity.access import Role
from stockwarden.identity.usernames import may_exist
from stockwarden.identity.users import User, user_of
from stockwarden.storage.attributes import Item
from stockwarden.storage.cursors import decode_cursor, encode_cursor
from stockwarden.storage.keys import users as keys
from stockwarden.storage.tables import Table

# Profiles read for one page of a filtered list; at 1 KB each, 25 read units.
EXAMINED = 100


class UserDirectory:
    def __init__(self, table: Table) -> None:
        self._table = table

    def names_of(self, user_ids: Collection[str]) -> dict[str, str]:
        """{user id: user name} of the accounts that there are, in one read for 100."""
        asked = {user_id: keys.person(user_id) for user_id in sorted(user_ids)}
        found = self._table.get_many(list(asked.values()))
        return {keys.person_in(item): item["username"] for item in found}

    def list_page(
        self,
        limit: int,
        cursor: str | None,
        *,
        beginning: str = "",
        role: Role | None = None,
        disabled: bool | None = None,
    ) -> tuple[list[User], str | None]:
        """Accounts by name. `EXAMINED` are read for a page at most, so that one of a filtered
        list may be short, or empty, and have a next one. Raises BadRequest for its cursor."""
        scope = f"users#{beginning}#{role}#{disabled}"
        parts = decode_cursor(scope, cursor, 1, may_exist)
        given = {"role": role and str(role), "disabled": disabled}
        wanted: Item = {name: value for name, value in given.items() if value is not None}
        values: Item = {**keys.profiles(), **wanted}
        key = "#directory = :directory"
        if beginning:
            key += " AND begins_with(#listed, :beginning)"
            values["beginning"] = beginning
        page = self._table.query(
            key,
            index="directory",
            where=" AND ".join(f"#{name} = :{name}" for name in wanted) or None,
            limit=EXAMINED if wanted else limit,
            start={**keys.profile(parts[0]), **keys.listed_profile(parts[0])} if parts else None,
            **values,
        )
        last = page.last_key
        if len(page.items) > limit:
            last = page.items[limit - 1]
        users = [user_of(item) for item in page.items[:limit]]
        return users, encode_cursor(scope, [last["listed"]]) if last else None
