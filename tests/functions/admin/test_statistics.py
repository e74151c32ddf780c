"""The figures of the company: which are exact, which were counted, and as of when."""

from dataclasses import replace

import pytest

from stockwarden.analysis import statistics
from stockwarden.bootstrap import repositories, stores
from stockwarden.identity.access import Role
from stockwarden.storage import clients
from sweep import app as sweep
from tests.support.capacity import measure
from tests.support.gateway import ADMIN, OTHER, Context, LongContext
from tests.support.problems import problem
from tests.support.reports import CSV, arrive, create, create_warehouse, deliver, send, store
from tests.support.snapshots import snapshot

PATH = "/admin/statistics"
COUNTED = ("users", "reports", "warehouses", "anomalies", "storage")


def count(context=None):
    return sweep.handler({"task": "count"}, context or LongContext())


def test_before_the_first_count_only_what_is_read_at_the_request(ask):
    figures = ask("GET", PATH).json
    assert [figures[name] for name in COUNTED] == [None] * 5
    assert figures["administrators"]["enabled"] == 1
    assert not figures["administrators"]["estimated"]
    assert figures["queue"]["estimated"]


def test_items(ask):
    for name, status in [("Nut", "pending"), ("Bolt", "active"), ("Nail", "active")]:
        item = send("POST", "/items", json={"name": name}, caller=ADMIN).json
        send("PUT", f"/items/{item['id']}", json={"status": status}, caller=ADMIN)
    items = ask("GET", PATH).json["items"]
    assert items["by_status"] == {"pending": 1, "active": 2, "completed": 0, "archived": 0}
    assert (items["total"], items["estimated"]) == (3, False)


def test_queues(ask):
    stores.analysis_queue().send({"Records": []})
    stores.analysis_queue().send({"Records": []}, 60)
    stores.jobs_queue().send({"Records": []}, "group", "once")
    clients.sqs().send_message(QueueUrl=stores.settings().dead_letters_url, MessageBody="{}")
    figures = ask("GET", PATH).json
    queue = figures["queue"]
    assert (queue["waiting"], queue["in_flight"], queue["delayed"]) == (2, 0, 1)
    assert figures["dead_letters"]["waiting"] == 1


def test_what_is_counted(ask):
    users = repositories.user_repository()
    users.change_standing("bob", disabled=True)
    warehouse_id = create_warehouse()["id"]
    snapshot(warehouse_id, [500, 600], day=8)
    newest = snapshot(warehouse_id, [500, 600], day=9)
    create()
    deliver(arrive(create(), "inventory", b"\x00"))
    store("drop/nobody/stock.csv", CSV)
    assert count() == {"complete": 1}
    figures = ask("GET", PATH).json
    assert figures["users"]["by_role"] == {"admin": 1, "member": 1, "manager": 1, "operator": 1}
    assert figures["users"]["by_status"] == {"active": 3, "disabled": 1}
    assert figures["users"]["total"] == 4
    by_status = {"ready": 2, "awaiting_upload": 1, "failed": 1}
    assert figures["reports"]["by_status"] == by_status
    assert figures["warehouses"]["total"] == 1
    # Of the newest snapshot alone.
    assert figures["anomalies"]["total"] == newest["counts"]["total"] > 0
    assert figures["anomalies"]["by_priority"] == newest["counts"]["by_priority"]
    storage = figures["storage"]
    assert storage["bytes_by_folder"]["drop"] == len(CSV)
    assert storage["bytes"] == sum(storage["bytes_by_folder"].values())
    for name in COUNTED:
        assert figures[name]["as_of"] <= figures[name]["until"]
        assert figures[name]["estimated"]


def test_a_count_without_time_goes_on_where_it_stopped(ask, monkeypatch):
    for name in ("a", "b", "c"):
        store(f"drop/alice/{name}.csv", CSV)
    count()
    whole = ask("GET", PATH).json
    client = stores.objects().client
    listing = client.list_object_versions
    monkeypatch.setattr(client, "list_object_versions", lambda **query: listing(**query, MaxKeys=2))
    monkeypatch.setattr(sweep, "_TIME_LEFT", 60_000)
    runs = 1
    while count(Context()) != {"complete": 1}:
        runs += 1
        # The figures stay those of the last complete count.
        assert ask("GET", PATH).json["users"] == whole["users"]
    assert runs > 4
    again = ask("GET", PATH).json
    assert again["users"]["as_of"] > whole["users"]["as_of"]
    for name in COUNTED:
        times = {"as_of": "", "until": ""}
        assert again[name] | times == whole[name] | times


def test_a_run_that_breaks_off_counts_nothing_twice(ask, monkeypatch):
    create_warehouse()
    with monkeypatch.context() as patch:
        patch.setattr(statistics.CompanyCount, "_count_objects", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            count()
    count()
    assert ask("GET", PATH).json["warehouses"]["total"] == 1


def test_the_costs_do_not_depend_on_how_much_there_is(ask):
    count()
    with measure(clients.dynamodb()) as units:
        ask("GET", PATH)
    assert [name for name, _, _ in units.calls] == ["GetItem", "BatchGetItem", "GetItem"]


def test_it_is_for_administrators(ask):
    problem(ask("GET", PATH, caller=replace(OTHER, role=Role.MANAGER)), 403)
    assert ask("GET", PATH, caller=ADMIN).status == 200
