"""API requests about reports: creation, changes, column mapping, reanalysis."""

from collections import Counter
from datetime import datetime
from typing import Annotated, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

from stockwarden.core.fields import NAME
from stockwarden.core.filenames import checked_filename
from stockwarden.ingestion.mapping import fields
from stockwarden.ingestion.mapping.user_choice import (
    AS_OF_YEARS,
    DateOrder,
    Encoding,
    NumberFormat,
)
from stockwarden.snapshots.scope import Scope


def _moment(text: str) -> str:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(
            "Give a date and time in ISO 8601, such as 2025-01-09T14:30:00+01:00."
        ) from None
    first, last = AS_OF_YEARS
    if not first <= moment.year <= last:
        raise ValueError(f"Give a date from {first} to {last}.")
    return text


def _canonical(name: str) -> str:
    if name not in fields.FIELDS:
        raise ValueError(f"There is no field {name!r}, only {', '.join(fields.FIELDS)}.")
    return name


def _each_once(mapping: dict[str, str]) -> dict[str, str]:
    repeated = [field for field, count in Counter(mapping.values()).items() if count > 1]
    if repeated:
        raise ValueError(f"Only one column can be the {fields.LABELS[repeated[0]]}.")
    return mapping


ReportName = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=150),
    NAME,
]
Filename = Annotated[str, AfterValidator(checked_filename)]
Moment = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=40),
    AfterValidator(_moment),
    Field(
        description="ISO 8601; a time without an offset is in the warehouse's time zone.",
        examples=["2025-01-09T14:30:00"],
    ),
]
ColumnName = Annotated[str, StringConstraints(min_length=1, max_length=300)]
CanonicalName = Annotated[
    str, AfterValidator(_canonical), Field(json_schema_extra={"enum": list(fields.FIELDS)})
]
ColumnMapping = Annotated[
    dict[ColumnName, CanonicalName],
    AfterValidator(_each_once),
    Field(
        max_length=200,
        description="From the name of a column in the file to its canonical name.",
        examples=[{"Pallet": "pallet_id", "Bin": "location"}],
    ),
]
WarehouseId = Annotated[str, StringConstraints(min_length=1, max_length=80)]
Answers = Annotated[
    dict[
        Annotated[str, StringConstraints(max_length=120)],
        Annotated[str, StringConstraints(max_length=300)] | None,
    ],
    Field(
        max_length=50,
        description="From the id of a question of the preview to one of its values; null leaves an "
        "optional field without a column.",
        examples=[{"field:location": "Bin", "date_order": "DMY"}],
    ),
]
ScopeGiven = Annotated[
    Scope,
    Field(
        description="Whether the file holds the whole warehouse or a part of it; with this, no "
        "question is asked. A part resolves only what it covers."
    ),
]
RuleCode = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]


class ReportRequest(BaseModel):
    model_config = ConfigDict(extra="forbid")

    filename: Filename
    report_name: ReportName | None = None
    warehouse_id: WarehouseId | None = None
    as_of: Moment | None = None
    column_mapping: ColumnMapping | None = None
    scope: ScopeGiven | None = None
    rules_filename: Filename | None = Field(
        default=None,
        description="Name of a layout file that will be uploaded too; the analysis waits for it.",
    )
    size: int | None = Field(
        default=None,
        ge=1,
        description="Size of the file in bytes, so that a file that is too large is refused before "
        "it is uploaded.",
    )


class ReportPatch(BaseModel):
    """Another name, another warehouse, or both."""

    model_config = ConfigDict(extra="forbid")

    report_name: ReportName | None = None
    warehouse_id: WarehouseId | None = Field(
        default=None,
        description="The warehouse to move the report to and analyze it in; null takes the report "
        "out of its warehouse. If it is left out, the report stays where it is.",
    )

    @model_validator(mode="after")
    def _not_empty(self) -> Self:
        if self.report_name is None and not self.moves:
            raise ValueError("Give a report_name, a warehouse_id, or both.")
        return self

    @property
    def moves(self) -> bool:
        return "warehouse_id" in self.model_fields_set


class MappingRequest(BaseModel):
    """Answers to the questions about a file; an answer that is left out stays as it was.

    `answers` and `column_mapping` complete what was sure and what was said before; `replace` drops
    it. Empty `answers` skip the optional questions.
    """

    model_config = ConfigDict(extra="forbid")

    column_mapping: ColumnMapping | None = None
    answers: Answers | None = None
    replace: bool = Field(
        default=False,
        description="Discards all earlier answers and what was already sure: only this request "
        "counts.",
    )
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
    save_as: ReportName | None = Field(
        default=None, description="Saves the mapping under this name."
    )


class Reanalysis(BaseModel):
    """Analyzes the same file with the current rules. `rules` restricts the analysis to these rules;
    without it, all rules run. `scope` replaces the earlier answer, `single` the earlier choice."""

    model_config = ConfigDict(extra="forbid")

    as_of: Moment | None = None
    scope: ScopeGiven | None = None
    rules: list[RuleCode] | None = Field(default=None, min_length=1, max_length=100)
    single: list[RuleCode] | None = Field(
        default=None,
        max_length=100,
        description="Rules whose anomalies are told one by one, even where they are so many that "
        "they would be one anomaly. Later analyses of the report keep it; an empty list ends it.",
    )
