"""Counters of what refers to a record, kept in the record by the transactions of who refers.

A record that something refers to is archived instead of deleted. A counter does not change the
record's version: it is no change of what people edit.
"""

from collections.abc import Sequence
from typing import Any

from stockwarden.core.errors import InUse
from stockwarden.storage.attributes import Item
from stockwarden.storage.tables import Operation, Table

# Where no counter is above it, nothing refers to the record.
NONE = {"none": 0}


def count_references(table: Table, key: Item, counter: str, more: int) -> Operation:
    """The operation that raises or lowers a counter of a record, which must exist: for the
    transaction of who refers to it."""
    return table.update(key, f"ADD #{counter} :more", when="attribute_exists(#pk)", more=more)


def unreferenced(counters: Sequence[str]) -> str:
    """The condition that nothing refers to a record; its values are `NONE`. An attribute that is
    not there is not above anything."""
    return " AND ".join(f"NOT #{counter} > :none" for counter in counters)


def check_unreferenced(record: Item, counters: Sequence[str], called: str) -> None:
    """Raises InUse that names what refers to the record, and offers to archive it."""
    counted = {counter: int(record.get(counter, 0)) for counter in counters}
    named = [_number(number, counter) for counter, number in counted.items() if number > 0]
    if named:
        raise InUse(
            f"{called} has {' and '.join(named)}. Archive it instead, by PATCH with "
            '{"archived": true}: then it is offered no more, and stays readable.',
            {counter: number for counter, number in counted.items() if number > 0},
        )


def _number(number: int, counter: str) -> str:
    return f"{number} {counter.removesuffix('s') if number == 1 else counter}"


def stored(facts: dict[str, Any]) -> Item:
    """The facts without those that are None: an attribute that is not there means that."""
    return {name: value for name, value in facts.items() if value is not None}
