"""API models of a report's file: its preview, questions, and receipts of rows and rules."""

from typing import Literal

from pydantic import BaseModel, Field

from stockwarden.ingestion.mapping.user_choice import DateOrder, Encoding, NumberFormat

QuestionKind = Literal[
    "field", "join_location", "date_order", "number_format", "encoding", "sheet", "scope"
]


class MappingUse(BaseModel):
    """A mapping that was saved for this header. A mapping that no longer fits the file is not
    `applied`."""

    id: str
    name: str
    version: int
    applied: bool
    detail: str | None = Field(default=None, description="Why the mapping was not applied.")


class RowNote(BaseModel):
    """Why a row was skipped or rejected, or (with `column` and `raw`) a cell was not read."""

    row: int = Field(description="Row number as in the spreadsheet.")
    reason: str
    detail: str
    column: str | None = None
    raw: str | None = None


class RowReceipt(BaseModel):
    """`total` is the sum of `evaluated`, `skipped` and `rejected`; the last two are counts by
    reason. `unread` counts unreadable cells of evaluated rows. `details` has the first rows of each
    reason."""

    total: int
    evaluated: int
    skipped: dict[str, int]
    rejected: dict[str, int]
    unread: dict[str, int] = {}
    details: list[RowNote] = []


class FloodSize(BaseModel):
    """The numbers of subjects that a rule flags and that it judged."""

    subjects: int
    judged: int


class ColdGoodsQuestion(BaseModel):
    """Must goods stay cold of which most are kept in zones of another temperature? Until somebody
    answers, the rule cold-chain skips those. The answer is to add the `pattern` to the parameter
    `must_stay_cold` or `need_no_cold` of the rule (PUT /rules/cold-chain), and counts from the next
    analysis on. `need` is what the goods would need."""

    about: Literal["word", "description"] = Field(
        description="All goods with a word in their description, or those of one description."
    )
    text: str = Field(description="The word, or the description; long ones are shortened.")
    pattern: str
    need: Literal["frozen", "chilled", "cold"]
    goods: int = Field(description="The number of different descriptions.")
    pallets: int = Field(description="The number of pallets, and of stock lines without one.")
    examples: list[str] = Field(description="At most three descriptions, the most frequent first.")
    zones: list[str] = Field(description="At most three zones, the one with the most goods first.")


class RuleReceipt(BaseModel):
    """What one rule could check: `rows_judged` and `rows_skipped` (by reason) add up to all rows.
    `needs` lists the fields that a rule that is `not_evaluated` lacks. `suppressed` findings are
    not among its `anomalies`."""

    rule: str
    status: Literal["evaluated", "not_evaluated", "disabled"]
    rows_judged: int
    rows_skipped: dict[str, int]
    needs: list[str]
    anomalies: int
    suppressed: int = 0
    flood: FloodSize | None = Field(
        default=None,
        description="Set where the rule flags more than 30 % of the subjects that it judged, and "
        "more than 1,000: they are one anomaly.",
    )
    questions: list[ColdGoodsQuestion] = Field(
        default=[], description="At most ten, about the most pallets first."
    )
    questions_left: int = Field(default=0, description="How many more questions there are.")
    milliseconds: float


class SheetFacts(BaseModel):
    name: str
    rows: int
    columns: int


class FieldAlternative(BaseModel):
    field: str
    confidence: float


class PreviewColumn(BaseModel):
    """`suggestion` is the field that the column probably holds, with a `confidence` from 0 to 1.

    A column that is joined from others has them as its `parts`, and their pattern as its name.
    """

    name: str
    index: int
    letter: str
    samples: list[str]
    parts: list[str] = []
    suggestion: str | None
    confidence: float
    alternatives: list[FieldAlternative]


class QuestionChoice(BaseModel):
    """`value` is the answer to send, `samples` show what it would mean."""

    value: str
    label: str
    samples: list[str] = []


class LastSnapshot(BaseModel):
    report_id: str
    as_of: str
    rows: int
    pallets: int


class ScopeFacts(BaseModel):
    """The file, with its numbers of `rows` and different `pallets`, compared with the last whole
    snapshot of its warehouse; `known` is the number of that snapshot's pallets that the file has
    too."""

    warehouse_id: str
    warehouse_name: str
    as_of: str
    rows: int
    pallets: int
    known: int
    last: LastSnapshot


class PreviewQuestion(BaseModel):
    """Answer it with PUT /reports/{report_id}/mapping: `answers` maps its `id` to a `value`.
    `field` asks which column holds a canonical field: any column of the file may be the answer, and
    an empty text (no column) if the field is `optional`. `join_location` asks the same for a
    location that stands in several columns: a pattern such as `{Aisle}-{Bay}-{Level}` joins them.
    For `date_order`, `number_format`, `encoding` and `sheet`, the possible answers are listed.
    `scope` asks whether the file holds the whole warehouse or a part of it, before it resolves
    anomalies of the last snapshot; the id of another warehouse moves the report there."""

    id: str
    kind: QuestionKind
    detail: str
    field: str | None = Field(
        default=None, description="The canonical field that the question is about."
    )
    column: str | None = Field(
        default=None, description="The column that the question is about: the most likely one."
    )
    optional: bool = Field(
        default=False, description="Whether the field may stay without a column."
    )
    problem: Literal["formulas", "damaged"] | None = Field(
        default=None, description="Why the column cannot be used without an answer."
    )
    choices: list[QuestionChoice] = []
    scope: ScopeFacts | None = Field(
        default=None, description="The numbers that are compared, for a question about `scope`."
    )


class ReportPreview(BaseModel):
    """What the file holds, and what is not sure about it (`questions`)."""

    sheets: list[SheetFacts]
    sheet: str | None
    header_row: int | None
    columns: list[PreviewColumn]
    sample_rows: list[list[str]]
    column_mapping: dict[str, str]
    date_order: DateOrder | None
    source_system: str | None = Field(
        default=None, description="The warehouse system whose export the file looks like."
    )
    number_format: NumberFormat | None = None
    encoding: Encoding | None = Field(
        default=None, description="The stated encoding of a text file, if somebody stated one."
    )
    questions: list[PreviewQuestion]
    notes: list[str] = []
    saved_mapping: MappingUse | None = None
