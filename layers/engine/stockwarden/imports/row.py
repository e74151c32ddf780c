"""Checks the values of one row by themselves, and turns them into those of an item."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from stockwarden.core.fields import Money
from stockwarden.imports import words
from stockwarden.imports.fault import Fault
from stockwarden.imports.sheet import SheetRow, SheetRows
from stockwarden.stock.item_model import (
    Currency,
    Description,
    Gtin,
    ItemStatus,
    Name,
    NotNegative,
    ShelfLife,
    StorageClass,
)
from stockwarden.stock.requests import Code

# What names a record of the catalog, and is looked up by who knows these.
NAMED = ("category", "supplier", "inventory_type", "unit")


class RowValues(BaseModel):
    """What a row may say of an item by itself, as the items of the API may have it."""

    model_config = ConfigDict(extra="ignore")

    name: Name | None = None
    sku: Code | None = None
    description: Description | None = None
    status: ItemStatus | None = None
    reorder_point: NotNegative | None = None
    reorder_quantity: NotNegative | None = None
    unit_cost: Money | None = None
    currency: Currency | None = None
    gtin: Gtin | None = None
    storage_class: StorageClass | None = None
    shelf_life_days: ShelfLife | None = None
    quantity: NotNegative | None = None
    location: Code | None = None
    lot: Code | None = None
    expiry_date: date | None = None


def checked_values(row: SheetRow, sheet: SheetRows) -> dict[str, Any]:
    """The values that are right, by field; the others are faults of the row. What names a record
    of the catalog stands as it is written."""
    given = dict(_prepared(row.values))
    try:
        values = RowValues.model_validate(given).model_dump(exclude_unset=True)
    except ValidationError as error:
        wrong = {str(problem["loc"][0]): _detail(problem) for problem in error.errors()}
        row.faults += list(_faults(row, sheet, wrong))
        kept = {name: value for name, value in given.items() if name not in wrong}
        values = RowValues.model_validate(kept).model_dump(exclude_unset=True)
    named = {name: row.values[name] for name in NAMED if name in row.values}
    unit = row.values.get("quantity_unit")
    if unit is not None:
        if "unit" in named and words.meant(words.UNITS, named["unit"]) != words.meant(
            words.UNITS, unit
        ):
            detail = f"The quantity is in {unit}, and the unit of the row is {named['unit']}."
            row.faults.append(sheet.fault(row.row, "quantity", row.values["quantity"], detail))
        named.setdefault("unit", unit)
    return values | named


def _prepared(values: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in values.items():
        match name, value:
            case "unit_cost", Decimal():
                yield name, f"{value:f}"
            case "currency", str():
                yield name, value.strip().upper()
            case "status", str():
                yield name, words.meant(words.STATUSES, value)
            case "storage_class", str():
                yield name, words.meant(words.STORAGE_CLASSES, value)
            case _:
                yield name, value


def _faults(row: SheetRow, sheet: SheetRows, wrong: dict[str, str]) -> Iterator[Fault]:
    for name, detail in wrong.items():
        yield sheet.fault(row.row, name, row.values.get(name), detail)


def _detail(problem: ErrorDetails) -> str:
    """What is wrong with a cell, for who reads a table and no JSON."""
    limits = problem.get("ctx", {})
    match problem["type"]:
        case "string_too_long":
            return f"It has more than {limits['max_length']:,} characters."
        case "string_too_short":
            return "It is empty."
        case "greater_than_equal":
            return f"It is below {limits['ge']}."
        case "less_than_equal":
            return f"It is above {limits['le']:,}."
        case "literal_error":
            return f"It is one of {limits['expected']}."
        case "int_from_float" | "int_type":
            return "It is a whole number."
        case "string_pattern_mismatch":
            return "A currency has three letters, such as EUR."
    return problem["msg"].removeprefix("Value error, ").rstrip(".") + "."
