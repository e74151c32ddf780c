"""API models of saved mappings."""

from pydantic import BaseModel, ConfigDict, Field

from stockwarden.ingestion.mapping.user_choice import DateOrder, Encoding, NumberFormat
from stockwarden.reports.requests import ColumnMapping, ReportName


class SavedMapping(BaseModel):
    """The mapping of a sender's files with these columns, applied automatically to the next such
    file. `columns` are all columns of the table, in the order of the file. `encoding`, `sheet` and
    `header_row` are present only if a user had to choose them."""

    id: str
    name: str
    columns: list[str]
    column_mapping: dict[str, str]
    date_order: DateOrder | None = None
    number_format: NumberFormat | None = None
    encoding: Encoding | None = None
    sheet: str | None = None
    header_row: int | None = None
    report_id: str = Field(description="The report that the mapping comes from.")
    created_at: str
    updated_at: str
    version: int


class SavedMappingPage(BaseModel):
    mappings: list[SavedMapping]
    next_cursor: str | None


class SavedMappingChange(BaseModel):
    """A field that is left out stays as it is; a given mapping replaces the whole old one."""

    model_config = ConfigDict(extra="forbid")

    name: ReportName | None = None
    column_mapping: ColumnMapping
    date_order: DateOrder | None = None
    number_format: NumberFormat | None = None
