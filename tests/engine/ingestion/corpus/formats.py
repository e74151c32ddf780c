"""What separates columns; web pages; hidden rows."""

from collections.abc import Iterator, Sequence
from io import BytesIO

import openpyxl

from tests.engine.ingestion import files
from tests.engine.ingestion.corpus.case import (
    FIRST,
    HEADER,
    PLACES,
    WIDTHS,
    Case,
    fixed,
    pallets,
    text,
)


def filtered(hidden: Sequence[int]) -> bytes:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    for row in [HEADER, *pallets(0, 12)]:
        sheet.append(row)
    for row in hidden:
        sheet.row_dimensions[row].hidden = True
    sheet.auto_filter.ref = sheet.dimensions
    target = BytesIO()
    workbook.save(target)
    return target.getvalue()


def separators() -> Iterator[Case]:
    for sign, said in (
        ("~", False),
        ("^", False),
        ("|", False),
        ("#", True),
        ("§", True),
        ("¦", True),
        ("!", True),
    ):
        yield Case(
            f"separated by {sign}",
            text(FIRST, sign).encode(),
            "right",
            evaluated=10,
            places=PLACES,
            says=(f"“{sign}”",) if said else (),
            silent=not said,
        )
    yield Case(
        "two signs as separator", text(FIRST, "||").encode(), "right", evaluated=10, places=PLACES
    )
    codes = [
        ["pallet_id", "location", "sku", "quantity"],
        *[[f"P{n}", f"A-{n}", f"S{n}", n] for n in range(9)],
    ]
    yield Case(
        "separated by blanks",
        text(codes, " ").encode(),
        "right",
        evaluated=9,
        places={"P3": "A-3"},
        says=("blanks",),
    )
    says = ("fixed width",)
    listing = fixed(FIRST, WIDTHS)
    yield Case("fixed width", listing.encode(), "right", evaluated=10, places=PLACES, says=says)
    titled = "STOCK REPORT OF WAREHOUSE MADRID      2026-03-02\n\n" + listing
    yield Case(
        "fixed width under a title",
        titled.encode(),
        "right",
        evaluated=10,
        places=PLACES,
        says=says,
    )
    narrow = (10, 5, 17, 6, 15, 8)
    ruled = fixed([["Pallet ID", "Loc", "Created", "Rcpt", "Description", "Qty"]], narrow)
    ruled += " ".join("-" * (width - 1) for width in narrow) + "\n" + fixed(pallets(0, 10), narrow)
    yield Case(
        "fixed width under a line of dashes",
        ruled.encode(),
        "right",
        evaluated=10,
        skipped={"separator": 1},
        places=PLACES,
        says=says,
    )
    right = [[f"{row[5]:>8}" if index else "Quantity", *row[:5]] for index, row in enumerate(FIRST)]
    yield Case(
        "fixed width, numbers to the right",
        fixed(right, (11, 12, 10, 20, 16, 18)).encode(),
        "right",
        evaluated=10,
        places=PLACES,
        says=says,
    )
    commas = [[*row[:5], f"{row[5]},50" if index else row[5]] for index, row in enumerate(FIRST)]
    yield Case(
        "fixed width with decimal commas",
        fixed(commas, WIDTHS).encode(),
        "right",
        evaluated=10,
        places=PLACES,
        says=says,
    )
    ragged = "".join(
        f"{'  '.join(map(str, row))}\n"
        for row in [
            ["Pallet", "Place", "Goods"],
            *[["P" * (n + 1), "A" * (9 - n), f"x{'y' * (n * 5 % 7)} z"] for n in range(9)],
        ]
    )
    yield Case(
        "ragged columns of blanks", ragged.encode(), "refused", says=("no_separator", "separator")
    )
    totalled = f"Report\n\n{listing}Total pallets: 10 in this listing of everything\n"
    yield Case(
        "fixed width above a total across the columns",
        totalled.encode(),
        "right",
        evaluated=10,
        skipped={"totals": 1},
        says=says,
    )
    boxed = "".join("| " + " | ".join(f"{cell!s:<18}" for cell in row) + " |\n" for row in FIRST)
    rule = "+" + "+".join("-" * 20 for _ in HEADER) + "+\n"
    lines = boxed.splitlines(keepends=True)
    yield Case(
        "the table of a database's terminal",
        (rule + lines[0] + rule + "".join(lines[1:]) + rule + "10 rows in set\n").encode(),
        "right",
        evaluated=10,
        skipped={"separator": 2, "note": 1},
        places=PLACES,
    )
    yield Case(
        "a table of Markdown",
        (lines[0] + "|" + "---|" * 6 + "\n" + "".join(lines[1:])).encode(),
        "right",
        evaluated=10,
        skipped={"separator": 1},
        places=PLACES,
    )


def markup() -> Iterator[Case]:
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in FIRST)
    pages = {
        "a page": f"<html><body><table>{cells}</table></body></html>",
        "a soup of div": f"< div >\n<table>{cells}</table>",
        "a comment first": f"<!-- exported --><table>{cells}</table>",
        "a style first": f"<style>td {{mso-number-format:'@'}}</style><table>{cells}</table>",
        "a warning of the server first": f"<br />\n<b>Warning</b>: x in y<table>{cells}</table>",
        "a line of text first": f"Stock\n<table>{cells}</table>",
        "capitals": f"<TABLE>{cells.upper()}</TABLE>",
    }
    for name, page in pages.items():
        yield Case(
            f"a web page: {name}", page.encode(), "refused", says=("not_a_spreadsheet", "web page")
        )
    yield Case(
        "a web page in utf-16",
        ("\ufeff" + pages["a page"]).encode("utf-16-le"),
        "refused",
        says=("web page",),
    )
    head = "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\n\r\n"
    archive = head + pages["a page"]
    yield Case("a web archive", archive.encode(), "refused", says=("not_a_spreadsheet", "MHTML"))
    yield Case(
        "a saved web archive",
        f"From: <Saved by Excel>\r\nSubject: Stock\r\n{archive}".encode(),
        "refused",
        says=("MHTML",),
    )
    marked = [
        [*row[:4], "<b>Rice</b>" if index else row[4], row[5]] for index, row in enumerate(FIRST)
    ]
    yield Case(
        "marks in a description are no page",
        text(marked).encode(),
        "right",
        evaluated=10,
        places=PLACES,
        silent=True,
    )


def hidden() -> Iterator[Case]:
    yield Case(
        "a filter is on",
        filtered([3, 4, 8]),
        "right",
        evaluated=12,
        places=PLACES,
        says=("3 rows are hidden", "row 3, 4, 8"),
    )
    yield Case("a filter without hidden rows", filtered([]), "right", evaluated=12, silent=True)
    row = "".join
    lines = [
        row(
            '<table:table-cell office:value-type="string">'
            f"<text:p>{cell}</text:p></table:table-cell>"
            for cell in line
        )
        for line in FIRST
    ]
    hidden = ' table:visibility="filter"'
    content = row(
        f"<table:table-row{hidden if index in {2, 5} else ''}>{line}</table:table-row>"
        for index, line in enumerate(lines)
    )
    yield Case(
        "a filter in an ods",
        files.raw_ods(f'<table:table table:name="S">{content}</table:table>'),
        "right",
        evaluated=10,
        places=PLACES,
        says=("2 rows are hidden", "row 3, 6"),
    )
