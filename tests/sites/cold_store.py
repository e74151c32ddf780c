"""A cold store: frozen, chilled and dry halls, a cool loading bay, classes of goods."""

from collections.abc import Iterator
from datetime import datetime

from tests.sites.export import Export, Goods, Place, Row, Site

LAYOUT: list[Row] = [
    {"location_pattern": "TK{01..06}-{01..16}-{1..5}", "location_type": "STORAGE", "capacity": 1,
     "zone": "FREEZER -22"},
    {"location_pattern": "KR{01..04}-{01..16}-{1..4}", "location_type": "STORAGE", "capacity": 1,
     "zone": "CHILL +2/+4"},
    {"location_pattern": "DR{01..02}-{01..20}-{1..4}", "location_type": "STORAGE", "capacity": 1,
     "zone": "DRY"},
    {"location_pattern": "IN-{1..4}", "location_type": "RECEIVING", "capacity": 20,
     "zone": "CHILL +2/+4"},
    {"location_pattern": "OUT-{1..6}", "location_type": "DOCK", "capacity": 33,
     "zone": "CHILL +2/+4"},
    {"location_pattern": "YARD-{1..2}", "location_type": "DOCK", "capacity": 10,
     "zone": "AMBIENT"},
    {"location_pattern": "BLAST-{1..2}", "location_type": "STAGING", "capacity": 12,
     "zone": "FREEZER -22"},
    {"location_pattern": "QA-1", "location_type": "QUARANTINE", "zone": "CHILL +2/+4"},
]  # fmt: skip
TYPES = {"IN": "RECEIVING", "OU": "DOCK", "YA": "DOCK", "BL": "STAGING", "QA": "QUARANTINE"}
FROZEN = (
    Goods("410010", "FROZEN PEAS 10X1KG", 64, 540, "FROZEN"),
    Goods("410011", "FRENCH FRIES 9MM 4X2.5KG", 72, 540, "FROZEN"),
    Goods("410014", "ICE CREAM VANILLA 6X900ML", 80, 480, "FROZEN"),
    Goods("410020", "PIZZA SALAMI 12X350G", 90, 300, "FROZEN"),
)
CHILLED = (
    Goods("520001", "YOGHURT NATURAL 20X150G", 120, 32, "CHILLED"),
    Goods("520002", "BUTTER 40X250G", 64, 90, "CHILLED"),
    Goods("520007", "CHILLED ORANGE JUICE 8X1L", 72, 40, "CHILLED"),
    Goods("520009", "GOUDA YOUNG 12X400G PREVIOUSLY FROZEN MILK FREE", 84, 120, "CHILLED"),
)
DRY = (
    Goods("900100", "CARTON FOR FROZEN FISH 40X30", 600, None, "AMBIENT"),
    Goods("900101", "STRETCH FILM 500MM", 48, None, "AMBIENT"),
    Goods("900110", "WAFER CONES NON-REFRIGERATED 24X12", 96, 360, "AMBIENT"),
    Goods("900112", "CHOCOLATE SAUCE 6X1KG", 110, 400, "AMBIENT"),
)
COLUMNS = {
    "Pallet ID": "pallet",
    "SSCC": "sscc",
    "Location": "location",
    "Location Type": "type",
    "Article Number": "item",
    "Article Description": "description",
    "Storage Class": "storage_class",
    "Quantity": "quantity",
    "Unit": "unit",
    "Receipt Number": "receipt",
    "Batch": "lot",
    "Received At": "received",
    "Last Movement": "moved",
    "Expiry Date": "expiry",
}


def sscc(number: int) -> str:
    """A serial shipping container code: 17 digits and their check digit."""
    body = f"3401234{number:010}"
    total = sum(int(digit) * (1 if place % 2 else 3) for place, digit in enumerate(body))
    return f"{body}{-total % 10}"


def cold_store(seed: int) -> Site:
    export = Export(seed, datetime(2026, 6, 18, 5, 45), str)
    slots = {
        "FROZEN": export.shuffled(f"TK{a:02}-{b:02}-{c}" for a in range(1, 7)
                                  for b in range(1, 17) for c in range(1, 6)),
        "CHILLED": export.shuffled(f"KR{a:02}-{b:02}-{c}" for a in range(1, 5)
                                   for b in range(1, 17) for c in range(1, 5)),
        "AMBIENT": export.shuffled(f"DR{a:02}-{b:02}-{c}" for a in (1, 2)
                                   for b in range(1, 21) for c in range(1, 5)),
    }  # fmt: skip

    def slot(goods: Goods) -> str:
        return next(slots[goods.home])

    for kind, receipts in ((FROZEN, 24), (CHILLED, 14), (DRY, 8)):
        for _ in range(receipts):
            goods = export.random.sample(kind, export.random.randint(1, 2))
            export.receipt(goods, export.random.randint(4, 15), slot)
    _normal(export, slots, slot)
    _planted(export, slots, slot)
    for row in export.rows:
        row.setdefault("type", TYPES.get((row["location"] or "")[:2], "STORAGE"))
        if "pallet" in row:
            # Some pallets bear a label of their supplier that is no SSCC.
            label = None if export.chance(0.1) else sscc(int(row["pallet"]))
            row.setdefault("sscc", label)
    data = export.xlsx(COLUMNS, "Stock list by pallet, all halls")
    return export.site("Bestand_Halle.xlsx", data, LAYOUT)


