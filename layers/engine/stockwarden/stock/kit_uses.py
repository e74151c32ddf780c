"""Whether an item is a kit, or a component of kits: such an item is not deleted."""

from stockwarden.core.errors import InUse
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import kits as kit_keys
from stockwarden.storage.keys import stock as keys
from stockwarden.storage.tables import Operation, Table

_NAMED = 5


def kits_with(table: Table, item_id: str) -> list[str]:
    """The names of the first kits that have the item as a component."""
    uses = kit_keys.uses(item_id)
    page = table.query(uses, limit=_NAMED, consistent=True)
    heads = table.get_many([keys.head(uses.rest_of(each)) for each in page.items])
    return [head["name"] for head in heads]


def refuse_in_kits(table: Table, head: Item) -> None:
    """Raises InUse for a kit, and for a component, naming its kits."""
    if kit_keys.is_kit(head):
        raise InUse(f"{head['name']} is a kit; take its components away first.", {"kits": 1})
    kits = kits_with(table, head["id"])
    if kits:
        raise InUse(
            f"{head['name']} is a component of {', '.join(kits)}; take it out of there first, or "
            'archive it: PATCH {"status": "archived"}.',
            {"kits": len(kits)},
        )


def no_kit_has_changed(table: Table, graph: Item | None) -> Operation:
    """Makes a transaction conditional on the graph of kits as it was read: whoever makes an item a
    component changes it."""
    if graph is None:
        return table.check(kit_keys.graph(), "attribute_not_exists(#pk)")
    return table.check(kit_keys.graph(), "#version = :read", read=graph["version"])
