"""What a person has decided about a file: it is taken over anything that the file suggests."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

DateOrder = Literal["DMY", "MDY", "YMD"]
DATE_ORDERS: tuple[DateOrder, ...] = get_args(DateOrder)
AS_OF_YEARS = (1970, 2200)
"""First and last year that an inventory may be of; moments in nanoseconds end in 2262."""


@dataclass(frozen=True)
class Choice:
    """Answers to an inspection's questions; None leaves the decision to the file.

    `column_mapping` is {column in the file: canonical field}. One that names every required field
    is the whole mapping; one that does not is a hint, and the rest is suggested around it.
    `header_row` is 1-based as the sheet shows it; 0 says that the sheet has no header.
    `date_order` serves the date columns whose own values do not prove an order.
    """

    column_mapping: Mapping[str, str] | None = None
    sheet: str | None = None
    header_row: int | None = None
    date_order: DateOrder | None = None
