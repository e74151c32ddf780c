"""Families of the items that the made-up company has: what is common to them.

An item is a kind of a family, in a size, of a brand: `Penne 500 g, Casa Alba`. Brands are
invented.
"""

from dataclasses import dataclass
from typing import Any

from stockwarden.stock.item_model import StorageClass

# What wholesalers sell under their own name, of every family.
HOUSE_BRANDS = ("Eerste Keus", "Basico")
FOOD, FOOD_TYPE = "Food", "Food, by lot and date"
BATCH_TYPE, DEVICE_TYPE = "By batch", "Devices, by serial number"
# {name: (demands lot, demands expiry date, demands serial numbers)}
TYPES = {
    FOOD_TYPE: (True, True, False),
    BATCH_TYPE: (True, False, False),
    DEVICE_TYPE: (False, False, True),
}
# (code, name, dimension, factor, decimals)
UNITS = (
    ("cs", "Case of 12", "count", "12", 0),
    ("tray", "Tray of 6", "count", "6", 0),
    ("box100", "Box of 100", "count", "100", 0),
    ("sack", "Sack of 25 kg", "mass", "25", 2),
    ("drum", "Drum of 200 l", "volume", "200", 2),
    ("reel", "Reel of 50 m", "length", "50", 1),
)


@dataclass(frozen=True)
class Family:
    """`path` is that of its category. `pack` is the unit that suppliers sell it in, `price` from
    the cheapest to the dearest of one `unit`."""

    prefix: str
    path: tuple[str, ...]
    kinds: tuple[str, ...]
    sizes: tuple[str, ...]
    brands: tuple[str, ...]
    price: tuple[float, float]
    unit: str = "pcs"
    pack: str = "cs"
    storage: StorageClass = "ambient"
    shelf_life: int | None = None
    type: str | None = None


def food(
    prefix: str, path: tuple[str, ...], kinds: str, sizes: str, brands: str, **more: Any
) -> Family:
    storage: dict[str, StorageClass] = {"Chilled": "chilled", "Frozen": "frozen"}
    pack = "tray" if path[0] == "Chilled" else "cs"
    kept = {"pack": pack, "storage": storage.get(path[0], "ambient"), "type": FOOD_TYPE}
    return goods(prefix, (FOOD, *path), kinds, sizes, brands, **kept, **more)


def goods(
    prefix: str, path: tuple[str, ...], kinds: str, sizes: str, brands: str, **more: Any
) -> Family:
    """`price` is that of the cheapest."""
    price = more.pop("price")
    texts = _texts(kinds), _texts(sizes), _texts(brands)
    return Family(prefix, path, *texts, (price, price * 3), **{"pack": "box100", **more})


def _texts(text: str) -> tuple[str, ...]:
    return tuple(text.split("|"))
