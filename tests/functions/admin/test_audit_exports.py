"""Exports of the audit log: what the list shows, as a file, for who asked for it."""

import csv
import hashlib
import io
import json
from dataclasses import replace

import openpyxl
import pytest

from stockwarden.audit.canonical import canonical_json
from stockwarden.bootstrap import stores
from stockwarden.bootstrap.sweep import job_recovery
from stockwarden.core.clock import utc_now
from stockwarden.exports import audit_file, list_exports
from stockwarden.exports.repository import KEPT
from stockwarden.identity.access import Role
from stockwarden.identity.action_limits import ActionLimit
from stockwarden.identity.rate_limits import Allowance
from stockwarden.reports.attempts import PATIENCE
from tests.functions.admin.test_audit_logs import MANAGER, log  # noqa: F401 - a fixture
from tests.support.audit_entries import entries_of
from tests.support.failing import fail_operation, refusal
from tests.support.gateway import ADMIN, USER
from tests.support.problems import problem
from tests.support.reports import create_warehouse, drain, queued, share

PATH = "/audit-logs/exports"


def exported(ask, form="jsonl", caller=ADMIN, **filters):
    """The finished export, and its file."""
    asked = ask("POST", PATH, json={"format": form, "filters": filters}, caller=caller)
    assert asked.status == 202, asked.body
    assert drain() == []
    export = ask("GET", f"{PATH}/{asked.json['id']}", caller=caller).json
    assert export["status"] == "ready", export["reason"]
    key = f"exports/audit_log/{export['id']}/{export['filename'].replace(' ', '_')}"
    body = stores.objects().read(key, max_bytes=10**7)
    assert export["size"] == len(body)
    return export, body


def lines(body):
    return [json.loads(line) for line in body.decode().splitlines()]


def actions(body):
    return [line["document"]["action"] for line in lines(body)]


def test_the_chain_can_be_computed_from_a_jsonl_file(ask, log):  # noqa: F811
    for number in range(3):
        log("company", "item.changed", "item/itm_1", name=["ä", str(number)])
    export, body = exported(ask)
    assert (export["entries"], export["truncated"]) == (4, False)
    first, *sealed = lines(body)
    # The export's own entry: newest first, and not sealed yet.
    assert first["document"]["action"] == "audit_log.exported"
    assert (first["hash"], first["document"].get("seq")) == (None, None)
    known = "0" * 64
    for number, line in enumerate(reversed(sealed), 1):
        assert (line["document"]["seq"], line["previous_hash"]) == (number, known)
        content = bytes.fromhex(known) + canonical_json(line["document"])
        known = hashlib.sha256(content).hexdigest()
        assert line["hash"] == known
    assert canonical_json(sealed[0]) in body


def test_a_text_that_looks_like_a_formula_stays_a_text(ask, log):  # noqa: F811
    log("company", "item.changed", "item/=1+1", name=["a", "b"])
    log("company", "item.changed", "item/itm_1", by="alice")
    _, body = exported(ask, "csv", object="item/")
    header, newest, oldest = csv.reader(io.StringIO(body.decode("utf-8-sig")))
    row = dict(zip(header, newest, strict=True))
    assert (row["Person"], row["Action"], row["Number"]) == ("alice", "item.changed", "2")
    assert oldest[header.index("Object")] == "item/=1+1"
    assert oldest[header.index("Changes")] == '{"name":["a","b"]}'
    _, body = exported(ask, "xlsx", action="item.changed")
    sheet = openpyxl.load_workbook(io.BytesIO(body)).active
    assert [cell.value for cell in sheet[1]] == header
    assert (sheet.max_row, sheet["F3"].value, sheet["F3"].data_type) == (3, "item/=1+1", "s")


def test_it_has_what_its_reader_may_see(ask, log):  # noqa: F811
    warehouse_id = create_warehouse()["id"]
    log("company", "item.created", "item/itm_1")
    log(f"warehouse:{warehouse_id}", "rule.changed", "rule/expired")
    here = {"warehouse_id": warehouse_id}
    assert "rule.changed" in actions(exported(ask, caller=USER, **here)[1])
    assert "rule.changed" not in actions(exported(ask, caller=MANAGER)[1])
    assert actions(exported(ask, object="rule/expired")[1]) == ["rule.changed"]
    assert actions(exported(ask, object="rule/expired", caller=MANAGER)[1]) == []
    problem(ask("POST", PATH, json={"format": "csv"}, caller=USER), 403)
    body = {"format": "csv", "filters": here}
    problem(ask("POST", PATH, json=body, caller=MANAGER), 404)


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"user": "bob"}, ["order.placed"]),
        ({"object": "item/itm_1", "action": "item.created"}, ["item.created"]),
        ({"to": "2000-01-01T00:00:00Z"}, []),
        ({"from": "2999-01-01T00:00:00Z"}, []),
    ],
)
def test_filters_are_those_of_the_list(ask, log, filters, found):  # noqa: F811
    log("company", "item.created", "item/itm_1")
    log("company", "order.placed", "order/ord_1", by="bob")
    assert actions(exported(ask, **filters)[1]) == found


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"format": "pdf"}, "/format"),
        ({"format": "csv", "filters": {"user": "nobody-here"}}, "/user"),
        ({"format": "csv", "filters": {"from": "yesterday"}}, "/filters/from"),
        ({"format": "csv", "filters": {"more": 1}}, "/filters/more"),
    ],
)
def test_wrong_requests(ask, body, pointer):
    assert problem(ask("POST", PATH, json=body), 422)["errors"][0]["pointer"] == pointer


