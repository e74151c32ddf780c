"""Further lists on a sheet, and files that were pasted together."""

from collections.abc import Iterator, Sequence
from typing import Any

from tests.engine.ingestion.corpus.case import (
    BOM,
    FIRST,
    HEADER,
    LAST,
    MOVED,
    PLACES,
    SECOND,
    SWAPPED,
    ZONES,
    Case,
    book,
    pallets,
    reordered,
    text,
)


def lists() -> Iterator[Case]:
    def second(name: str, rows: Sequence[Sequence[Any]], **expected: Any) -> Case:
        return Case(name, text(rows).encode(), "right", **expected)

    yield second(
        "the same header again below",
        [*FIRST, *SECOND],
        evaluated=15,
        skipped={"repeated_header": 1},
        places=PLACES | LAST,
        silent=True,
    )
    yield second(
        "the same header again after an empty line",
        [*FIRST, [], *SECOND],
        evaluated=15,
        skipped={"repeated_header": 1, "blank": 1},
        places=LAST,
        silent=True,
    )
    yield second(
        "columns in another order below",
        [*FIRST, *MOVED],
        evaluated=15,
        skipped={"repeated_header": 1},
        places=PLACES | LAST,
        says=("row 12", "5 rows", "own columns"),
    )
    yield second(
        "columns in another order after an empty line",
        [*FIRST, [], *MOVED],
        evaluated=15,
        skipped={"repeated_header": 1, "blank": 1},
        places=PLACES | LAST,
        says=("row 13",),
    )
    yield second(
        "a title above the second list",
        [*FIRST, [], ["Cold store"], *MOVED],
        evaluated=15,
        skipped={"repeated_header": 1, "blank": 1, "note": 1},
        places=LAST,
    )
    yield second(
        "three lists, the order changes twice",
        [*FIRST, *MOVED, HEADER, *pallets(15, 20)],
        evaluated=20,
        skipped={"repeated_header": 2},
        places=PLACES | LAST | {"PLT000015": "016D", "PLT000019": "020D"},
    )
    yield second(
        "a small list first, a long one in another order",
        [HEADER, *pallets(0, 2), *reordered([HEADER, *pallets(2, 90)], SWAPPED)],
        evaluated=90,
        skipped={"repeated_header": 1},
        places={"PLT000000": "001A", "PLT000080": "001A"},
    )
    other_names = ["LPN", "Bin", "Received At", "Receipt", "Product Description", "Qty"]
    yield second(
        "other names for the same columns",
        [*FIRST, [], other_names, *pallets(10, 15)],
        evaluated=15,
        skipped={"repeated_header": 1, "blank": 1},
        places=LAST,
        says=("“LPN” as “Pallet ID”", "“Bin” as “Location”"),
    )
    yield second(
        "other names in another order, without an empty line",
        [*FIRST, *reordered([other_names, *pallets(10, 15)], SWAPPED)],
        evaluated=15,
        skipped={"repeated_header": 1},
        places=LAST,
    )
    yield second(
        "names in capitals in another order",
        [*FIRST, [cell.upper() for cell in MOVED[0]], *MOVED[1:]],
        evaluated=15,
        skipped={"repeated_header": 1},
        places=LAST,
    )
    yield second(
        "another table below",
        [*FIRST, [], *ZONES],
        evaluated=10,
        skipped={"blank": 1, "other_table": 3},
        places=PLACES,
        says=("row 13", "Zone, Manager, Phone", "2 rows are not read"),
    )
    yield second(
        "a list that lacks a field below",
        [*FIRST, [], *reordered(SECOND, (1, 0, 4))],
        evaluated=10,
        skipped={"blank": 1, "other_table": 6},
        places=PLACES,
        says=("row 13", "5 rows are not read"),
    )
    yield second(
        "a list that lacks a field, directly below",
        [*FIRST, *reordered(SECOND, (1, 0, 4))],
        evaluated=10,
        skipped={"other_table": 6},
        places=PLACES,
        says=("5 rows are not read",),
    )
    yield second(
        "inventory again after another table",
        [*FIRST, [], *ZONES, [], *MOVED],
        evaluated=15,
        skipped={"blank": 2, "other_table": 3, "repeated_header": 1},
        places=LAST,
        says=("Zone, Manager, Phone",),
    )
    yield second(
        "another table above",
        [*ZONES, [], *FIRST],
        evaluated=10,
        skipped={"blank": 1, "other_table": 3},
        places=PLACES,
        says=("header in row 1 ", "Zone, Manager, Phone", "are not read"),
    )
    yield second(
        "a list of capacities above",
        [
            ["Location", "Capacity", "Quantity"],
            *[[f"0{n}A", 2, n] for n in range(10, 14)],
            [],
            *FIRST,
        ],
        evaluated=10,
        skipped={"blank": 1, "other_table": 5},
        places=PLACES,
        says=("header in row 1 ", "are not read"),
    )
    yield second(
        "a short list of inventory above the full one",
        [["Pallet ID", "Location"], *[row[:2] for row in pallets(50, 53)], [], *FIRST],
        evaluated=10,
        skipped={"blank": 1, "other_table": 4},
        places=PLACES,
        says=("header in row 1 ", "are not read"),
    )
    summary = [["Row Labels", "Sum of Quantity"], ["Rice", 40], ["Grand Total", 80]]
    yield second(
        "a pivot table below",
        [*FIRST, [], *summary],
        evaluated=10,
        skipped={"blank": 1, "other_table": 3},
        says=("Row Labels, Sum of Quantity", "2 rows are not read"),
    )
    people = [["Zone", "Manager", "Phone", "Mail", "City", "Note"], ["North", "Ana", *"abcd"]]
    yield second(
        "another table directly below",
        [*FIRST, *people, ["South", "Luis", *"efgh"]],
        evaluated=10,
        skipped={"other_table": 3},
        says=("header in row 12 (Zone, Manager", "2 rows are not read"),
    )
    yield second(
        "a legend below",
        [*FIRST, [], ["Legend:"], ["RECV = receiving"], ["Checked"]],
        evaluated=10,
        skipped={"blank": 1, "note": 3},
        silent=True,
    )
    unknown = ["UNKNOWN", "DOCK", "none", "none", "Peas", "none"]
    yield second(
        "rows without values are no list",
        [*FIRST, unknown, ["NOBODY", *unknown[1:]], *pallets(10, 15)],
        evaluated=17,
        places=LAST | {"UNKNOWN": "DOCK"},
    )
    yield second(
        "a larger list with more fields below",
        [*reordered(FIRST[:4], (0, 1, 2)), [], *FIRST],
        evaluated=10,
        skipped={"other_table": 4, "blank": 1},
        says=("header in row 1 ", "3 rows are not read"),
    )
    yield Case(
        "a workbook with a second list in another order",
        book([*FIRST, [None] * 6, *MOVED]),
        "right",
        evaluated=15,
        skipped={"blank": 1, "repeated_header": 1},
        places=PLACES | LAST,
    )
    yield second(
        "titles above are no list",
        [["Inventory report"], ["Warehouse", "Madrid"], [], *FIRST],
        evaluated=10,
        places=PLACES,
        silent=True,
    )
    words = [
        ["UNKNOWN", "DOCK", "2026-02-01 10:00", "R1", "Peas", 4],
        ["NOLABEL", "STAGE", "", "", "Location", 4],
    ]
    yield second(
        "rows of words are rows",
        [*FIRST, *words, *pallets(10, 15)],
        evaluated=17,
        places=LAST | {"UNKNOWN": "DOCK"},
        silent=True,
    )
    yield second(
        "rows of words after an empty line are rows",
        [*FIRST, [], ["UNKNOWN", "DOCK", "", "", "Peas", ""], *pallets(10, 15)],
        evaluated=16,
        skipped={"blank": 1},
        places=LAST | {"UNKNOWN": "DOCK"},
        silent=True,
    )


