"""The sample inventory: one morning's export of a made-up distribution centre.

    python -m tools.sample sample.xlsx              # the file `make up` sends
    python -m tools.sample big.xlsx --rows 100000   # the same warehouse, larger (benchmarks)

Everything comes from one seed, so the same arguments give the same stock. The export looks like
those of real systems: two title lines above the header, date cells, a total below the table.
Most of it stands on pallets; the pick faces hold loose cases without a pallet id. Most of the stock
is in order; a known few rows are not, so that every detector has something to find.
"""

import argparse
import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.styles import Font

from tools.sample_layout import bay_name, number_of_bays

SEED = 20260302
SNAPSHOT = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
HEADER = (
    "Pallet ID",
    "Location",
    "Location Type",
    "Received At",
    "Receipt Number",
    "Product Code",
    "Description",
    "Quantity",
    "Unit",
    "Expiry Date",
    "Temperature Zone",
    "SSCC",
    "Lot",
)
PRODUCTS = (
    ("GR-1001", "Basmati rice 5 kg", "AMBIENT", 480, 540),
    ("GR-1002", "Wheat flour 1 kg", "AMBIENT", 960, 300),
    ("GR-1003", "Olive oil 750 ml", "AMBIENT", 600, 700),
    ("GR-1004", "Canned tomatoes 400 g", "AMBIENT", 1440, 900),
    ("DR-2001", "Sparkling water 1.5 l", "AMBIENT", 504, 365),
    ("DR-2002", "Orange juice 1 l", "AMBIENT", 720, 240),
    ("HH-3001", "Paper towels 8-pack", "AMBIENT", 240, None),
    ("HH-3002", "Dish soap 500 ml", "AMBIENT", 840, None),
    ("FZ-4001", "FROZEN peas 1 kg", "FROZEN", 640, 420),
    ("FZ-4002", "FROZEN salmon fillets", "FROZEN", 320, 270),
    ("CH-5001", "CHILLED yoghurt 4-pack", "CHILLED", 900, 60),
    ("CM-6001", "CHEMICAL degreaser 10 l", "AMBIENT", 60, None),
)
SHELF_LEVELS = "ABCD"
PICK_FACES = 36

Row = dict[str, Any]


def inventory_rows(rows: int = 1200, seed: int = SEED) -> list[Row]:
    """The stock, one dict per row with the names of HEADER; a cell may be None."""
    generator = _Stock(random.Random(seed), rows)  # noqa: S311 - reproducible, not secret
    stock = [*generator.planted(), *generator.lots(), *generator.pick_faces()]
    stock += generator.ordinary(rows - len(stock))
    generator.random.shuffle(stock)
    return stock


def write_workbook(target: Path, stock: list[Row], columns: Sequence[str] = HEADER) -> None:
    book = openpyxl.Workbook(write_only=True)
    book.properties.creator = "Northgate WMS"
    book.properties.created = book.properties.modified = SNAPSHOT.replace(tzinfo=None)
    sheet = book.create_sheet("Stock on hand")
    sheet.freeze_panes = "A5"
    title = openpyxl.cell.WriteOnlyCell(sheet, "Northgate distribution centre: stock on hand")
    title.font = Font(bold=True, size=14)
    sheet.append([title])
    sheet.append([f"Printed {SNAPSHOT:%d %B %Y %H:%M} UTC by the night shift"])
    sheet.append([])
    bold = [openpyxl.cell.WriteOnlyCell(sheet, name) for name in columns]
    for cell in bold:
        cell.font = Font(bold=True)
    sheet.append(bold)
    for row in stock:
        sheet.append([row[name] for name in columns])
    sheet.append(["Total", f"{len(stock)} rows"])
    book.save(target)