def _normal(export: Export, slots: dict[str, Iterator[str]], slot: Place) -> None:
    # Frozen goods that pass the cool bay in minutes, chilled ones that wait there for hours.
    for _ in range(8):
        goods = export.random.choice(FROZEN)
        export.pallet(goods, f"OUT-{export.random.randint(1, 6)}", export.usual_hours(goods),
                      moved=export.between(0.05, 0.45))  # fmt: skip
    for _ in range(15):
        goods = export.random.choice(CHILLED)
        export.pallet(goods, f"OUT-{export.random.randint(1, 6)}", export.usual_hours(goods),
                      moved=export.between(0.1, 8))  # fmt: skip
    export.receipt(CHILLED[:2], 14, lambda _: "IN-1", hours=export.between(1, 5))
    export.receipt(FROZEN[:1], 9, lambda _: "IN-2", hours=0.4)
    # Chocolate sauce stands in the cool hall in summer; fresh goods are being shock frozen.
    for _ in range(9):
        export.pallet(DRY[3], next(slots["CHILLED"]), export.usual_hours(DRY[3]))
    for _ in range(6):
        export.pallet(FROZEN[3], "BLAST-1", 20, moved=export.between(1, 18))
    for _ in range(6):
        export.mixed_pallet(export.random.sample(FROZEN, 2), slot(FROZEN[0]), 200)
    for _ in range(4):
        export.pallet(export.random.choice(CHILLED), "QA-1", 70, moved=export.between(2, 65))
    for _ in range(20):
        export.rows.append({"location": slot(FROZEN[0])})


def _planted(export: Export, slots: dict[str, Iterator[str]], slot: Place) -> None:
    yoghurt, butter, juice, _ = CHILLED
    for goods, place in (
        (FROZEN[0], next(slots["CHILLED"])),
        (FROZEN[2], "YARD-1"),
        (juice, "YARD-2"),
        (yoghurt, next(slots["FROZEN"])),
        (butter, next(slots["AMBIENT"])),
        (DRY[3], next(slots["FROZEN"])),
    ):
        row = export.pallet(goods, place, 60, moved=export.between(0.8, 10))
        export.plant(row, "cold-chain")
    for days in (-1, -6):
        row = export.pallet(yoghurt, slot(yoghurt), 600)
        row["expiry"] = export.day(days)
        export.plant(row, "expired")
    for days in (0, 3):
        row = export.pallet(yoghurt, slot(yoghurt), 500)
        row["expiry"] = export.day(days)
        export.plant(row, "expiring-soon")
    late = export.receipt((butter,), 9, slot, hours=16)
    late[0]["location"], late[0]["moved"] = "IN-3", late[0]["received"]
    export.plant(late[0], "lot-straggler", "stagnant-pallet")
    for _ in range(2):
        export.plant(export.pallet(juice, None, 30), "missing-location")
    full = slot(FROZEN[0])
    for _ in range(2):
        export.pallet(FROZEN[1], full, 400)
    export.plant_at("overcapacity", full)
    for wrong in ("TK07-01-1", "KR1-03-2"):
        export.pallet(FROZEN[1] if wrong[0] == "T" else butter, wrong, 90)
        export.plant_at("unknown-location", wrong)
    row = export.pallet(FROZEN[3], slot(FROZEN[3]), 70)
    right = sscc(int(row["pallet"]))
    row["sscc"] = f"{right[:-1]}{(int(right[-1]) + 3) % 10}"
    export.plant(row, "gs1-check-digit")
    row = export.pallet(FROZEN[0], slot(FROZEN[0]), 80, quantity=6400)
    export.plant(row, "quantity-outlier")
    export.plant(export.pallet(butter, "OUT-6", 90, moved=40), "dock-dwell")
    export.plant(export.pallet(juice, "QA-1", 300, moved=290), "quarantine-dwell")
    export.plant(export.pallet(FROZEN[3], "BLAST-2", 70, moved=60), "staging-dwell")
    moved_rack = slot(DRY[1])
    export.pallet(DRY[1], moved_rack, 700)["type"] = "RECEIVING"
    export.plant_at("location-type-mismatch", moved_rack)
    row = export.pallet(DRY[1], slot(DRY[1]), 30, quantity=0)
    export.plant(row, "quantity-sign")
