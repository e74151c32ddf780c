"""API models of reports."""

from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from stockwarden.anomalies.model import LocationAnomalies
from stockwarden.ingestion.mapping.user_choice import DateOrder, NumberFormat
from stockwarden.reports.file_model import MappingUse, QuestionKind, RowReceipt, RuleReceipt
from stockwarden.rules.model import RuleSettingsView
from stockwarden.snapshots.scope import Scope


class ReportStatus(StrEnum):
    """The stage of a report between file and anomalies."""

    AWAITING_UPLOAD = "awaiting_upload"
    QUEUED = "queued"
    NEEDS_MAPPING = "needs_mapping"
    ANALYZING = "analyzing"
    READY = "ready"
    FAILED = "failed"


class ReportSummary(BaseModel):
    """`reason` tells the person who can act on it what the report waits for or why it failed.
    `username` is the owner: the owner of the warehouse, if the report has one. `created_by` sent
    the report."""

    id: str
    report_name: str
    timestamp: str
    status: ReportStatus
    reason: str | None = None
    asks: list[QuestionKind] = Field(
        default=[],
        description="The kinds of questions that the report waits for; the preview has the "
        "questions.",
    )
    anomaly_count: int
    filename: str
    username: str
    created_by: str
    warehouse_id: str | None = None
    as_of: str | None = None
    scope: Scope | None = Field(
        default=None,
        description="Whether the file holds the whole warehouse or a part of it; null for a report "
        "without a warehouse, or that has not been analyzed.",
    )
    created_at: str
    updated_at: str
    version: int


class ReportPage(BaseModel):
    """Newest first. A page may be short, even empty; only a null `next_cursor` is the end."""

    reports: list[ReportSummary]
    next_cursor: str | None


class Progress(BaseModel):
    """`rows` is the number of inventory rows read, `percent` a share of the whole analysis."""

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
    """The source of location types and capacities; `source` none means that the types come from the
    names of locations only."""

    source: Literal["rules_file", "warehouse", "none"]
    warehouse_id: str | None = None
    version: int | None = None
    rows: int = 0


class SnapshotComparison(BaseModel):
    """Comparison with the previous snapshot of the warehouse. `vanished` anomalies were resolved;
    `not_covered` anomalies are absent too, but this file does not prove that they are gone, so they
    stay open."""

    previous: str | None = Field(description="The id of the report compared with.")
    is_newest: bool = Field(
        description="Whether there was no newer snapshot when this report was published."
    )
    new: int
    persisting: int
    reappeared: int
    vanished: int
    not_covered: int
    changed_rules: list[str] = Field(
        default=[],
        description="The rules whose settings differ from those of the previous snapshot, so that "
        "their anomalies may be new or gone for that reason.",
    )
    layout_changed: bool = Field(
        default=False, description="Whether the previous snapshot was read with another layout."
    )


class SuppressionUsed(BaseModel):
    """A suppression as it was when the report was analyzed, and the number of findings that it
    suppressed."""

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
    """Who said whether the file holds the whole warehouse or a part of it, and when."""

    by: str
    at: str


class ReportCosts(BaseModel):
    """Costs of the anomalies, by the formulas of their rules and the warehouse's prices. `open` is
    the current cost of the unresolved anomalies; `total` and `by_rule` are those of all."""

    currency: str
    total: float
    open: float
    by_rule: dict[str, float]


class Moving(BaseModel):
    warehouse_id: str | None = Field(
        description="Null if the report is being taken out of its warehouse."
    )


class CatalogUsed(BaseModel):
    """What the catalog knew of the distinct product codes of the file, or of its GTINs where it has
    no product codes. `not_looked_up` are those beyond the number that is looked up."""

    codes: int
    known: int
    unknown: int
    not_looked_up: int
    sha256: str = Field(description="The same for the same facts of the catalog.")
    changed: bool = Field(
        description="Whether the catalog said something else of these codes in the report's "
        "analysis before."
    )


class Report(ReportSummary):
    """A report with the inputs of its last analysis; these are null before the first analysis."""

    progress: Progress | None = None
    file: FileFacts | None = None
    column_mapping: dict[str, str] | None = None
    date_order: DateOrder | None = None
    source_system: str | None = Field(
        default=None, description="The warehouse system whose export the file looks like."
    )
    number_format: NumberFormat | None = None
    saved_mapping: MappingUse | None = None
    as_of_source: str | None = None
    timezone: str | None = None
    layout: LayoutUsed | None = None
    catalog: CatalogUsed | None = Field(
        default=None, description="Null for a file without product codes."
    )
    rule_versions: dict[str, int] | None = Field(
        default=None, description="Version of the settings by rule; 0 stands for the defaults."
    )
    rules: dict[str, RuleSettingsView] | None = Field(
        default=None, description="The settings that the analysis used."
    )
    single: list[str] = Field(
        default=[],
        description="Rules whose anomalies are told one by one, however many they are.",
    )
    costs: ReportCosts | None = None
    prices: Literal["own", "example"] | None = Field(
        default=None,
        description="Whether somebody had set the prices that `costs` are computed with.",
    )
    rows: RowReceipt | None = None
    notes: list[str] = []
    coverage: list[RuleReceipt] | None = None
    suppressions: list[SuppressionUsed] = []
    counts: AnomalyCounts
    comparison: SnapshotComparison | None = None
    scope_said: ScopeSaid | None = Field(
        default=None,
        description="Who answered the question about the scope; null if it was not asked.",
    )
    superseded: bool = Field(
        default=False,
        description="Whether the warehouse has a newer snapshot; anomalies that both have are "
        "changed there.",
    )
    moving: Moving | None = Field(
        default=None,
        description="The warehouse that the report is being moved to; it stays in its old one until"
        " it is analyzed there.",
    )


class UploadForm(BaseModel):
    """Post it as multipart/form-data: the fields first, then the file as part `file`."""

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
    """Locations by name; a location with many anomalies continues, under the same name, on the next
    page."""

    model_config = ConfigDict(serialize_by_alias=True, validate_by_name=True)

    report_id: str = Field(alias="reportId")
    report_name: str = Field(alias="reportName")
    kpis: list[Kpi]
    locations: list[LocationAnomalies]
    next_cursor: str | None
