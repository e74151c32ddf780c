"""API models of saved mappings."""

from pydantic import BaseModel, ConfigDict, Field

from stockwarden.ingestion.mapping.user_choice import DateOrder
from stockwarden.reports.requests import ColumnMapping, ReportName


class SavedMapping(BaseModel):
    """What a sender's files with these columns hold. Applied by itself to the next such file.

    `columns` are all columns of the table, in the file's order. `sheet` and `header_row` are there
    only where they had to be said.
    """

    id: str
    name: str
    columns: list[str]
    column_mapping: dict[str, str]
    date_order: DateOrder | None = None
    sheet: str | None = None
    header_row: int | None = None
    report_id: str = Field(description="The report that it was learned from.")
    created_at: str
    updated_at: str
    version: int


class SavedMappingPage(BaseModel):
    mappings: list[SavedMapping]
    next_cursor: str | None


class SavedMappingChange(BaseModel):
    """What is left out stays as it is, but the mapping itself is replaced whole."""

    model_config = ConfigDict(extra="forbid")

    name: ReportName | None = None
    column_mapping: ColumnMapping
    date_order: DateOrder | None = None
