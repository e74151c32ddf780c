"""What is wrong with a row of a file."""

from typing import NamedTuple

LONGEST_VALUE = 80


class Fault(NamedTuple):
    """`row` is the number that the sheet shows, `column` the header of the column in the file, and
    `value` the beginning of its cell. `field` is what the column holds. What is wrong with a row as
    a whole has no column; what is missing has only the field."""

    row: int
    column: str | None
    field: str | None
    value: str | None
    detail: str
