"""Every name that people can give, with every kind of character that is not seen: 422, naming the
character and the field. Free texts take line breaks and any direction, but no NUL."""

import copy
from typing import Any

import pytest

from stockwarden.bootstrap import repositories
from tests.functions.access.decisions import SUPPRESSION
from tests.functions.access.sharing_scenario import ask, world
from tests.support.gateway import USER, multipart
from tests.support.problems import problem
from tests.support.reports import CSV, create_warehouse, send, state

UNSEEN = ["\x00", "\n", "\x85", "\u200b", "\u202e", "\u2066", "\u2028", "\ue000", "\U000e0041"]
HERE = "@here@"
ROW = {"location_pattern": "A-*", "location_type": "STORAGE"}
WAREHOUSE = "/warehouses/{warehouse_id}"
RULE = "/rules/{code}?warehouse_id={warehouse_id}"
BACKTEST = ("POST", "/rules/{code}/backtest")
MAPPING = {"Pallet ID": "pallet_id", "Location": "location", "Age Hours": "time_in_storage"}
# method, path, body with the name, pointer to it
NAMES: list[tuple[str, str, Any, str]] = [
    ("POST", "/auth/register", {"username": HERE, "password": "eleven pallets"}, "/username"),
    (
        "POST",
        "/auth/register",
        {"username": "ana", "password": "eleven pallets", "email": f"{HERE}@example.com"},
        "/email",
    ),
    ("POST", "/warehouses", {"name": HERE}, "/name"),
    ("PATCH", WAREHOUSE, {"name": HERE}, "/name"),
    *(
        (method, path, body({**ROW, field: HERE}), f"{pointer}/0/{field}")
        for field in ("location_pattern", "zone", "allowed_description")
        for method, path, body, pointer in (
            ("POST", "/warehouses", lambda row: {"name": "N", "layout": [row]}, "/layout"),
            ("PATCH", WAREHOUSE, lambda row: {"layout": [row]}, "/layout"),
            ("PUT", f"{WAREHOUSE}/layout", lambda row: {"layout": [row]}, "/layout"),
            ("PUT", f"{WAREHOUSE}/layout", lambda row: [row], ""),
        )
    ),
    ("POST", "/reports", {"filename": "s.csv", "report_name": HERE}, "/report_name"),
    ("POST", "/reports", {"filename": f"{HERE}.csv"}, "/filename"),
    ("POST", "/reports", {"filename": "s.csv", "rules_filename": f"{HERE}.csv"}, "/rules_filename"),
    ("PATCH", "/reports/{report_id}", {"report_name": HERE}, "/report_name"),
    (
        "PUT",
        "/reports/{report_id}/mapping",
        {"column_mapping": MAPPING, "save_as": HERE},
        "/save_as",
    ),
    (
        "PUT",
        "/mappings/{mapping_id}",
        {"column_mapping": {"A": "pallet_id"}, "name": HERE},
        "/name",
    ),
    ("POST", "/suppressions", {**SUPPRESSION, "subject_pattern": HERE}, "/subject_pattern"),
    ("PUT", RULE, {"parameters": {"patterns": ["*ice*", HERE]}}, "/parameters/patterns/1"),
    ("PUT", RULE, {"parameters": {"zones": [HERE]}}, "/parameters/zones/0"),
    *(
        ("PUT", RULE, {"scope": {part: [HERE]}}, f"/scope/{part}/0")
        for part in ("locations", "products", "excluded")
    ),
    (*BACKTEST, {"warehouse_id": "{warehouse_id}", "params": {"zones": [HERE]}}, "/params/zones/0"),
    (
        *BACKTEST,
        {"warehouse_id": "{warehouse_id}", "scope": {"excluded": [HERE]}},
        "/scope/excluded/0",
    ),
    ("PATCH", "/anomalies/{anomaly_id}", {"assignee": HERE}, "/assignee"),
    ("PATCH", "/anomalies", {"ids": ["x"], "assignee": HERE}, "/assignee"),
]
TEXTS: list[tuple[str, str, Any, str, int]] = [
    ("POST", "/anomalies/{anomaly_id}/comments", {"comment": HERE}, "/comment", 201),
    (
        "POST",
        "/anomalies/{anomaly_id}/status",
        {"status": "Acknowledged", "comment": HERE},
        "/comment",
        200,
    ),
    ("PATCH", "/anomalies/{anomaly_id}", {"comment": HERE}, "/comment", 200),
    (
        "POST",
        "/anomalies/status",
        {"ids": ["{anomaly_id}"], "status": "Resolved", "comment": HERE},
        "/comment",
        200,
    ),
    ("POST", "/suppressions", {**SUPPRESSION, "reason": HERE}, "/reason", 201),
    (
        "POST",
        "/warehouses",
        {"name": "N", "layout": [{**ROW, "notes": HERE}]},
        "/layout/0/notes",
        201,
    ),
]