class _Stock:
    """Generates rows; tracks running numbers and free shelves."""

    def __init__(self, source: random.Random, rows: int) -> None:
        self.random = source
        self.bays = number_of_bays(rows)
        self.number = 0
        self.receipt = 40_000
        names = [bay_name(number, rows) for number in range(1, self.bays + 1)]
        shelves = [f"{bay}{level}" for bay in names for level in SHELF_LEVELS]
        self.random.shuffle(shelves)
        self.shelves = iter(shelves)

    def ordinary(self, count: int) -> Iterator[Row]:
        for _ in range(count):
            product = self.random.choice(PRODUCTS[:-1])
            yield self.pallet(product, self.home(product), hours=self.random.uniform(12, 900))

    def lots(self) -> Iterator[Row]:
        """Two lots stored except for one straggler each, and one lot that is still arriving."""
        for straggler in ("RECV-01", "RECV-02"):
            receipt = self.next_receipt()
            product = self.random.choice(PRODUCTS[:8])
            for _ in range(11):
                yield self.pallet(product, self.shelf(), hours=20, receipt=receipt)
            yield self.pallet(product, straggler, hours=6, receipt=receipt)
        receipt = self.next_receipt()
        for _ in range(6):
            yield self.pallet(PRODUCTS[0], "RECV-03", hours=2.5, receipt=receipt)

    def pick_faces(self) -> Iterator[Row]:
        """Loose cases, one item in each place; the last five are not in order."""
        ambient = PRODUCTS[:8]
        for number in range(1, PICK_FACES + 1):
            product = ambient[number % len(ambient)]
            yield self.loose(product, f"PICK-{number:02}", hours=self.random.uniform(12, 400))
        rice, oil, juice = (PRODUCTS[number] for number in (0, 2, 5))
        yield self.loose(oil, "PICK-08", hours=30)  # beside the rice that is there
        yield self.loose(juice, "PICK-37", hours=80, expires=-5)
        yield {**self.loose(rice, "PICK-38", hours=60), "Quantity": -3}
        yield self.loose(rice, None, hours=20)
        yield self.loose(rice, "PICK-77", hours=20)

    def loose(
        self,
        product: tuple[str, str, str, int, int | None],
        location: str | None,
        *,
        hours: float,
        expires: int | None = None,
    ) -> Row:
        row = self.pallet(product, location, hours=hours, expires=expires)
        cases = self.random.randint(2, 40)
        return {**row, "Pallet ID": None, "SSCC": None, "Quantity": cases}

    def planted(self) -> Iterator[Row]:
        """The rows with planted anomalies."""
        rice, frozen, chilled, chemical = (PRODUCTS[n] for n in (0, 8, 10, 11))
        for dock in ("RECV-01", "RECV-02", "RECV-04"):
            yield self.pallet(rice, dock, hours=self.random.uniform(14, 60))
        for aisle in ("AISLE-02", "AISLE-07"):
            yield self.pallet(rice, aisle, hours=self.random.uniform(5, 30))
        for _ in range(3):
            yield self.pallet(rice, None, hours=30)
        yield self.pallet(frozen, "RECV-02", hours=1.5, zone="AMBIENT")
        yield self.pallet(chilled, "STAGE-01", hours=3, zone="GENERAL")
        yield self.pallet(chilled, "F-05-B", hours=5, zone="FROZEN")
        yield self.pallet(rice, "QC-01", hours=130)
        # An O for a zero.
        yield {**self.pallet(rice, "DOCK-01", hours=20), "Product Code": "GR-1O01"}
        lot = [self.pallet(rice, self.shelf(), hours=70, expires=200) for _ in range(3)]
        yield from lot
        yield {**self.pallet(rice, self.shelf(), hours=70, expires=260), "Lot": lot[0]["Lot"]}
        crowded = self.shelf()
        for _ in range(4):
            yield self.pallet(rice, crowded, hours=200)
        for wrong in (f"{self.bays + 700}A", "RECV-09", "17-B-3"):
            yield self.pallet(rice, wrong, hours=48)
        for impossible in ("RACK@12#?", "SEE-SHIFT-LEAD-BEFORE-MOVING"):
            yield self.pallet(rice, impossible, hours=48)
        for locations in ((self.shelf(), self.shelf()), ("STAGE-02", "STAGE-02")):
            scanned = self.pallet(rice, locations[0], hours=40)
            yield scanned
            yield {**scanned, "Location": locations[1]}
        yield self.pallet(rice, self.shelf(), hours=-26)
        yield self.pallet(rice, "H-03", hours=70)
        yield self.pallet(chemical, "H-04", hours=70)
        yield {**self.pallet(rice, self.shelf(), hours=50), "Location Type": "RECEIVING"}
        for days in (-40, -3):
            yield self.pallet(chilled, self.home(chilled), hours=90, expires=days)
        yield self.pallet(chilled, self.home(chilled), hours=90, expires=12)
        yield {**self.pallet(rice, self.shelf(), hours=90), "Quantity": -12}
        yield {**self.pallet(rice, self.shelf(), hours=90), "Quantity": 0}
        yield {**self.pallet(rice, self.shelf(), hours=90), "Quantity": 48_000}
        yield self.pallet(rice, self.shelf(), hours=24 * 365 * 4, expires=90)
        broken = self.pallet(rice, self.shelf(), hours=90)
        last = (int(broken["SSCC"][-1]) + 1) % 10
        yield {**broken, "SSCC": f"{broken['SSCC'][:-1]}{last}"}

    def pallet(
        self,
        product: tuple[str, str, str, int, int | None],
        location: str | None,
        *,
        hours: float,
        receipt: str | None = None,
        zone: str | None = None,
        expires: int | None = None,
    ) -> Row:
        """A row of a pallet received `hours` before the snapshot; `expires` days after it."""
        code, description, home_zone, per_pallet, shelf_life = product
        self.number += 1
        received = (SNAPSHOT - timedelta(hours=hours)).replace(microsecond=0, tzinfo=None)
        if expires is None and shelf_life:
            expires = 31 + self.random.randrange(shelf_life)
        expiry = SNAPSHOT.replace(tzinfo=None) + timedelta(days=expires) if expires else None
        made = expiry - timedelta(days=shelf_life or 0) if expiry else None
        return {
            "Pallet ID": f"NG{self.number:07}",
            "Location": location,
            "Location Type": _type_of(location),
            "Received At": received,
            "Receipt Number": receipt or self.next_receipt(),
            "Product Code": code,
            "Description": description,
            "Quantity": round(per_pallet * self.random.uniform(0.85, 1)),
            "Unit": "CS",
            "Expiry Date": expiry.date() if expiry else None,
            "Temperature Zone": zone or home_zone,
            "SSCC": _sscc(self.number),
            # Made on one day, good until one day.
            "Lot": f"L{made:%y%m%d}" if made else None,
        }

    def home(self, product: tuple[str, str, str, int, int | None]) -> str:
        match product[2]:
            case "FROZEN":
                return f"F-{self.random.randint(1, 20):02}-{self.random.choice(SHELF_LEVELS)}"
            case "CHILLED":
                return f"K-{self.random.randint(1, 12):02}-{self.random.choice(SHELF_LEVELS)}"
            case _:
                return self.shelf()

    def shelf(self) -> str:
        return next(self.shelves)

    def next_receipt(self) -> str:
        self.receipt += 1
        return f"RC-{self.receipt:06}"


