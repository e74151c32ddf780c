"""A factory's store: batches run for weeks, pallets come from the lines around the clock."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from tests.sites.export import Export, Goods, Row, Site

LAYOUT: list[Row] = [
    {"location_pattern": "H1-{01..20}-{01..12}", "location_type": "STORAGE", "capacity": 2,
     "zone": "AMBIENT"},
    {"location_pattern": "H2-{01..10}-{01..12}", "location_type": "STORAGE", "capacity": 3,
     "zone": "AMBIENT", "notes": "single item"},
    {"location_pattern": "H3-{01..03}-{1..6}", "location_type": "STORAGE", "capacity": 6,
     "zone": "AMBIENT", "allowed_description": "*DETERGENT*"},
    {"location_pattern": "LINE-{1..4}", "location_type": "RECEIVING", "capacity": 24,
     "zone": "AMBIENT"},
    {"location_pattern": "TUGGER-{1..3}", "location_type": "TRANSITIONAL", "capacity": 4},
    {"location_pattern": "QC-HOLD", "location_type": "QUARANTINE"},
    {"location_pattern": "SHIP-{1..4}", "location_type": "SHIPPING", "capacity": 33},
]  # fmt: skip
FINISHED = (
    Goods("FG-100", "Dishwasher tabs 60", 96, 1080),
    Goods("FG-101", "Dishwasher tabs 100", 60, 1080),
    Goods("FG-200", "Liquid detergent 2 l", 72, 900),
    Goods("FG-201", "Liquid detergent 5 l", 40, 900),
    Goods("FG-300", "Rust remover for frozen bolts 0.5 l", 120, 720),
)
RAW = (
    Goods("RM-01", "Soda ash bags 25 kg", 40, 1400),
    Goods("RM-02", "Enzyme granulate, not refrigerated 20 kg", 30, 360),
    Goods("PK-01", "Folding boxes tabs 60", 4000, None),
    Goods("PK-02", "Bottles 2 l", 420, None),
)
COLUMNS = {
    "Handling Unit": "pallet",
    "Storage Bin": "location",
    "Material": "item",
    "Material Description": "description",
    "Batch": "receipt",
    "Quantity": "quantity",
    "Unit": "unit",
    "GR Date": "received",
    "Last Movement": "moved",
    "SLED": "expiry",
}


def production(seed: int) -> Site:
    export = Export(seed, datetime(2026, 9, 9, 14, 0), lambda number: f"1{number:09}")
    finished = export.shuffled(f"H1-{a:02}-{b:02}" for a in range(1, 21)
                               for b in range(1, 13) for _ in (1, 2))  # fmt: skip
    raw = export.shuffled(f"H2-{a:02}-{b:02}" for a in range(1, 11) for b in range(1, 13))
    batches = [_batch(export, goods, finished, line) for line, goods in enumerate(FINISHED[:4], 1)]
    for goods in FINISHED:
        for _ in range(2):
            _finished_batch(export, goods, finished)
    for _ in range(16):
        goods = export.random.choice(RAW)
        for row in export.receipt((goods,), export.random.randint(2, 6), lambda _: next(raw)):
            row["receipt"] = row["lot"]
    for _ in range(22):
        row = _of_batch(export, export.random.choice(batches), export.between(30, 200))
        row["location"] = f"SHIP-{export.random.randint(1, 4)}"
        row["moved"] = export.hours_ago(export.between(0.2, 6))
    for _ in range(9):
        row = _of_batch(export, export.random.choice(batches), export.between(4, 60))
        row["location"], row["moved"] = "QC-HOLD", row["received"]
    for line in (1, 2):
        row = _of_batch(export, batches[line], 0.6)
        row["location"], row["moved"] = f"TUGGER-{line}", export.hours_ago(0.2)
    for _ in range(10):
        export.rows.append({"location": next(raw)})
    _planted(export, batches, finished, raw)
    data = export.xlsx(COLUMNS, "Stock by handling unit")
    return export.site("LX02.xlsx", data, LAYOUT)


def _batch(export: Export, goods: Goods, finished: Iterator[str], line: int) -> Row:
    """A batch that runs since weeks: its last pallets still stand at the line."""
    number = f"{goods.item[3:]}{export.random.randint(1000, 9999)}"
    begun = export.between(14, 30) * 24
    made = export.hours_ago(begun)
    batch = {"goods": goods, "receipt": number, "made": made}
    for _ in range(export.random.randint(45, 60)):
        hours = export.between(8, begun)
        row = _of_batch(export, batch, hours)
        row["location"], row["moved"] = next(finished), export.hours_ago(hours - 1)
    for index in range(export.random.randint(2, 6)):
        row = _of_batch(export, batch, 0.4 + index * export.between(0.5, 1.4))
        row["location"], row["moved"] = f"LINE-{line}", row["received"]
    return batch


def _finished_batch(export: Export, goods: Goods, finished: Iterator[str]) -> None:
    batch = {"goods": goods, "receipt": f"{goods.item[3:]}{export.random.randint(1000, 9999)}",
             "made": export.hours_ago(export.between(60, 120) * 24)}  # fmt: skip
    for _ in range(export.random.randint(5, 12)):
        _of_batch(export, batch, export.between(32, 58) * 24)["location"] = next(finished)


def _of_batch(export: Export, batch: Row, hours: float) -> Row:
    goods = batch["goods"]
    expiry = batch["made"].date() + timedelta(days=goods.life)
    return export.pallet(goods, None, hours, receipt=batch["receipt"], lot=None, expiry=expiry)


def _planted(
    export: Export, batches: list[Row], finished: Iterator[str], raw: Iterator[str]
) -> None:
    for hours in (15, 26):
        row = _of_batch(export, batches[0], hours)
        row["location"], row["moved"] = "LINE-3", row["received"]
        export.plant(row, "stagnant-pallet")
    for _ in range(2):
        export.plant(_of_batch(export, batches[1], 40), "missing-location")
    for days in (-1, -15):
        row = export.pallet(RAW[1], next(raw), 3000)
        row["receipt"], row["expiry"] = row["lot"], export.day(days)
        export.plant(row, "expired")
    row = export.pallet(RAW[1], next(raw), 3000)
    row["receipt"], row["expiry"] = row["lot"], export.day(12)
    export.plant(row, "expiring-soon")
    for place, rule, hours in (
        ("TUGGER-3", "stuck-in-transit", 11),
        ("QC-HOLD", "quarantine-dwell", 200),
        ("SHIP-4", "shipping-dwell", 45),
    ):
        row = _of_batch(export, batches[2], hours + 8)
        row["location"], row["moved"] = place, export.hours_ago(hours)
        export.plant(row, rule)
    full = next(raw)
    for _ in range(5):
        export.pallet(RAW[3], full, 300)
    export.plant_at("overcapacity", full)
    for wrong in ("H4-01-01", "H1-21-04"):
        _of_batch(export, batches[3], 60)["location"] = wrong
        export.plant_at("unknown-location", wrong)
    shared = next(raw)
    for goods in RAW[2:]:
        export.pallet(goods, shared, 600)
    export.plant_at("mixed-location", shared)
    for goods in (RAW[2], FINISHED[2], FINISHED[3]):
        row = export.pallet(goods, "H3-02-4", 500)
        if goods in RAW:
            export.plant(row, "product-location")
    ahead = _of_batch(export, batches[3], -30)
    ahead["location"] = next(finished)
    export.plant(ahead, "future-date")
    typed = _of_batch(export, batches[0], 70)
    typed["location"], typed["quantity"] = next(finished), 960
    export.plant(typed, "quantity-outlier")
    twice = _of_batch(export, batches[0], 90)
    twice["location"] = next(finished)
    export.rows.append({**twice, "location": next(finished)})
    export.plant(twice, "duplicate-pallet")
    odd = _of_batch(export, batches[1], 100)
    odd["location"], odd["expiry"] = next(finished), odd["expiry"] + timedelta(days=365)
    export.plant(odd, "lot-expiry-conflict")
