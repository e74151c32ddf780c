"""Converts stored reports into API models."""

from collections.abc import Mapping
from typing import Any

from stockwarden.anomalies.counts import Counts
from stockwarden.reports.model import (
    AnomalyCounts,
    FileFacts,
    Kpi,
    LayoutUsed,
    Moving,
    Progress,
    Report,
    ReportCosts,
    ReportStatus,
    ReportSummary,
)
from stockwarden.reports.stored_report import StoredReport
from stockwarden.storage.attributes import Item


def summary_of(summary: Item) -> ReportSummary:
    return ReportSummary.model_validate({**summary, "timestamp": summary["created_at"]})


def report_of(stored: StoredReport, counts: Counts) -> Report:
    detail = stored.detail or {}
    return Report(
        **summary_of(stored.summary).model_dump(),
        progress=Progress.model_validate(stored.progress) if stored.progress else None,
        file=_file(stored, detail),
        column_mapping=detail.get("column_mapping"),
        date_order=detail.get("date_order"),
        source_system=detail.get("source_system"),
        number_format=detail.get("number_format"),
        saved_mapping=detail.get("saved_mapping"),
        as_of_source=detail.get("as_of_source"),
        timezone=detail.get("timezone"),
        layout=LayoutUsed.model_validate(detail["layout"]) if detail else None,
        catalog=detail.get("catalog"),
        rule_versions=detail.get("rule_versions"),
        rules=detail.get("rules"),
        single=detail.get("single", []),
        costs=_costs(detail, counts),
        prices=detail.get("prices"),
        rows=detail.get("rows"),
        notes=detail.get("notes", []),
        coverage=detail.get("coverage"),
        suppressions=detail.get("suppressions", []),
        counts=AnomalyCounts.model_validate(counts.to_document()),
        comparison=detail.get("comparison"),
        scope_said=detail.get("scope_said"),
        superseded=counts.superseded,
        moving=_moving(stored),
    )


def _moving(stored: StoredReport) -> Moving | None:
    """The pending move; None where there is none or it has failed."""
    over = stored.status in {ReportStatus.READY, ReportStatus.FAILED}
    if over or stored.moves_to is None:
        return None
    return Moving(warehouse_id=stored.moves_to["warehouse_id"])


def kpis_of(stored: StoredReport, counts: Counts) -> list[Kpi]:
    """The key figures of a report, most important first."""
    document, rows = counts.to_document(), (stored.detail or {}).get("rows", {})
    costs = _costs(stored.detail or {}, counts)
    return [
        Kpi(label="Anomalies", value=document["total"]),
        Kpi(label="Very High priority", value=document["by_priority"]["Very High"]),
        Kpi(label="Open", value=document["open"]),
        Kpi(label="Resolved", value=document["by_status"]["Resolved"]),
        Kpi(label="Rows evaluated", value=rows.get("evaluated", 0)),
        Kpi(label="Rows rejected", value=sum(rows.get("rejected", {}).values())),
        *([Kpi(label=f"Open cost ({costs.currency})", value=costs.open)] if costs else []),
    ]


def _costs(detail: Mapping[str, Any], counts: Counts) -> ReportCosts | None:
    """Total costs come from the analysis, the open part from the current counts."""
    if "costs" not in detail:
        return None
    return ReportCosts.model_validate({**detail["costs"], "open": counts.open_cents / 100})


def _file(stored: StoredReport, detail: dict[str, Any]) -> FileFacts | None:
    inventory = stored.inventory_file
    if inventory is None:
        return None
    return FileFacts(
        filename=stored.summary["filename"],
        size=inventory.size,
        uploaded_at=inventory.uploaded_at,
        sha256=detail.get("sha256"),
        sheet=detail.get("sheet"),
        header_row=detail.get("header_row"),
    )
