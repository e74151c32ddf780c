"""Columns apart, and groups of rows."""

from collections.abc import Iterator

from tests.engine.ingestion.corpus.case import (
    FIRST,
    HEADER,
    PLACES,
    Case,
    book,
    pallets,
    text,
)


def columns() -> Iterator[Case]:
    spaced = [[row[0], row[1], None, row[2], None, row[3], row[4], None, row[5]] for row in FIRST]
    yield Case("spacer columns", book(spaced), "right", evaluated=10, places=PLACES, silent=True)
    yield Case(
        "spacer columns in text",
        text([["" if c is None else c for c in row] for row in spaced], ";").encode(),
        "right",
        evaluated=10,
        places=PLACES,
        silent=True,
    )
    some = [
        [*row[:2], None, row[2] if index in {0, 3, 4, 9, 10} else None]
        for index, row in enumerate(FIRST)
    ]
    yield Case("a sparse column beyond a spacer", book(some), "right", evaluated=10, silent=True)
    beside = [
        [
            *row,
            None,
            *(
                ["Supplier", "City"]
                if not index
                else [f"S{index}", "Vigo"]
                if index < 5
                else [None] * 2
            ),
        ]
        for index, row in enumerate(FIRST)
    ]
    yield Case(
        "another table beside",
        book(beside),
        "right",
        evaluated=10,
        places=PLACES,
        says=("Columns H to I stand beside",),
    )
    yield Case(
        "two inventories side by side",
        book([[*a, None, *b] for a, b in zip(FIRST, [HEADER, *pallets(20, 30)], strict=True)]),
        "right",
        evaluated=10,
        places=PLACES,
        says=("Columns H to M stand beside",),
    )
    offset = [
        [row[0], row[1], None, row[2]] if not index else [row[0], None, row[1], row[2]]
        for index, row in enumerate(FIRST)
    ]
    yield Case(
        "a label beside its values",
        book(offset),
        "right",
        evaluated=10,
        places=PLACES,
        says=("“Location” stands over the empty column B",),
    )
    left = [
        [None, row[0], None, row[1], None, row[2]]
        if not index
        else [row[0], None, row[1], None, row[2], None]
        for index, row in enumerate(FIRST)
    ]
    yield Case(
        "all labels to the right of their values",
        book(left),
        "right",
        evaluated=10,
        places=PLACES,
        says=("“Location” stands over the empty column D: it is taken as the name of column C",),
    )


def groups() -> Iterator[Case]:
    header = ["Location", "Pallet ID", "Creation Date", "Description", "Quantity"]
    rows = [
        [f"A-{place:02}" if not index else None, f"P{place}{index}", "2026-02-01 10:00", "Peas", 5]
        for place in range(6)
        for index in range(3)
    ]
    places = {"P00": "A-00", "P02": "A-00", "P31": "A-03"}
    yield Case(
        "locations in the first row of their group",
        book([header, *rows]),
        "right",
        evaluated=18,
        places=places,
        says=("“Location” is filled once", "12 rows take"),
    )
    yield Case(
        "merged locations",
        book([header, *rows], merges=[f"A{2 + 3 * n}:A{4 + 3 * n}" for n in range(6)]),
        "right",
        evaluated=18,
        places=places,
        says=("“Location” has merged cells", "12 rows take"),
    )
    pallet_rows = [
        [
            f"P{number}" if not index else "",
            f"A-{number:02}" if not index else "",
            f"S-{index}",
            "Peas",
            5,
        ]
        for number in range(6)
        for index in range(2)
    ]
    yield Case(
        "pallet and location in the first row of several items",
        text([["Pallet ID", "Location", "SKU", "Description", "Quantity"], *pallet_rows]).encode(),
        "right",
        evaluated=12,
        places={"P0": "A-00", "P5": "A-05"},
        says=("“Pallet ID” is filled once", "“Location” is"),
    )
    with_totals = [
        line
        for place in range(6)
        for line in [
            *rows[3 * place : 3 * place + 3],
            [f"A-{place:02} Total", None, None, None, 15],
        ]
    ]
    yield Case(
        "groups with subtotals",
        book([header, *with_totals, ["Grand Total", None, None, None, 90]]),
        "right",
        evaluated=18,
        skipped={"totals": 7},
        places=places,
    )
    headed = [
        line
        for place in range(6)
        for line in [
            [f"Location: A-{place:02}", None, None, None, None],
            *[[None, *row[1:]] for row in rows[3 * place : 3 * place + 3]],
        ]
    ]
    yield Case(
        "a heading above each group",
        book([header, *headed]),
        "right",
        evaluated=18,
        skipped={"group_heading": 6},
        places=places,
        says=("“Location” is filled once",),
    )
    missing = [
        [None if number in {3, 7} else row[1], row[0], *row[2:]]
        for number, row in enumerate(pallets(0, 12))
    ]
    yield Case(
        "missing locations stay missing",
        book([[HEADER[1], HEADER[0], *HEADER[2:]], *missing]),
        "right",
        evaluated=12,
        places={"PLT000003": None, "PLT000002": "003C"},
        silent=True,
    )
    some_pallets = [
        [row[0] if number % 2 == 0 else None, *row[1:]] for number, row in enumerate(pallets(0, 12))
    ]
    yield Case(
        "loose stock takes no pallet from above",
        book([HEADER, *some_pallets]),
        "right",
        evaluated=12,
        silent=True,
    )
    odoo = ["Package", "Location", "Product", "Lot/Serial Number", "Quantity", "Incoming Date"]
    mapping = {
        "Package": "pallet_id",
        "Location": "location",
        "Product": "description",
        "Quantity": "quantity",
        "Incoming Date": "creation_date",
    }
    stock = [
        line
        for place in range(3)
        for line in [
            [f"WH/Stock/A-{place:02} (4)", None, None, None, 160, None],
            *[
                [
                    f"PACK{place}{n}",
                    f"WH/Stock/A-{place:02}",
                    "Juice",
                    f"L{n}",
                    40,
                    "2026-02-01 10:00:00",
                ]
                for n in range(4)
            ],
        ]
    ]
    yield Case(
        "groups with a count",
        book([odoo, *stock]),
        "right",
        mapping=mapping,
        evaluated=12,
        skipped={"group_heading": 3},
        places={"PACK00": "WH/Stock/A-00"},
    )
    nested = [["Juice (12)", None, None, None, 480, None], *stock]
    yield Case(
        "nested groups with counts",
        book([odoo, *nested]),
        "right",
        mapping=mapping,
        evaluated=12,
        skipped={"group_heading": 4},
    )
    plain = [[str(line[0]).removesuffix(" (4)"), *line[1:]] for line in stock]
    yield Case(
        "groups with sums and no count",
        book([odoo, *plain]),
        "right",
        mapping=mapping,
        evaluated=12,
        skipped={"group_heading": 3},
    )
