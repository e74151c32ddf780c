"""A person's answers about a file: which are accepted, what they change of the choice."""

import pytest

from stockwarden.core.errors import Invalid
from stockwarden.reports.file_model import PreviewColumn, PreviewQuestion, ReportPreview
from stockwarden.reports.mapping_merge import Answers, merge_choice, read_answers
from stockwarden.reports.requests import MappingRequest

COLUMNS = ("Pallet", "Bin", "Received", "Printed", "")


def question(question_id, kind="field", *values, optional=False):
    choices = [{"value": value, "label": value.title()} for value in values]
    return PreviewQuestion(
        id=question_id, kind=kind, detail="?", optional=optional, choices=choices
    )


QUESTIONS = [
    question("field:location"),
    question("field:pallet_id"),
    question("field:weight", optional=True),
    question("date_order", "date_order", "DMY", "MDY"),
    question("sheet", "sheet", "Stock", "Old/Stock"),
    question("scope", "scope", "whole", "part"),
]


def preview(questions=QUESTIONS, columns=COLUMNS):
    return ReportPreview(
        sheets=[], sheet=None, header_row=1, sample_rows=[], column_mapping={}, date_order=None,
        questions=questions,
        columns=[
            PreviewColumn(
                name=name, index=index, letter="A", samples=[], suggestion=None, confidence=0,
                alternatives=[],
            )
            for index, name in enumerate(columns)
        ],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("answers", "choice", "scope"),
    [
        # No answer at all skips what is optional.
        ({}, {"answered": True}, None),
        (None, {}, None),
        ({"field:location": "Bin"}, {"fields": {"location": "Bin"}, "answered": True}, None),
        ({"date_order": "MDY"}, {"date_order": "MDY", "answered": True}, None),
        ({"sheet": "Old/Stock"}, {"sheet": "Old/Stock", "answered": True}, None),
        # An optional field stays without a column.
        ({"field:weight": None}, {"fields": {"weight": None}, "answered": True}, None),
        ({"field:weight": ""}, {"fields": {"weight": None}, "answered": True}, None),
        # The scope is no choice about columns.
        ({"scope": "part"}, {}, "part"),
        ({"scope": "wh_2"}, {}, "wh_2"),
        (
            {"field:pallet_id": "Pallet", "field:location": "Bin", "date_order": "DMY",
             "scope": "whole"},
            {"fields": {"pallet_id": "Pallet", "location": "Bin"}, "date_order": "DMY",
             "answered": True},
            "whole",
        ),
    ],
)  # fmt: skip
def test_answers_are_read(answers, choice, scope):
    assert read_answers(preview(), answers) == Answers(choice, scope)


@pytest.mark.parametrize(
    ("answers", "errors"),
    [
        ({"field:unit": "Bin"}, {"/answers/field:unit": "asked are: field:location, "}),
        ({"a/b~c": "x"}, {"/answers/a~1b~0c": "Nothing is asked under this id"}),
        (
            {"field:location": "bin"},
            {"/answers/field:location": "no column 'bin'; it has: Pallet,"},
        ),
        ({"field:location": ""}, {"/answers/field:location": "has to be answered"}),
        ({"field:location": None}, {"/answers/field:location": "has to be answered"}),
        (
            {"date_order": "YMD"},
            {"/answers/date_order": "'YMD' is no choice; there are: DMY, MDY."},
        ),
        ({"date_order": None}, {"/answers/date_order": "None is no choice"}),
        ({"sheet": "stock"}, {"/answers/sheet": "there are: Stock, Old/Stock."}),
        ({"scope": ""}, {"/answers/scope": "Answer whole, part, or the id of a warehouse."}),
        ({"scope": None}, {"/answers/scope": "Answer whole, part"}),
        # One column cannot answer two questions.
        (
            {"field:location": "Bin", "field:pallet_id": "Bin"},
            {"/answers/field:pallet_id": "'Bin' is the answer to two questions."},
        ),
        # Every wrong answer is named, not only the first.
        (
            {"field:location": "Bin", "date_order": "x", "sheet": "y"},
            {"/answers/date_order": "'x' is no choice", "/answers/sheet": "'y' is no choice"},
        ),
    ],
)
def test_unusable_answers_are_refused(answers, errors):
    with pytest.raises(Invalid) as refused:
        read_answers(preview(), answers)
    details = {error.pointer: error.detail for error in refused.value.errors}
    assert details.keys() == errors.keys()
    assert all(part in details[pointer] for pointer, part in errors.items())
    assert refused.value.detail == refused.value.errors[0].detail


def test_two_optional_fields_may_both_stay_without_a_column():
    questions = [question(f"field:{name}", optional=True) for name in ("weight", "quantity")]
    answers = read_answers(preview(questions), {"field:weight": "", "field:quantity": None})
    assert answers.choice["fields"] == {"weight": None, "quantity": None}


def test_message_lists_a_limited_number_of_columns():
    columns = [f"C{number}" for number in range(31)]
    with pytest.raises(Invalid) as refused:
        read_answers(preview(columns=columns), {"field:location": "X"})
    assert refused.value.detail.endswith(", C29.")
    assert read_answers(preview(columns=columns), {"field:location": "C30"}).choice


@pytest.mark.parametrize("without", [None, preview([])])
def test_nothing_is_asked(without):
    with pytest.raises(Invalid, match="no question is open"):
        read_answers(without, {"date_order": "DMY"})
    assert read_answers(without, None) == Answers({})


