"""Every writing route of docs/openapi.json leaves its entry in the audit log, and only then."""

import json
from collections import defaultdict
from itertools import chain

import pytest

from stockwarden.audit.entry import Entry
from stockwarden.bootstrap import repositories
from stockwarden.identity.access import Caller
from tests.engine.anomalies.anomaly_factory import findings, publish
from tests.functions.access.audited import (
    BODIES,
    IN_WAREHOUSE,
    OWN,
    TESTED,
    UNAUDITED,
    Expected,
    entry,
)
from tests.functions.access.decisions import CALLERS, DECISIONS, EVERYBODY, Decision
from tests.functions.access.sharing_scenario import ask, world
from tests.support.audit_entries import entries_of
from tests.support.gateway import ADMIN, OTHER, USER, Response, multipart
from tests.support.openapi import DOCUMENT
from tests.support.reports import CSV, drain, get, send

ADDRESS = "203.0.113.7"
LAYOUT = b"location_pattern,location_type,capacity\nRECV-{01..04},RECEIVING,10\n"


def pairs() -> list[tuple[Decision, Expected]]:
    decisions: dict[tuple[str, str], list[Decision]] = defaultdict(list)
    for decision in DECISIONS:
        decisions[decision.route].append(decision)
    return [
        pair
        for route, expected in IN_WAREHOUSE.items()
        for pair in zip(decisions[route], expected, strict=True)
    ]


def filled(text: str, ids: dict[str, str]) -> str:
    for name, value in ids.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def check(
    left: list[Entry], expected: Expected, answer: Response, caller: Caller, ids: dict[str, str]
) -> None:
    (entry,) = left
    created = json.loads(answer.body or "{}")
    ids = ids | {"created": created.get("report_id") or created.get("id") or ""}
    assert (entry.action, entry.scope) == (expected.action, filled(expected.scope, ids))
    assert entry.object == filled(expected.object, ids)
    assert (entry.actor, entry.via) == (caller.user_id, caller.session_id)
    assert (entry.source, entry.request_id) == (ADDRESS, answer.headers["x-request-id"])
    assert expected.fields <= entry.changes.keys()
    assert all(before != after for before, after in entry.changes.values())
    assert entry.omitted is None
    assert names_nobody(entry)


def names_nobody(entry: Entry) -> bool:
    names = {*(caller.username for caller in CALLERS.values()), "nina", ADMIN.username}
    texts = json.dumps([entry.object, entry.actor, entry.changes])
    return not any(f'"{name}"' in texts or f"/{name}" in texts for name in names)


@pytest.mark.parametrize(
    ("decision", "expected"),
    pairs(),
    ids=lambda value: f"{value.method} {value.path}" if isinstance(value, Decision) else "",
)
def test_a_change_leaves_its_entry_and_a_refused_one_none(
    decision: Decision, expected: Expected
) -> None:
    ids = scenario()
    body = BODIES.get(decision.route, decision.body)

    def send(caller: Caller | None) -> Response:
        return ask(decision.method, decision.path, body, caller, ids)

    for role, caller in CALLERS.items():
        if role < decision.least:
            refused, left = entries_of(lambda caller=caller: send(caller))
            assert not left, (role, refused.body)
    assert entries_of(lambda: send(None))[1] == []
    caller = CALLERS[decision.least]
    answer, left = entries_of(lambda: send(caller))
    assert answer.status == decision.status, answer.body
    check(left, expected, answer, caller, ids)


@pytest.mark.parametrize("route", OWN, ids=" ".join)
def test_what_somebody_does_for_themselves(route: tuple[str, str]) -> None:
    answer, left = entries_of(lambda: ask(*route, EVERYBODY[route], USER))
    assert answer.status == 201, answer.body
    check(left, OWN[route], answer, USER, {})
    refused, left = entries_of(lambda: ask(*route, {"unknown": 1}, USER))
    assert (refused.status, left) == (422, [])


def test_a_report_and_a_layout_in_forms() -> None:
    ids = scenario()
    body, headers = multipart({"inventory_file": ("stock.csv", CSV, "text/csv")})
    answer, left = entries_of(lambda: send("POST", "/reports", body=body, headers=headers))
    created = entry("report.created", "report/{created}", "filename", scope="company")
    check(left, created, answer, USER, {})
    body, headers = multipart({"rules_file": ("layout.csv", LAYOUT, "text/csv")})
    path = f"/warehouses/{ids['warehouse_id']}/layout"
    answer, left = entries_of(
        lambda: send("PUT", path, body=body, headers={**headers, "If-Match": "*"})
    )
    replaced = entry("warehouse.layout_replaced", "warehouse/{warehouse_id}", "layout_rows")
    check(left, replaced, answer, USER, ids)
    assert left[0].changes.keys() == {"layout_version", "layout_rows"}


def test_saved_mappings() -> None:
    ids = scenario()
    columns = {"Pallet ID": "pallet_id", "Location": "location", "Age Hours": "time_in_storage"}
    taught = {"column_mapping": columns, "save_as": "Ours"}
    assert ask("PUT", "/reports/{report_id}/mapping", taught, USER, ids).status == 202
    assert drain() == []
    (saved,) = ask("GET", "/mappings", None, USER).json["mappings"]
    path = f"/mappings/{saved['id']}"
    change = {"column_mapping": columns, "name": "Theirs"}
    for method, body, action in (("PUT", change, "changed"), ("DELETE", None, "deleted")):
        refused, left = entries_of(
            lambda method=method, body=body: send(
                method, path, json=body, caller=OTHER, headers={"If-Match": "*"}
            )
        )
        assert (refused.status, left) == (404, [])
        answer, left = entries_of(
            lambda method=method, body=body: send(
                method, path, json=body, headers={"If-Match": "*"}
            )
        )
        expected = entry(
            f"mapping.{action}", f"mapping/usr_alice/{saved['id']}", "name", scope="company"
        )
        check(left, expected, answer, USER, {})


def test_of_many_changed_anomalies_each_has_an_entry() -> None:
    report_id = "rep_many"
    publish(report_id, findings(100, ["stagnant-pallet"]), "job_1.1")
    listed = get("/anomalies", query={"report_id": report_id, "limit": 100}).json["anomalies"]
    chosen = {"filter": {"report_id": report_id}, "status": "Acknowledged"}
    answer, left = entries_of(lambda: send("POST", "/anomalies/status", json=chosen))
    assert answer.json["updated"] == len(listed) == len(left) == 100
    assert {entry.object for entry in left} == {f"anomaly/{anomaly['id']}" for anomaly in listed}
    assert {entry.request_id for entry in left} == {answer.headers["x-request-id"]}


def test_every_writing_route_is_listed() -> None:
    writing = {
        (method.upper(), path)
        for path, methods in DOCUMENT["paths"].items()
        for method in methods
        if method != "get"
    }
    listed = [*IN_WAREHOUSE, *OWN, *UNAUDITED, *chain.from_iterable(TESTED.values())]
    assert set(listed) == writing


def test_a_stale_version_leaves_none() -> None:
    ids = scenario()
    path, stale = f"/warehouses/{ids['warehouse_id']}", {"If-Match": '"99"'}
    refused, left = entries_of(lambda: send("PATCH", path, json={"name": "South"}, headers=stale))
    assert (refused.status, left) == (412, [])


def scenario() -> dict[str, str]:
    ids = world()
    user = repositories.user_repository().find("nina")
    assert user
    return ids | {"nina": user.user_id}
