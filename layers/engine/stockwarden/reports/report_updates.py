"""Updates of a report's SUMMARY and SOURCE, as operations of a transaction."""

from collections.abc import Mapping
from typing import Any

from stockwarden.core.clock import Clock, iso
from stockwarden.reports.model import ReportStatus
from stockwarden.reports.stored_report import StoredReport
from stockwarden.storage.expressions import assignments
from stockwarden.storage.keys import reports as keys
from stockwarden.storage.tables import Operation, Table

MAX_REASON = 500


class ReportUpdates:
    """None removes an attribute. Every update of SUMMARY is a new version of the report."""

    def __init__(self, table: Table, clock: Clock) -> None:
        self.table = table
        self.clock = clock

    def transition(
        self, stored: StoredReport, status: ReportStatus, *, job_id: str, name: str | None = None
    ) -> Operation:
        """Changes the status, on condition of the status and job that `stored` has."""
        old_job = stored.summary.get("job_id")
        same_job = "#job_id = :old_job" if old_job else "attribute_not_exists(#job_id)"
        return self.set_summary(
            stored.id,
            {
                "status": str(status),
                "job_id": job_id,
                "reason": None,
                "asks": None,
                **({"report_name": name} if name else {}),
            },
            when=f"#status = :old AND {same_job}",
            old=str(stored.status),
            **({"old_job": old_job} if old_job else {}),
        )

    def set_summary(
        self, report_id: str, changes: dict[str, Any], *, when: str, **values: Any
    ) -> Operation:
        if changes.get("reason"):
            changes["reason"] = changes["reason"][:MAX_REASON]
        expression, values_of_changes = assignments({**changes, "updated_at": iso(self.clock())})
        return self.table.update(
            keys.summary(report_id),
            expression.replace("SET ", "SET #version = #version + :one, ", 1),
            when=when,
            one=1,
            **values_of_changes,
            **values,
        )

    def change_source(self, report_id: str, changes: Mapping[str, Any]) -> Operation:
        expression, values = assignments({**changes, "changed_at": iso(self.clock())})
        return self.table.update(
            keys.source(report_id), expression, when="attribute_exists(#pk)", **values
        )
