"""The sample events of events/analysis have the effect their names state."""

import json

import pytest

from analysis import app
from stockwarden.bootstrap import stores
from tests.support.aws import ROOT
from tests.support.gateway import Context
from tests.support.reports import CSV, arrive, create, deliver, get, queued, send, state, work

SAMPLES = ROOT / "events" / "analysis"
FAILURES = {
    "announcement": [],
    "batch-with-one-that-nobody-understands": ["059f36b4-87a3-44ab-83d2-661970000001"],
    "bucket-test-event": [],
    "drop-that-is-gone": [],
    "event-of-another-bucket": ["059f36b4-87a3-44ab-83d2-661970000002"],
    "export": [],
    "job-of-a-deleted-report": [],
    "notice": [],
    "quarantine": [],
    "removal-that-is-done": [],
    "upload-of-a-deleted-report": [],
}


def test_every_sample_is_tested():
    assert {path.stem for path in SAMPLES.iterdir()} == set(FAILURES)


@pytest.fixture
def handle(monkeypatch):
    """Delivers a sample with its job's ids replaced; returns the ids of failed messages."""
    monkeypatch.setattr(stores.analysis_queue(), "retry_in", lambda *_: None)

    def handle(name, **ids):
        event = json.loads((SAMPLES / f"{name}.json").read_text(encoding="utf-8"))
        if ids:
            (record,) = event["Records"]
            job = json.loads(record["body"])["job"]
            assert ids.keys() == job.keys() - {"kind"}
            record["body"] = json.dumps({"job": {**job, **ids}})
        answer = app.handler(event, Context())
        failed = [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]
        # Without a sender, as those that are under way while the stack is updated.
        jobs = queued(stores.jobs_queue())
        return failed + (work(*jobs) if jobs else [])

    return handle


@pytest.mark.parametrize("name", FAILURES)
def test_a_sample(name, handle):
    assert handle(name) == FAILURES[name]


def test_an_export(handle):
    new_report = create()
    deliver(arrive(new_report, "inventory", CSV))
    path = f"/reports/{new_report['report_id']}/exports"
    export = send("POST", path, json={"format": "csv"}).json
    queued()
    assert handle("export", report_id=new_report["report_id"], export_id=export["id"]) == []
    assert get(f"{path}/{export['id']}").json["status"] == "ready"


def test_an_analysis_and_a_removal(handle):
    new_report = create()
    deliver(arrive(new_report, "inventory", CSV))
    report_id = new_report["report_id"]
    send("POST", f"/reports/{report_id}/reanalysis", json={})
    (message,) = queued()
    job_id = message["job"]["job_id"]
    assert handle("job-of-a-deleted-report", report_id=report_id, job_id=job_id) == []
    assert state(report_id)["status"] == "ready"
    send("DELETE", f"/reports/{report_id}")
    queued()
    assert handle("removal-that-is-done", report_id=report_id) == []
    assert stores.objects().versions(f"uploads/{report_id}/") == []
