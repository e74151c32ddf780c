"""Users 2: accounts get an opaque id, and the items by which they are found."""

from stockwarden.core.emails import normal_email
from stockwarden.core.ids import new_id
from stockwarden.identity.access import Role
from stockwarden.identity.usernames import skeleton
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import key_of
from stockwarden.storage.keys import users as keys
from stockwarden.storage.tables import Operation, Table


def with_id(item: Item) -> Item | None:
    username = item.get("username", "")
    if key_of(item) != keys.profile(username) or "user_id" in item:
        return None
    return {
        **item,
        **keys.listed_profile(username),
        "user_id": new_id("usr"),
        "role": str(Role(item["role"])),
        "version": 1,
    }


def found_by(table: Table, profile: Item) -> list[Operation]:
    """Of two accounts whose names look alike or whose addresses are the same, one gets the item:
    both keep their names, and only new ones are compared."""
    username = profile["username"]
    operations = [
        table.put({**keys.person(profile["user_id"]), "username": username}),
        table.put({**keys.name(skeleton(username)), "username": username}),
    ]
    if profile.get("email"):
        operations.append(
            table.put({**keys.email(normal_email(profile["email"])), "username": username})
        )
    if profile["role"] == Role.ADMIN and not profile["disabled"]:
        operations.append(table.update(keys.admins(), "ADD #usernames :new", new={username}))
    return operations
