"""A 3PL: the goods of many owners in one building, ambient racks and a small cool room."""

from datetime import datetime, timedelta

from tests.sites.export import Export, Goods, Place, Row, Site

LAYOUT: list[Row] = [
    {"location_pattern": "{A..F}-{01..24}-{1..4}", "location_type": "STORAGE", "capacity": 2,
     "zone": "AMBIENT"},
    {"location_pattern": "K-{01..12}-{1..3}", "location_type": "STORAGE", "capacity": 2,
     "zone": "CHILLED"},
    {"location_pattern": "RECV-{01..04}", "location_type": "RECEIVING", "capacity": 40,
     "zone": "AMBIENT"},
    {"location_pattern": "STAGE-{01..03}", "location_type": "STAGING", "capacity": 24,
     "zone": "AMBIENT"},
    {"location_pattern": "DOCK-{1..6}", "location_type": "DOCK", "capacity": 26,
     "zone": "AMBIENT"},
    {"location_pattern": "AISLE-{A..F}", "location_type": "TRANSITIONAL", "capacity": 6,
     "zone": "AMBIENT"},
    {"location_pattern": "QUAR-{1..2}", "location_type": "QUARANTINE", "capacity": 30,
     "zone": "AMBIENT"},
]  # fmt: skip
OWNERS = (
    (Goods("TY-2201", "FROZEN (FILM) BACKPACK 35CM", 60),
     Goods("TY-2202", "DISNEY FROZEN II ELSA DOLL 30CM", 144),
     Goods("TY-2203", "FROZEN (FILM) NIGHT LIGHT", 96),
     Goods("TY-2204", "PIRATE SHIP 412 PCS", 48)),
    (Goods("HH-0310", "BAGS FOR FROZEN FOOD 3L 40PCS", 120),
     Goods("HH-0311", "LUNCH TIN NON-REFRIGERATED 1.2L", 80),
     Goods("HH-0312", "CANDLE VANILLA 8H", 200)),
    (Goods("BV-7001", "MINERAL WATER STILL 6X1.5L", 84, 540),
     Goods("BV-7002", "ORANGE NECTAR 12X1L", 60, 300),
     Goods("BV-7003", "ENERGY DRINK 24X250ML", 108, 450)),
    (Goods("PF-0901", "CAT FOOD SALMON 24X85G", 72, 700),
     Goods("PF-0902", "DOG BISCUITS 10KG", 40, 400)),
    (Goods("EL-5001", "WINE CABINET 12 BOTTLES CHILLED DISPLAY", 6),
     Goods("EL-5002", "KETTLE STEEL 1.7L", 90),
     Goods("EL-5003", "CABLE USB-C 2M", 960)),
    (Goods("CS-4400", "HAND CREAM 75ML", 480, 900),
     Goods("CS-4401", "SHAMPOO REFILL 1L", 240, 900)),
    (Goods("SM-0101", "CHILLED SMOOTHIE MANGO 12X250ML", 80, 45, "CHILLED"),
     Goods("SM-0102", "CHILLED SMOOTHIE BERRY 12X250ML", 80, 45, "CHILLED")),
)  # fmt: skip
COLUMNS = {
    "LPN": "pallet",
    "SKU": "item",
    "Description": "description",
    "Qty": "quantity",
    "UOM": "unit",
    "Status": "status",
    "Location": "location",
    "Received": "received",
    "ASN Number": "receipt",
    "Lot": "lot",
    "Best Before": "expiry",
    "Last Move": "moved",
}


def third_party(seed: int) -> Site:
    export = Export(seed, datetime(2026, 3, 5, 6, 30), lambda number: f"LPN{number:07}")
    racks = export.shuffled(f"{a}-{b:02}-{c}" for a in "ABCDEF" for b in range(1, 25)
                            for c in range(1, 5))  # fmt: skip
    # Two pallets fit into each place of the cool room.
    cool = export.shuffled(f"K-{b:02}-{c}" for b in range(1, 13) for c in (1, 1, 2, 2, 3, 3))

    def shelf(goods: Goods) -> str:
        return next(cool if goods.home == "CHILLED" else racks)

    for index in range(63):
        owner = OWNERS[index % len(OWNERS)]
        first = index // len(OWNERS) % len(owner)
        goods = [owner[first], export.random.choice(owner)][: export.random.randint(1, 2)]
        if goods[0].home == "CHILLED" and export.chance(0.6):
            goods = list(OWNERS[2][:2])
        export.receipt(goods, export.random.randint(3, 8), shelf)
    _normal(export, shelf)
    _planted(export, shelf)
    data = export.csv(COLUMNS, dates="%Y-%m-%d", times="%Y-%m-%d %H:%M")
    return export.site("stock_on_hand.csv", data, LAYOUT)


