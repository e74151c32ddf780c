"""Whether a report, and the warehouse that it moves into, are still of the owner that was read.

They may be handed over while an analysis is at work.
"""

from stockwarden.reports.attempts import Attempt, is_open
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import reports as keys
from stockwarden.storage.tables import Operation, Table


def destination_check(table: Table, summary: Item) -> list[Operation]:
    """Makes a transaction conditional on the owner of the report's warehouse, if it has one."""
    warehouse_id = summary.get("warehouse_id")
    if warehouse_id is None:
        return []
    owner = summary["username"]
    return [table.check(keys.warehouse(warehouse_id), "#username = :owner", owner=owner)]


def has_other_owner(table: Table, attempt: Attempt, owner: str) -> bool:
    """Whether the job is as the attempt expects, but the report has been handed over."""
    summary = table.get(keys.summary(attempt.report_id), consistent=True)
    if summary is None or not is_open(summary, attempt.job_id):
        return False
    return bool(summary["username"] != owner)