REQUIRED = {"A": "pallet_id", "B": "location"}
MAPPED = {"column_mapping": REQUIRED | {"C": "weight"}}


def merge(previous, answered=None, **request):
    wanted = MappingRequest(**request)
    return merge_choice(previous, wanted, Answers(answered or {}), replace=wanted.replace)


@pytest.mark.parametrize(
    ("previous", "request_fields", "merged"),
    [
        ({}, {}, {}),
        (MAPPED, {}, MAPPED),
        ({"date_order": "DMY"}, {"header_row": 3}, {"date_order": "DMY", "header_row": 3}),
        # No header is an answer too.
        ({"header_row": 3}, {"header_row": 0}, {"header_row": 0}),
        # What a mapping does not name stays, also where it has all that is required.
        (MAPPED, {"column_mapping": REQUIRED}, {**MAPPED, "fields": {}}),
        # A mapping is added, and takes its fields from the columns that had them.
        (
            MAPPED,
            {"column_mapping": {"D": "location", "E": "quantity"}},
            {"column_mapping": {"A": "pallet_id", "C": "weight", "D": "location", "E": "quantity"},
             "fields": {}},
        ),
        (
            MAPPED,
            {"column_mapping": {"C": "quantity"}},
            {"column_mapping": REQUIRED | {"C": "quantity"}, "fields": {}},
        ),
        # An empty mapping says nothing.
        (MAPPED, {"column_mapping": {}}, MAPPED),
    ],
)  # fmt: skip
def test_omitted_fields_are_kept(previous, request_fields, merged):
    assert merge(previous, **request_fields) == merged


EVERYTHING = {
    **MAPPED,
    "fields": {"weight": "C"},
    "exact": True,
    "answered": True,
    "date_order": "DMY",
    "sheet": "Stock",
    "header_row": 2,
}


@pytest.mark.parametrize(
    ("request_fields", "kept"),
    [
        # Of another sheet only the order of dates is still known.
        ({"sheet": "Other"}, {"date_order"}),
        ({"sheet": "Stock"}, set(EVERYTHING)),
        # Under another header row columns have other names, which nobody was asked about.
        ({"header_row": 3}, {"date_order", "sheet"}),
        ({"header_row": 2}, set(EVERYTHING)),
        ({"sheet": "Other", "header_row": 2}, {"date_order"}),
        ({"replace": True}, set()),
    ],
)
def test_answers_about_another_part_of_the_file_are_dropped(request_fields, kept):
    merged = merge(EVERYTHING, **request_fields)
    given = {k: v for k, v in request_fields.items() if k != "replace"}
    exact = {"exact": True} if request_fields.get("replace") else {}
    assert merged == {name: EVERYTHING[name] for name in kept} | given | exact


def test_replacing_keeps_only_the_request():
    merged = merge(
        EVERYTHING, {"fields": {"location": "Q"}, "answered": True}, replace=True, header_row=4
    )
    assert merged == {
        "fields": {"location": "Q"},
        "answered": True,
        "header_row": 4,
        "exact": True,
    }


def test_sheet_that_is_named_for_the_first_time_drops_nothing():
    assert merge(MAPPED, sheet="Stock") == MAPPED | {"sheet": "Stock"}


@pytest.mark.parametrize(
    ("before", "answered", "after"),
    [
        ({}, {"location": "B"}, {"location": "B"}),
        ({"weight": "C"}, {"location": "B"}, {"weight": "C", "location": "B"}),
        ({"location": "A"}, {"location": "B"}, {"location": "B"}),
        # A column that now answers another question no longer answers the earlier one.
        ({"weight": "B", "quantity": "D"}, {"location": "B"}, {"quantity": "D", "location": "B"}),
        # "No column" is an answer for each field by itself.
        ({"weight": None}, {"quantity": None}, {"weight": None, "quantity": None}),
        ({"weight": None}, {"weight": "C"}, {"weight": "C"}),
        ({"weight": "C"}, {"weight": None}, {"weight": None}),
    ],
)
def test_answered_fields_are_added_to_earlier_ones(before, answered, after):
    merged = merge({"fields": before}, {"fields": answered, "answered": True})
    assert merged == {"fields": after, "answered": True}


@pytest.mark.parametrize(
    ("mapping", "kept"),
    [
        ({"E": "quantity"}, {"weight": "C", "expiry_date": None}),
        ({"E": "weight"}, {"expiry_date": None}),
        ({"C": "quantity"}, {"expiry_date": None}),
        ({"E": "expiry_date"}, {"weight": "C"}),
        (REQUIRED, {"weight": "C", "expiry_date": None}),
    ],
)
def test_new_mapping_keeps_the_answers_that_it_does_not_affect(mapping, kept):
    previous = {"fields": {"weight": "C", "expiry_date": None}}
    assert merge(previous, column_mapping=mapping)["fields"] == kept


def test_answer_beside_a_mapping_takes_precedence():
    merged = merge(
        {"fields": {"weight": "C"}}, {"fields": {"location": "B"}}, column_mapping={"D": "quantity"}
    )
    assert merged["fields"] == {"weight": "C", "location": "B"}
    assert merged["column_mapping"] == {"D": "quantity"}


def test_stored_choice_is_not_changed_in_place():
    previous = {"column_mapping": dict(REQUIRED), "fields": {"weight": "C"}, "header_row": 1}
    merge(previous, {"fields": {"quantity": "C"}}, column_mapping={"D": "unit"}, header_row=2)
    assert previous == {
        "column_mapping": REQUIRED,
        "fields": {"weight": "C"},
        "header_row": 1,
    }
