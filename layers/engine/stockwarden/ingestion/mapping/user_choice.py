"""The user's decisions about a file; they take precedence over suggestions."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

DateOrder = Literal["DMY", "MDY", "YMD"]
DATE_ORDERS: tuple[DateOrder, ...] = get_args(DateOrder)
NumberFormat = Literal["1,234.56", "1.234,56"]
NUMBER_FORMATS: tuple[NumberFormat, ...] = get_args(NumberFormat)
Encoding = Literal[
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1257", "iso8859_2", "mac_roman", "cp850",
    "cp852", "cp866", "koi8_r", "cp932", "gbk", "big5", "cp949",
]  # fmt: skip
"""Python's names of the encodings that a text file may be in, if it is no Unicode."""
AS_OF_YEARS = (1970, 2200)
"""First and last year that an inventory may be of; moments in nanoseconds end in 2262."""

# The ids of questions, and the value that answers an optional one: the file has no such column.
DATE_ORDER, NUMBER_FORMAT, SHEET, NO_COLUMN = "date_order", "number_format", "sheet", ""
ENCODING = "encoding"
_FIELD = "field:"


def field_question(field: str) -> str:
    """The id of the question which column holds a field."""
    return _FIELD + field


def asked_field(question_id: str) -> str | None:
    """The field that a field question is about; None for other questions."""
    return question_id.removeprefix(_FIELD) if question_id.startswith(_FIELD) else None


@dataclass(frozen=True)
class UserChoice:
    """Answers to an inspection's questions; None leaves the decision to the file.

    `column_mapping` is {column in the file: canonical field}; what it leaves open is suggested.
    `fields` is {canonical field: its column, or None for no column}, from answers to questions:
    it overrides the mapping for these fields.
    `header_row` is the 1-based sheet row; 0 means no header.
    `date_order` serves the date columns whose own values do not prove an order, `number_format`
    the columns of numbers whose values do not tell decimals from thousands, `encoding` a text file
    that is no Unicode.
    `exact`: nothing is suggested in addition. `answered`: the user was asked, so optional
    questions are not repeated.
    """

    column_mapping: Mapping[str, str] | None = None
    sheet: str | None = None
    header_row: int | None = None
    date_order: DateOrder | None = None
    number_format: NumberFormat | None = None
    encoding: Encoding | None = None
    fields: Mapping[str, str | None] | None = None
    exact: bool = False
    answered: bool = False
