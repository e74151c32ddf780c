"""The sweep finds uploads without an event; late events create no second report."""

import json
from datetime import timedelta

import pytest

from stockwarden.analysis import sweep as sweep_module
from stockwarden.bootstrap import repositories, stores
from stockwarden.bootstrap.sweep import upload_sweep
from stockwarden.core.clock import utc_now
from stockwarden.core.errors import BadRequest
from sweep import app
from tests.support.aws import ROOT
from tests.support.gateway import Context
from tests.support.reports import (
    CSV,
    arrive,
    create,
    deliver,
    drain,
    get,
    queued,
    send,
    state,
    store,
)

RULES = b"location_pattern,location_type\nRECV-*,RECEIVING\n"
SAMPLES = {
    path.stem: json.loads(path.read_text(encoding="utf-8"))
    for path in (ROOT / "events" / "sweep").iterdir()
}


@pytest.fixture(autouse=True)
def _alice():
    repositories.user_repository().add("Alice", "hash")


@pytest.fixture
def later(monkeypatch):
    """Moves the clock forward by eleven minutes."""
    monkeypatch.setattr(upload_sweep(), "clock", lambda: utc_now() + timedelta(minutes=11))


def sweep(sample="scheduled"):
    return app.handler(SAMPLES[sample], Context())


def listed():
    return get("/reports", query={"limit": 100}).json["reports"]


def test_recent_objects_are_not_announced():
    store("drop/alice/stock.csv", CSV)
    assert sweep() == {"examined": 1, "queued": 0}


def test_patience_can_be_set_to_zero():
    store("drop/alice/stock.csv", CSV)
    assert sweep("by-hand") == {"examined": 1, "queued": 1}
    assert drain() == []
    assert [report["status"] for report in listed()] == ["ready"]
    assert sweep("by-hand")["queued"] == 0


@pytest.mark.parametrize("minutes", [-1, 1441, "ten", None, [1]])
def test_invalid_patience_is_refused(minutes):
    with pytest.raises(BadRequest, match="from 0 to 1440"):
        app.handler({"patience_minutes": minutes}, Context())


def test_a_sample_for_each_task():
    assert sweep("jobs") == {"expired": 0, "forgotten": 0}
    assert sweep("postings") == {"finished": 0, "abandoned": 0}
    assert sweep("count") == {"complete": 1}
    assert sweep("ledgers") == {"items": 0, "differences": 0}
    assert SAMPLES.keys() == {"by-hand", "count", "jobs", "ledgers", "postings", "scheduled"}


@pytest.mark.parametrize("task", ["", "job", None, ["jobs"], {}])
def test_invalid_task_is_refused(task):
    with pytest.raises(BadRequest, match="task is"):
        app.handler({"task": task}, Context())


@pytest.mark.usefixtures("later")
def test_a_lost_drop_is_found_once():
    arrival = store("drop/alice/Läger +1.csv", CSV)
    assert sweep()["queued"] == 1
    assert sweep()["queued"] == 1  # Not taken from the queue yet.
    assert drain() == []
    assert deliver(arrival, arrival) == []
    assert [report["status"] for report in listed()] == ["ready"]
    assert sweep()["queued"] == 0
    assert queued() == []


@pytest.mark.usefixtures("later")
def test_an_event_and_the_sweep_in_any_order_make_one_report():
    arrivals = [store(f"drop/alice/{name}.csv", CSV) for name in "abc"]
    sweep()
    messages = queued()
    assert len(messages) == 3
    assert deliver(arrivals[0], *messages, *reversed(arrivals), *messages) == []
    assert sorted(report["report_name"] for report in listed()) == ["a", "b", "c"]
    assert {report["status"] for report in listed()} == {"ready"}


@pytest.mark.usefixtures("later")
def test_lost_uploads_of_a_report():
    new_report = create(rules_filename="rules.csv")
    arrive(new_report, "inventory", CSV)
    rules = arrive(new_report, "rules", RULES)
    assert sweep()["queued"] == 1
    assert drain() == []
    assert state(new_report["report_id"])["status"] == "ready"
    assert sweep()["queued"] == 0
    assert deliver(rules) == []
    assert len(listed()) == 1


@pytest.mark.usefixtures("later")
def test_a_lost_rules_file_that_a_report_waits_for():
    new_report = create(rules_filename="rules.csv")
    inventory = arrive(new_report, "inventory", CSV)
    assert deliver(inventory) == []
    arrive(new_report, "rules", RULES)
    assert sweep()["queued"] == 1
    assert drain() == []
    assert state(new_report["report_id"])["status"] == "ready"
    assert sweep()["queued"] == 0


@pytest.mark.usefixtures("later")
def test_unroutable_object_is_not_announced_again():
    new_report = create()
    send("DELETE", f"/reports/{new_report['report_id']}")
    assert drain() == []
    arrive(new_report, "inventory", CSV)
    store("drop/stranger/stock.csv", CSV)
    stores.objects().put("drop/alice/", b"", "text/plain")
    assert sweep()["queued"] == 1
    assert drain() == []
    assert sweep()["queued"] == 0


@pytest.mark.usefixtures("later")
def test_every_version_is_examined_except_delete_markers():
    for _ in range(2):
        store("drop/alice/stock.csv", CSV)
    objects = stores.objects()
    objects.client.delete_object(Bucket=objects.bucket, Key="drop/alice/stock.csv")
    assert sweep() == {"examined": 2, "queued": 2}


@pytest.mark.usefixtures("later")
def test_run_is_bounded_and_the_next_continues(monkeypatch):
    monkeypatch.setattr(sweep_module, "_PAGES", 1)
    objects = stores.objects()
    client = objects.client
    listing = client.list_object_versions
    monkeypatch.setattr(client, "list_object_versions", lambda **q: listing(**q, MaxKeys=2))
    for name in "abcde":
        store(f"drop/alice/{name}.csv", CSV)
    assert [sweep()["queued"] for _ in range(3)] == [2, 2, 1]
    assert stores.reports_table().get({"pk": "SWEEP", "sk": "drop/"}) is None
    assert drain() == []
    assert len(listed()) == 5
    assert [sweep()["examined"] for _ in range(3)] == [2, 2, 1]


@pytest.mark.usefixtures("later")
def test_number_of_messages_per_run_is_bounded(monkeypatch):
    monkeypatch.setattr(sweep_module, "_MESSAGES", 2)
    for name in "abc":
        store(f"drop/alice/{name}.csv", CSV)
    assert sweep()["queued"] == 2
    assert drain() == []
    assert sweep()["queued"] == 1
    assert drain() == []
    assert len(listed()) == 3


@pytest.mark.usefixtures("later")
def test_nothing_is_announced_while_the_queue_is_long(monkeypatch):
    monkeypatch.setattr(sweep_module, "_BACKLOG", 0)
    store("drop/alice/stock.csv", CSV)
    stores.analysis_queue().send({"Records": []})
    assert sweep() == {"examined": 0, "queued": 0}
