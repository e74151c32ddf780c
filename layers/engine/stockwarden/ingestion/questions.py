"""What only a person can tell, in their words. A file with open questions is not analyzed."""

from collections.abc import Sequence
from dataclasses import dataclass

from stockwarden.ingestion.dates import OpenOrder
from stockwarden.ingestion.fields import LABELS

SAVE_VALUES = (
    "Its cells are formulas without values: open the file in a spreadsheet program, save it there "
    "so that the values are stored, and send it again."
)
_ORDER_WORDS = "day first (DMY) or month first (MDY)"


@dataclass(frozen=True)
class Question:
    """`field` is a canonical field, `date_order` or `sheet`."""

    field: str
    detail: str


def ask_field(field: str, column: str, columns: Sequence[str]) -> Question:
    """`column` is the best suggestion, '' if there is none."""
    if column:
        return Question(field, f"Does the column “{column}” hold the {LABELS[field]}?")
    names = ", ".join(columns[:20])
    return Question(field, f"Which column holds the {LABELS[field]}? The file has: {names}.")


def ask_values(field: str, column: str) -> Question:
    """For a column that would be the field, had its formulas ever been calculated."""
    return Question(field, f"“{column}” cannot be read as the {LABELS[field]}. {SAVE_VALUES}")


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
    return [Question("date_order", detail)]


def ask_sheet(names: Sequence[str]) -> Question:
    return Question("sheet", f"Which sheet is the inventory: {', '.join(names)}?")


def ask_damaged(column: str, cells: int) -> Question:
    return Question(
        "pallet_id",
        f"{cells:,} values of “{column}” were stored as numbers with too many digits, and their "
        "last digits are lost. Export the column as text, or choose another one.",
    )


def note_misnamed(column: str, field: str, example: str) -> str:
    """For a column whose values do not fit what it is called."""
    return (
        f"“{column}” is named like the {LABELS[field]}, but its values, such as "
        f"“{example[:80]}”, are not read as one: nothing is judged by them."
    )
