"""A wholesaler without a layout: what a location is for is known from its name alone."""

from collections.abc import Callable
from datetime import datetime

from tests.sites.export import Export, Goods, Site

GOODS = (
    Goods("W-1001", "Basmati rice 20 kg", 45, 720, unit="BAG"),
    Goods("W-1002", "Sunflower oil 12x1 l", 70, 540),
    Goods("W-1003", "Tomato paste 6x800 g", 120, 800),
    Goods("W-1004", "Paper napkins 20x100", 56),
    Goods("W-1005", "Cleaning cloths 50x10", 64),
    Goods("W-1006", "Frozen yoghurt powder mix 10 kg", 48, 400, unit="BAG"),
    Goods("W-1007", "Coffee beans 8x1 kg", 52, 360),
    Goods("W-1008", "Charcoal 10 kg", 50, unit="BAG"),
)
COLUMNS = {
    "Pallet ID": "pallet",
    "Location": "location",
    "Product Code": "item",
    "Description": "description",
    "Quantity": "quantity",
    "Unit": "unit",
    "Weight": "weight",
    "Receipt Number": "receipt",
    "Creation Date": "received",
    "Expiry Date": "expiry",
}


def without_layout(seed: int) -> Site:
    export = Export(seed, datetime(2026, 2, 24, 8, 15), lambda number: f"PAL-{number:05}")
    racks = export.shuffled(f"{a:02}-{b:02}-{c}" for a in range(1, 13) for b in range(1, 19)
                            for c in "ABCD")  # fmt: skip

    def rack(_: Goods) -> str:
        # Bulk goods stand on the floor, many in one place.
        return f"BULK-{export.random.randint(1, 9)}" if export.chance(0.15) else next(racks)

    for _ in range(44):
        goods = export.random.sample(GOODS, export.random.randint(1, 3))
        export.receipt(goods, export.random.randint(3, 16), rack)
    for _ in range(10):
        export.mixed_pallet(export.random.sample(GOODS, 3), next(racks), export.between(40, 500))
    half = export.receipt(GOODS[:2], 14, lambda _: "RECV-1", hours=export.between(2.5, 7))
    for row in half[:6]:
        row["location"] = next(racks)
    export.receipt(GOODS[6:7], 9, lambda _: "RECV-2", hours=1)
    for index in range(16):
        # Cross-dock: what came this morning leaves at noon.
        export.pallet(export.random.choice(GOODS), ("STAGE-1", "SHIP-02")[index % 2],
                      export.between(1, 9))  # fmt: skip
    for _ in range(4):
        export.pallet(GOODS[3], "HOLD-1", export.between(3, 66))
    for _ in range(12):
        export.rows.append({"location": next(racks)})
    _planted(export, lambda: next(racks))
    return export.site("inventory.xlsx", export.xlsx(COLUMNS, "Inventory"), None)


def _planted(export: Export, rack: Callable[[], str]) -> None:
    rice, oil, tomato, napkins, cloths, _, coffee, charcoal = GOODS
    late = export.receipt((tomato,), 11, lambda _: rack(), hours=export.between(18, 50))
    for row in late[:2]:
        row["location"] = "RECV-2"
        export.plant(row, "lot-straggler", "stagnant-pallet")
    for _ in range(3):
        row = export.pallet(napkins, "RECV-1", export.between(13, 90))
        export.plant(row, "stagnant-pallet")
    for goods in (oil, coffee, charcoal):
        export.plant(export.pallet(goods, None, 60), "missing-location")
    for days in (-2, -25):
        row = export.pallet(coffee, rack(), 4000)
        row["expiry"] = export.day(days)
        export.plant(row, "expired")
    for days in (0, 14):
        row = export.pallet(coffee, rack(), 4000)
        row["expiry"] = export.day(days)
        export.plant(row, "expiring-soon")
    export.plant(export.pallet(cloths, "AISLE-04", 8), "stuck-in-transit")
    export.plant(export.pallet(cloths, "HOLD-1", 500), "quarantine-dwell")
    export.plant(export.pallet(cloths, "STAGE-1", 70), "staging-dwell")
    export.plant(export.pallet(cloths, "SHIP-02", 40), "shipping-dwell")
    twice = export.pallet(charcoal, rack(), 200)
    export.rows.append({**twice, "location": rack()})
    export.plant(twice, "duplicate-pallet")
    for wrong in ("#N#A! RACK", "BEHIND THE OLD WRAPPER MACHINE"):
        export.pallet(charcoal, wrong, 200)
        export.plant_at("impossible-location", wrong)
    export.plant(export.pallet(rice, rack(), -50), "future-date")
    export.plant(export.pallet(rice, rack(), 50, quantity=-1), "quantity-sign")
    export.plant(export.pallet(oil, rack(), 50, quantity=7000), "quantity-outlier")
    export.plant(export.pallet(charcoal, rack(), 40_000), "dwell-outlier")
