"""A Spanish distributor: pallets in racks, loose boxes beside them, a freezer, Spanish headers."""

from collections.abc import Iterator
from datetime import datetime

from tests.sites.export import Export, Goods, Place, Row, Site

LAYOUT: list[Row] = [
    {"location_pattern": "P{01..08}-{01..18}-{1..4}", "location_type": "ALMACENAMIENTO",
     "capacity": 1, "zone": "AMBIENTE"},
    {"location_pattern": "C{01..02}-{01..15}-{1..4}", "location_type": "ALMACENAMIENTO",
     "capacity": 1, "zone": "CONGELADO"},
    {"location_pattern": "SUELTO-{01..40}", "location_type": "ALMACENAMIENTO", "zone": "AMBIENTE"},
    {"location_pattern": "RECEP-{1..3}", "location_type": "RECEPCION", "capacity": 26,
     "zone": "AMBIENTE"},
    {"location_pattern": "PASILLO-{1..8}", "location_type": "PASILLO", "zone": "AMBIENTE"},
    {"location_pattern": "MUELLE-{1..4}", "location_type": "MUELLE", "capacity": 33,
     "zone": "AMBIENTE"},
    {"location_pattern": "CUARENTENA", "location_type": "CUARENTENA", "zone": "AMBIENTE"},
]  # fmt: skip
DRY = (
    Goods("A-100", "ACEITE DE OLIVA 12X1 L", 60, 540, "Ambiente"),
    Goods("A-101", "ARROZ BOMBA 20X1 KG", 50, 720, "Ambiente"),
    Goods("A-102", "BOLSAS PARA CONGELADOS 3 L", 110, None, "Ambiente"),
    Goods("A-103", "MOCHILA FROZEN 2", 40, None, "Ambiente"),
    Goods("A-104", "PAPEL DE COCINA 12 R", 36, None, "Ambiente"),
    Goods("A-105", "GALLETAS MARIA 24X200 G", 84, 300, "Ambiente"),
)
FROZEN = (
    Goods("F-200", "GUISANTES 10X1 KG", 72, 540, "Congelado"),
    Goods("F-201", "CROQUETAS DE JAMON 8X1 KG", 64, 365, "Congelado"),
)
COLUMNS = {
    "Palet": "pallet",
    "Ubicación": "location",
    "Código de artículo": "item",
    "Descripción": "description",
    "Cantidad": "quantity",
    "Clase de almacenamiento": "storage_class",
    "Número de recepción": "receipt",
    "Lote": "lot",
    "Fecha de entrada": "received",
    "Último movimiento": "moved",
    "Fecha de caducidad": "expiry",
}


def distributor(seed: int) -> Site:
    export = Export(seed, datetime(2026, 4, 21, 6, 0), lambda number: f"PL{number:06}")
    racks = export.shuffled(f"P{a:02}-{b:02}-{c}" for a in range(1, 9) for b in range(1, 19)
                            for c in range(1, 5))  # fmt: skip
    freezer = export.shuffled(f"C{a:02}-{b:02}-{c}" for a in (1, 2) for b in range(1, 16)
                              for c in range(1, 5))  # fmt: skip

    def slot(goods: Goods) -> str:
        return next(freezer if goods in FROZEN else racks)

    for index in range(42):
        export.receipt((DRY[index % len(DRY)],), export.random.randint(4, 9), slot)
    for index in range(8):
        export.receipt((FROZEN[index % len(FROZEN)],), export.random.randint(4, 7), slot)
    stored = [row for row in export.rows if row["location"][0] == "P"]
    for row in export.random.sample(stored, 20):
        row["location"] = f"MUELLE-{export.random.randint(1, 3)}"
        row["moved"] = export.hours_ago(export.between(0.2, 9))
    export.receipt(DRY[:1], 14, lambda _: "RECEP-1", hours=export.between(1, 6))
    for row in export.receipt(FROZEN[:1], 5, lambda _: "RECEP-2", hours=0.45):
        row["moved"] = row["received"]
    for _ in range(70):
        _loose(export, export.random.choice(DRY), export.random.randint(1, 12))
    for _ in range(3):
        export.pallet(DRY[5], "CUARENTENA", 90, moved=export.between(4, 66))
    _planted(export, slot, racks)
    data = export.csv(COLUMNS, dates="%d/%m/%Y", times="%d/%m/%Y %H:%M", delimiter=";")
    return export.site("existencias.csv", data, LAYOUT)


def _loose(export: Export, goods: Goods, quantity: int) -> Row:
    """Boxes without a pallet; the row keeps what its subject is called."""
    place = f"SUELTO-{export.random.randint(1, 40):02}"
    row = export.pallet(goods, place, export.usual_hours(goods), quantity=quantity)
    return row | _without_pallet(row)


def _without_pallet(row: Row) -> Row:
    row["pallet"] = None
    return {"pallet": f"{row['item']} | {row['lot']} | {row['location']}"}


def _planted(export: Export, slot: Place, racks: Iterator[str]) -> None:
    oil, rice, bags, _, paper, biscuits = DRY
    late = export.receipt((rice,), 10, slot, hours=export.between(15, 40))
    late[0]["location"], late[0]["moved"] = "RECEP-3", late[0]["received"]
    export.plant(late[0], "lot-straggler", "stagnant-pallet")
    for goods in FROZEN:
        export.plant(export.pallet(goods, next(racks), 80, moved=5), "cold-chain")
    export.plant(export.pallet(rice, slot(FROZEN[0]), 80), "cold-chain")
    for goods in (oil, paper):
        export.plant(export.pallet(goods, None, 100), "missing-location")
    row = export.pallet(biscuits, next(racks), 2400)
    row["expiry"] = export.day(-2)
    export.plant(row, "expired")
    row = export.pallet(biscuits, next(racks), 2400)
    row["expiry"] = export.day(9)
    export.plant(row, "expiring-soon")
    for rule, days in (("expired", -4), ("expiring-soon", 6)):
        named = _loose(export, biscuits, 4)
        export.rows[-1]["expiry"] = export.day(days)
        export.plant(named, rule)
    export.plant(_loose(export, bags, -2), "quantity-sign")
    export.plant(export.pallet(bags, "PASILLO-3", 300, moved=12), "stuck-in-transit")
    export.plant(export.pallet(bags, "MUELLE-4", 300, moved=30), "dock-dwell")
    export.plant(export.pallet(paper, "CUARENTENA", 700, moved=600), "quarantine-dwell")
    export.pallet(paper, "P09-01-1", 90)
    export.plant_at("unknown-location", "P09-01-1")
    export.plant(export.pallet(oil, next(racks), 90, quantity=6000), "quantity-outlier")
    full = next(racks)
    for _ in range(2):
        export.pallet(paper, full, 90)
    export.plant_at("overcapacity", full)
    twice = export.pallet(paper, next(racks), 90)
    export.rows.append({**twice, "location": next(racks)})
    export.plant(twice, "duplicate-pallet")
