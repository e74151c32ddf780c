"""API models of reports."""

from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from stockwarden.anomalies.model import LocationAnomalies
from stockwarden.ingestion.mapping.user_choice import DateOrder
from stockwarden.reports.file_model import MappingUse, QuestionKind, RowReceipt, RuleReceipt
from stockwarden.rules.model import RuleSettingsView
from stockwarden.snapshots.scope import Scope


class ReportStatus(StrEnum):
    """Where a report is on its way from a file to anomalies."""

    AWAITING_UPLOAD = "awaiting_upload"
    QUEUED = "queued"
    NEEDS_MAPPING = "needs_mapping"
    ANALYZING = "analyzing"
    READY = "ready"
    FAILED = "failed"


class ReportSummary(BaseModel):
    """`reason` says what a report waits for or why it failed, to the person who can act on it.

    `username` owns it: the owner of its warehouse, if it has one. `created_by` sent it.
    """

    id: str
    report_name: str
    timestamp: str
    status: ReportStatus
    reason: str | None = None
    asks: list[QuestionKind] = Field(
        default=[], description="The kinds of questions that it waits for, see its preview."
    )
    anomaly_count: int
    filename: str
    username: str
    created_by: str
    warehouse_id: str | None = None
    as_of: str | None = None
    scope: Scope | None = Field(
        default=None,
        description="What of its warehouse the file holds; null for a report that is in none, or "
        "that has not been analyzed.",
    )
    created_at: str
    updated_at: str
    version: int


class ReportPage(BaseModel):
    """Newest first. A page may be short, even empty; only `next_cursor` null is the end."""

    reports: list[ReportSummary]
    next_cursor: str | None


class Progress(BaseModel):
    """`rows` are the inventory rows read so far, `percent` a share of the whole analysis."""

    stage: Literal["queued", "reading", "mapping", "evaluating", "writing", "done"]
    percent: int = Field(ge=0, le=100)
    rows: int


class FileFacts(BaseModel):
    filename: str
    size: int
    sha256: str | None = None
    uploaded_at: str
    sheet: str | None = None
    header_row: int | None = None


class LayoutUsed(BaseModel):
    """Where the location types and capacities came from: `source` none means from names only."""

    source: Literal["rules_file", "warehouse", "none"]
    warehouse_id: str | None = None
    version: int | None = None
    rows: int = 0


class SnapshotComparison(BaseModel):
    """Beside the warehouse's snapshot before. `vanished` were resolved; `not_covered` are absent
    too, but this file does not show whether they are gone, so they stay open."""

    previous: str | None = Field(description="The id of the report compared with.")
    is_newest: bool = Field(description="Whether no newer snapshot was there when this was shown.")
    new: int
    persisting: int
    reappeared: int
    vanished: int
    not_covered: int


class SuppressionUsed(BaseModel):
    """A suppression as it was when the report was analyzed, and how many findings it took out."""

    id: str
    rule: str
    subject_pattern: str
    until: str
    reason: str
    suppressed: int


class AnomalyCounts(BaseModel):
    total: int
    open: int
    by_status: dict[str, int]
    by_priority: dict[str, int]
    open_by_priority: dict[str, int]
    by_rule: dict[str, int]


class ScopeSaid(BaseModel):
    """Who said what of its warehouse the file holds, and when."""

    by: str
    at: str


class ReportCosts(BaseModel):
    """What the anomalies cost, by the formulas of their rules and the warehouse's prices.

    `open` is the part that is not resolved, as of now; `total` and `by_rule` are of all.
    """

    currency: str
    total: float
    open: float
    by_rule: dict[str, float]


class Moving(BaseModel):
    warehouse_id: str | None = Field(description="Null: it is taken out of its warehouse.")


class Report(ReportSummary):
    """With what the last analysis was made of; `null` until there is one."""

    progress: Progress | None = None
    file: FileFacts | None = None
    column_mapping: dict[str, str] | None = None
    date_order: DateOrder | None = None
    saved_mapping: MappingUse | None = None
    as_of_source: str | None = None
    timezone: str | None = None
    layout: LayoutUsed | None = None
    rule_versions: dict[str, int] | None = Field(
        default=None, description="By rule; 0 is the defaults."
    )
    rules: dict[str, RuleSettingsView] | None = Field(
        default=None, description="The settings that the anomalies were found with."
    )
    costs: ReportCosts | None = None
    prices: Literal["own", "example"] | None = Field(
        default=None,
        description="Whether the warehouse had set the prices that `costs` are reckoned with.",
    )
    rows: RowReceipt | None = None
    notes: list[str] = []
    coverage: list[RuleReceipt] | None = None
    suppressions: list[SuppressionUsed] = []
    counts: AnomalyCounts
    comparison: SnapshotComparison | None = None
    scope_said: ScopeSaid | None = Field(
        default=None, description="Null where nobody had to: it was plain from the file's size."
    )
    superseded: bool = Field(
        default=False,
        description="The warehouse has a newer snapshot; what that has too is worked there.",
    )
    moving: Moving | None = Field(
        default=None,
        description="Where it is being put; until it is analyzed there, it stays where it is.",
    )


class UploadForm(BaseModel):
    """To be posted as multipart/form-data: the fields first, then the file as part `file`."""

    url: str
    fields: dict[str, str]


def _is_none(value: object) -> bool:
    return value is None


class CreatedReport(BaseModel):
    message: str = "Report created successfully"
    report_id: str
    report: Report
    upload: UploadForm | None = Field(default=None, exclude_if=_is_none)
    rules_upload: UploadForm | None = Field(default=None, exclude_if=_is_none)


class Kpi(BaseModel):
    label: str
    value: int | float | str


class ReportDetails(BaseModel):
    """Locations by name; one with many anomalies goes on, under its name, on the next page."""

    model_config = ConfigDict(serialize_by_alias=True, validate_by_name=True)

    report_id: str = Field(alias="reportId")
    report_name: str = Field(alias="reportName")
    kpis: list[Kpi]
    locations: list[LocationAnomalies]
    next_cursor: str | None