def filled(body: Any, text: str) -> Any:
    match body:
        case str():
            return body.replace(HERE, text)
        case dict():
            return {name: filled(value, text) for name, value in body.items()}
        case list():
            return [filled(value, text) for value in body]
    return copy.copy(body)


def title(case: Any) -> str:
    return f"{case[0]} {case[1]} {case[3]}"


@pytest.fixture
def ids() -> dict[str, str]:
    return {**world(), "mapping_id": "0" * 20, "code": "cold-chain"}


def test_names(ids: dict[str, str]) -> None:
    for method, path, body, pointer in NAMES:
        for character in UNSEEN:
            for text in (f"ab{character}cd", f"abc{character}", f"{character}abc"):
                answer = ask(method, path, filled(body, text), USER, ids)
                errors = problem(answer, 422)["errors"]
                assert [error["pointer"] for error in errors] == [pointer], (path, ascii(text))
                assert f"U+{ord(character):04X}" in errors[0]["detail"]
                assert character not in answer.body


@pytest.mark.parametrize("name", ["ni\u202ena", "ni%E2%80%AEna", "ni\x00na", "ni%00na"])
def test_a_member_s_name(ids: dict[str, str], name: str) -> None:
    path = f"/warehouses/{ids['warehouse_id']}/members/{name}"
    answer = send("PUT", path, json={"role": "viewer"})
    problem(answer, 422 if "%" in name else 404)
    assert not {"\u202e", "\x00"} & set(answer.json["detail"])


def test_names_in_a_form() -> None:
    file = ("stock.csv", CSV, "text/csv")
    for field, name in (("report_name", "/report_name"), ("inventory_file", "/inventory_file")):
        parts: Any = {"inventory_file": file, "report_name": "Monday"}
        parts[field] = "a\u202eb" if field == "report_name" else ("a\u202e.csv", CSV, "text/csv")
        body, headers = multipart(parts)
        errors = problem(send("POST", "/reports", body=body, headers=headers), 422)["errors"]
        assert [error["pointer"] for error in errors] == [name]
        assert "U+202E" in errors[0]["detail"]


def test_a_layout_file_names_the_row() -> None:
    path = f"/warehouses/{create_warehouse()['id']}/layout"
    rows = "location_pattern,location_type,zone\nA-*,STORAGE,Cold\nB-*,STORAGE,Wa\u200brm\n"
    headers = {"Content-Type": "text/csv"}
    answer = send("PUT", path, body=rows.encode(), headers=headers)
    (error,) = problem(answer, 422)["errors"]
    assert error["pointer"] == "/layout/1/zone"
    assert "Row 3" in error["detail"] and "U+200B" in error["detail"]
    # Surrounding white space from spreadsheets is stripped.
    rows = 'location_pattern,location_type,zone\n"A-*\n", STORAGE ,"Cold\t"\n'
    layout = send("PUT", path, body=rows.encode(), headers=headers).json["layout"]
    assert [(row["location_pattern"], row["zone"]) for row in layout] == [("A-*", "Cold")]


def test_a_layout_stored_before_the_check_can_still_be_read() -> None:
    from stockwarden.warehouse.layout.layout import Layout

    old = Layout.from_rows([{**ROW, "zone": "Co\u200bld"}], stored=True)
    repository = repositories.warehouse_repository()
    meta = repository.add(
        "wh_1", "alice", {"name": "North", "timezone": "UTC", "part_below": 0.5}, old
    )
    assert send("PATCH", f"/warehouses/{meta['id']}", json={"name": "South"}).status == 200
    assert repository.load_layout(meta["id"], 1) == old


def test_free_texts(ids: dict[str, str]) -> None:
    for method, path, body, pointer, status in TEXTS:
        for text in ("two\nlines\tand a tab", "\u202eturned", "👩‍🔧"):
            answer = ask(method, path, filled(body, text), USER, ids)
            assert answer.status == status, answer.body
        for text in ("a\x00b", "a\x1b[31mb"):
            answer = ask(method, path, filled(body, text), USER, ids)
            (error,) = problem(answer, 422)["errors"]
            assert error["pointer"] == pointer
            assert "U+00" in error["detail"]


def test_a_dropped_file_of_such_a_name_is_called_otherwise() -> None:
    from tests.support.reports import deliver, get, store

    assert deliver(store("drop/alice/a\u202eb.csv", CSV)) == []
    (report,) = get("/reports").json["reports"]
    assert report["report_name"] == "a[U+202E]b"
    assert state(report["id"])["status"] == "ready"
