"""The keys of the operations table, and of its index.

| item         | pk                 | sk               |                                          |
|--------------|--------------------|------------------|------------------------------------------|
| log entry    | `LOGS#<place>`     | `<ended at>#<id>`| a run: an analysis, an export, a removal |
| view         | `PERSON#<user id>` | `VIEW#<name>`    | a list as a person has saved it          |
| view count   | `PERSON#<user id>` | `VIEWS`          | how many there are                       |
| notification | `PERSON#<user id>` | `NOTICE#<id>`    | what a person is told                    |
| read mark    | `PERSON#<user id>` | `READ`           | until when everything is read            |

A `<place>` is that of a warehouse, or of the owner of what is in no warehouse. The id of a
notification begins with its time, so that ids sort by time.

The index `by_log` has all log entries, with their sort key as `listed`.
"""

from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import KeyRange

_EVERY = "EVERY"


def warehouse_logs(warehouse_id: str) -> KeyRange:
    return KeyRange(f"LOGS#warehouse:{warehouse_id}")


def personal_logs(user_id: str) -> KeyRange:
    """Of what is in no warehouse."""
    return KeyRange(f"LOGS#person:{user_id}")


def log_entry(place: KeyRange, ended_at: str, entry_id: str) -> Item:
    key = place.key(f"{ended_at}#{entry_id}")
    return {**key, "log": _EVERY, "listed": key["sk"]}


def every_log() -> Item:
    """The attribute that says that an item is in the list of all log entries."""
    return {"log": _EVERY}


def listed(entry: Item) -> str:
    """The place of an entry in every list: `<ended at>#<id>`."""
    return str(entry["sk"])


def person(user_id: str) -> KeyRange:
    """Everything that is kept for a person."""
    return KeyRange(f"PERSON#{user_id}")


def views(user_id: str) -> KeyRange:
    return KeyRange(person(user_id).pk, "VIEW#")


def view(user_id: str, name: str) -> Item:
    return views(user_id).key(name)


def view_count(user_id: str) -> Item:
    return person(user_id).key("VIEWS")


def notifications(user_id: str) -> KeyRange:
    return KeyRange(person(user_id).pk, "NOTICE#")


def notification(user_id: str, notification_id: str) -> Item:
    return notifications(user_id).key(notification_id)


def notification_in(item: Item) -> str:
    """The id of a notification."""
    return str(item["sk"]).removeprefix("NOTICE#")


def read_mark(user_id: str) -> Item:
    return person(user_id).key("READ")
