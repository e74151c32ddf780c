"""Requests about reports: limits of each field, and what is refused."""

import pytest
from pydantic import ValidationError

from stockwarden.ingestion.mapping.fields import FIELDS
from stockwarden.reports.requests import (
    MappingRequest,
    Reanalysis,
    ReportPatch,
    ReportRequest,
)

ACCEPTED = [
    (ReportRequest, "filename", "  Stock.XLSX ", "Stock.XLSX"),
    (ReportRequest, "filename", "x" * 196 + ".csv", "x" * 196 + ".csv"),
    (ReportRequest, "rules_filename", "layout.ods", "layout.ods"),
    (ReportRequest, "report_name", "  Monday ", "Monday"),
    (ReportRequest, "report_name", "x" * 150, "x" * 150),
    (ReportRequest, "warehouse_id", "x" * 80, "x" * 80),
    (ReportRequest, "as_of", " 2025-01-09 ", "2025-01-09"),
    (ReportRequest, "as_of", "2025-01-09T14:30:00+01:00", "2025-01-09T14:30:00+01:00"),
    (ReportRequest, "as_of", "1970-01-01", "1970-01-01"),
    (ReportRequest, "as_of", "2200-12-31T23:59:59", "2200-12-31T23:59:59"),
    (ReportRequest, "scope", "part", "part"),
    (ReportRequest, "size", 1, 1),
    (ReportRequest, "column_mapping", {}, {}),
    (MappingRequest, "header_row", 0, 0),
    (MappingRequest, "header_row", 1_048_576, 1_048_576),
    (MappingRequest, "sheet", "x" * 200, "x" * 200),
    (MappingRequest, "date_order", "YMD", "YMD"),
    (MappingRequest, "answers", {"field:weight": None}, {"field:weight": None}),
    (MappingRequest, "answers", dict.fromkeys(map(str, range(50)), "x"),
     dict.fromkeys(map(str, range(50)), "x")),
    (Reanalysis, "rules", ["cold-chain", "a1"], ["cold-chain", "a1"]),
    (Reanalysis, "rules", ["x"] * 100, ["x"] * 100),
]  # fmt: skip


@pytest.mark.parametrize(("model", "field", "value", "read"), ACCEPTED)
def test_values_within_the_limits(model, field, value, read):
    fields = {"filename": "stock.csv"} if model is ReportRequest else {}
    assert getattr(model(**fields | {field: value}), field) == read


REFUSED = [
    (ReportRequest, "filename", "", "1 to 200 characters"),
    (ReportRequest, "filename", "x" * 197 + ".csv", "1 to 200 characters"),
    (ReportRequest, "filename", "a/b.csv", "names no folder"),
    (ReportRequest, "filename", "a\\b.csv", "names no folder"),
    (ReportRequest, "filename", "stock.pdf", "not read"),
    (ReportRequest, "filename", "stock", "not read"),
    (ReportRequest, "rules_filename", "layout.json", "not read"),
    (ReportRequest, "report_name", "  ", "at least 1"),
    (ReportRequest, "report_name", "x" * 151, "at most 150"),
    (ReportRequest, "report_name", "Mon\u202eday", ""),
    (ReportRequest, "warehouse_id", "", "at least 1"),
    (ReportRequest, "warehouse_id", "x" * 81, "at most 80"),
    (ReportRequest, "as_of", "09/01/2025", "ISO 8601"),
    (ReportRequest, "as_of", "2025-02-30", "ISO 8601"),
    (ReportRequest, "as_of", "1969-12-31T23:59:59", "from 1970 to 2200"),
    (ReportRequest, "as_of", "2201-01-01", "from 1970 to 2200"),
    (ReportRequest, "as_of", "2025-01-09T14:30:00+01:00" + "0" * 20, "at most 40"),
    (ReportRequest, "scope", "all", "'whole' or 'part'"),
    (ReportRequest, "size", 0, "greater than or equal to 1"),
    (ReportRequest, "unknown", 1, "not permitted"),
    (ReportRequest, "column_mapping", {"A": "pallet"}, "no field 'pallet', only pallet_id, "),
    (ReportRequest, "column_mapping", {"": "pallet_id"}, "at least 1"),
    (ReportRequest, "column_mapping", {"x" * 301: "pallet_id"}, "at most 300"),
    (ReportRequest, "column_mapping", {"A": "weight", "B": "weight"}, "Only one column can be the"),
    (ReportPatch, "report_name", "", "at least 1"),
    (ReportPatch, "unknown", 1, "not permitted"),
    (MappingRequest, "header_row", -1, "greater than or equal to 0"),
    (MappingRequest, "header_row", 1_048_577, "less than or equal to 1048576"),
    (MappingRequest, "sheet", "", "at least 1"),
    (MappingRequest, "sheet", "x" * 201, "at most 200"),
    (MappingRequest, "date_order", "DYM", "'DMY', 'MDY' or 'YMD'"),
    (MappingRequest, "answers", {"x" * 121: "y"}, "at most 120"),
    (MappingRequest, "answers", {"x": "y" * 301}, "at most 300"),
    (MappingRequest, "answers", dict.fromkeys(map(str, range(51)), "x"), "at most 50"),
    (MappingRequest, "save_as", " ", "at least 1"),
    (MappingRequest, "unknown", 1, "not permitted"),
    (Reanalysis, "rules", [], "at least 1"),
    (Reanalysis, "rules", ["x"] * 101, "at most 100"),
    (Reanalysis, "rules", ["Cold-Chain"], "match pattern"),
    (Reanalysis, "rules", ["cold--chain"], "match pattern"),
    (Reanalysis, "rules", ["-cold"], "match pattern"),
    (Reanalysis, "rules", ["cold\n"], "match pattern"),
    (Reanalysis, "rules", ["x" * 61], "at most 60"),
    (Reanalysis, "as_of", "yesterday", "ISO 8601"),
]


@pytest.mark.parametrize(("model", "field", "value", "message"), REFUSED)
def test_values_beyond_the_limits(model, field, value, message):
    fields = {"filename": "stock.csv"} if model is ReportRequest else {}
    with pytest.raises(ValidationError) as refused:
        model(**fields | {field: value})
    assert {error["loc"][0] for error in refused.value.errors()} == {field}
    assert message in str(refused.value)


def test_every_canonical_field_can_be_mapped_once():
    mapping = {f"Column {name}": name for name in FIELDS}
    assert ReportRequest(filename="a.csv", column_mapping=mapping).column_mapping == mapping


def test_a_file_name_is_required():
    with pytest.raises(ValidationError, match="filename"):
        ReportRequest()


@pytest.mark.parametrize(
    ("patch", "moves"),
    [
        ({"report_name": "Monday"}, False),
        ({"warehouse_id": "wh_1"}, True),
        # Null takes the report out of its warehouse; leaving it out does not.
        ({"warehouse_id": None}, True),
        ({"report_name": "Monday", "warehouse_id": None}, True),
    ],
)
def test_patch_moves_a_report_only_if_it_names_a_warehouse(patch, moves):
    assert ReportPatch(**patch).moves is moves


@pytest.mark.parametrize("patch", [{}, {"report_name": None}])
def test_patch_that_changes_nothing_is_refused(patch):
    with pytest.raises(ValidationError, match="a report_name, a warehouse_id, or both"):
        ReportPatch(**patch)
