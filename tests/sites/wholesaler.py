"""A wholesaler with a catalog: codes, GTINs, units, lots and dates that items have opinions on."""

from datetime import datetime, timedelta
from typing import Any

from stockwarden.core.gs1.check_digits import check_digit
from tests.sites.export import Export, Goods, Row, Site

LAYOUT: list[Row] = [
    {"location_pattern": "W{01..12}-{01..30}-{1..4}", "location_type": "STORAGE", "capacity": 1},
    {"location_pattern": "IN-{1..4}", "location_type": "RECEIVING", "capacity": 30},
]
KINDS = (
    ("Basmati rice {} kg", 700, "KG"), ("Whole milk {} x 1 l", 90, "EA"),
    ("Orange juice {} x 1 l", 240, "EA"), ("Paper towels {} rolls", None, "EA"),
    ("Sunflower oil drum {} l", 540, "L"), ("Cheese wheel {} cm", 120, "KG"),
    ("Detergent {} kg", None, "KG"), ("Baby cereal {} g", 360, "EA"),
)  # fmt: skip
COLUMNS = {
    "Pallet ID": "pallet",
    "Location": "location",
    "SKU": "item",
    "GTIN": "gtin",
    "Description": "description",
    "Quantity": "quantity",
    "Unit": "unit",
    "Batch Number": "lot",
    "Expiry Date": "expiry",
    "Received Date": "received",
    "Last Movement Date": "moved",
}
BASE_UNITS = {"KG": "kg", "EA": "pcs", "L": "l"}
DEMANDING = ("Cheese", "Baby", "Whole")
ARCHIVED = 3


def wholesaler(seed: int) -> Site:
    export = Export(seed, datetime(2026, 6, 16, 5, 30), lambda number: f"WH{number:07}")
    slots = export.shuffled(f"W{a:02}-{b:02}-{c}" for a in range(1, 13) for b in range(1, 31)
                            for c in range(1, 5))  # fmt: skip
    goods = []
    for number in range(72):
        name, life, unit = KINDS[number % len(KINDS)]
        code = f"WS-{export.random.randint(1000, 9999)}-{number:02}"
        goods.append(Goods(code, name.format(5 + number), 60, life, unit=unit))
    shop = _Wholesale(export, goods)
    sold, archived = goods[:-ARCHIVED], goods[-ARCHIVED:]
    for each in sold:
        for _ in range(export.random.randint(3, 8)):
            shop.pallet(each, next(slots))
    _normal(shop, sold, slots)
    for each in archived:
        for _ in range(export.random.randint(1, 4)):
            shop.pallet(each, next(slots))
        export.plant_at("inactive-product", each.item)
    _planted(shop, export.random.sample(sold, len(sold)), slots)
    data = export.csv(COLUMNS, dates="%Y-%m-%d", times="%Y-%m-%d %H:%M")
    return export.site("stock.csv", data, LAYOUT, shop.catalog(archived))


class _Wholesale:
    def __init__(self, export: Export, goods: list[Goods]) -> None:
        self.export = export
        self.goods = goods
        self.gtins = {
            each.item: f"{body}{check_digit(body)}"
            for number, each in enumerate(goods)
            for body in [f"401234{number:06}"]
        }

    def pallet(self, goods: Goods, location: str | None, **cells: Any) -> Row:
        hours = cells.pop("hours", None) or self.export.usual_hours(goods)
        gtin = self.gtins[goods.item]
        return self.export.pallet(goods, location, hours, **{"gtin": gtin, **cells})

    def catalog(self, archived: list[Goods]) -> list[Row]:
        items: list[Row] = []
        for each in self.goods:
            demands = each.description.startswith(DEMANDING)
            items.append(
                {
                    "sku": each.item,
                    "name": each.description,
                    "status": "archived" if each in archived else "active",
                    "gtin": self.gtins[each.item].zfill(14),
                    "unit": BASE_UNITS[each.unit],
                    "shelf_life_days": each.life,
                    "demands_lot": demands,
                    "demands_expiry": demands,
                }
            )
        return items


def _normal(shop: _Wholesale, goods: list[Goods], slots: Any) -> None:
    """What looks wrong and is not."""
    choice = shop.export.random
    for each in choice.sample(goods, 8):
        shop.pallet(each, next(slots), unit="CTN")
        # The GTIN of a pack, which no item has; or none.
        body = f"1401299{choice.randint(0, 999999):06}"
        shop.pallet(each, next(slots), gtin=f"{body}{check_digit(body)}")
        shop.pallet(each, next(slots), gtin=None)
        row = shop.pallet(each, next(slots))
        row["item"] = each.item.lower()
    for each in [each for each in goods if not each.description.startswith(DEMANDING)][:10]:
        if each.life is None:
            shop.pallet(each, next(slots), lot=None, expiry=None)
    for each in [each for each in goods if each.unit == "KG"][:4]:
        shop.pallet(each, next(slots), unit="G")


def _planted(shop: _Wholesale, goods: list[Goods], slots: Any) -> None:
    export = shop.export
    for misread in ("O", "lost"):
        each = goods.pop()
        number = each.item.replace("-", "") if misread == "lost" else f"{each.item}O"
        shop.pallet(each, next(slots), item=number, gtin=None)
        export.plant_at("unknown-product", number)
    for code in ("TEMP-1", "ASK ANNA"):
        shop.pallet(goods.pop(), next(slots), item=code, gtin=None)
        export.plant_at("unknown-product", code)
    for each in [each for each in goods if each.unit != "EA"][:3]:
        goods.remove(each)
        shop.pallet(each, next(slots), unit="EA")
        export.plant_at("unit-mismatch", each.item)
    for each in [each for each in goods if each.life][:4]:
        goods.remove(each)
        lot = export.lot_of(each, 200)
        lot["expiry"] += timedelta(days=730)
        row = shop.pallet(each, next(slots), hours=200, **lot)
        export.plant(row, "shelf-life-impossible")
    for each in [each for each in goods if each.description.startswith(DEMANDING)][:4]:
        goods.remove(each)
        export.plant(shop.pallet(each, next(slots), lot=None), "lot-missing")
    for _ in range(3):
        each, other = goods.pop(), goods.pop()
        shop.pallet(each, next(slots), gtin=shop.gtins[other.item])
        export.plant_at("gtin-sku-mismatch", each.item)
    for wrong in ("W13-01-1", "W0I-02-3"):
        shop.pallet(goods.pop(), wrong)
        export.plant_at("unknown-location", wrong)