def _type_of(location: str | None) -> str | None:
    """The location type that the made-up system prints; None for codes unknown to it."""
    if location is None:
        return None
    prefixes = {"RECV": "RECEIVING", "AISLE": "TRANSITIONAL", "STAGE": "STAGING", "DOCK": "DOCK"}
    for prefix, kind in prefixes.items():
        if location.startswith(prefix):
            return kind
    return "STORAGE" if location[0].isdigit() or location[:2] in {"F-", "K-", "H-", "PI"} else None


def _sscc(number: int) -> str:
    """A serial shipping container code: 17 digits and their GS1 check digit."""
    body = f"0{4012345:07}{number:09}"
    total = sum(int(digit) * (3 if position % 2 == 0 else 1) for position, digit in enumerate(body))
    return f"{body}{-total % 10}"


def main() -> None:
    parser = argparse.ArgumentParser(description="Write the sample inventory.")
    parser.add_argument("target", type=Path)
    parser.add_argument("--rows", type=int, default=1200)
    parser.add_argument("--seed", type=int, default=SEED)
    arguments = parser.parse_args()
    write_workbook(arguments.target, inventory_rows(arguments.rows, arguments.seed))
    print(f"{arguments.target}: {arguments.rows} rows")


if __name__ == "__main__":
    main()
