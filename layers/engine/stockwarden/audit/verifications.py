"""What the last verification of each chain found: one item per scope, beside the heads.

Such an item is a note, replaced as a head is by whoever verifies, so it proves nothing: to be sure,
verify again. What people verify, and every fault, stands in the chain `security` too, where nobody
can take it back.
"""

from dataclasses import dataclass

from stockwarden.audit.chain_walk import Fault, FaultKind
from stockwarden.audit.entry import SECURITY, SYSTEM, Change
from stockwarden.audit.log import AuditLog
from stockwarden.audit.origin import Origin
from stockwarden.audit.verification import ScopeReport
from stockwarden.core.clock import Clock, iso
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import audit as keys
from stockwarden.storage.tables import ConditionFailed, Table, write

SCHEDULE = Origin(SYSTEM, "schedule")


@dataclass(frozen=True)
class LastVerification:
    """`at` is when it ended, ISO 8601; `by` an opaque user id, or `system`. `verified` entries were
    intact, up to the first fault."""

    scope: str
    at: str
    by: str
    verified: int
    fault: Fault | None


class VerificationRepository:
    def __init__(self, table: Table, audit: AuditLog, clock: Clock) -> None:
        self.table = table
        self.audit = audit
        self.clock = clock

    def list_last(self) -> dict[str, LastVerification]:
        """By scope; those that were ever verified."""
        items = self.table.query_all(keys.verifications(), consistent=True)
        return {found.scope: found for found in map(_last_of, items)}

    def note(self, origin: Origin, report: ScopeReport) -> None:
        """Stores what a verification found, which ended now; nothing of a chain that there is not.
        One that the schedule finds intact leaves no event. Raises Unavailable."""
        if not (report.verified or report.signed or report.fault):
            return
        item = _item_of(report, origin.actor, iso(self.clock()))
        noted = self.table.put(item, when="attribute_not_exists(#pk) OR #at <= :at", at=item["at"])
        event = None if origin == SCHEDULE and not report.fault else _event(report)
        entries = [self.audit.entry(origin, event)] if event else []
        try:
            write(noted, *entries)
        except ConditionFailed:
            # A later one is noted. That this one was made is an event all the same.
            if entries:
                write(*entries)


def _item_of(report: ScopeReport, by: str, at: str) -> Item:
    fault = report.fault
    found = {"kind": str(fault.kind), "seq": fault.seq, "detail": fault.detail} if fault else None
    return {
        **keys.verification(report.scope),
        "at": at,
        "by": by,
        "verified": report.verified,
        "fault": found,
    }


def _last_of(item: Item) -> LastVerification:
    found = item["fault"]
    fault = Fault(FaultKind(found["kind"]), found["seq"], found["detail"]) if found else None
    scope = keys.scope_of_verification(item)
    return LastVerification(scope, item["at"], item["by"], item["verified"], fault)


def _event(report: ScopeReport) -> Change:
    fault = report.fault
    fields = {"verified": (None, report.verified), "signed": (None, report.signed)}
    if fault:
        faulty = {"fault": (None, str(fault.kind)), "entry": (None, fault.seq)}
        return Change(SECURITY, "audit.broken", f"chain/{report.scope}", {**fields, **faulty})
    return Change(SECURITY, "audit.verified", f"chain/{report.scope}", fields)
