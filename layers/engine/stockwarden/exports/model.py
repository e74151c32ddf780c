"""API models of exports."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from stockwarden.anomalies.requests import AnomalyFilter
from stockwarden.exports.exported_file import ExportedFile


class ExportFormat(StrEnum):
    """`annotated` is the uploaded table with a column that lists what is wrong with each row."""

    XLSX = "xlsx"
    CSV = "csv"
    ANNOTATED = "annotated"


class ExportFilter(AnomalyFilter):
    """An anomaly must match all fields that are given, as in lists of anomalies. `me` stands for
    the caller's name."""

    model_config = ConfigDict(extra="forbid")


class ExportRequest(BaseModel):
    model_config = ConfigDict(extra="forbid")

    format: ExportFormat
    filters: ExportFilter = ExportFilter()


class Export(ExportedFile):
    """Once `ready`, it has a link to the file; each request creates a new link.

    `anomalies` is the number of anomalies in the file. After `expires_at` the export is deleted.
    """

    report_id: str
    format: ExportFormat
    filters: ExportFilter
    anomalies: int | None = None
