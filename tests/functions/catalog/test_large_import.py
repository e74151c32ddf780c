"""Many rows: all faults in one answer, and then every item once, however often it is sent.

tests/dynamodb_local/test_import.py does the same with twelve thousand rows.
"""

from tests.functions.catalog.importing import (
    ITEM_HEADER,
    _member,
    faults_of,
    faulty_rows,
    imported,
    item_rows,
    post,
    settle,
    state,
    table,
)

__all__ = ["_member"]
ROWS = 240


def test_seven_faults_in_five_rows_and_then_everything_once(ask, create):
    food = create("/categories", name="Food")["id"]
    dry = imported(table(*faulty_rows(ROWS), header=ITEM_HEADER), dry_run="true")
    assert (dry["status"], dry["error_total"], dry["result"]) == ("checked", 7, None)
    told = [(each["row"] - 2, each["column"]) for each in dry["errors"]]
    assert told == faults_of(ROWS)
    assert ask("GET", "/items").json == {"items": [], "next_cursor": None, "total": 0}
    assert ask("GET", "/items/imports").json["imports"][0]["error_total"] == 7
    body = table(*item_rows(ROWS), header=ITEM_HEADER)
    first = post(body, key="once")
    settle()
    second = post(body, key="once")
    settle()
    assert (second.json["id"], second.status) == (first.json["id"], 201)
    done = state(first.json["id"])
    assert done["status"] == "done"
    assert done["result"] == {
        "created": ROWS, "changed": 0, "unchanged": 0, "movements": ROWS - 1, "skipped": 0,
    }  # fmt: skip
    assert ask("GET", "/items").json["total"] == ROWS
    assert ask("GET", f"/categories/{food}").json["items"] == ROWS
    assert len(ask("GET", "/items/imports").json["imports"]) == 2


def test_a_file_of_a_dry_run_is_imported_for_good(ask, create):
    create("/categories", name="Food")
    dry = imported(table(*item_rows(20), header=ITEM_HEADER), dry_run="true")
    assert (dry["status"], dry["counts"]["to_create"]) == ("checked", 20)
    answer = ask("PUT", f"/items/imports/{dry['id']}", json={"dry_run": False})
    assert (answer.status, answer.json["status"]) == (202, "queued")
    settle()
    assert state(dry["id"])["result"]["created"] == 20
    assert ask("PUT", f"/items/imports/{dry['id']}", json={"dry_run": False}).status == 409
