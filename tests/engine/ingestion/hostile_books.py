"""Small workbooks that would take much, one for each way to hide it. `BOOKS` are all refused.

    python -m tests.engine.ingestion.hostile_books

opens each of them as a function would, and writes for each the seconds of the processor and what
it was refused for; first the seconds that a usual workbook takes, and at last the MiB that all
took above what it took.
"""

import json
import resource
import struct
import sys
import time
from collections.abc import Callable, Sequence

from stockwarden.core.errors import UnreadableFile
from stockwarden.ingestion.formats.workbook import open_workbook
from tests.engine.ingestion import binary_books, files

USUAL = 20_000
"""Rows of a workbook that a warehouse might send."""

_A1 = files.cell("A1")
_TEXT = "x" * 100_000
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KIND = f"{_OFFICE}/worksheet"


def _sheet(cells: str, before: str = "", after: str = "") -> str:
    return f"<worksheet>{before}<sheetData><row>{cells}</row></sheetData>{after}</worksheet>"


def listed_often(cells: str, times: int) -> bytes:
    """An xlsx that lists its one sheet many times."""
    return _book([_sheet(cells)], ["worksheets/sheet1.xml"] * times)


def _book(sheets: Sequence[str], listed: Sequence[str] = (), **parts: str) -> bytes:
    """An xlsx of these sheet parts; `listed` are the targets of its list, else one for each."""
    targets = listed or [f"worksheets/sheet{n}.xml" for n in range(1, len(sheets) + 1)]
    extra = {f"xl/worksheets/sheet{n}.xml": sheet for n, sheet in enumerate(sheets, 1)}
    extra["xl/workbook.xml"] = (
        f'<workbook xmlns:r="{_OFFICE}"><sheets>'
        + "".join(f'<sheet name="S{n}" r:id="r{n}"/>' for n in range(len(targets)))
        + f"</sheets>{parts.pop('names', '')}</workbook>"
    )
    extra["xl/_rels/workbook.xml.rels"] = (
        "<Relationships>"
        + "".join(
            f'<Relationship Id="r{n}" Type="{_KIND}" Target="{t}"/>' for n, t in enumerate(targets)
        )
        + "</Relationships>"
    )
    extra |= {name.replace("__", "/").replace("_", "."): part for name, part in parts.items()}
    return files.raw_xlsx(_A1, extra)


def _table(cell: str, rows: str = "1", columns: str = "1", *, attributes: str = "") -> str:
    return (
        f'<table:table table:name="S"><table:table-row table:number-rows-repeated="{rows}">'
        f'<table:table-cell table:number-columns-repeated="{columns}" {attributes}>{cell}'
        "</table:table-cell></table:table-row></table:table>"
    )


def _text(content: str) -> str:
    return f"<text:p>{content}</text:p>"


_IS_TEXT = 'office:value-type="string"'


def _patched(data: bytes, *changes: tuple[int, bytes]) -> bytes:
    changed = bytearray(data)
    for offset, new in changes:
        changed[offset : offset + len(new)] = new
    return bytes(changed)


def _turning_directory() -> bytes:
    """An xls with a cyclic directory chain."""
    data = binary_books.xls([["a", "b"]])
    links = 512 * (struct.unpack_from("<I", data, 0x4C)[0] + 1)
    directory = struct.unpack_from("<I", data, 0x30)[0]
    return _patched(data, (links + 4 * directory, struct.pack("<I", directory)))


def _two_formats() -> bytes:
    """An unreadable xls followed by a readable xlsx."""
    broken = _patched(binary_books.xls([["a", "b"]]), (0x30, b"\xf9\xff\xff\xff"))
    return broken + _far_sheets(20)


def _entries(count: int) -> bytes:
    line = struct.pack("<4s24xHHH12xI", b"PK\1\2", 6, 0, 0, 0)[:46]
    directory = b"".join(line + b"%06x" % n for n in range(count))
    end = struct.pack(
        "<4s4xHHIIH", b"PK\5\6", count & 0xFFFF, count & 0xFFFF, len(directory), 30, 0
    )
    return b"PK\3\4" + bytes(26) + directory + end


def _far_sheets(count: int, cell: str = "BXX6000") -> bytes:
    return _book([_sheet(files.cell(cell))] * count)


def _shared(refers: str) -> bytes:
    cells = "".join(refers.format(at=f"A{n}") for n in range(1, 3_001))
    return _book([_sheet(cells)], xl__sharedStrings_xml=f"<sst><si><t>{_TEXT}</t></si></sst>")


