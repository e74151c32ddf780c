"""What the exports of all sites are made of: goods, receipts, pallets, and the truth."""

import csv
import io
import math
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import openpyxl

Row = dict[str, Any]

PART, STACKED, OTHER_PALLET = 0.12, 0.03, 0.06
FULL_PALLET_KG = 420


@dataclass(frozen=True)
class Goods:
    """`life` is the days from production to expiry; None for goods without expiry date."""

    item: str
    description: str
    per_pallet: int
    life: int | None = None
    home: str = "AMBIENT"
    unit: str = "CS"


Place = Callable[[Goods], str]


@dataclass(frozen=True)
class Site:
    """A file with what is to be found in it: `truth` has (rule code, subject id). `catalog` has the
    items of the company, where it keeps any."""

    filename: str
    data: bytes
    layout: Sequence[Mapping[str, Any]] | None
    as_of: datetime
    truth: frozenset[tuple[str, str]]
    catalog: Sequence[Mapping[str, Any]] = ()


class Export:
    """The rows of an export while they are made. `as_of` has whole minutes, in UTC."""

    def __init__(self, seed: int, as_of: datetime, pallet_id: Callable[[int], str]) -> None:
        self.random = random.Random(seed)  # noqa: S311 - reproducible, not secret
        self.as_of = as_of.replace(tzinfo=UTC)
        self.rows: list[Row] = []
        self.truth: set[tuple[str, str]] = set()
        self._pallet_id = pallet_id
        self._pallets = self.random.randrange(1000, 5000)
        self._receipts = self.random.randrange(100, 900)
        self._lots = self.random.randrange(100, 900)

    def hours_ago(self, hours: float) -> datetime:
        moment = self.as_of - timedelta(hours=hours)
        return moment.replace(second=0, tzinfo=None)

    def day(self, days_ahead: int) -> date:
        return self.as_of.date() + timedelta(days=days_ahead)

    def next_pallet(self) -> str:
        self._pallets += 1
        return self._pallet_id(self._pallets)

    def next_receipt(self) -> str:
        self._receipts += 1
        return f"ASN{self._receipts:06}"

    def next_lot(self) -> str:
        self._lots += 1
        return f"L{self._lots:05}"

    def plant(self, row: Row, *rules: str) -> Row:
        """Says that these rules should report the pallet of the row."""
        self.truth.update((rule, row["pallet"].upper()) for rule in rules)
        return row

    def plant_at(self, rule: str, location: str) -> None:
        self.truth.add((rule, location.upper()))

    def between(self, low: float, high: float) -> float:
        return self.random.uniform(low, high)

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def shuffled(self, places: Iterator[str]) -> Iterator[str]:
        codes = list(places)
        self.random.shuffle(codes)
        return iter(codes)

    def usual_hours(self, goods: Goods) -> float:
        """The age of stored goods: most came some weeks ago, and old ones are shipped first."""
        days = 12 * math.exp(max(-2.5, min(2.5, self.random.gauss(0, 1))))
        if goods.life is not None:
            days = min(days, self.between(0.05, 0.5) * goods.life)
        return max(12.0, days * 24)

    def usual_quantity(self, goods: Goods) -> int:
        """Mostly full pallets; part pallets, two stacked ones, and pallets of the larger kind."""
        draw = self.random.random()
        if draw < PART:
            return self.random.randint(1, max(1, goods.per_pallet - 1))
        if draw < PART + STACKED:
            return 2 * goods.per_pallet
        if draw < PART + STACKED + OTHER_PALLET:
            return goods.per_pallet * 5 // 4
        return goods.per_pallet

    def pallet(self, goods: Goods, location: str | None, hours: float, **cells: Any) -> Row:
        """Adds a pallet received `hours` ago; `cells` say what is not as usual."""
        moved, quantity = cells.pop("moved", None), self.usual_quantity(goods)
        row: Row = {
            "pallet": self.next_pallet(),
            "location": location,
            "received": self.hours_ago(hours),
            "moved": self.hours_ago(hours if moved is None else moved),
            "item": goods.item,
            "description": goods.description,
            "quantity": quantity,
            "weight": round(FULL_PALLET_KG * quantity / goods.per_pallet),
            "unit": goods.unit,
            "storage_class": goods.home,
        }
        if "lot" not in cells:
            row |= self.lot_of(goods, hours)
        if "receipt" not in cells:
            row["receipt"] = self.next_receipt()
        row |= cells
        self.rows.append(row)
        return row

    def lot_of(self, goods: Goods, hours: float) -> Row:
        """A new lot, made some time before its receipt; all of it expires on one day."""
        if goods.life is None:
            return {"lot": self.next_lot(), "expiry": None}
        before_receipt = self.between(0.02, 0.15) * goods.life
        left = round(goods.life - before_receipt - hours / 24)
        return {"lot": self.next_lot(), "expiry": self.day(left)}

    def receipt(
        self,
        goods: Sequence[Goods],
        count: int,
        place: Place,
        hours: float | None = None,
    ) -> list[Row]:
        """A truck: unloaded within two hours, put away some hours later, a lot for each item."""
        if hours is None:
            hours = min(self.usual_hours(each) for each in goods)
        number = self.next_receipt()
        lots = [self.lot_of(each, hours) for each in goods]
        rows = []
        for index in range(count):
            kind = index % len(goods)
            unloaded = max(0.1, hours - self.between(0, min(2, hours / 4)))
            rows.append(
                self.pallet(
                    goods[kind],
                    place(goods[kind]),
                    unloaded,
                    moved=unloaded - self.between(0, min(6, unloaded / 2)),
                    receipt=number,
                    **lots[kind],
                )
            )
        return rows

    def mixed_pallet(self, goods: Sequence[Goods], location: str, hours: float) -> list[Row]:
        """Several items on one pallet: one id, one place, one row for each item."""
        pallet, receipt = self.next_pallet(), self.next_receipt()
        return [
            self.pallet(
                each, location, hours, pallet=pallet, receipt=receipt,
                quantity=self.random.randint(2, max(3, each.per_pallet // len(goods))),
            )
            for each in goods
        ]  # fmt: skip

    def _table(self, columns: Mapping[str, str]) -> list[list[Any]]:
        self.random.shuffle(self.rows)
        return [[row.get(name) for name in columns.values()] for row in self.rows]

    def csv(
        self, columns: Mapping[str, str], dates: str, times: str, delimiter: str = ","
    ) -> bytes:
        """The rows under headers; `dates` and `times` are formats of strftime."""

        def text(cell: Any) -> str:
            if isinstance(cell, datetime):
                return cell.strftime(times)
            return (
                cell.strftime(dates)
                if isinstance(cell, date)
                else ""
                if cell is None
                else str(cell)
            )

        target = io.StringIO(newline="")
        writer = csv.writer(target, delimiter=delimiter)
        writer.writerow(columns)
        writer.writerows([[text(cell) for cell in row] for row in self._table(columns)])
        return target.getvalue().encode()

    def xlsx(self, columns: Mapping[str, str], title: str) -> bytes:
        """A sheet with a title above its header, and date cells."""
        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet("Stock")
        sheet.append([title])
        sheet.append([])
        sheet.append(list(columns))
        for row in self._table(columns):
            sheet.append(row)
        target = io.BytesIO()
        book.save(target)
        return target.getvalue()

    def site(
        self,
        filename: str,
        data: bytes,
        layout: Sequence[Mapping[str, Any]] | None,
        catalog: Sequence[Mapping[str, Any]] = (),
    ) -> Site:
        return Site(filename, data, layout, self.as_of, frozenset(self.truth), catalog)
