"""API models of exports."""

from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from stockwarden.anomalies.requests import AnomalyFilter


class ExportFormat(StrEnum):
    """`annotated` is the uploaded table itself, with a column that says what is wrong."""

    XLSX = "xlsx"
    CSV = "csv"
    ANNOTATED = "annotated"


class ExportFilter(AnomalyFilter):
    """Everything given must hold, as in lists of anomalies. `me` becomes the caller's name."""

    model_config = ConfigDict(extra="forbid")


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
