"""What the audit log says of a change to a warehouse."""

from collections.abc import Mapping
from typing import Any

from stockwarden.audit.changes import differences
from stockwarden.audit.entry import Change, warehouse_scope

_FIELDS = ("name", "timezone", "part_below", "layout_version", "layout_rows")


def change_of(
    warehouse_id: str,
    action: str,
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any] | None,
) -> Change:
    return Change(
        warehouse_scope(warehouse_id),
        f"warehouse.{action}",
        f"warehouse/{warehouse_id}",
        differences(before, after, _FIELDS),
    )
