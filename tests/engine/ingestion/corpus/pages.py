"""Heads, feet and totals of printed lists."""

from collections.abc import Iterator, Sequence

from tests.engine.ingestion.corpus.case import (
    FIRST,
    HEADER,
    LAST,
    SECOND,
    Case,
    pallets,
    text,
)

_SAP = ["Lagereinheit", "Lagerplatz", "Material", "Gesamtbestand", "WE-Datum"]
_SAP_MAPPING = dict(
    zip(_SAP, ("pallet_id", "location", "product_code", "quantity", "creation_date"), strict=True)
)


def _sap_rows(first: int, end: int) -> list[list[str]]:
    return [
        [
            f"0034012345{n:010}",
            f"{n % 9 + 10}-{n % 30:02}-01",
            f"100-{n % 5:04}",
            f"{n}36,000",
            f"{n * 7 % 28 + 1:02}.01.2026",
        ]
        for n in range(first, end)
    ]


def _piped(row: Sequence[str]) -> str:
    widths = (20, 10, 10, 14, 10)
    return (
        "|" + "|".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + "|\n"
    )


def pages() -> Iterator[Case]:
    rule = "-" * 70 + "\n"

    def page(number: int, *, head: bool) -> str:
        lines = "".join(map(_piped, _sap_rows(10 * number, 10 * number + 10)))
        top = f"02.03.2026      Platzstatusreport      {number + 1}\n\nLagernummer   001  Mitte\n\n"
        return (top if head else "") + rule + _piped(_SAP) + rule + lines + rule

    listing = page(0, head=True) + page(1, head=True) + page(2, head=True)
    yield Case(
        "a list of SAP with page heads",
        listing.encode(),
        "right",
        mapping=_SAP_MAPPING,
        evaluated=30,
        skipped={"repeated_header": 2, "separator": 8, "note": 4, "blank": 4},
    )
    total = _piped(["*", "", "", "1.234,000", ""])
    yield Case(
        "a list of SAP with totals marked by stars",
        (page(0, head=False) + total).encode(),
        "right",
        mapping=_SAP_MAPPING,
        evaluated=10,
        skipped={"separator": 2, "totals": 1},
    )
    for language, word in (
        ("German", "Summe"),
        ("French", "Total général"),
        ("Italian", "Totale"),
        ("Dutch", "Totaal"),
        ("Polish", "Razem"),
        ("Portuguese", "Soma"),
    ):
        rows = [*FIRST, [word, "", "", "", "", 410]]
        yield Case(
            f"a total in {language}",
            text(rows, ";").encode(),
            "right",
            evaluated=10,
            skipped={"totals": 1},
            silent=True,
        )
    head = [["Stock by location", "", "Page 1"], ["Printed", "", "2026-03-02"]]
    printed = [
        *head,
        HEADER,
        *pallets(0, 10),
        ["Stock by location", "", "Page 2"],
        ["Printed", "", "2026-03-02"],
        *SECOND,
    ]
    yield Case(
        "page heads of two cells",
        text(printed).encode(),
        "right",
        evaluated=15,
        skipped={"page_head": 2, "repeated_header": 1},
        places=LAST,
        silent=True,
    )
    footed = [
        *FIRST,
        ["2026-03-02", "", "", "", "", "Page 1 of 2"],
        *SECOND,
        ["2026-03-02", "", "", "", "", "Page 2 of 2"],
    ]
    yield Case(
        "page feet of two cells",
        text(footed).encode(),
        "right",
        evaluated=15,
        skipped={"page_head": 2, "repeated_header": 1},
        places=LAST,
        silent=True,
    )