def pasted() -> Iterator[Case]:
    first, second, moved = text(FIRST), text(SECOND), text(MOVED)
    both = {"evaluated": 15, "skipped": {"repeated_header": 1}, "places": PLACES | LAST}
    yield Case(
        "a byte order mark in each part", (BOM + first + BOM + second).encode(), "right", **both
    )
    yield Case("a mark in the second part only", (first + BOM + second).encode(), "right", **both)
    yield Case("a mark before other columns", (BOM + first + BOM + moved).encode(), "right", **both)
    yield Case(
        "a mark, and no end of the line before it",
        (BOM + first.rstrip() + BOM + second).encode(),
        "right",
        **both,
    )
    yield Case("marks in utf-16", (BOM + first + BOM + second).encode("utf-16-le"), "right", **both)
    yield Case("the end mark of DOS", (first + second).encode() + b"\x1a", "right", **both)
    yield Case(
        "no end of the line before other columns",
        (first.rstrip() + moved).encode(),
        "right",
        evaluated=14,
        rejected={"extra_cells": 1},
        places=LAST,
        says=("row 11", "own columns"),
    )
    yield Case(
        "the second part has another separator",
        (first + text(SECOND, ";")).encode(),
        "right",
        evaluated=10,
        skipped={"other_table": 6},
        places=PLACES,
    )
