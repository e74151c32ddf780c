"""The catalog of the made-up company, as the requests that make it: the same in every stack.

The first items are those of the sample inventory (`tools/sample.py`), so that its product codes
are known: all but one, which was misread there.
"""

import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import product
from typing import Any, Literal

from stockwarden.core.gs1.check_digits import check_digit
from stockwarden.core.ids import derived_id
from tools.sample import PRODUCTS
from tools.stockroom.families import (
    BATCH_TYPE,
    DEVICE_TYPE,
    FOOD,
    FOOD_TYPE,
    HOUSE_BRANDS,
    TYPES,
    UNITS,
    Family,
)
from tools.stockroom.goods import FAMILIES
from tools.stockroom.suppliers import SUPPLIERS, WHOLESALERS

# Of the sample: what is no longer sold, though one pallet of it is there.
ARCHIVED_IN_SAMPLE = "CM-6001"
# The dates of the sample lie further ahead than its products are good for when they are made.
_SAMPLE_SLACK = 70
_SAMPLE_PATHS = {
    "GR": (FOOD, "Dry", "Groceries"),
    "DR": (FOOD, "Drinks"),
    "HH": ("Household",),
    "FZ": (FOOD, "Frozen"),
    "CH": (FOOD, "Chilled"),
    "CM": ("Chemicals",),
}
Pace = Literal["A", "B", "C"]


@dataclass(frozen=True)
class CatalogItem:
    """`request` is the body of the request that makes it; `path` and `supplier` are names, `price`
    is for one of its unit. `pace` says how often it moves."""

    id: str
    request: dict[str, Any]
    path: tuple[str, ...]
    supplier: str
    other_supplier: str
    pack: str
    price: float
    pace: Pace

    @property
    def sku(self) -> str:
        return str(self.request["sku"])


def items(number: int) -> tuple[CatalogItem, ...]:
    """The first items; fewer where there are no more."""
    return _all_items()[:number]


def categories(of: Sequence[CatalogItem]) -> list[tuple[str, ...]]:
    """The paths of the items' categories and of those above, each after the one above it."""
    return sorted({item.path[:depth] for item in of for depth in range(1, len(item.path) + 1)})


def category_id(path: tuple[str, ...]) -> str:
    return derived_id("cat", operation_of("category", *path))


def supplier_id(name: str) -> str:
    return derived_id("spl", operation_of("supplier", name))


def type_id(name: str) -> str:
    return derived_id("type", operation_of("type", name))


def operation_of(*parts: str) -> str:
    """What stands for the Idempotency-Key of a request that makes master data."""
    return "/".join(("stockroom", *parts))


def unit_requests() -> list[dict[str, Any]]:
    fields = ("code", "name", "dimension", "factor", "decimals")
    return [dict(zip(fields, unit, strict=True)) for unit in UNITS]


def type_requests() -> list[dict[str, Any]]:
    demands = ("demands_lot", "demands_expiry", "demands_serial")
    return [{"name": name, **dict(zip(demands, each, strict=True))} for name, each in TYPES.items()]


def supplier_requests() -> list[dict[str, Any]]:
    chance = _chance("suppliers")
    return [
        {
            "name": name,
            "contact": {
                "name": contact,
                "email": f"orders@{_domain(name)}.example",
                "phone": f"{country} {chance.randint(600, 699)} {chance.randint(10**5, 10**6 - 1)}",
            },
            "website": f"https://{_domain(name)}.example",
            "currency": "EUR",
            "lead_time_days": days,
            "minimum_order": f"{chance.choice((100, 150, 250, 400, 600))}.00",
        }
        for name, contact, country, days in SUPPLIERS
    ]


def part_requests(item: CatalogItem) -> list[tuple[str, dict[str, Any]]]:
    """What suppliers sell an item as: (name of the supplier, body)."""
    chance = _chance(f"parts of {item.sku}")
    lead = {name: days for name, _, _, days in SUPPLIERS}
    of_pack = pack_size(item)
    sellers = [(item.supplier, 1.0)]
    if item.other_supplier != item.supplier and chance.random() < 0.3:
        sellers.append((item.other_supplier, 1.08))
    return [
        (
            name,
            {
                "part_number": f"{_initials(name)}-{chance.randint(10_000, 99_999)}",
                "unit": item.pack,
                "pack_size": 1,
                "price": f"{item.price * float(of_pack) * dearer:.2f}",
                "lead_time_days": max(1, lead[name] + chance.randint(-1, 3)),
                "minimum_packs": chance.choice((1, 1, 2, 5, 10)),
            },
        )
        for name, dearer in sellers
    ]


@cache
def _all_items() -> tuple[CatalogItem, ...]:
    chance = _chance("items")
    combinations = [
        (family, kind, size, brand)
        for family in FAMILIES
        for kind, size, brand in product(
            family.kinds, family.sizes, (*family.brands, *HOUSE_BRANDS)
        )
    ]
    chance.shuffle(combinations)
    of_sample = [_sample_item(*each) for each in PRODUCTS]
    made = [_item(number, *each) for number, each in enumerate(combinations, start=1)]
    return (*of_sample, *made)


