"""Fresh food: everything is chilled and lives for days, lots are days of production."""

from datetime import datetime, timedelta
from typing import Any

from tests.sites.export import Export, Goods, Place, Row, Site

LAYOUT: list[Row] = [
    {"location_pattern": "C{01..08}{A..D}{1..9}", "location_type": "STORAGE", "capacity": 2,
     "zone": "CHILLED"},
    {"location_pattern": "B{01..03}{A..C}{1..9}", "location_type": "STORAGE", "capacity": 2,
     "zone": "AMBIENT"},
    {"location_pattern": "GOODS-IN-{1..3}", "location_type": "RECEIVING", "capacity": 30,
     "zone": "CHILLED"},
    {"location_pattern": "LANE-{01..12}", "location_type": "STAGING", "capacity": 20,
     "zone": "CHILLED"},
    {"location_pattern": "HOLD-1", "location_type": "QUARANTINE", "zone": "CHILLED"},
]  # fmt: skip
GOODS = (
    Goods("10021", "Milk 3.5 % 12x1 l", 60, 12, "CHILLED"),
    Goods("10022", "Yoghurt strawberry 20x150 g", 96, 24, "CHILLED"),
    Goods("10031", "Chilled ready meal lasagne 8x400 g", 80, 14, "CHILLED"),
    Goods("10032", "Salad mix 10x200 g", 72, 8, "CHILLED"),
    Goods("10040", "Fresh pasta 12x500 g", 84, 30, "CHILLED"),
    Goods("10041", "Sliced ham 20x150 g", 100, 21, "CHILLED"),
)
BREAD = (
    Goods("20001", "Toast bread 10x500 g", 48, 9),
    Goods("20002", "Baguette bake off, never frozen 20x", 40, 6),
    Goods("20003", "Dressing, not refrigerated 12x500 ml", 90, 120),
)
COLUMNS = {
    "Pallet No": "pallet",
    "Location": "location",
    "Item No": "item",
    "Item Name": "description",
    "Cases": "quantity",
    "Lot Number": "lot",
    "Receipt Date": "received",
    "GRN": "receipt",
    "Use By": "expiry",
    "Last Moved": "moved",
}


def fresh_food(seed: int) -> Site:
    export = Export(seed, datetime(2026, 5, 20, 4, 30), lambda number: f"00{number:06}")
    chilled = export.shuffled(f"C{a:02}{b}{c}" for a in range(1, 9) for b in "ABCD"
                              for c in range(1, 10))  # fmt: skip
    bread = export.shuffled(f"B{a:02}{b}{c}" for a in range(1, 4) for b in "ABC"
                            for c in range(1, 10))  # fmt: skip
    fresh = _Fresh(export)

    def place(goods: Goods) -> str:
        return next(chilled if goods.home == "CHILLED" else bread)

    for goods in (*GOODS, *BREAD):
        for _ in range(6 if goods.home == "CHILLED" else 4):
            # Sold long before a quarter of its life is left.
            age = export.between(0.05, 0.55) * (goods.life or 0)
            fresh.receipt(goods, export.random.randint(2, 7), place, days=max(1, round(age)))
    # This night's deliveries, orders in the lanes, a sample for the laboratory.
    for goods, count in ((GOODS[0], 12), (GOODS[3], 8), (BREAD[0], 5)):
        fresh.receipt(goods, count, lambda _: "GOODS-IN-1", days=0)
    for _ in range(40):
        goods = export.random.choice(GOODS)
        lane = f"LANE-{export.random.randint(1, 12):02}"
        fresh.pallet(goods, lane, days=1, moved=export.between(0.2, 7))
    for _ in range(3):
        fresh.pallet(GOODS[2], "HOLD-1", days=2, moved=export.between(5, 44))
    for _ in range(6):
        export.mixed_pallet(export.random.sample(GOODS, 3), place(GOODS[0]), 20)
    for row in export.rows:
        fresh.date(row)
    _planted(export, fresh, place)
    data = export.csv(COLUMNS, dates="%d.%m.%Y", times="%d.%m.%Y %H:%M", delimiter=";")
    return export.site("stock.csv", data, LAYOUT)


class _Fresh:
    """Lots are days of production, the same for all goods of the day: L26139 is 19 May 2026."""

    def __init__(self, export: Export) -> None:
        self.export = export
        self.lives = {each.item: each.life or 0 for each in (*GOODS, *BREAD)}

    def date(self, row: Row) -> Row:
        made = row["received"] - timedelta(hours=10)
        row["lot"] = f"L{made:%y%j}"
        row["expiry"] = made.date() + timedelta(days=self.lives[row["item"]])
        return row

    def pallet(self, goods: Goods, place: str | None, days: int, **cells: Any) -> Row:
        return self.date(self.export.pallet(goods, place, days * 24 + 3, **cells))

    def receipt(self, goods: Goods, count: int, place: Place, days: int) -> list[Row]:
        rows = self.export.receipt((goods,), count, place, hours=days * 24 + 3)
        return [self.date(row) for row in rows]


def _planted(export: Export, fresh: _Fresh, place: Place) -> None:
    milk, yoghurt, meal, salad, pasta, ham = GOODS
    for goods, days in ((milk, 13), (salad, 9), (meal, 17), (BREAD[1], 7)):
        export.plant(fresh.pallet(goods, place(goods), days), "expired")
    for goods, left in ((milk, 1), (yoghurt, 3), (ham, 2), (pasta, 4), (salad, 0)):
        age = (goods.life or 0) - left - 1
        export.plant(fresh.pallet(goods, place(goods), age), "expiring-soon")
    for days in (1, 2):
        export.plant(fresh.pallet(meal, None, days), "missing-location")
    warm = fresh.pallet(meal, place(BREAD[0]), 1, moved=export.between(2, 9))
    export.plant(warm, "cold-chain")
    late = fresh.receipt(ham, 8, place, days=1)
    late[0]["location"], late[0]["moved"] = "GOODS-IN-3", late[0]["received"]
    export.plant(late[0], "lot-straggler", "stagnant-pallet")
    for _ in range(2):
        export.plant(fresh.pallet(pasta, "GOODS-IN-2", 1), "stagnant-pallet")
    full = place(milk)
    for _ in range(3):
        fresh.pallet(milk, full, 2)
    export.plant_at("overcapacity", full)
    fresh.pallet(yoghurt, "C09A1", 3)
    export.plant_at("unknown-location", "C09A1")
    other = fresh.receipt(pasta, 8, place, days=6)
    other[0]["expiry"] += timedelta(days=10)
    export.plant(other[0], "lot-expiry-conflict")
    export.plant(fresh.pallet(yoghurt, "LANE-05", 3, moved=50), "staging-dwell")
    row = fresh.pallet(yoghurt, place(yoghurt), 2, quantity=960)
    export.plant(row, "quantity-outlier")
    export.plant(fresh.pallet(milk, place(milk), 2, quantity=-6), "quantity-sign")
