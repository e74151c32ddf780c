"""How many items have stock in a warehouse, in one read, whatever there is."""

from stockwarden.storage.keys import stock as keys
from stockwarden.storage.tables import Table
from stockwarden.warehouse.removal import ItemsThere

# Places that one read examines: about 8 read units.
_EXAMINED = 500


def items_there(table: Table, warehouse_id: str) -> ItemsThere:
    """The list of places is behind by what was moved in the last moment."""
    page = table.query(
        "#place_list = :place_list",
        index="by_place",
        limit=_EXAMINED,
        place_list=keys.place_list(warehouse_id),
    )
    return ItemsThere(len(set(map(keys.item_id_in, page.items))), more=page.last_key is not None)
