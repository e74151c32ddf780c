"""A web shop: no pallets, but quantities of items and lots in picking bins and reserve places."""

from datetime import date, datetime, timedelta
from typing import Any

from tests.sites.export import Export, Goods, Row, Site

LAYOUT: list[Row] = [
    {
        "location_pattern": "P-{01..08}-{01..30}-{A..E}",
        "location_type": "STORAGE",
        "zone": "AMBIENT",
    },
    {
        "location_pattern": "R-{01..08}-{01..20}",
        "location_type": "STORAGE",
        "capacity": 2,
        "zone": "AMBIENT",
    },
    {"location_pattern": "RECV-{1..3}", "location_type": "RECEIVING"},
    {"location_pattern": "PACK-{1..6}", "location_type": "STAGING"},
    {"location_pattern": "RETURNS-{1..2}", "location_type": "QUARANTINE"},
]
NEVER = date(9999, 12, 31)
KINDS = (
    ("Vitamin D3 drops {} ml", 700), ("Protein bar box {}", 300), ("Shampoo bar no. {}", 900),
    ("Frozen (film) hair clips {} pcs", None), ("Herbal tea {} bags", 600),
    ("Phone case model {}", None), ("Cooler bag non-refrigerated {} l", None),
    ("Baby food pouch {} g", 240), ("Face cream {} ml", 800),
)  # fmt: skip
COLUMNS = {
    "Bin": "location",
    "SKU": "item",
    "Product": "description",
    "Lot": "lot",
    "Qty On Hand": "quantity",
    "Expiry Date": "expiry",
    "Received Date": "received",
    "Last Movement Date": "moved",
}


def web_shop(seed: int) -> Site:
    export = Export(seed, datetime(2026, 10, 12, 7, 0), str)
    goods = [
        Goods(f"{export.random.randint(10, 99)}-{number:04}", name.format(5 + number), 200, life)
        for number, (name, life) in ((n, KINDS[n % len(KINDS)]) for n in range(180))
    ]
    shop = _Shop(export)
    for each in goods:
        for _ in range(export.random.randint(1, 3)):
            lot = export.lot_of(each, export.usual_hours(each))
            if each.life is None:
                lot = {"lot": None, "expiry": NEVER}
            for _ in range(export.random.randint(1, 3)):
                # Picking bins are shared: a few items lie in one.
                shop.line(each, shop.bin(), export.random.randint(1, 30), **lot)
            if export.chance(0.4):
                shop.line(each, shop.reserve(), export.random.randint(60, 500), **lot)
    for each in export.random.sample(goods, 12):
        shop.line(each, export.random.choice(("RECV-1", "PACK-2", "PACK-5", "RETURNS-1")),
                  export.random.randint(1, 8), moved=export.between(0.2, 7))  # fmt: skip
    for _ in range(25):
        export.rows.append({"location": shop.bin()})
    _planted(export, shop, goods)
    data = export.csv(COLUMNS, dates="%Y-%m-%d", times="%Y-%m-%d %H:%M")
    return export.site("bins.csv", data, LAYOUT)


class _Shop:
    def __init__(self, export: Export) -> None:
        self.export = export
        self.reserves = export.shuffled(f"R-{a:02}-{b:02}" for a in range(1, 9)
                                        for b in range(1, 21))  # fmt: skip

    def bin(self) -> str:
        choice = self.export.random
        return f"P-{choice.randint(1, 8):02}-{choice.randint(1, 30):02}-{choice.choice('ABCDE')}"

    def reserve(self) -> str:
        return next(self.reserves, None) or self.bin()

    def line(self, goods: Goods, location: str | None, quantity: int, **cells: Any) -> Row:
        export = self.export
        moved = cells.pop("moved", export.usual_hours(goods))
        received = cells.pop("received", moved)
        row: Row = {
            "location": location,
            "item": goods.item,
            "description": goods.description,
            "quantity": quantity,
            "moved": export.hours_ago(moved),
            "received": export.hours_ago(received),
        }
        if "lot" not in cells:
            row |= export.lot_of(goods, export.usual_hours(goods))
        row |= cells
        row["expiry"] = row["expiry"] or NEVER
        parts = (row["item"], row["lot"] or "-", location or "-")
        row["pallet"] = " | ".join(map(str, parts))
        export.rows.append(row)
        return row


def _planted(export: Export, shop: _Shop, goods: list[Goods]) -> None:
    perishable = export.random.sample([each for each in goods if each.life], 40)
    durable = export.random.sample([each for each in goods if not each.life], 20)
    for days in (-1, -9, -30, -80):
        row = shop.line(perishable.pop(), shop.bin(), 7)
        row["expiry"] = export.day(days)
        export.plant(row, "expired")
    for days in (0, 5, 21):
        row = shop.line(perishable.pop(), shop.bin(), 11)
        row["expiry"] = export.day(days)
        export.plant(row, "expiring-soon")
    one = perishable.pop()
    lot = export.lot_of(one, 400)
    for _ in range(3):
        shop.line(one, shop.bin(), 9, **lot)
    row = shop.line(one, shop.bin(), 5, lot=lot["lot"], expiry=lot["expiry"] + timedelta(days=365))
    export.plant(row, "lot-expiry-conflict")
    for number in (-3, -1, -12):
        export.plant(shop.line(durable.pop(), shop.bin(), number), "quantity-sign")
    for wrong in ("P-09-01-A", "P-3-14-B", "R-O4-11"):
        shop.line(durable.pop(), wrong, 4)
        export.plant_at("unknown-location", wrong)
    shop.line(durable.pop(), "SEE NOTE ON THE TROLLEY", 4)
    export.plant_at("impossible-location", "SEE NOTE ON THE TROLLEY")
    for _ in range(3):
        export.plant(shop.line(perishable.pop(), None, 3), "missing-location")
