"""API models of a report's file: its preview, questions, and receipts of rows and rules."""

from typing import Literal

from pydantic import BaseModel, Field

from stockwarden.ingestion.mapping.user_choice import DateOrder

QuestionKind = Literal["field", "date_order", "sheet", "scope"]


class MappingUse(BaseModel):
    """A mapping that was saved for this header. One that no longer fits is not `applied`."""

    id: str
    name: str
    version: int
    applied: bool
    detail: str | None = Field(default=None, description="Why it was not applied.")


class RowNote(BaseModel):
    """Why a row was skipped or rejected, or (with `column` and `raw`) a cell not read."""

    row: int = Field(description="As the spreadsheet numbers it.")
    reason: str
    detail: str
    column: str | None = None
    raw: str | None = None


class RowReceipt(BaseModel):
    """`total` is `evaluated` and all of `skipped` and `rejected`, which are numbers by reason.

    `unread` counts cells of evaluated rows. `details` has the first rows of each reason.
    """

    total: int
    evaluated: int
    skipped: dict[str, int]
    rejected: dict[str, int]
    unread: dict[str, int] = {}
    details: list[RowNote] = []


class RuleReceipt(BaseModel):
    """What one rule could judge: `rows_judged` and all of `rows_skipped` (by reason) are the rows.

    `needs` says what a rule that is `not_evaluated` would need. What was `suppressed` is none of
    its `anomalies`.
    """

    rule: str
    status: Literal["evaluated", "not_evaluated", "disabled"]
    rows_judged: int
    rows_skipped: dict[str, int]
    needs: list[str]
    anomalies: int
    suppressed: int = 0
    milliseconds: float


class SheetFacts(BaseModel):
    name: str
    rows: int
    columns: int


class FieldAlternative(BaseModel):
    field: str
    confidence: float


class PreviewColumn(BaseModel):
    """`suggestion` is the field that the column seems to hold, with a `confidence` of 0 to 1."""

    name: str
    index: int
    letter: str
    samples: list[str]
    suggestion: str | None
    confidence: float
    alternatives: list[FieldAlternative]


class QuestionChoice(BaseModel):
    """`value` is what answers the question, `samples` show what that would mean."""

    value: str
    label: str
    samples: list[str] = []


class LastSnapshot(BaseModel):
    report_id: str
    as_of: str
    rows: int
    pallets: int


class ScopeFacts(BaseModel):
    """The file, with its `rows` and distinct `pallets`, beside the last whole snapshot of its
    warehouse; `known` are the pallets of that one which are in the file."""

    warehouse_id: str
    warehouse_name: str
    as_of: str
    rows: int
    pallets: int
    known: int
    last: LastSnapshot


class PreviewQuestion(BaseModel):
    """To be answered by PUT /reports/{report_id}/mapping, `answers`: {its `id`: a `value`}.

    `field` asks which column holds a canonical field: any column of the file may be the answer,
    and "" (no column) where that is `optional`. `date_order` and `sheet` have the answers that
    are listed. `scope` asks whether the file is the whole of its warehouse or a part of it, before
    anything of the last snapshot is resolved; the id of another warehouse puts the report there.
    """

    id: str
    kind: QuestionKind
    detail: str
    field: str | None = Field(default=None, description="The canonical field it is about.")
    column: str | None = Field(default=None, description="The column it is about: the best guess.")
    optional: bool = Field(default=False, description="Whether it may be left out.")
    problem: Literal["formulas", "damaged"] | None = Field(
        default=None, description="Why the column cannot be taken as it is."
    )
    choices: list[QuestionChoice] = []
    scope: ScopeFacts | None = Field(default=None, description="What is compared, for `scope`.")


class ReportPreview(BaseModel):
    """What was seen in the file, and what is unsure about it (`questions`)."""

    sheets: list[SheetFacts]
    sheet: str | None
    header_row: int | None
    columns: list[PreviewColumn]
    sample_rows: list[list[str]]
    column_mapping: dict[str, str]
    date_order: DateOrder | None
    questions: list[PreviewQuestion]
    notes: list[str] = []
    saved_mapping: MappingUse | None = None
