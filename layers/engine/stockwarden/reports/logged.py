"""The log entries of what ran on a report."""

from collections.abc import Callable, Mapping
from typing import Any

from stockwarden.audit.origin import UNKNOWN
from stockwarden.operations.report_log import ReportLog, Run, RunKind, RunOutcome
from stockwarden.reports.attempts import Attempt
from stockwarden.reports.report_updates import MAX_REASON
from stockwarden.reports.stored_report import StoredReport
from stockwarden.storage.attributes import Item
from stockwarden.storage.tables import Operation


class RunEntries:
    """`find_id` gives the opaque id of a user name; one read, where a report does not say it."""

    def __init__(self, log: ReportLog, find_id: Callable[[str], str]) -> None:
        self.log = log
        self.find_id = find_id

    def analysis(
        self,
        attempt: Attempt,
        outcome: RunOutcome,
        *,
        reason: str | None,
        rows: int | None,
        anomalies: int | None,
    ) -> Operation:
        """Of the attempt that ends the job of a report."""
        stored = attempt.stored
        # Only a shown analysis takes a report into another warehouse.
        is_shown = outcome is RunOutcome.READY
        summary = stored.summary if is_shown else stored.departing or stored.summary
        sender = stored.sender_id or self.find_id(summary["created_by"])
        run = Run(
            kind=RunKind.ANALYSIS,
            run_id=attempt.job_id,
            report_id=stored.id,
            report_name=summary["report_name"],
            filename=summary["filename"],
            warehouse_id=summary.get("warehouse_id"),
            owner_id=self._owner_id(summary, sender),
            by=sender,
            started_at=attempt.started_at,
            outcome=outcome,
            attempt=attempt.number,
            reason=reason[:MAX_REASON] if reason else None,
            rows=rows,
            anomalies=anomalies,
        )
        return self.log.entry(run)

    def facts_of_export(self, user_id: str, stored: StoredReport) -> dict[str, Any]:
        """What `export` needs: of the report, and by whose order; `user_id` is their opaque id."""
        summary = stored.summary
        facts = {
            "report_name": summary["report_name"],
            "filename": summary["filename"],
            "warehouse_id": summary.get("warehouse_id"),
            "owner_id": self._owner_id(summary, stored.sender_id),
            "by": user_id or UNKNOWN,
        }
        return {name: value for name, value in facts.items() if value is not None}

    def export(
        self, export: Item, ended: RunOutcome, outcome: Mapping[str, Any]
    ) -> list[Operation]:
        """Of an export whose attempt ends now, with an outcome as `ExportRepository.finish` has it.
        Nothing for one that was ordered in an earlier release."""
        if "about" not in export:
            return []
        run = Run(
            **{"warehouse_id": None, **export["about"]},
            kind=RunKind.EXPORT,
            run_id=export["id"],
            report_id=export["report_id"],
            # Each attempt begins with a change of the export.
            started_at=export["updated_at"],
            outcome=ended,
            attempt=export["attempt"],
            reason=outcome.get("reason"),
            anomalies=outcome.get("anomalies"),
        )
        return [self.log.entry(run)]

    def removal(self, tombstone: Item) -> Operation:
        """Of a deleted report, whose data is gone."""
        deleter = tombstone.get("deleted_by") or self.find_id(tombstone["created_by"])
        run = Run(
            kind=RunKind.REMOVAL,
            run_id="removal",
            report_id=tombstone["id"],
            report_name=tombstone["report_name"],
            filename=tombstone["filename"],
            warehouse_id=tombstone.get("warehouse_id"),
            owner_id=self._owner_id(tombstone, tombstone.get("sender_id", "")),
            by=deleter,
            started_at=tombstone["deleted_at"],
            outcome=RunOutcome.REMOVED,
            attempt=1,
        )
        return self.log.entry(run)

    def _owner_id(self, summary: Item, sender: str) -> str:
        """The id of the owner of a report in no warehouse, which is mostly its sender."""
        if summary.get("warehouse_id"):
            return ""
        if sender and summary["username"] == summary["created_by"]:
            return sender
        return self.find_id(summary["username"])
