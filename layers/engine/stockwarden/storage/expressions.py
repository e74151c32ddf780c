"""Update expressions, as `Table.update` takes them."""

from collections.abc import Mapping
from typing import Any

from stockwarden.storage.attributes import Item


def assignments(changes: Mapping[str, Any]) -> tuple[str, Item]:
    """The expression that sets attributes or, where None, removes them; and its values."""
    values = {name: value for name, value in changes.items() if value is not None}
    removed = [name for name, value in changes.items() if value is None]
    clauses = []
    if values:
        clauses.append("SET " + ", ".join(f"#{name} = :{name}" for name in values))
    if removed:
        clauses.append("REMOVE " + ", ".join(f"#{name}" for name in removed))
    return " ".join(clauses), values