BOOKS: dict[str, Callable[[], bytes]] = {
    "ods, many tables of one cell": lambda: files.raw_ods(
        _table(_text("x"), "6000", "1999", attributes=_IS_TEXT) * 20
    ),
    "ods, counts with a sign": lambda: files.raw_ods(
        _table(_text("x"), "+90000", "+1999", attributes=_IS_TEXT)
    ),
    "ods, a truth": lambda: files.raw_ods(
        _table(
            "",
            "90000",
            "1999",
            attributes='office:value-type="boolean" office:boolean-value="true"',
        )
    ),
    "ods, formulas without values": lambda: files.raw_ods(
        _table("", "90000", "1999", attributes='table:formula="of:=1"')
    ),
    "ods, a long text repeated": lambda: files.raw_ods(
        _table(_text(_TEXT), "1000", "10", attributes=_IS_TEXT)
    ),
    "ods, a long formula repeated": lambda: files.raw_ods(
        _table("", "1000", "10", attributes=f'table:formula="{_TEXT}"')
    ),
    "ods, blanks that are counted": lambda: files.raw_ods(
        _table(_text('a<text:s text:c="2000000000"/>b'), attributes=_IS_TEXT)
    ),
    "ods, a table in a table": lambda: files.raw_ods(
        _table(_text("x"), "6000000", attributes=_IS_TEXT).removesuffix("</table:table>")
        + _table(_text("x"), "1", "1999", attributes=_IS_TEXT)
        + "</table:table>"
    ),
    "ods, emoji of four bytes": lambda: files.raw_ods(
        _table(_text("abcdefg\U0001f600"), "400000", "12", attributes=_IS_TEXT)
    ),
    "xlsx, one far cell on each sheet": lambda: _far_sheets(20),
    "xlsx, a dimension that says less": lambda: _book(
        [_sheet(files.cell("BXX6000"), before='<dimension ref="A1"/>')] * 20
    ),
    "xlsx, sheets that are just small enough": lambda: _far_sheets(20, "Z450000"),
    "xlsx, a sheet under another name": lambda: _book(
        [_sheet(_A1)],
        ["worksheets/sheet1.xml", "media/image1.png"],
        xl__media__image1_png="no sheet at all " + _sheet(files.cell("BXX9000")),
    ),
    "xlsx, sheets that nothing refers to": lambda: _book(
        [_sheet(files.cell("BXX6000"))] * 20, ["worksheets/sheet1.xml"]
    ),
    "xlsx, more sheets than are read": lambda: _book(
        [_sheet(_A1)], ["worksheets/sheet1.xml"] * 1_001
    ),
    "xlsx, a text that many cells share": lambda: _shared('<c r="{at}" t="s"><v>0</v></c>'),
    "xlsx, the same in another notation": lambda: _shared("<c r='{at}' t='s'><v>0</v></c>"),
    "xlsx, the same, some of it unusual": lambda: _shared("<c r=\"{at}\" t='s'><v>0</v></c>"),
    "xlsx, a row that says where it is": lambda: _book(
        [_sheet('</row><row r="A1000000"><c><v>1</v></c><c r="T1"><v>1</v></c>')]
    ),
    "xlsx, more merged ranges than are read": lambda: _book(
        [_sheet(_A1, after="<mergeCells>" + '<mergeCell ref="A1:B2"/>' * 200_001 + "</mergeCells>")]
    ),
    "xlsx, a cell without an end": lambda: _book(
        [_sheet(f'<c r="A1" t="str"><v>{"x" * 5_000_000}</v></c>')]
    ),
    "xlsx, a tag without an end": lambda: _book([_sheet(f'<c r="A1" {"a=" * 600_000}')]),
    "xlsx, an end of the cells hidden in a value": lambda: _book(
        [_sheet('<c r="XFD9000" q="/>"><v>1</v></c><c r="A1"><v>1</v></c>')]
    ),
    "xls, a far cell": lambda: binary_books.xls([["a"]], far=(65_535, 255)),
    "xls, dimensions that say more": lambda: binary_books.xls([["a"]], dimensions=(46_000, 65_535)),
    "xls, a directory that turns": _turning_directory,
    "xls, an xlsx behind it": _two_formats,
    "xlsb, a far cell": lambda: binary_books.xlsb([["a"]], far=(1_048_575, 16_383)),
    "zip, more entries than are read": lambda: _entries(70_000),
    "zip, as many as it does not say": lambda: _entries(65_536 + 3),
}


def main() -> None:
    books = {name: make() for name, make in BOOKS.items()}
    usual = files.xlsx({"S": [[f"P{row}", "A-01-02", "BOX", float(row)] for row in range(USUAL)]})
    _write(name="usual", seconds=_open(usual)[0])
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for name, data in books.items():
        seconds, answer = _open(data)
        _write(name=name, size=len(data), seconds=seconds, answer=answer)
    mebibytes = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    _write(name="all", MiB=round(mebibytes))


def _open(data: bytes) -> tuple[float, str]:
    start, answer = time.process_time(), "read"
    try:
        for sheet in open_workbook(data, "stock").sheets:
            assert sheet.height
    except UnreadableFile as refused:
        answer = f"{refused.reason}: {refused.detail}"
    return round(time.process_time() - start, 3), answer


def _write(**measurement: str | float) -> None:
    sys.stdout.write(json.dumps(measurement) + "\n")


if __name__ == "__main__":
    main()
