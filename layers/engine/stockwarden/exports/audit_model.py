"""API models of exports of the audit log."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from stockwarden.core.fields import Moment
from stockwarden.exports.exported_file import ExportedFile


class AuditExportFormat(StrEnum):
    """`jsonl` has what the chain is computed from: a line for each entry."""

    XLSX = "xlsx"
    CSV = "csv"
    JSONL = "jsonl"


class AuditExportFilter(BaseModel):
    """As the filters of the list: an entry must match all that are given."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    warehouse_id: str | None = Field(default=None, max_length=80)
    user: str | None = Field(default=None, max_length=64, description="A user name.")
    action: str | None = Field(default=None, max_length=64)
    object: str | None = Field(
        default=None, max_length=200, description="`<type>/<id>`, or `<type>/` for all of a type."
    )
    first: Moment | None = Field(default=None, alias="from")
    last: Moment | None = Field(default=None, alias="to")


class AuditExportRequest(BaseModel):
    model_config = ConfigDict(extra="forbid")

    format: AuditExportFormat
    filters: AuditExportFilter = AuditExportFilter()


class AuditExport(ExportedFile):
    """Once `ready`, it has a link to the file; each request creates a new link.

    `entries` are in the file, newest first; `truncated` says that there are older ones, for which
    it had no room. After `expires_at` the export is deleted.
    """

    format: AuditExportFormat
    entries: int | None = None
    truncated: bool | None = None
