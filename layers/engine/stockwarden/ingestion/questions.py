"""What only a person can tell, in their words. A file with open questions is not analyzed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from stockwarden.ingestion.dates import OpenOrder
from stockwarden.ingestion.fields import LABELS

SAVE_VALUES = (
    "Its cells are formulas without values: open the file in a spreadsheet program, save it there "
    "so that the values are stored, and send it again."
)
_ORDER_WORDS = "day first (DMY) or month first (MDY)"

QuestionKind = Literal["confirm", "choose", "values", "damaged", "date_order", "sheet"]


@dataclass(frozen=True)
class Question:
    """`field` is a canonical field, `date_order` or `sheet`; `column` the one it is about, if any.

    `kind` says what is asked: whether the column is it (`confirm`) or which one is (`choose`), for
    values that formulas lack (`values`) or whose digits are lost (`damaged`), for the order of
    dates (`date_order`) or for the sheet (`sheet`).
    """

    field: str
    kind: QuestionKind
    detail: str
    column: str | None = None


def ask_field(field: str, column: str, columns: Sequence[str]) -> Question:
    """`column` is the best suggestion, '' if there is none."""
    if column:
        detail = f"Does the column “{column}” hold the {LABELS[field]}?"
        return Question(field, "confirm", detail, column)
    names = ", ".join(columns[:20])
    detail = f"Which column holds the {LABELS[field]}? The file has: {names}."
    return Question(field, "choose", detail)


def ask_values(field: str, column: str) -> Question:
    """For a column that would be the field, had its formulas ever been calculated."""
    detail = f"“{column}” cannot be read as the {LABELS[field]}. {SAVE_VALUES}"
    return Question(field, "values", detail, column)


def ask_date_order(column: str, open_orders: Sequence[OpenOrder]) -> list[Question]:
    """At most one question per column."""
    if not open_orders:
        return []
    found = open_orders[0]
    if found.contradictory:
        detail = (
            f"“{column}” mixes two orders of day and month: {found.example} and "
            f"{found.counterexample} cannot both be right. Are its dates {_ORDER_WORDS}? Those "
            "that do not fit the answer will be reported."
        )
    else:
        detail = (
            f"Are the dates in “{column}” {_ORDER_WORDS}? {found.example} can be read both ways, "
            "and no value of the column tells."
        )
        if found.style.endswith("2") or found.style == "eight":
            detail = detail.replace("(MDY)?", "(MDY), or year first (YMD)?")
    return [Question("date_order", "date_order", detail, column)]


def ask_sheet(names: Sequence[str]) -> Question:
    return Question("sheet", "sheet", f"Which sheet is the inventory: {', '.join(names)}?")


def ask_damaged(column: str, cells: int) -> Question:
    return Question(
        "pallet_id",
        "damaged",
        f"{cells:,} values of “{column}” were stored as numbers with too many digits, and their "
        "last digits are lost. Export the column as text, or choose another one.",
        column,
    )


def note_misnamed(column: str, field: str, example: str) -> str:
    """For a column whose values do not fit what it is called."""
    return (
        f"“{column}” is named like the {LABELS[field]}, but its values, such as "
        f"“{example[:80]}”, are not read as one: nothing is judged by them."
    )
