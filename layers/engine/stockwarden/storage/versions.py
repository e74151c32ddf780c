"""Optimistic locking. An item's `version` counts its changes; a change is made over one version.

A caller may state the version seen (`expected_version`, the If-Match of a request), which is
compared with the version read. The write is conditional on the version read, so that of two
concurrent changes one fails. `what` names the resource in error messages: "warehouse".
"""

from collections.abc import Mapping, Sequence
from typing import Any

from stockwarden.core.errors import PreconditionFailed
from stockwarden.storage.attributes import Item
from stockwarden.storage.expressions import assignments
from stockwarden.storage.keys import key_of
from stockwarden.storage.tables import ConditionFailed, Operation, Table, write


def check_version(
    current: Mapping[str, Any] | None, expected_version: int | None, what: str
) -> None:
    """Raises PreconditionFailed for a version that is not the current one. None means any version,
    0 a resource that is not stored yet."""
    version = current["version"] if current else 0
    if expected_version is not None and expected_version != version:
        raise _stale(f"The {what} has changed: it is at version {version}, not {expected_version}")


def versioned_put(table: Table, item: Item, before: Item | None) -> Operation:
    """The operation that stores `item` as the version after `before`, the item as it was read."""
    if before is None:
        return table.put({**item, "version": 1}, when="attribute_not_exists(#pk)")
    version = before["version"]
    return table.put({**item, "version": version + 1}, when="#version = :read", read=version)


def put_versioned(
    table: Table, item: Item, before: Item | None, *, what: str, beside: Sequence[Operation] = ()
) -> Item:
    """Writes `versioned_put`, and returns the stored item. Raises as `write_versioned` does."""
    write_versioned(versioned_put(table, item, before), *beside, what=what)
    return {**item, "version": before["version"] + 1 if before else 1}


def update_versioned(
    table: Table,
    before: Item,
    changes: Mapping[str, Any],
    *,
    what: str,
    beside: Sequence[Operation] = (),
) -> Item:
    """Changes the item read as `before`, and returns it. Raises as `write_versioned`."""
    fields = {**changes, "version": before["version"] + 1}
    expression, values = assignments(fields)
    update = table.update(
        key_of(before), expression, when="#version = :read", read=before["version"], **values
    )
    write_versioned(update, *beside, what=what)
    return {**before, **fields}


def delete_versioned(
    table: Table,
    before: Item,
    *,
    what: str,
    beside: Sequence[Operation] = (),
    also: str = "",
    **values: Any,
) -> None:
    """Deletes the item read as `before`, if the condition `also` holds. Raises as
    `write_versioned`."""
    when = f"#version = :read AND ({also})" if also else "#version = :read"
    delete = table.delete(key_of(before), when=when, read=before["version"], **values)
    write_versioned(delete, *beside, what=what)


def write_versioned(change: Operation, *beside: Operation, what: str) -> None:
    """Executes `change`, which is conditional on a version, together with `beside`, or nothing.

    Raises PreconditionFailed if the version has changed, ConditionFailed if only a condition of
    `beside` is false.
    """
    try:
        write(change, *beside)
    except ConditionFailed as failed:
        if 0 not in failed.failed:
            raise
        raise changed_meanwhile(what) from failed


def changed_meanwhile(what: str) -> PreconditionFailed:
    return _stale(f"The {what} has changed meanwhile")


def _stale(how: str) -> PreconditionFailed:
    return PreconditionFailed(f"{how}; read it again.")