def _normal(export: Export, shelf: Place) -> None:
    """What a rule may take for a problem and is none."""
    toys, household, drinks, pets, _, care, smoothies = OWNERS
    ambient = [row for row in export.rows if row["location"][0] in "ABCDEF"]
    export.random.shuffle(ambient)
    for _ in range(9):
        export.mixed_pallet(export.random.sample(toys, 3), shelf(toys[0]), export.between(40, 900))
    # A truck that is being put away, one that has just come, the rest of an order from yesterday.
    half = export.receipt(drinks[:1], 16, lambda _: "RECV-01", hours=export.between(3, 7))
    for row in half[: export.random.randint(3, 9)]:
        row["location"] = shelf(drinks[0])
    export.receipt(pets, 12, lambda _: "RECV-02", hours=export.between(0.5, 2))
    rest = export.receipt(care[:1], 10, shelf, hours=30)
    for _ in range(2):
        export.pallet(care[0], "RECV-03", export.between(0.3, 1.8), receipt=rest[0]["receipt"],
                      lot=rest[0]["lot"], expiry=rest[0]["expiry"])  # fmt: skip
    # Orders made ready this night, a truck being loaded, pallets on the fork, goods to be checked.
    for place, count, hours in (("STAGE-01", 12, 9), ("STAGE-02", 7, 16), ("DOCK-2", 18, 5),
                                ("DOCK-5", 4, 2), ("AISLE-C", 2, 0.5), ("AISLE-E", 1, 2),
                                ("QUAR-1", 5, 60)):  # fmt: skip
        for row in [ambient.pop() for _ in range(count)]:
            row["location"], row["moved"] = place, export.hours_ago(export.between(0.1, hours))
    # Smoothies that have just been brought to the truck.
    for _ in range(3):
        export.pallet(smoothies[0], "DOCK-5", 90, moved=export.between(0.1, 0.4))
    # A carton of a pallet is promised to an order: the system lists it in a row of its own.
    for _ in range(5):
        row = export.pallet(
            household[2], shelf(household[2]), 500, quantity=160, status="AVAILABLE"
        )
        export.rows.append({**row, "quantity": 40, "status": "ALLOCATED"})
    # A customer counts the same goods in pieces.
    for _ in range(7):
        export.pallet(toys[3], shelf(toys[3]), export.between(40, 600), unit="EA", quantity=960)
    for row in export.random.sample(export.rows, 40):
        if row["location"]:
            row["location"] = export.random.choice((row["location"].lower(), row["location"] + " "))
    for row in export.random.sample([row for row in export.rows if row["location"][0] in "AB"], 9):
        row["received"] = None
    for _ in range(14):
        export.rows.append({"location": shelf(household[0])})


def _planted(export: Export, shelf: Place) -> None:
    toys, household, drinks, pets, electric, care, smoothies = OWNERS
    late = export.receipt(care[1:], 12, shelf, hours=export.between(20, 40))
    for row in late[:2]:
        row["location"] = export.random.choice(("RECV-03", "RECV-04"))
        row["moved"] = row["received"]
        export.plant(row, "lot-straggler", "stagnant-pallet")
    for _ in range(3):
        row = export.pallet(pets[0], "RECV-04", export.between(14, 70))
        export.plant(row, "stagnant-pallet")
    for goods in (toys[3], drinks[1]):
        export.plant(export.pallet(goods, None, export.between(30, 200)), "missing-location")
    for days in (-1, -20, -45):
        row = export.pallet(drinks[1], shelf(drinks[1]), export.between(3000, 5000))
        row["expiry"] = export.day(days)
        export.plant(row, "expired")
    for days in (3, 17):
        row = export.pallet(drinks[2], shelf(drinks[2]), export.between(3000, 5000))
        row["expiry"] = export.day(days)
        export.plant(row, "expiring-soon")
    for goods, place in ((smoothies[0], shelf(toys[0])), (smoothies[1], "STAGE-03")):
        row = export.pallet(goods, place, 50, moved=export.between(1, 20))
        export.plant(row, "cold-chain")
    crowded = shelf(drinks[0])
    for _ in range(export.random.randint(3, 4)):
        export.pallet(drinks[0], crowded, export.usual_hours(drinks[0]))
    export.plant_at("overcapacity", crowded)
    for wrong in ("G-01-1", "A-O3-2"):
        export.pallet(household[2], wrong, export.between(40, 400))
        export.plant_at("unknown-location", wrong)
    export.pallet(household[2], "??? ASK SHIFT LEAD", 40)
    export.plant_at("impossible-location", "??? ASK SHIFT LEAD")
    twice = export.pallet(electric[1], shelf(electric[1]), 300)
    export.rows.append({**twice, "location": shelf(electric[1])})
    export.plant(twice, "duplicate-pallet")
    again = export.pallet(electric[2], shelf(electric[2]), 120)
    export.rows.append(dict(again))
    export.plant(again, "duplicate-pallet")
    export.plant(export.pallet(toys[3], shelf(toys[3]), -26), "future-date")
    negative = export.pallet(electric[2], shelf(electric[2]), 90, quantity=-4)
    export.plant(negative, "quantity-sign")
    typed = export.pallet(drinks[0], shelf(drinks[0]), 90, quantity=drinks[0].per_pallet * 100)
    export.plant(typed, "quantity-outlier")
    for place, rule, hours in (("AISLE-B", "stuck-in-transit", 9), ("QUAR-2", "quarantine-dwell",
                               900), ("STAGE-03", "staging-dwell", 80), ("DOCK-6", "dock-dwell",
                               31)):  # fmt: skip
        row = export.pallet(toys[3], place, hours + 200, moved=hours)
        export.plant(row, rule)
    export.plant(export.pallet(household[2], shelf(household[2]), 35_000), "dwell-outlier")
    two_dates = export.receipt(care[:1], 9, shelf)
    two_dates[0]["expiry"] += timedelta(days=365)
    export.plant(two_dates[0], "lot-expiry-conflict")
