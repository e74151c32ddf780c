"""Questions to the user about a file. A file with open questions is not analyzed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal

from stockwarden.ingestion.columns.dates import DateColumn, OpenOrder
from stockwarden.ingestion.columns.numbers import NumberColumn
from stockwarden.ingestion.formats.text_guess import NAMES
from stockwarden.ingestion.mapping.inventory_schema import INVENTORY
from stockwarden.ingestion.mapping.schema import Schema
from stockwarden.ingestion.mapping.user_choice import (
    DATE_ORDER,
    DATE_ORDERS,
    ENCODING,
    NO_COLUMN,
    NUMBER_FORMAT,
    NUMBER_FORMATS,
    SHEET,
    DateOrder,
    field_question,
)

SAVE_VALUES = (
    "Its cells are formulas without values: open the file in a spreadsheet program, save it there "
    "so that the values are stored, and send it again."
)
NO_PALLETS = "The file has no pallet ids: its stock is judged by item, lot and location."
_ORDER_WORDS = "day first (DMY) or month first (MDY)"
_ORDERS: dict[DateOrder, str] = {"DMY": "Day first", "MDY": "Month first", "YMD": "Year first"}

QuestionKind = Literal[
    "field", "join_location", "date_order", "number_format", "encoding", "sheet", "scope"
]
Problem = Literal["formulas", "damaged"]


@dataclass(frozen=True)
class Option:
    """An answer: `value` is sent, `label` is shown, `samples` illustrate it."""

    value: str
    label: str
    samples: tuple[str, ...] = ()


@dataclass(frozen=True)
class Question:
    """`id` is unique in its file; answers refer to it.

    `kind` says what is asked: which column is a `field` (`join_location`: or which pattern joins
    the columns that hold its parts), the order of dates, the notation of numbers, the encoding,
    the sheet.
    `field` is the canonical field, `column` the most likely column, or the one whose date order or
    notation is open.
    `problem` says why that column cannot be used: its formulas have no values, or its digits are
    lost. An `optional` question may be left out.
    """

    id: str
    kind: QuestionKind
    detail: str
    choices: tuple[Option, ...] = ()
    field: str | None = None
    column: str | None = None
    optional: bool = False
    problem: Problem | None = None


def ask_field(
    field: str, column: str, columns: Sequence[Option], schema: Schema = INVENTORY
) -> Question:
    """`column` is the best suggestion, '' if there is none; `columns` may be chosen."""
    if column:
        detail = f"Does the column “{column}” hold the {schema.labels[field]}?"
    else:
        names = ", ".join(option.value for option in columns[:20])
        detail = f"Which column holds the {schema.labels[field]}? The file has: {names}."
    return _ask_field(field, column, detail, columns, schema=schema)


def ask_join(
    column: str, patterns: Mapping[str, tuple[str, ...]], columns: Sequence[Option]
) -> Question:
    """`column` is the pattern that is suggested, `patterns` are {pattern: samples}."""
    sample = next(iter(patterns.get(column, ())), "")
    detail = (
        f"The location stands in several columns. Is it joined as {column}, such as {sample}? "
        "Any other pattern of columns, or one of the columns, may be the answer."
    )
    others = [Option(name, name, samples) for name, samples in patterns.items() if name != column]
    question = _ask_field("location", column, detail, [*columns, *others])
    return replace(question, kind="join_location")


def ask_pallet(column: str, columns: Sequence[Option]) -> Question:
    """The question of a file that can be analyzed without pallet ids, by its items."""
    question = ask_field("pallet_id", column, columns)
    detail = f"{question.detail} Without pallet ids, stock is judged by item, lot and location."
    return replace(_as_optional(question), detail=detail)


def ask_values(field: str, column: str, columns: Sequence[Option], schema: Schema) -> Question:
    """The question for a column whose formulas have no values."""
    detail = f"“{column}” cannot be read as the {schema.labels[field]}. {SAVE_VALUES}"
    return _ask_field(field, column, detail, columns, "formulas", schema=schema)


def ask_damaged(column: str, cells: int, columns: Sequence[Option]) -> Question:
    detail = (
        f"{cells:,} values of “{column}” were stored as numbers with too many digits, and their "
        "last digits are lost. Export the column as text, or choose another one."
    )
    return _ask_field("pallet_id", column, detail, columns, "damaged")


def ask_date_order(open_orders: Sequence[tuple[str, str, OpenOrder]]) -> list[Question]:
    """One question for all open (field, column, order) of the file, or none."""
    if not open_orders:
        return []
    field, column, _ = open_orders[0]
    unresolved = [order for _, _, order in open_orders]
    orders = DATE_ORDERS if any(map(_year_may_lead, unresolved)) else DATE_ORDERS[:2]
    if all(order.ordinal for order in unresolved):
        orders = DATE_ORDERS[2:]
    texts = list(
        dict.fromkeys(
            text for order in unresolved for text in (order.example, order.counterexample)
        )
    )
    return [
        Question(
            DATE_ORDER,
            "date_order",
            " ".join(_order_detail(name, order) for _, name, order in open_orders),
            tuple(Option(order, _ORDERS[order], _readings(texts[:3], order)) for order in orders),
            field,
            column,
        )
    ]


def ask_number_format(undecided: Sequence[tuple[str, str, str]]) -> list[Question]:
    """One question for all undecided (field, column, text) of the file, or none."""
    if not undecided:
        return []
    field, column, _ = undecided[0]
    details = (
        f"Is {text} in “{name}” a number of thousands, or one with decimals? No value of the "
        "column tells."
        for _, name, text in undecided
    )
    choices = []
    for number_format in NUMBER_FORMATS:
        readings = (
            f"{text} = {NumberColumn([text]).read(number_format).values[0]:g}"
            for text in dict.fromkeys(text for _, _, text in undecided)
        )
        choices.append(Option(number_format, number_format, tuple(readings)))
    return [
        Question(NUMBER_FORMAT, "number_format", " ".join(details), tuple(choices), field, column)
    ]


def ask_encoding(readings: Mapping[str, tuple[str, ...]]) -> list[Question]:
    """The question in which encoding a text file is, from {encoding: cells as it reads them}; none
    where there is nothing to choose."""
    if not readings:
        return []
    choices = tuple(Option(name, NAMES[name], cells) for name, cells in readings.items())
    detail = (
        "The file does not say its encoding, and no encoding makes words of its letters. Which of "
        f"these is right: {', '.join(cells[0] for cells in readings.values() if cells)}?"
    )
    return [Question(ENCODING, "encoding", detail, choices)]


def ask_sheet(names: Sequence[str], what: str) -> Question:
    return Question(
        SHEET,
        "sheet",
        f"Which sheet is the {what}: {', '.join(names)}?",
        tuple(Option(name, name) for name in names),
    )


def note_unused(column: str, field: str, schema: Schema) -> str:
    """The note about a column that may hold a field, and was neither confirmed nor denied."""
    return f"“{column}” may be the {schema.labels[field]}; as nobody said so, it is not used."


def _ask_field(
    field: str,
    column: str,
    detail: str,
    columns: Sequence[Option],
    problem: Problem | None = None,
    *,
    schema: Schema = INVENTORY,
) -> Question:
    first = sorted(columns, key=lambda option: option.value != column)
    question = Question(
        field_question(field), "field", detail, tuple(first), field, column or None, problem=problem
    )
    return question if field in schema.required else _as_optional(question)


def _as_optional(question: Question) -> Question:
    choices = (*question.choices, Option(NO_COLUMN, "No column"))
    return replace(question, choices=choices, optional=True)


def _order_detail(column: str, order: OpenOrder) -> str:
    if order.ordinal:
        return (
            f"Are the numbers in “{column}”, such as {order.example}, a year and a day of the year "
            "(YMD)? If they are not, choose another column, or none."
        )
    if order.swapped:
        return (
            f"Are the dates in “{column}” {_ORDER_WORDS}? Some are texts that a spreadsheet "
            "program left alone, and no true date beside them has a day above 12: it may have "
            f"swapped day and month of these, such as {order.example}."
        )
    if order.contradictory:
        return (
            f"“{column}” mixes two orders of day and month: {order.example} and "
            f"{order.counterexample} cannot both be right. Are its dates {_ORDER_WORDS}? Those "
            "that do not fit the answer will be reported."
        )
    detail = (
        f"Are the dates in “{column}” {_ORDER_WORDS}? {order.example} can be read both ways, "
        "and no value of the column tells."
    )
    if _year_may_lead(order):
        detail = detail.replace("(MDY)?", "(MDY), or year first (YMD)?")
    return detail


def _year_may_lead(order: OpenOrder) -> bool:
    return order.style.endswith("2") or order.style in {"eight", "six", "ordinal"}


def _readings(examples: Sequence[str], order: DateOrder) -> tuple[str, ...]:
    """The reading of each example under an order: `03/04/2025 = 2025-04-03`."""
    read = DateColumn(examples, best_before=True).read(
        as_of=datetime(1970, 1, 1, tzinfo=UTC), timezone="UTC", order=order
    )
    return tuple(
        f"{text} = {moment:%Y-%m-%d}" if moment == moment else f"{text} is no date then"  # noqa: PLR0124 - NaT
        for text, moment in zip(examples, read.moments, strict=True)
    )
