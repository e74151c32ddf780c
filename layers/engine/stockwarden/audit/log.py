"""Writes entries into the audit log: beside a change, or where there is no transaction."""

from contextlib import suppress

from stockwarden.audit.entry import Change, entry_item
from stockwarden.audit.origin import Origin
from stockwarden.core.clock import Clock, iso
from stockwarden.core.ids import derived_id
from stockwarden.storage.tables import ConditionFailed, Operation, Table, write

_IS_NEW = "attribute_not_exists(#pk)"


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
        return self.table.put(item, when=_IS_NEW)

    def record(self, origin: Origin, change: Change) -> None:
        """Writes an entry by itself. Raises Unavailable; it may be there all the same."""
        # The id is new, so only a repetition of this same call can have written it.
        _write_if_new(self.entry(origin, change))

    def record_once_a_minute(self, origin: Origin, change: Change, source: str) -> None:
        """As `record`, unless the same action of this source was noted within the minute."""
        minute = self.clock().replace(second=0, microsecond=0)
        entry_id = derived_id("entry", change.scope, change.action, source, iso(minute))
        item = entry_item(origin, change, minute, entry_id)
        _write_if_new(self.table.put(item, when=_IS_NEW))


def _write_if_new(operation: Operation) -> None:
    with suppress(ConditionFailed):
        write(operation)
