"""API models that all exports share."""

from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, Field


class TableFormat(StrEnum):
    XLSX = "xlsx"
    CSV = "csv"


class ExportedFile(BaseModel):
    """Once `ready`, it has a link to the file; each request creates a new link. After `expires_at`
    the export is deleted."""

    id: str
    status: Literal["queued", "writing", "ready", "failed"]
    reason: str | None = None
    filename: str | None = None
    size: int | None = Field(default=None, description="In bytes.")
    url: str | None = Field(
        default=None, description="Returns the file to anyone who has this link."
    )
    url_expires_at: str | None = None
    created_at: str
    updated_at: str
    expires_at: str
