"""Report logs: an entry for everything that ran, exactly when it has ended; who reads which."""

from dataclasses import replace

from stockwarden.bootstrap import repositories, stores
from stockwarden.identity.access import TokenLimits
from stockwarden.reports import job_endings
from stockwarden.reports.logged import RunEntries
from stockwarden.storage import clients
from stockwarden.storage.keys import users as user_keys
from stockwarden.storage.tables import write
from tests.functions.reports.exports import exported, ready
from tests.support.capacity import measure
from tests.support.failing import fail_operation, refusal
from tests.support.gateway import ADMIN, OTHER, USER
from tests.support.problems import problem
from tests.support.reports import (
    arrive,
    create,
    create_warehouse,
    deliver,
    drain,
    get,
    send,
    share,
    state,
)

UNSURE = b"Pallet ID,Location,Received At\nP-1,RECV-01,03/04/2025\nP-2,RECV-01,05/06/2025\n"


def logs(caller=USER, **query):
    answer = get("/report-logs", caller=caller, query=query)
    assert answer.status == 200, answer.body
    return answer.json["logs"]


def analyze(body=UNSURE, caller=USER, **fields):
    new_report = create(caller=caller, **fields)
    message = arrive(new_report, "inventory", body)
    assert deliver(message) == []
    return new_report["report_id"]


def test_an_analysis_says_what_ran_on_what_how_long_and_what_came_of_it():
    report = ready()
    warehouse = report["warehouse_id"]
    (entry,) = logs(warehouse_id=warehouse)
    assert (entry["kind"], entry["outcome"], entry["attempt"]) == ("analysis", "ready", 1)
    assert (entry["report_id"], entry["report_name"]) == (report["id"], report["report_name"])
    assert (entry["filename"], entry["reason"]) == ("stock.csv", None)
    assert (entry["rows"], entry["anomalies"]) == (6, report["counts"]["total"])
    assert entry["warehouse"] == {"id": warehouse, "name": "North"}
    assert entry["by"]["user_id"] == USER.user_id
    assert entry["started_at"] <= entry["ended_at"]
    assert 0 <= entry["seconds"] < 60


def test_a_question_and_a_failure_say_why():
    asked, failed = analyze(UNSURE), analyze(b"\x00")
    newest, older = logs()
    assert (newest["report_id"], newest["outcome"]) == (failed, "failed")
    assert (older["report_id"], older["outcome"]) == (asked, "needs_mapping")
    for entry in (newest, older):
        assert entry["reason"] == state(entry["report_id"])["reason"]
        assert (entry["rows"], entry["anomalies"], entry["warehouse"]) == (None, None, None)


def test_a_failed_repetition_is_a_failure_though_the_report_stays_ready(monkeypatch):
    report = ready(warehouse_id=None)
    stores.objects().delete_prefix("uploads/")
    assert send("POST", f"/reports/{report['id']}/reanalysis", json={}).status == 202
    drain()
    assert state(report["id"])["status"] == "ready"
    assert [entry["outcome"] for entry in logs()] == ["failed", "ready"]


def test_an_export_and_a_removal_are_logged_once():
    report = ready(warehouse_id=None)
    export = exported(report, "csv")
    assert send("DELETE", f"/reports/{report['id']}").status == 204
    assert drain() == []
    removal = {"job": {"kind": "removal", "report_id": report["id"]}}
    assert deliver(removal, removal) == []
    gone, sent, _ = logs()
    assert (gone["kind"], gone["outcome"], gone["filename"]) == ("removal", "removed", "stock.csv")
    assert (sent["kind"], sent["outcome"], sent["report_id"]) == ("export", "ready", report["id"])
    assert sent["anomalies"] == export["anomalies"]
    assert {entry["by"]["user_id"] for entry in (gone, sent)} == {USER.user_id}


def test_who_reads_what():
    warehouse = create_warehouse()["id"]
    users = repositories.user_repository()
    for name in ("vera", "mary"):
        if users.find(name) is None:
            users.add(name, "no password")
    vera, mary = (replace(OTHER, username=name, user_id=f"usr_{name}") for name in ("vera", "mary"))
    share(warehouse, "vera", "operator")
    share(warehouse, "mary", "manager")
    shared, own, others = analyze(warehouse_id=warehouse), analyze(), analyze(caller=OTHER)

    def seen(caller, **query):
        return [entry["report_id"] for entry in logs(caller, **query)]

    assert seen(USER) == [own]
    assert seen(OTHER) == [others]
    assert seen(ADMIN) == [others, own, shared]
    for caller in (USER, mary, ADMIN):
        assert seen(caller, warehouse_id=warehouse) == [shared]
    assert seen(vera) == []
    problem(get("/report-logs", caller=vera, query={"warehouse_id": warehouse}), 403)
    for caller, where in ((OTHER, warehouse), (ADMIN, "wh_0"), (ADMIN, "person:usr_alice")):
        problem(get("/report-logs", caller=caller, query={"warehouse_id": where}), 404)


