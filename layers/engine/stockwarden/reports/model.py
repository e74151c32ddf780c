"""A report as the API takes and gives it."""

import unicodedata
from collections import Counter
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from stockwarden.anomalies.model import LocationAnomalies
from stockwarden.ingestion import fields
from stockwarden.ingestion.choice import AS_OF_YEARS, DateOrder
from stockwarden.reports.uploads import checked_filename
from stockwarden.rules.model import RuleSettingsView


class ReportStatus(StrEnum):
    """Where a report is on its way from a file to anomalies."""

    AWAITING_UPLOAD = "awaiting_upload"
    QUEUED = "queued"
    NEEDS_MAPPING = "needs_mapping"
    ANALYZING = "analyzing"
    READY = "ready"
    FAILED = "failed"


def _moment(text: str) -> str:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(
            "Give a date and time in ISO 8601, such as 2025-01-09T14:30:00+01:00."
        ) from None
    first, last = AS_OF_YEARS
    if not first <= moment.year <= last:
        raise ValueError(f"Give a date from {first} to {last}.")
    return text


def _plain(name: str) -> str:
    if any(unicodedata.category(character) == "Cc" for character in name):
        raise ValueError("A name has no line breaks or other control characters.")
    return name


def _canonical(name: str) -> str:
    if name not in fields.FIELDS:
        raise ValueError(f"There is no field {name!r}, only {', '.join(fields.FIELDS)}.")
    return name


def _each_once(mapping: dict[str, str]) -> dict[str, str]:
    twice = [field for field, count in Counter(mapping.values()).items() if count > 1]
    if twice:
        raise ValueError(f"Only one column can be the {fields.LABELS[twice[0]]}.")
    return mapping


ReportName = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=150),
    AfterValidator(_plain),
]
Filename = Annotated[str, AfterValidator(checked_filename)]
Moment = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=40),
    AfterValidator(_moment),
    Field(
        description="ISO 8601; without an offset it is in the warehouse's time zone.",
        examples=["2025-01-09T14:30:00"],
    ),
]
ColumnName = Annotated[str, StringConstraints(min_length=1, max_length=300)]
CanonicalName = Annotated[
    str, AfterValidator(_canonical), Field(json_schema_extra={"enum": list(fields.FIELDS)})
]
ColumnMapping = Annotated[
    dict[ColumnName, CanonicalName],
    AfterValidator(_each_once),
    Field(
        max_length=200,
        description="From the column's name in the file to its canonical name.",
        examples=[{"Pallet": "pallet_id", "Bin": "location"}],
    ),
]
WarehouseId = Annotated[str, StringConstraints(min_length=1, max_length=80)]
RuleCode = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]


class ReportRequest(BaseModel):
    model_config = ConfigDict(extra="forbid")

    filename: Filename
    report_name: ReportName | None = None
    warehouse_id: WarehouseId | None = None
    as_of: Moment | None = None
    column_mapping: ColumnMapping | None = None
    rules_filename: Filename | None = Field(
        default=None, description="Announces a rules file; the analysis waits for it."
    )
    size: int | None = Field(
        default=None, ge=1, description="Bytes of the file, to be refused early."
    )


class ReportPatch(BaseModel):
    model_config = ConfigDict(extra="forbid")

    report_name: ReportName


class MappingRequest(BaseModel):
    """Answers to what was asked of the file; what is left out stays as it was answered before.

    A `column_mapping` with pallet_id and location replaces the one before, any other adds to it.
    """

    model_config = ConfigDict(extra="forbid")

    column_mapping: ColumnMapping | None = None
    sheet: str | None = Field(default=None, min_length=1, max_length=200)
    header_row: int | None = Field(
        default=None, ge=0, le=1_048_576, description="1-based; 0: no header."
    )
    date_order: DateOrder | None = None
    save_as: ReportName | None = Field(
        default=None, description="Keeps the mapping under this name."
    )


class Reanalysis(BaseModel):
    """The same file under the current rules. `rules`: only these; left out, all of them."""

    model_config = ConfigDict(extra="forbid")

    as_of: Moment | None = None
    rules: list[RuleCode] | None = Field(default=None, min_length=1, max_length=100)


class ReportSummary(BaseModel):
    """`reason` says what a report waits for or why it failed, to the person who can act on it.

    `username` owns it: the owner of its warehouse, if it has one. `created_by` sent it.
    """

    id: str
    report_name: str
    timestamp: str
    status: ReportStatus
    reason: str | None = None
    anomaly_count: int
    filename: str
    username: str
    created_by: str
    warehouse_id: str | None = None
    as_of: str | None = None
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
    by_rule: dict[str, int]


class ReportCosts(BaseModel):
    """What the anomalies cost, by the formulas of their rules and the warehouse's prices."""

    currency: str
    total: float
    by_rule: dict[str, float]


class MappingUse(BaseModel):
    """A mapping that was saved for this header. One that no longer fits is not `applied`."""

    id: str
    name: str
    version: int
    applied: bool
    detail: str | None = Field(default=None, description="Why it was not applied.")


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
    rows: dict[str, Any] | None = Field(
        default=None,
        description="total, evaluated, skipped and rejected (why), unread cells, details.",
    )
    notes: list[str] = []
    coverage: list[dict[str, Any]] | None = Field(
        default=None,
        description="Per rule: rows judged, rows skipped (why), anomalies, suppressed, "
        "milliseconds.",
    )
    suppressions: list[SuppressionUsed] = []
    counts: AnomalyCounts
    comparison: SnapshotComparison | None = None


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


class ReportPreview(BaseModel):
    """What was seen in the file, and what is unsure about it (`questions`)."""

    model_config = ConfigDict(extra="allow")

    sheets: list[dict[str, Any]]
    sheet: str | None
    header_row: int | None
    columns: list[dict[str, Any]]
    sample_rows: list[list[Any]]
    column_mapping: dict[str, str]
    date_order: DateOrder | None
    questions: list[dict[str, Any]]
    saved_mapping: MappingUse | None = None