def test_what_has_no_room_is_said(ask, log, monkeypatch):  # noqa: F811
    monkeypatch.setattr(audit_file, "MOST_ENTRIES", 2)
    for _ in range(3):
        log("company", "item.changed", "item/itm_1")
    for form in ("csv", "jsonl", "xlsx"):
        export, _ = exported(ask, form, object="item/itm_1")
        assert (export["entries"], export["truncated"]) == (2, True)
    monkeypatch.setattr(audit_file, "MOST_ENTRIES", 3)
    assert not exported(ask, object="item/itm_1")[0]["truncated"]


def test_the_export_is_noted(ask, log):  # noqa: F811
    asked, (entry,) = entries_of(
        lambda: ask("POST", PATH, json={"format": "csv", "filters": {"user": "bob"}})
    )
    assert (entry.scope, entry.action) == ("company", "audit_log.exported")
    assert (entry.actor, entry.object) == (ADMIN.user_id, "audit_log/company")
    assert entry.changes["export"] == [None, asked.json["id"]]
    assert entry.changes["actor"][1].startswith("usr_")
    assert "bob" not in str(entry)


def test_it_is_for_who_asked_for_it_while_they_may(ask, log):  # noqa: F811
    warehouse_id = create_warehouse()["id"]
    share(warehouse_id, "bob", "manager")
    export, _ = exported(ask, caller=MANAGER, warehouse_id=warehouse_id)
    path = f"{PATH}/{export['id']}"
    problem(ask("GET", path, caller=ADMIN), 404)
    share(warehouse_id, "bob", "viewer")
    problem(ask("GET", path, caller=MANAGER), 403)
    export, _ = exported(ask, caller=ADMIN)
    problem(ask("GET", f"{PATH}/{export['id']}", caller=replace(ADMIN, role=Role.MANAGER)), 404)
    problem(ask("GET", f"{PATH}/exp_1"), 404)


def test_a_queue_that_refuses_leaves_no_export(ask, log, monkeypatch):  # noqa: F811
    def act():
        with monkeypatch.context() as patch:
            fail_operation(patch, refusal("ServiceUnavailable", 503), "SendMessage")
            problem(ask("POST", PATH, json={"format": "csv"}), 503)

    _, left = entries_of(act)
    assert [entry.action for entry in left] == [
        "audit_log.exported",
        "audit_log.export_withdrawn",
    ]
    export_id = left[0].changes["export"][1]
    problem(ask("GET", f"{PATH}/{export_id}"), 404)


def test_an_export_whose_message_was_lost_is_written_all_the_same(ask, log, monkeypatch):  # noqa: F811
    asked = ask("POST", PATH, json={"format": "csv"}).json
    queued()
    later = utc_now() + PATIENCE * 2
    monkeypatch.setattr(job_recovery(), "clock", lambda: later)
    assert job_recovery().run().forgotten == 1
    assert drain() == []
    assert ask("GET", f"{PATH}/{asked['id']}").json["status"] == "ready"


def test_an_export_that_broke_off_is_tried_again(ask, log, monkeypatch):  # noqa: F811
    asked = ask("POST", PATH, json={"format": "jsonl"}).json
    (message,) = queued()
    from tests.support.reports import deliver

    with monkeypatch.context() as patch:
        fail_operation(patch, refusal("SlowDown", 503), "PutObject")
        assert len(deliver(message)) == 1
    assert deliver(message) == []
    export = ask("GET", f"{PATH}/{asked['id']}").json
    assert (export["status"], export["entries"]) == ("ready", 1)
    assert export["expires_at"] > (utc_now() + KEPT / 2).isoformat()


def test_too_many_are_refused_and_leave_nothing(ask, monkeypatch):
    two = Allowance(burst=2, seconds=60)
    monkeypatch.setattr(list_exports, "EXPORTS", ActionLimit("exports", two, two, two))
    for _ in range(2):
        assert ask("POST", PATH, json={"format": "csv"}).status == 202
    assert len(queued()) == 2
    answer, entries = entries_of(lambda: ask("POST", PATH, json={"format": "csv"}))
    assert problem(answer, 429)["violated-policies"] == ["exports"]
    assert int(answer.headers["retry-after"]) > 0
    assert (entries, queued()) == ([], [])