def test_an_api_token_reads_within_its_warehouses():
    warehouse = create_warehouse()["id"]
    limits = TokenLimits("tok_1", frozenset({"reports:read"}), frozenset({warehouse}))
    caller = replace(USER, limits=limits)
    assert logs(caller, warehouse_id=warehouse) == []
    problem(get("/report-logs", caller=caller), 403)


def test_names_of_erased_people_and_warehouses_are_null():
    warehouse = create_warehouse()["id"]
    report = analyze(warehouse_id=warehouse)
    person = {**user_keys.person(USER.user_id), "username": "alice"}
    write(stores.users_table().put(person))
    (entry,) = logs(ADMIN)
    assert entry["by"] == {"user_id": USER.user_id, "username": "alice"}
    write(stores.users_table().delete(user_keys.person(USER.user_id)))
    assert send("DELETE", f"/warehouses/{warehouse}").status == 204
    (entry,) = logs(ADMIN)
    assert (entry["report_id"], entry["by"]["username"]) == (report, None)
    assert entry["warehouse"] == {"id": warehouse, "name": None}


def test_filters_and_pages():
    first, second, third = analyze(), analyze(b"\x00"), analyze()
    everything = logs()
    moments = {entry["report_id"]: entry["ended_at"] for entry in everything}
    cases = [
        ({"outcome": "failed"}, [second]),
        ({"outcome": "needs_mapping", "kind": "analysis"}, [third, first]),
        ({"kind": "export"}, []),
        ({"report_id": first}, [first]),
        ({"from": moments[second]}, [third, second]),
        ({"to": moments[second]}, [second, first]),
        ({"from": moments[second], "to": moments[second]}, [second]),
        ({"from": "2999-01-01T00:00:00Z"}, []),
    ]
    for query, found in cases:
        assert [entry["report_id"] for entry in logs(**query)] == found, query
    for caller in (USER, ADMIN):
        pages, cursor = [], {}
        while cursor is not None:
            answer = get("/report-logs", caller=caller, query={"limit": 1, **cursor}).json
            pages += answer["logs"]
            cursor = answer["next_cursor"] and {"cursor": answer["next_cursor"]}
        assert pages == everything
    cursor = get("/report-logs", query={"limit": 1}).json["next_cursor"]
    for query, caller in (({"kind": "export"}, USER), ({}, OTHER)):
        problem(get("/report-logs", caller=caller, query={"cursor": cursor, **query}), 400)


def test_a_page_takes_five_reads_at_most():
    warehouse = create_warehouse()["id"]
    for _ in range(2):
        analyze(warehouse_id=warehouse)
    with measure(clients.dynamodb()) as units:
        assert len(logs(ADMIN, warehouse_id=warehouse)) == 2
    assert len(units.calls) <= 5
    assert units.reads <= 4


def test_an_entry_costs_two_writes_and_one_in_the_index_and_no_further_call(monkeypatch):
    def units_of_one():
        message = arrive(create(), "inventory", UNSURE)
        with measure(clients.dynamodb()) as units:
            assert deliver(message) == []
        return units

    logged = units_of_one()
    log = stores.operations_table().name

    def without_entry(*operations):
        write(*(each for each in operations if each.request["TableName"] != log))

    monkeypatch.setattr(job_endings, "write", without_entry)
    plain = units_of_one()
    assert logged.writes - plain.writes == 2 + 1
    assert logged.reads == plain.reads
    assert [call[0] for call in logged.calls] == [call[0] for call in plain.calls]


def test_neither_an_outcome_without_its_entry_nor_an_entry_without_its_outcome(monkeypatch):
    new_report = create()
    message = arrive(new_report, "inventory", UNSURE)
    ended = RunEntries.analysis

    def cut_off(entries, *arguments, **facts):
        fail_operation(patch, refusal("ServiceUnavailable", 503), "TransactWriteItems")
        return ended(entries, *arguments, **facts)

    with monkeypatch.context() as patch:
        patch.setattr(RunEntries, "analysis", cut_off)
        assert deliver(message) != []
    assert (state(new_report["report_id"])["status"], logs()) == ("analyzing", [])
    assert deliver(message, message) == []
    (entry,) = logs()
    assert (entry["outcome"], entry["attempt"]) == ("needs_mapping", 2)
