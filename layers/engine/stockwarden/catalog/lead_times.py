"""How long a supplier really takes: days from the order to the last receipt of it.

The supplier's record keeps those of its newest completed orders. An order adds its own in the
transaction that completes it, so once.
"""

from collections.abc import Mapping
from contextlib import suppress
from statistics import median
from typing import Any

from stockwarden.storage.keys import catalog as keys
from stockwarden.storage.tables import ConditionFailed, Operation, Table, write

# The median of so many is told; more of them are kept only until they are trimmed.
COUNTED = 20


def add_lead_time(table: Table, supplier_id: str, order_id: str, days: float) -> Operation:
    """The operation that adds the days which a completed order has taken."""
    return table.update(
        keys.suppliers().key(supplier_id),
        "SET #lead_times = list_append(if_not_exists(#lead_times, :none), :new)",
        when="attribute_exists(#pk)",
        none=[],
        new=[{"order_id": order_id, "days": round(days, 2)}],
    )


def trim_lead_times(table: Table, supplier_id: str) -> None:
    """Forgets the oldest where twice as many are kept as count. One that comes meanwhile leaves it
    to the next."""
    key = keys.suppliers().key(supplier_id)
    supplier = table.get(key, consistent=True)
    kept = supplier.get("lead_times", []) if supplier else []
    if len(kept) < 2 * COUNTED:
        return
    newest = kept[-COUNTED:]
    with suppress(ConditionFailed):
        write(
            table.update(
                key,
                "SET #lead_times = :newest",
                when="#lead_times = :read",
                newest=newest,
                read=kept,
            )
        )


def measured(supplier: Mapping[str, Any]) -> dict[str, Any]:
    """The median of the newest completed orders in days, and of how many; None without any."""
    days = [each["days"] for each in supplier.get("lead_times", [])[-COUNTED:]]
    return {
        "measured_lead_time_days": round(median(days), 1) if days else None,
        "measured_orders": len(days),
    }
