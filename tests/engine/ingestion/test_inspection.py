"""Inspection: choices, questions, preview; resolution of as_of; misleading headers."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockwarden.core.errors import Invalid
from stockwarden.ingestion.as_of import AsOf, resolve_as_of
from stockwarden.ingestion.formats.cell_references import column_letter, column_number
from stockwarden.ingestion.formats.workbook import Workbook, open_workbook
from stockwarden.ingestion.inspection import inspect_workbook
from stockwarden.ingestion.mapping.fields import FIELDS
from stockwarden.ingestion.mapping.names import name_scores
from stockwarden.ingestion.mapping.user_choice import UserChoice
from stockwarden.ingestion.reading import read_stock
from tests.engine.ingestion import files

AS_OF = datetime(2025, 2, 1, tzinfo=UTC)
_ROWS = [
    ["Pallet ID", "Location", "Created", "Notes/x"],
    ["P1", "A-01", "01/02/2025", "a"],
    ["P2", "A-02", "02/03/2025", "b"],
]


def _workbook() -> Workbook:
    return open_workbook(files.xlsx({"Stock": _ROWS}), "stock.xlsx")


_WRONG = [
    ({"column_mapping": {"Palet": "pallet_id"}}, ["/column_mapping/Palet"]),
    ({"column_mapping": {"Notes/x": "color"}}, ["/column_mapping/Notes~1x"]),
    (
        {"column_mapping": {"Pallet ID": "pallet_id", "Created": "pallet_id", "X": "location"}},
        ["/column_mapping/Created", "/column_mapping/X"],
    ),
    (
        {"column_mapping": {"Created": "x", "created ": "creation_date"}},
        ["/column_mapping/Created"],
    ),
    ({"sheet": "Other"}, ["/sheet"]),
    ({"header_row": 99}, ["/header_row"]),
    ({"header_row": -1}, ["/header_row"]),
    ({"date_order": "YDM"}, ["/date_order"]),
]


@pytest.mark.parametrize(("choice", "pointers"), _WRONG)
def test_a_choice_that_does_not_fit_names_where(choice: dict, pointers: list[str]) -> None:
    with pytest.raises(Invalid) as refused:
        inspect_workbook(_workbook(), choice=UserChoice(**choice))
    assert [error.pointer for error in refused.value.errors] == pointers


def test_a_question_is_answered_and_the_answer_is_kept() -> None:
    workbook = _workbook()
    inspection = inspect_workbook(workbook)
    (question,) = inspection.questions
    assert (question.id, question.kind, question.field, question.column) == (
        "date_order", "date_order", "creation_date", "Created",
    )  # fmt: skip
    assert "01/02/2025" in question.detail
    assert [(choice.value, choice.samples[0]) for choice in question.choices] == [
        ("DMY", "01/02/2025 = 2025-02-01"), ("MDY", "01/02/2025 = 2025-01-02"),
    ]  # fmt: skip
    answered = inspect_workbook(
        workbook, choice=UserChoice(column_mapping=inspection.mapping, date_order="MDY")
    )
    assert not answered.questions
    intake = read_stock(workbook, answered, as_of=AS_OF, timezone="Europe/Madrid")
    assert intake.frame["creation_date"].dt.strftime("%m-%d %H").tolist() == [
        "01-01 23",
        "02-02 23",
    ]
    assert intake.raw["creation_date"][0] == "01/02/2025"
    assert intake.headers["creation_date"] == ("Created", "C")


def test_the_preview_is_json() -> None:
    rows = [*_ROWS, ["P3", "A-03", datetime(2025, 1, 9, 10), True]]
    inspection = inspect_workbook(open_workbook(files.xlsx({"Stock": rows}), "stock.xlsx"))
    document = json.loads(json.dumps(inspection.to_document()))
    assert document["sheet"] == "Stock"
    assert document["sheets"] == [{"name": "Stock", "rows": 4, "columns": 4}]
    assert document["columns"][0]["name"] == "Pallet ID"
    assert document["column_mapping"]["Location"] == "location"
    assert document["sample_rows"][2] == ["P3", "A-03", "2025-01-09 10:00:00", "True"]
    assert document["questions"][0].keys() == {
        "id", "kind", "detail", "choices", "field", "column", "optional", "problem",
    }  # fmt: skip
    assert document["questions"][0]["choices"][0].keys() == {"value", "label", "samples"}


_UNSURE = b"hola1,hola2,hola3,hola4\n" + b"".join(
    b"P-%04d,RECV-%02d,2025-01-02T0%d:00,Apples\n" % (n, n % 3, n % 9) for n in range(12)
)
_NAMED = b"""Pallet ID;Spot;Received At;Description
P-0001;RECV-01;2025-01-02;Apples
P-0002;RECV-02;2025-02-03;Pears
"""


def _asked(data: bytes, **choice: Any) -> tuple[dict[str, bool], dict[str, str]]:
    """({question id: optional}, column mapping) of an inspection."""
    inspection = inspect_workbook(open_workbook(data, "stock.csv"), choice=UserChoice(**choice))
    return {question.id: question.optional for question in inspection.questions}, dict(
        inspection.mapping
    )


def test_each_field_has_a_question_with_the_columns_to_choose_from() -> None:
    inspection = inspect_workbook(open_workbook(_UNSURE, "stock.csv"))
    by_id = {item.id: item for item in inspection.questions}
    location, creation_date = by_id["field:location"], by_id["field:creation_date"]
    assert (location.kind, location.field, location.optional) == ("field", "location", False)
    assert {item.value: item.samples for item in location.choices}["hola2"] == (
        "RECV-00", "RECV-01", "RECV-02",
    )  # fmt: skip
    assert location.choices[0].value == location.column == "hola2"
    assert creation_date.optional
    assert creation_date.choices[-1].value == ""


def test_answers_complete_what_was_sure() -> None:
    questions, mapping = _asked(_NAMED)
    assert questions == {"field:location": False}
    assert "Spot" not in mapping or mapping["Spot"] == "location"
    questions, mapping = _asked(_NAMED, fields={"location": "spot "}, answered=True)
    assert not questions
    assert mapping == {
        "Pallet ID": "pallet_id", "Spot": "location", "Received At": "creation_date",
        "Description": "description",
    }  # fmt: skip


def test_what_is_optional_may_be_left_out_or_denied() -> None:
    questions, _ = _asked(_UNSURE)
    assert questions["field:location"] is False
    assert questions["field:pallet_id"] is questions["field:creation_date"] is True
    required = {"pallet_id": "hola1", "location": "hola2"}
    questions, mapping = _asked(_UNSURE, fields={"pallet_id": "hola1"}, answered=True)
    assert questions["field:location"] is False
    assert mapping["hola1"] == "pallet_id"
    questions, mapping = _asked(_UNSURE, fields=required, answered=True)
    assert not questions
    assert mapping == {"hola1": "pallet_id", "hola2": "location"}
    questions, mapping = _asked(_UNSURE, fields={**required, "creation_date": None})
    assert "field:creation_date" not in questions
    assert "hola3" not in mapping


def test_without_pallet_ids_an_item_is_required() -> None:
    denied = {"pallet_id": None, "location": "hola2"}
    questions, _ = _asked(_UNSURE, fields=denied, answered=True)
    assert next(iter(questions)) == "field:product_code"
    assert "field:pallet_id" not in questions
    items = {**denied, "product_code": "hola1"}
    questions, mapping = _asked(_UNSURE, fields=items, answered=True)
    assert not questions
    assert mapping == {"hola1": "product_code", "hola2": "location"}


def test_an_answer_goes_over_a_mapping_and_leaves_its_rest() -> None:
    column_mapping = {"Pallet ID": "pallet_id", "Spot": "location", "Description": "receipt_number"}
    answers = {"receipt_number": None, "description": "Description"}
    questions, mapping = _asked(_NAMED, column_mapping=column_mapping, fields=answers)
    assert (questions, mapping) == (
        {},
        {
            "Pallet ID": "pallet_id",
            "Spot": "location",
            "Received At": "creation_date",
            "Description": "description",
        },
    )


def test_exactly_what_is_given_and_nothing_beside_it() -> None:
    questions, mapping = _asked(_NAMED, fields={"location": "Spot"}, exact=True)
    assert questions == {"field:pallet_id": False}
    assert mapping == {"Pallet ID": "pallet_id", "Spot": "location"}


@pytest.mark.parametrize(
    ("fields", "pointers"),
    [
        ({"location": "Nowhere"}, ["/answers/field:location"]),
        ({"pallet_id": "hola1", "location": "hola1"}, ["/answers/field:location"]),
    ],
)
def test_an_answer_that_does_not_fit_names_its_question(
    fields: dict[str, str], pointers: list[str]
) -> None:
    with pytest.raises(Invalid) as refused:
        _asked(_UNSURE, fields=fields)
    assert [error.pointer for error in refused.value.errors] == pointers


def test_a_layout_helps_to_find_the_location() -> None:
    rows = [
        ["Pallet ID", "Spot", "Other"],
        *[[f"P{n}", f"{n % 7:03d}A", f"{n % 5:03d}B"] for n in range(40)],
    ]
    workbook = open_workbook(files.xlsx({"S": rows}), "stock.xlsx")
    assert inspect_workbook(workbook).questions
    inspection = inspect_workbook(
        workbook, known_location=lambda codes: [code.endswith("A") for code in codes]
    )
    assert inspection.mapping["Spot"] == "location"
    assert not inspection.questions


def test_an_inspection_with_open_questions_is_not_read() -> None:
    workbook = open_workbook(b"a,b\n1,2\n", "x.csv")
    with pytest.raises(ValueError, match="open questions"):
        read_stock(workbook, inspect_workbook(workbook), as_of=AS_OF)
    with pytest.raises(ValueError, match="time zone"):
        read_stock(workbook, inspect_workbook(workbook), as_of=datetime(2025, 2, 1))
    other = _workbook()
    answered = inspect_workbook(other, choice=UserChoice(date_order="DMY"))
    with pytest.raises(ValueError, match="another workbook"):
        read_stock(_workbook(), answered, as_of=AS_OF)
    with pytest.raises(Invalid):
        read_stock(other, answered, as_of=AS_OF, timezone="Europe/Nowhere")


_MOMENTS = [
    ("2025-10-09T18:44:57", "Europe/Madrid", "2025-10-09T16:44:57+00:00", "given"),
    ("2025-10-09 18:44:57", "UTC", "2025-10-09T18:44:57+00:00", "given"),
    ("2025-10-09T18:44:57+02:00", "America/Lima", "2025-10-09T16:44:57+00:00", "given"),
    ("2025-10-09T18:44:57Z", "America/Lima", "2025-10-09T18:44:57+00:00", "given"),
    (None, "UTC", "2024-05-06T07:08:09+00:00", "file_modified"),
]


@pytest.mark.parametrize(("given_text", "timezone", "moment", "source"), _MOMENTS)
def test_as_of(given_text: str | None, timezone: str, moment: str, source: str) -> None:
    core = (
        '<cp:coreProperties xmlns:cp="c" xmlns:dcterms="d"><dcterms:created>2024-01-01T00:00:00Z'
        "</dcterms:created><dcterms:modified>2024-05-06T07:08:09Z</dcterms:modified>"
        "</cp:coreProperties>"
    )
    data = files.raw_xlsx(f'<row r="1">{files.cell("A1")}</row>', {"docProps/core.xml": core})
    workbook = open_workbook(data, "stock.xlsx")
    uploaded = datetime(2026, 1, 1, tzinfo=UTC)
    found = resolve_as_of(given_text, workbook, uploaded, timezone)
    assert found.moment.astimezone(UTC).isoformat() == moment
    assert (found.source, found.note) == (source, "")


def test_as_of_falls_back_to_the_upload_and_refuses_nonsense() -> None:
    uploaded = datetime(2026, 1, 1, tzinfo=UTC)
    workbook = open_workbook(b"a,b\n1,2\n", "x.csv")
    assert resolve_as_of(None, workbook, uploaded) == AsOf(uploaded, "upload")
    meta = (
        '<office:document-meta xmlns:office="o" xmlns:dc="d"><dc:date>'
        "2024-05-06T07:08:09.123456789</dc:date></office:document-meta>"
    )
    cell = '<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>'
    table = f'<table:table table:name="S"><table:table-row>{cell}</table:table-row></table:table>'
    ods = open_workbook(files.raw_ods(table, meta), "stock.ods")
    found = resolve_as_of(None, ods, uploaded, "Europe/Madrid")
    assert (found.moment.isoformat(), found.source) == (
        "2024-05-06T07:08:09.123456+02:00",
        "file_modified",
    )
    for text, timezone, pointer in (("yesterday", "UTC", "/as_of"), (None, "Mars", "/timezone")):
        with pytest.raises(Invalid) as refused:
            resolve_as_of(text, workbook, uploaded, timezone)
        assert refused.value.errors[0].pointer == pointer


def test_moments_out_of_our_time_are_passed_over_or_refused() -> None:
    uploaded = datetime(2026, 1, 1, tzinfo=UTC)
    workbook = _workbook()
    workbook.modified, workbook.created = datetime(1601, 1, 1), datetime(2025, 3, 4, tzinfo=UTC)
    assert resolve_as_of(None, workbook, uploaded) == AsOf(workbook.created, "file_created")
    workbook.created = datetime(9999, 12, 31)
    assert resolve_as_of(None, workbook, uploaded) == AsOf(uploaded, "upload")
    with pytest.raises(Invalid) as refused:
        resolve_as_of("2300-01-01", workbook, uploaded)
    assert refused.value.errors[0].pointer == "/as_of"


_MEANT = {
    "pallet_id": ["PALLET_NO", "Nº Pallet", "LPN", "Licence Plate", "Nro. Palet", "Handling Unit"],
    "location": ["Loc.", "Bin Location", "Cód. Ubic.", "UBICACION", "Locaton", "storage bin"],
    "creation_date": ["Receipt Date", "Rcvd Date", "Fecha de Entrada", "creationDate", "F. alta"],
    "receipt_number": ["Receipt #", "PO Number", "Albarán"],
    "lot": ["Batch", "Nº Lote"],
    "description": ["Item Desc.", "Product name", "Descripción", "Material Description"],
    "expiry_date": ["Best before", "Exp. Date", "Fecha caducidad", "SLED/BBD"],
    "last_movement_date": ["Last Movement", "Fecha último movimiento"],
    "quantity": ["Qty", "Qty on hand", "Cantidad", "Pallet Qty"],
    "location_type": ["Location Type", "Tipo de ubicación"],
}


@pytest.mark.parametrize(
    ("field", "name"), [(field, name) for field, names in _MEANT.items() for name in names]
)
def test_names_that_are_meant(field: str, name: str) -> None:
    scores = name_scores(name)
    assert max(scores, key=lambda field_name: scores[field_name]) == field


_NOT_MEANT = {
    "Receipt Date": "receipt_number",
    "Location Type": "location",
    "Pallet Qty": "pallet_id",
    "Pallet Weight": "pallet_id",
    "Location Capacity": "location",
    "Created By": "creation_date",
    "Supplier Lot Date": "receipt_number",
    "Product Type": "description",
    "Location Status": "location",
}


@pytest.mark.parametrize(("name", "field"), _NOT_MEANT.items())
def test_names_that_are_not(name: str, field: str) -> None:
    assert name_scores(name).get(field, 0) < 0.6


@given(st.text(max_size=60))
def test_any_name_scores_within_bounds(name: str) -> None:
    assert all(field in FIELDS and 0 < score <= 1 for field, score in name_scores(name).items())


@given(st.integers(1, 20_000))
def test_column_letters(number: int) -> None:
    assert column_number(column_letter(number)) == number


@pytest.mark.parametrize(
    ("modified", "created", "source", "says"),
    [
        # excelize, openpyxl and others write a fixed date into every file.
        ("2006-09-16", "2006-09-16", "upload", "saved on 2006-09-16, before most dates"),
        ("2026-03-05", None, "upload", "saved on 2026-03-05, after it was sent"),
        ("2006-09-16", "2026-03-02", "file_created", "saved on 2006-09-16"),
        ("2026-03-02", "2006-09-16", "file_modified", ""),
        ("2026-02-20", None, "file_modified", ""),
    ],
)
def test_a_property_is_believed_only_if_it_fits_the_data(
    modified: str, created: str | None, source: str, says: str
) -> None:
    days = ["2026-02-18", "2026-02-19", "2026-02-28", "1900-01-01"]
    rows = [[f"P{index}", "A-01", day] for index, day in enumerate(days)]
    data = files.xlsx({"Stock": [["Pallet ID", "Location", "Creation Date"], *rows]})
    workbook = open_workbook(data, "stock.xlsx")
    workbook.modified = datetime.fromisoformat(modified)
    workbook.created = datetime.fromisoformat(created) if created else None
    uploaded = datetime(2026, 3, 2, 20, tzinfo=UTC)
    found = resolve_as_of(None, workbook, uploaded, "UTC", inspect_workbook(workbook))
    assert found.source == source
    assert says in found.note
    assert bool(found.note) == bool(says)


@pytest.mark.parametrize("known", [False, True])
def test_a_place_of_few_rows_is_asked_about_unless_the_layout_knows_it(known: bool) -> None:
    rows = [["Pallet ID", "Location"]]
    rows += [
        [f"P{number:03}", f"00{number % 7}A" if number % 3 == 0 else ""] for number in range(60)
    ]
    workbook = open_workbook(files.xlsx({"Stock": rows}), "stock.xlsx")
    inspection = inspect_workbook(workbook, known_location=lambda codes: [known for _ in codes])
    assert [question.field for question in inspection.questions] == ([] if known else ["location"])