def _item(number: int, family: Family, kind: str, size: str, brand: str) -> CatalogItem:
    chance = _chance(f"item {number}")
    low, high = family.price
    price = round(low * (high / low) ** chance.random(), 2)
    sku = f"{family.prefix}-{number:04}"
    pace = _pace(family, chance.random())
    # Some have no reorder point: nobody has thought of one yet.
    reorders = chance.random() < 0.9
    point = _reorder_point(pace, price)
    return CatalogItem(
        id=item_id(sku),
        request=_given(
            name=f"{kind} {size}, {brand}",
            sku=sku,
            description=f"{kind}, {size}. Sold by the {family.pack}.",
            unit=family.unit,
            inventory_type=family.type,
            reorder_point=point if reorders else None,
            reorder_quantity=point * 4,
            unit_cost=f"{price:.2f}",
            gtin=_gtin(number),
            storage_class=family.storage,
            shelf_life_days=family.shelf_life,
            attributes={"brand": brand},
        ),
        path=family.path,
        supplier=_supplier_of(brand, sku),
        other_supplier=chance.choice(WHOLESALERS),
        pack=family.pack,
        price=price,
        pace=pace,
    )


def _sample_item(
    code: str, description: str, zone: str, per_pallet: int, shelf_life: int | None
) -> CatalogItem:
    number = 9000 + int(code[3:]) % 1000 + 100 * int(code[3])
    price = 18.0 if code[:2] != "CM" else 64.0
    storage = {"FROZEN": "frozen", "CHILLED": "chilled"}.get(zone, "ambient")
    kept_by = {"HH": None, "CM": BATCH_TYPE}.get(code[:2], FOOD_TYPE)
    name = description.removeprefix("FROZEN ").removeprefix("CHILLED ").removeprefix("CHEMICAL ")
    return CatalogItem(
        id=item_id(code),
        request=_given(
            name=f"{name[0].upper()}{name[1:]}",
            sku=code,
            description=f"{description}; a full pallet holds {per_pallet} cases.",
            unit="cs",
            inventory_type=kept_by,
            reorder_point=per_pallet,
            reorder_quantity=per_pallet * 4,
            unit_cost=f"{price:.2f}",
            gtin=_gtin(number),
            storage_class="hazardous" if code == ARCHIVED_IN_SAMPLE else storage,
            shelf_life_days=shelf_life + _SAMPLE_SLACK if shelf_life else None,
            attributes={"cases_per_pallet": per_pallet},
        ),
        path=_SAMPLE_PATHS[code[:2]],
        supplier=WHOLESALERS[0],
        other_supplier=WHOLESALERS[1],
        pack="cs",
        price=price,
        pace="A",
    )


def item_id(sku: str) -> str:
    return derived_id("item", operation_of("item", sku))


def _given(**fields: Any) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None} | {
        "currency": "EUR"
    }


def _pace(family: Family, chance: float) -> Pace:
    """A few items move most, as everywhere; what spoils soon moves, or is not kept."""
    if family.storage == "chilled":
        return "A"
    if family.type == DEVICE_TYPE:
        return "C"
    return "A" if chance < 0.07 else "B" if chance < 0.3 else "C"


def _reorder_point(pace: Pace, price: float) -> int:
    """More of what moves fast, fewer of what is dear."""
    pieces = {"A": 240, "B": 60, "C": 20}[pace]
    return max(2, round(pieces / math.sqrt(max(1.0, price))))


def _gtin(number: int) -> str:
    """Of a company prefix that no company has; 13 digits with their check digit."""
    body = f"8499999{number:05}"
    return body + check_digit(body)


def _supplier_of(brand: str, sku: str) -> str:
    names = [name for name, *_ in SUPPLIERS]
    own = [name for name in names if _plain(brand).split()[0] in _plain(name).split()]
    return own[0] if own else _chance(f"supplier of {sku}").choice(names)


def pack_size(item: CatalogItem) -> Decimal:
    """How many of the item's unit the unit of its packs is."""
    factors = {code: Decimal(factor) for code, _, _, factor, _ in UNITS}
    return factors.get(item.pack, Decimal(1)) / factors.get(item.request["unit"], Decimal(1))


def _plain(text: str) -> str:
    return text.lower().translate(str.maketrans("áéíóúñü", "aeiounu"))


def _domain(name: str) -> str:
    return "-".join(_words(name))


def _words(name: str) -> Iterator[str]:
    return (word for word in _plain(name).split() if word.isalnum())


def _initials(name: str) -> str:
    return "".join(word[0] for word in _words(name)).upper()


def _chance(of: str) -> random.Random:
    """Repeatable, not secret: the catalog is the same whatever happens in it."""
    return random.Random(f"catalog/{of}")  # noqa: S311
