"""What an audit entry costs beside a change, and that neither is there without the other."""

import pytest

from stockwarden.anomalies.audited import TransitionEntries
from stockwarden.audit.entry import Change
from stockwarden.audit.log import AuditLog
from stockwarden.audit.origin import Origin
from stockwarden.bootstrap import stores
from stockwarden.storage import clients
from stockwarden.storage.keys import audit as keys
from stockwarden.storage.tables import Operation
from tests.functions.access.sharing_scenario import ask, world
from tests.support.audit_entries import entries_of
from tests.support.capacity import Units, measure
from tests.support.failing import fail_operation, refusal
from tests.support.gateway import USER

RESOLVED = {"status": "Resolved", "reason": "real"}


def change_status() -> Units:
    ids = world()
    with measure(clients.dynamodb()) as units:
        answer = ask("POST", "/anomalies/{anomaly_id}/status", RESOLVED, USER, ids)
    assert answer.status == 200, answer.body
    return units


def test_a_status_change_costs_two_write_units_more_and_no_further_call(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    audited = change_status()
    monkeypatch.setattr(TransitionEntries, "operations", lambda *_: [])
    plain = change_status()
    assert audited.writes - plain.writes == 2
    assert audited.reads == plain.reads
    assert [call[0] for call in audited.calls] == [call[0] for call in plain.calls]


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/anomalies/{anomaly_id}/status", RESOLVED),
        ("PATCH", "/warehouses/{warehouse_id}", {"name": "South"}),
        ("PUT", "/warehouses/{warehouse_id}/members/{username}", {"role": "operator"}),
        ("DELETE", "/warehouses/{empty_id}", None),
    ],
)
def test_a_failed_transaction_leaves_neither_the_change_nor_the_entry(
    method: str, path: str, body: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = world()
    read = path.removesuffix("/status")
    before = ask("GET", read, None, USER, ids).json
    with monkeypatch.context() as patch:
        fail_operation(patch, refusal("ServiceUnavailable", 503), "TransactWriteItems")
        answer, left = entries_of(lambda: ask(method, path, body, USER, ids))
    assert (answer.status, left) == (503, [])
    assert ask("GET", read, None, USER, ids).json == before


def test_a_change_whose_entry_cannot_be_written_is_not_made(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ids = world()

    def refused(_: AuditLog, origin: Origin, change: Change) -> Operation:
        absent = keys.entry(change.scope, "2026-03-02T06:00:00.000Z", origin.request_id)
        return stores.audit_table().put(absent, when="attribute_exists(#pk)")

    with monkeypatch.context() as patch:
        patch.setattr(AuditLog, "entry", refused)
        patched = ask("PATCH", "/warehouses/{warehouse_id}", {"name": "South"}, USER, ids)
    assert patched.status == 412
    assert ask("GET", "/warehouses/{warehouse_id}", None, USER, ids).json["name"] == "North"
