"""Files whose structure is not a plain table, as systems write them, with what must come of each.

`right`: read, with these rows, locations of some pallets, and words in the notes. `asked`: these
fields are asked about. `refused`: with this reason, and words in the detail.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from tests.engine.ingestion import files

HEADER = ["Pallet ID", "Location", "Creation Date", "Receipt Number", "Description", "Quantity"]
_GOODS = ("Apple juice 1L", "Rice 25kg", "Steel bolts")


@dataclass(frozen=True)
class Case:
    name: str
    data: bytes
    outcome: Literal["right", "asked", "refused"]
    evaluated: int = 0
    skipped: dict[str, int] = field(default_factory=dict)
    rejected: dict[str, int] = field(default_factory=dict)
    unread: dict[str, int] = field(default_factory=dict)
    places: dict[str, str | None] = field(default_factory=dict)
    """{pallet: its location}."""
    says: tuple[str, ...] = ()
    silent: bool = False
    """Whether no note may be about the structure."""
    asks: tuple[str, ...] = ()
    mapping: dict[str, str] | None = None


def pallet(number: int) -> list[Any]:
    """A row in the order of HEADER."""
    day, hour = 1 + number % 28, number % 24
    return [
        f"PLT{number:06}",
        f"{1 + number % 40:03}{'ABCD'[number % 4]}",
        f"2026-02-{day:02} {hour:02}:00",
        f"R{number // 6:04}",
        _GOODS[number % 3],
        40 + number % 3,
    ]


def pallets(first: int, end: int) -> list[list[Any]]:
    return [pallet(number) for number in range(first, end)]


def reordered(rows: Sequence[Sequence[Any]], order: Sequence[int]) -> list[list[Any]]:
    return [[row[index] for index in order] for row in rows]


def text(rows: Sequence[Sequence[Any]], delimiter: str = ",", end: str = "\n") -> str:
    return "".join(delimiter.join(map(str, row)) + end for row in rows)


def fixed(rows: Sequence[Sequence[Any]], widths: Sequence[int]) -> str:
    lines = (
        "".join(str(cell).ljust(width) for cell, width in zip(row, widths, strict=True))
        for row in rows
    )
    return "".join(f"{line.rstrip()}\n" for line in lines)


def book(rows: Sequence[Sequence[Any]], **options: Any) -> bytes:
    return files.xlsx({"Sheet1": rows}, **options)


PLACES = {"PLT000000": "001A", "PLT000003": "004D"}
LAST = {"PLT000012": "013A", "PLT000014": "015C"}
SWAPPED = (1, 0, 4, 5, 2, 3)
FIRST = [HEADER, *pallets(0, 10)]
SECOND = [HEADER, *pallets(10, 15)]
MOVED = reordered(SECOND, SWAPPED)
ZONES = [
    ["Zone", "Manager", "Phone"],
    ["North", "Ana", "600100100"],
    ["South", "Luis", "600100101"],
]
BOM = "\ufeff"
WIDTHS = (12, 10, 20, 16, 18, 8)
