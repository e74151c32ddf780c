"""The entries that changes of master data leave in the audit log, in the scope of the company.

Who can be reached at a supplier, and notes, stand there as digests only: an entry cannot be
erased, and holds no name of a person.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from stockwarden.audit.canonical import digest
from stockwarden.audit.changes import differences
from stockwarden.audit.entry import COMPANY, Change
from stockwarden.audit.log import AuditLog
from stockwarden.identity.access import Caller
from stockwarden.storage.tables import Operation

_PRIVATE = ("contact", "notes")


class CatalogEntries:
    """Entries about one kind of record: `noun` is `unit`, `category`, …"""

    def __init__(self, audit: AuditLog, noun: str, fields: Iterable[str]) -> None:
        self.audit = audit
        self.noun = noun
        self.fields = tuple(fields)

    def entry(
        self,
        caller: Caller,
        record_id: str,
        before: Mapping[str, Any] | None,
        after: Mapping[str, Any] | None,
    ) -> Operation:
        """None before is a new record, None after a deleted one."""
        fields = differences(_told(before), _told(after), self.fields)
        action = f"{self.noun}.{_verb(before, after)}"
        change = Change(COMPANY, action, f"{self.noun}/{record_id}", fields)
        return self.audit.entry(caller.origin, change)


def _verb(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> str:
    if before is None or after is None:
        return "created" if before is None else "deleted"
    was, is_now = bool(before.get("archived")), bool(after.get("archived"))
    if was == is_now:
        return "changed"
    return "archived" if is_now else "restored"


def _told(facts: Mapping[str, Any] | None) -> dict[str, Any]:
    told = dict(facts or {})
    return told | {name: digest({name: told[name]}) for name in _PRIVATE if told.get(name)}
