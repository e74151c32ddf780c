"""An export as the API takes and gives it."""

from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from stockwarden.anomalies.model import Status
from stockwarden.detection.priority import Priority
from stockwarden.reports.model import RuleCode


class ExportFormat(StrEnum):
    """`annotated` is the uploaded table itself, with a column that says what is wrong."""

    XLSX = "xlsx"
    CSV = "csv"
    ANNOTATED = "annotated"


class ExportFilter(BaseModel):
    """Everything given must hold. Locations compare trimmed and upper-cased."""

    model_config = ConfigDict(extra="forbid")

    status: Status | None = None
    priority: Priority | None = None
    rule: RuleCode | None = None
    location: str | None = Field(default=None, min_length=1, max_length=300)
    assignee: str | None = Field(default=None, min_length=1, max_length=120)


class ExportRequest(BaseModel):
    model_config = ConfigDict(extra="forbid")

    format: ExportFormat
    filters: ExportFilter = ExportFilter()


class Export(BaseModel):
    """Once `ready`, with a link to the file. A new link is made each time this is asked for.

    `anomalies` are those that the file tells of. After `expires_at` the export is gone.
    """

    id: str
    report_id: str
    format: ExportFormat
    filters: ExportFilter
    status: Literal["queued", "writing", "ready", "failed"]
    reason: str | None = None
    anomalies: int | None = None
    filename: str | None = None
    size: int | None = Field(default=None, description="In bytes.")
    url: str | None = Field(default=None, description="Answers the file, to whoever holds it.")
    url_expires_at: str | None = None
    created_at: str
    updated_at: str
    expires_at: str
