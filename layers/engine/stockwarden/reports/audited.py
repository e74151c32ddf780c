"""The audit entries of changed reports."""

from collections.abc import Mapping
from typing import Any

from stockwarden.audit.changes import differences
from stockwarden.audit.entry import Change, resource_scope
from stockwarden.audit.log import AuditLog
from stockwarden.audit.origin import Origin
from stockwarden.reports.report_files import InventoryFile
from stockwarden.reports.stored_report import ReportDraft, StoredReport
from stockwarden.storage.tables import Operation

Facts = Mapping[str, Any]


class ReportEntries:
    def __init__(self, audit: AuditLog) -> None:
        self.audit = audit

    def operation(
        self,
        origin: Origin,
        action: str,
        report_id: str,
        before: Facts | None,
        after: Facts | None,
    ) -> Operation:
        """A move between two warehouses stands in the scope of the one that is left."""
        scopes = [facts["warehouse_id"] for facts in (before, after) if facts]
        change = Change(
            resource_scope(next(filter(None, scopes), None)),
            action,
            f"report/{report_id}",
            differences(before, after, {**(before or {}), **(after or {})}),
        )
        return self.audit.entry(origin, change)

    def created(self, origin: Origin, draft: ReportDraft) -> Operation:
        return self.operation(origin, "report.created", draft.id, None, facts_of_draft(draft))

    def received(self, origin: Origin, stored: StoredReport, inventory: InventoryFile) -> Operation:
        facts = facts_of(stored)
        after = {**facts, "size": inventory.size}
        return self.operation(origin, "report.file_received", stored.id, facts, after)


def facts_of(stored: StoredReport, changes: Facts | None = None, name: str | None = None) -> Facts:
    """What entries say of a report; with the changes to its SOURCE, and the new name."""
    summary, source = stored.summary, {**stored.source, **(changes or {})}
    move = source.get("move") or summary
    return {
        **_inputs(source),
        "report_name": name or summary["report_name"],
        "filename": summary["filename"],
        "warehouse_id": move.get("warehouse_id"),
        "rules": source.get("only_rules"),
        "single": source.get("single"),
        "save_as": (source.get("learn") or {}).get("name"),
    }


def facts_of_draft(draft: ReportDraft) -> Facts:
    return {
        **_inputs(vars(draft)),
        "report_name": draft.report_name,
        "filename": draft.filename,
        "warehouse_id": draft.warehouse_id,
    }


def _inputs(source: Facts) -> dict[str, Any]:
    """Names nobody: of a scope statement only what it says."""
    scope = (source.get("scope") or {}).get("scope")
    choice = {f"choice.{name}": value for name, value in (source.get("choice") or {}).items()}
    return {**choice, "as_of": source.get("as_of"), "scope": scope}
