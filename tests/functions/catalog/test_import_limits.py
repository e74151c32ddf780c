"""What an import costs, and how much of a file it takes."""

import csv
import io
import json
import urllib.parse

import pytest

from stockwarden.bootstrap import stores
from stockwarden.imports import files, sheet
from stockwarden.storage import clients
from tests.functions.catalog.importing import (
    ITEM_HEADER,
    _member,
    imported,
    item_rows,
    post,
    settle,
    state,
    table,
)
from tests.support.capacity import measure
from tests.support.reports import announce_all, deliver

__all__ = ["_member"]


def test_a_row_costs_a_bounded_number_of_units(ask, create):
    create("/categories", name="Food")
    rows = 96
    body = table(*item_rows(rows), header=ITEM_HEADER)
    dry = post(body, dry_run="true")
    with measure(clients.dynamodb()) as units:
        settle()
    assert state(dry.json["id"])["counts"]["to_create"] == rows
    assert units.writes < 30
    assert units.reads / rows < 1.5
    for_good = post(body)
    with measure(clients.dynamodb()) as units:
        settle()
    assert state(for_good.json["id"])["result"]["created"] == rows
    assert units.writes / rows < 20, units.writes / rows
    again = post(body)
    with measure(clients.dynamodb()) as units:
        settle()
    assert state(again.json["id"])["result"]["unchanged"] == rows
    assert units.writes < 30
    assert units.reads / rows < 6


def test_more_rows_than_an_import_takes_are_refused(ask, monkeypatch):
    monkeypatch.setattr(sheet, "MAX_ROWS", 20)
    failed = imported(table(*item_rows(21), header=ITEM_HEADER))
    assert (failed["status"], failed["reason"]) == (
        "failed",
        "The file has 21 rows; an import takes 20 at most. Send it in parts.",
    )
    assert ask("GET", "/items").json["items"] == []


def test_more_faults_than_an_answer_has_room_for_are_a_table(monkeypatch):
    monkeypatch.setattr(files, "MOST_FAULT_BYTES", 2_000)
    rows = [(f"A-{number}", f"Item {number}", "=cmd|' /C calc'!A0") for number in range(40)]
    body = "\n".join(["SKU,Name,Quantity", *(",".join(row) for row in rows)])
    done = imported(body.encode(), name="a.csv", dry_run="true")
    assert done["error_total"] == 40
    assert 5 < len(done["errors"]) < 40
    key = urllib.parse.urlparse(done["errors_url"]).path.lstrip("/")
    text = stores.objects().read(key, max_bytes=10**6).decode("utf-8-sig")
    header, *told = csv.reader(io.StringIO(text))
    assert header == ["row", "column", "field", "value", "detail"]
    assert len(told) == 40
    assert {row[3][0] for row in told} == {"'"}


@pytest.mark.parametrize(
    ("body", "name", "reason"),
    [
        (b"", "empty.csv", None),
        (b"\x00\x01\x02\x03" * 50, "a.xlsx", "no table of rows"),
        (b"SKU,Name\n", "a.csv", "no rows with items"),
        (table(("A-1", "=1+1"), header=("SKU", "Name")), "a.xlsx", "formulas without values"),
        (b"PK\x03\x04" + b"0" * 200, "a.xlsx", "damaged"),
    ],
    ids=["empty", "binary", "no rows", "formulas", "broken zip"],
)
def test_what_is_no_table_is_refused_with_a_reason(body, name, reason):
    answer = post(body, name)
    if reason is None:
        assert answer.status == 422
        return
    settle()
    failed = state(answer.json["id"])
    assert failed["status"] == "failed"
    assert reason in failed["reason"].lower()


def test_text_of_a_hostile_file_does_no_harm():
    rows = [
        ("A-1", "x\u202ey", None),
        ("A\u2014#%", "Fine", 1e300),
        ("A" * 65, "Fine", "9" * 300),
        ("–", "Fine", "NaN"),
        ("A-5", "Fine\x0bline", "1e5"),
    ]
    done = imported(
        "\n".join(["SKU;Name;Quantity", *(";".join(map(str, row)) for row in rows)]).encode(),
        name="a.csv",
        dry_run="true",
    )
    faults = {(each["row"], each["field"]) for each in done["errors"]}
    assert {(2, "name"), (3, "quantity"), (4, "sku"), (4, "quantity"), (5, "sku")} <= faults
    json.dumps(done)


def test_an_event_that_comes_twice_starts_one_import(ask):
    answer = post(table(*item_rows(2), header=("SKU", "Name", "A", "B", "C", "D", "E", "F", "G")))
    (event,) = announce_all(f"uploads/items/{answer.json['id']}/")
    assert deliver(event, event) == []
    settle()
    assert ask("GET", "/items").json["total"] == 2
