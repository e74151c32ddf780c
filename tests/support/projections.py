"""Projections in the account of a test, compared with what a rebuild makes."""

from typing import Any

from stockwarden.analytics.generations import Generations
from stockwarden.analytics.orders import OrderProjection
from stockwarden.analytics.rebuild import Rebuild
from stockwarden.analytics.usage import UsageProjection
from stockwarden.analytics.values import ValueProjection
from stockwarden.bootstrap import stores
from stockwarden.bootstrap.projections import projections, table_names
from stockwarden.storage.keys import projections as keys
from stockwarden.storage.streams import changes_in
from tests.support.streams import Record, everything_in

# How often a record was written depends on how the changes came, and is not compared.
_NOT_COMPARED = {"writes"}
# A generation that nothing else uses.
_COMPARED = 999


def take_in(records: list[Record]) -> None:
    """Applies records of a stream in the order given, as one batch."""
    changes = changes_in(records, table_names())
    for projection in projections():
        projection.apply(changes)


def rebuild() -> Rebuild:
    table, stock = stores.projections_table(), stores.stock_table()
    generations = Generations(table)
    return Rebuild(
        table,
        stock,
        generations,
        values=ValueProjection(table, generations),
        usage=UsageProjection(table, stock, generations),
        orders=OrderProjection(table, generations),
    )


def content(generation: int) -> dict[tuple[str, str], dict[str, Any]]:
    """What a generation has, by keys without its number; without totals of nothing, and without
    what is kept of items that were deleted."""
    found = {}
    for item in everything_in(stores.projections_table()):
        if keys.is_of_generation(item, generation):
            name = item["pk"].partition("#")[2], item["sk"]
            fields = {
                field: value.removeprefix(f"{generation}#") if field == "ranking" else value
                for field, value in item.items()
                if field not in {"pk", "sk", *_NOT_COMPARED}
            }
            if "#ITEMS#" in item["pk"] and "status" not in item:
                continue
            if "#TOTALS#" in item["pk"]:
                fields = {field: value for field, value in fields.items() if value != 0}
                if not {each for each in fields.values() if isinstance(each, int)}:
                    continue
            found[name] = fields
    return found


def rebuilt() -> dict[tuple[str, str], dict[str, Any]]:
    """What a rebuild would make of the tables now."""
    rebuild().fill(_COMPARED)
    made = content(_COMPARED)
    table = stores.projections_table()
    table.delete_all(
        {"pk": item["pk"], "sk": item["sk"]}
        for item in everything_in(table)
        if keys.is_of_generation(item, _COMPARED)
    )
    return made
