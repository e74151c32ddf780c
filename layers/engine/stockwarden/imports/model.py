"""API models of imports of items."""

from collections import Counter
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from stockwarden.imports.fields import FIELDS, LABELS
from stockwarden.ingestion.mapping.user_choice import DateOrder, Encoding, NumberFormat
from stockwarden.reports.file_model import PreviewColumn, PreviewQuestion, SheetFacts
from stockwarden.reports.model import UploadForm
from stockwarden.reports.requests import Answers, ColumnName, Filename
from stockwarden.stock.requests import Id

ImportStatus = Literal[
    "awaiting_upload",
    "queued",
    "needs_mapping",
    "checking",
    "checked",
    "importing",
    "done",
    "failed",
]
Stage = Literal["reading", "checking", "writing"]


def _known(name: str) -> str:
    if name not in FIELDS:
        raise ValueError(f"There is no field {name!r}, only {', '.join(FIELDS)}.")
    return name


def _each_once(mapping: dict[str, str]) -> dict[str, str]:
    repeated = [field for field, count in Counter(mapping.values()).items() if count > 1]
    if repeated:
        raise ValueError(f"Only one column can be the {LABELS[repeated[0]]}.")
    return mapping


ItemField = Annotated[str, AfterValidator(_known), Field(json_schema_extra={"enum": list(FIELDS)})]
ItemMapping = Annotated[
    dict[ColumnName, ItemField],
    AfterValidator(_each_once),
    Field(
        max_length=200,
        description="From the name of a column in the file to the field of an item. What it leaves "
        "open is suggested.",
        examples=[{"Ref.": "sku", "On hand": "quantity"}],
    ),
]
DryRun = Annotated[
    bool,
    Field(description="Only checks the file and says what would be done; nothing is written."),
]


class FileChoices(BaseModel):
    """How a file is to be read, where it does not say so itself."""

    model_config = ConfigDict(extra="forbid")

    column_mapping: ItemMapping | None = None
    sheet: str | None = Field(default=None, min_length=1, max_length=200)
    header_row: int | None = Field(
        default=None,
        ge=0,
        le=1_048_576,
        description="Counted from 1; 0 means that there is no header.",
    )
    date_order: DateOrder | None = None
    number_format: NumberFormat | None = None
    encoding: Encoding | None = Field(
        default=None, description="That of a text file which is no Unicode."
    )


class ImportRequest(FileChoices):
    """`warehouse_id` is where quantities are; without it the company's main warehouse."""

    filename: Filename
    dry_run: DryRun = False
    warehouse_id: Id | None = None
    size: int | None = Field(
        default=None,
        ge=1,
        description="Size of the file in bytes, so that a file that is too large is refused before "
        "it is uploaded.",
    )


class ImportContinuation(FileChoices):
    """Answers the questions about the file, reads it otherwise, or, after a dry run, goes on for
    good: `{"dry_run": false}`. What is left out stays as it was."""

    answers: Answers | None = None
    replace: bool = Field(
        default=False,
        description="Discards all earlier answers and what was already sure: only this request "
        "counts.",
    )
    dry_run: bool | None = None


class ImportProgress(BaseModel):
    """`rows` are those of the file, as soon as they are known."""

    stage: Stage
    percent: int
    rows: int | None = None


class ImportCounts(BaseModel):
    """What the check says: `items` are to be created, changed (themselves or their stock), or are
    as the file says already; `movements` are the changes of stock among them."""

    rows: int
    items: int
    to_create: int
    to_change: int
    unchanged: int
    movements: int


class ImportResult(BaseModel):
    """What has been written so far. `skipped` items were right when the file was checked, and could
    not be written any more."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    movements: int = 0
    skipped: int = 0


class ItemImportSummary(BaseModel):
    """`reason` says why an import has failed, or what it waits for. `error_total` counts what is
    wrong with the rows: while there is anything, nothing is written. It is removed after
    `expires_at`; what it has imported stays."""

    id: str
    filename: str
    status: ImportStatus
    dry_run: bool
    warehouse_id: str | None = None
    reason: str | None = None
    progress: ImportProgress | None = None
    counts: ImportCounts | None = None
    error_total: int = 0
    result: ImportResult | None = None
    created_by: str | None = Field(
        default=None, description="The user name; null for an account that is deleted."
    )
    created_at: str
    updated_at: str
    expires_at: str
    version: int


class CreatedItemImport(ItemImportSummary):
    """With the form to upload the file with, where the request did not have it."""

    upload: UploadForm | None = None


class RowError(BaseModel):
    """`row` is the number that the sheet shows, and `column` the header of the column in the file;
    it is null where a column is missing, or the row as a whole is wrong. `value` is the beginning
    of the cell."""

    row: int
    column: str | None
    field: str | None
    value: str | None
    detail: str


class SkippedRows(BaseModel):
    """The rows of an item that could not be written, and why."""

    rows: list[int]
    detail: str


class ImportFile(BaseModel):
    """How the file is read. `questions` are what is not sure about it; PUT answers them."""

    sheets: list[SheetFacts]
    sheet: str | None
    header_row: int | None
    columns: list[PreviewColumn]
    sample_rows: list[list[str]]
    column_mapping: dict[str, str]
    date_order: DateOrder | None
    number_format: NumberFormat | None = None
    encoding: Encoding | None = None
    questions: list[PreviewQuestion]


class ItemImport(ItemImportSummary):
    """`errors` are all faults of all rows, in their order; if they are too many for an answer, the
    first of them. `errors_url` is a table with all, for 15 minutes."""

    file: ImportFile | None = None
    warnings: list[str] = Field(
        default=[], description="What is not read of the file, and how it is understood."
    )
    errors: list[RowError] = []
    errors_url: str | None = None
    skipped: list[SkippedRows] = []
    skipped_url: str | None = None


class ItemImportPage(BaseModel):
    """Newest first."""

    imports: list[ItemImportSummary]
    next_cursor: str | None
