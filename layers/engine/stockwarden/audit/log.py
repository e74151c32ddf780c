"""Writes entries into the audit log: beside a change, or where there is no transaction."""

from contextlib import suppress

from stockwarden.audit.entry import Change, Origin, entry_item
from stockwarden.core.clock import Clock
from stockwarden.storage.tables import ConditionFailed, Operation, Table, write


class AuditLog:
    """New entries are sealed later, see `sealing`."""

    def __init__(self, table: Table, clock: Clock) -> None:
        self.table = table
        self.clock = clock

    def entry(self, origin: Origin, change: Change) -> Operation:
        """The operation that puts an entry: 2 write units in a transaction.

        To be written at once: the sweep looks for entries of the last half hour only. Raises
        ValueError as `entry_item` does.
        """
        item = entry_item(origin, change, self.clock())
        return self.table.put(item, when="attribute_not_exists(#pk)")

    def record(self, origin: Origin, change: Change) -> None:
        """Writes an entry by itself. Raises Unavailable; it may be there all the same."""
        operation = self.entry(origin, change)
        # The id is new, so only a repetition of this same call can have written it.
        with suppress(ConditionFailed):
            write(operation)
