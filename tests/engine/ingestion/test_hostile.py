"""Broken, foreign and hostile files: refused with a reason, at little cost."""

import io
import struct
import time
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockwarden.core.errors import UnreadableFile
from stockwarden.ingestion.formats.workbook import SafetyLimits, Workbook, open_workbook
from stockwarden.ingestion.inspection import inspect_workbook
from tests.engine.ingestion import files
from tests.engine.ingestion.compound import compound_file
from tests.support.examples import examples

_GOOD = files.xlsx({"S": [["Pallet ID", "Location"], ["P1", "A-01"], ["P2", "A-02"]]})
_HTML = b"<html><body><table><tr><td>Pallet</td></tr></table></body></html>"


def _zip(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


_REFUSED = {
    "nothing": (b"", "empty"),
    "blanks": (b" \r\n\t ", "empty"),
    "pdf": (b"%PDF-1.7 ...", "not_a_spreadsheet"),
    "png": (b"\x89PNG\r\n\x1a\n....", "not_a_spreadsheet"),
    "html as xls": (_HTML, "not_a_spreadsheet"),
    "html with a mark": (b"\xef\xbb\xbf \n<!DOCTYPE html>" + _HTML, "not_a_spreadsheet"),
    "json": (b'{"pallet": 1}', "not_a_spreadsheet"),
    "xml": (b'<?xml version="1.0"?><Workbook/>', "not_a_spreadsheet"),
    "binary": (bytes(range(256)) * 20, "not_a_spreadsheet"),
    "zip of something": (_zip({"photo.jpg": b"x"}), "not_a_spreadsheet"),
    "empty zip": (_zip({}), "empty"),
    "word document": (_zip({"word/document.xml": b"<x/>"}), "not_a_spreadsheet"),
    "truncated": (_GOOD[: len(_GOOD) // 2], "corrupted"),
    "truncated directory": (_GOOD[:-10], "corrupted"),
    "encrypted": (compound_file({"EncryptedPackage": b"x" * 5000}), "encrypted"),
    "word 97 document": (compound_file({"WordDocument": b"x" * 5000}), "not_a_spreadsheet"),
    "ole header only": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "corrupted"),
    "xls with nonsense": (compound_file({"Workbook": b"\x01" * 5000}), "corrupted"),
    "no rows": (files.xlsx({"S": []}), "no_rows"),
    "workbook without sheet": (_zip({"xl/workbook.xml": b"<workbook/>"}), "corrupted"),
}


@pytest.mark.parametrize("name", list(_REFUSED))
def test_refused(name: str) -> None:
    data, reason = _REFUSED[name]
    with pytest.raises(UnreadableFile) as refused:
        inspect_workbook(open_workbook(data, "stock.xlsx"))
    assert refused.value.reason == reason
    assert refused.value.detail.endswith(".")


def test_the_name_is_not_believed() -> None:
    assert open_workbook(_GOOD, "stock.csv").kind == "xlsx"
    assert open_workbook(b"Pallet ID,Location\nP1,A\n", "stock.xlsx").kind == "text"


def test_macros_are_no_obstacle() -> None:
    data = files.raw_xlsx(
        f'<row r="1">{files.cell("A1")}</row>', {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"}
    )
    assert open_workbook(data, "stock.xlsm").sheets[0].height == 1


_SPARSE = {
    "far corner": files.cell("A1") + files.cell("XFD1048576"),
    "far column": files.cell("A1") + files.cell("XFD1"),
    "row beyond the format": files.cell("A1") + files.cell("A99999999"),
    "single quotes": files.cell("A1") + "<c r='XFD1048576'><v>1</v></c>",
    "blanks in the tag": files.cell("A1") + '<c  s="1"\n r = "XFD1048576" ><v>1</v></c>',
    "a namespace prefix": files.cell("A1") + '<x:c r="XFD1048576"><v>1</v></x:c>',
    "lower case": files.cell("A1") + '<c r="xfd1048576"><v>1</v></c>',
    "no reference, far row": '<row r="90000000"><c><v>1</v></c></row>',
}


@pytest.mark.parametrize("name", list(_SPARSE))
def test_a_few_cells_far_apart_are_refused_before_they_take_memory(name: str) -> None:
    data = files.raw_xlsx(f'<row r="1">{_SPARSE[name]}</row>')
    with pytest.raises(UnreadableFile) as refused:
        _ = open_workbook(data, "stock.xlsx").sheets
    assert refused.value.reason in {"too_large", "corrupted"}


def test_the_sheet_may_hide_behind_another_name() -> None:
    sheet = files.cell("A1") + files.cell("XFD1048576")
    xml = f'<worksheet><sheetData><row r="1">{sheet}</row></sheetData></worksheet>'
    data = files.raw_xlsx(files.cell("A1"), {"docProps/thumbnail.jpeg": xml})
    with pytest.raises(UnreadableFile):
        open_workbook(data, "stock.xlsx")


@pytest.mark.parametrize(
    "content",
    [
        '<table:table table:name="S"><table:table-row table:number-rows-repeated="1000000">'
        '<table:table-cell table:number-columns-repeated="16000" office:value-type="string">'
        "<text:p>x</text:p></table:table-cell></table:table-row></table:table>",
        '<table:table table:name="S"><table:table-row><table:table-cell '
        'table:number-columns-repeated="90000"/><table:table-cell office:value-type="string">'
        "<text:p>x</text:p></table:table-cell></table:table-row></table:table>",
    ],
)
def test_repeated_cells_of_an_open_document_are_counted(content: str) -> None:
    with pytest.raises(UnreadableFile) as refused:
        open_workbook(files.raw_ods(content), "stock.ods")
    assert refused.value.reason == "too_large"


def test_empty_repeated_rows_of_an_open_document_are_not() -> None:
    cells = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
        for text in ("Pallet ID", "Location")
    )
    content = (
        f'<table:table table:name="S"><table:table-row>{cells}<table:table-cell '
        'table:number-columns-repeated="16382"/></table:table-row><table:table-row '
        'table:number-rows-repeated="1048575"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row></table:table>'
    )
    (sheet,) = open_workbook(files.raw_ods(content), "stock.ods").sheets
    assert (sheet.height, sheet.width) == (1, 2)


def test_a_zip_bomb_is_refused_by_what_it_says() -> None:
    data = _zip({"xl/workbook.xml": b"<x/>", "xl/media/bomb.bin": b"\0" * 30_000_000})
    with pytest.raises(UnreadableFile) as refused:
        open_workbook(data, "stock.xlsx", SafetyLimits(max_expanded=10_000_000))
    assert refused.value.reason == "too_large"


def test_a_zip_bomb_is_refused_by_what_it_does() -> None:
    data = files.raw_xlsx(" " * 20_000_000)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    forged = data.replace(struct.pack("<I", size), struct.pack("<I", 100))
    assert forged != data
    with pytest.raises(UnreadableFile) as refused:
        open_workbook(forged, "stock.xlsx", SafetyLimits(max_expanded=10_000_000))
    assert refused.value.reason == "too_large"


def test_too_many_entries_are_refused() -> None:
    data = _zip({"xl/workbook.xml": b"<x/>", **{f"x/{n}": b"" for n in range(50)}})
    with pytest.raises(UnreadableFile) as refused:
        open_workbook(data, "stock.xlsx", SafetyLimits(max_entries=20))
    assert refused.value.reason == "too_large"


def test_limits_of_size_cells_and_columns() -> None:
    rows = [["Pallet ID", "Location"], *[[f"P{n}", "A"] for n in range(100)]]
    for limits in (
        SafetyLimits(max_bytes=100),
        SafetyLimits(max_cells=100),
        SafetyLimits(max_columns=1),
    ):
        for data in (files.xlsx({"S": rows}), files.csv_bytes(rows)):
            with pytest.raises(UnreadableFile) as refused:
                _ = open_workbook(data, "stock", limits).sheets
            assert refused.value.reason == "too_large"


_LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha">'
    + "".join(
        f'<!ENTITY {name} "{f"&{previous};" * 10}">'
        for previous, name in zip("abcdefghi", "bcdefghij", strict=True)
    )
    + ']><coreProperties xmlns:d="x"><d:created>&j;</d:created></coreProperties>'
)


def test_entities_in_properties_are_not_expanded() -> None:
    data = files.raw_xlsx(f'<row r="1">{files.cell("A1")}</row>', {"docProps/core.xml": _LAUGHS})
    started = time.perf_counter()
    workbook = open_workbook(data, "stock.xlsx")
    assert workbook.created is None
    assert time.perf_counter() - started < 2


def test_ten_thousand_columns_and_a_huge_cell() -> None:
    wide = [[f"h{n}" for n in range(10_000)], ["x"] * 10_000]
    with pytest.raises(UnreadableFile) as refused:
        open_workbook(files.csv_bytes(wide), "stock.csv")
    assert refused.value.reason == "too_large"
    wide = [["Pallet ID", "Location", *[f"h{n}" for n in range(1_500)]], ["P1", "A", *["x"] * 1500]]
    assert not inspect_workbook(open_workbook(files.csv_bytes(wide), "stock.csv")).questions
    huge = [["Pallet ID", "Location", "Description"], ["P1", "A", "x" * 900_000], ["P2", "B", "y"]]
    inspection = inspect_workbook(open_workbook(files.csv_bytes(huge), "stock.csv"))
    assert inspection.rows.total == 2


def _parts(workbook: Workbook) -> None:
    for sheet in workbook.sheets:
        _ = sheet.rows
    inspect_workbook(workbook).to_document()


@given(st.data())
@examples(120)
def test_damaged_files_are_refused_or_read(data: st.DataObject) -> None:
    broken = bytearray(_GOOD)
    for _ in range(data.draw(st.integers(1, 6))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    end = data.draw(st.integers(0, len(broken)))
    for candidate in (bytes(broken), bytes(broken[:end])):
        try:
            _parts(open_workbook(candidate, "stock.xlsx"))
        except UnreadableFile as refused:
            assert refused.reason


_STARTS = [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"a,b\n"]


@given(st.binary(max_size=400), st.sampled_from(_STARTS))
def test_any_bytes_are_refused_or_read(data: bytes, start: bytes) -> None:
    try:
        _parts(open_workbook(start + data, "stock"))
    except UnreadableFile as refused:
        assert refused.reason
