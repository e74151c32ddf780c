"""The function that seals the audit log: from the stream, on its schedule, and by hand."""

import json

import pytest

from audit_seal import app
from stockwarden.core.errors import BadRequest, Unavailable
from stockwarden.storage import clients
from stockwarden.storage.attributes import from_attributes
from tests.support.audit import stream_event
from tests.support.aws import ROOT
from tests.support.failing import refusal
from tests.support.gateway import Context

SAMPLES = {
    path.stem: json.loads(path.read_text(encoding="utf-8"))
    for path in (ROOT / "events" / "audit_seal").iterdir()
}
WAREHOUSE = "warehouse:wh_0123456789abcdef0123456789"


def run(event):
    return app.handler(event, Context())


@pytest.fixture
def written(audit):
    """The entries of the sample event, as they are in the table; not sealed."""
    records = SAMPLES["new-entries"]["Records"]
    audit.table.put_all(from_attributes(record["dynamodb"]["NewImage"]) for record in records)
    return audit


def test_a_batch_of_the_stream_is_sealed_by_scope(written):
    assert run(SAMPLES["new-entries"]) == {"company": 1, WAREHOUSE: 2}
    assert run(SAMPLES["new-entries"]) == {}
    assert [item["action"] for item in written.chain(WAREHOUSE)] == [
        "anomaly.status_changed",
        "warehouse.renamed",
    ]
    assert written.fault("company") is None
    assert written.fault(WAREHOUSE) is None
    assert written.verify()[WAREHOUSE].signed == 2


def test_by_hand_also_scopes_of_which_nothing_was_sealed(written):
    assert run(SAMPLES["scheduled"]) == {}
    assert run(SAMPLES["by-hand"]) == {"company": 1, WAREHOUSE: 2}
    assert written.fault(WAREHOUSE) is None


def test_the_schedule_seals_what_the_stream_left(audit):
    audit.seal(1)
    audit.seal(1, "security")
    audit.record(2)
    audit.record(1, "security")
    assert run(SAMPLES["scheduled"]) == {"company": 2, "security": 1}
    assert run(SAMPLES["scheduled"]) == {}
    assert audit.fault("security") is None


def test_the_samples_are_all_tried():
    assert SAMPLES.keys() == {"new-entries", "scheduled", "by-hand"}


@pytest.mark.parametrize("scopes", ["company", ["elsewhere"], [1], [["company"]], None])
def test_scopes_that_are_none(audit, scopes):
    with pytest.raises(BadRequest, match="scopes is a list"):
        run({"scopes": scopes})


def test_a_scope_that_fails_does_not_keep_the_others_waiting(audit, monkeypatch, caplog):
    images = [*audit.record(1, "company"), *audit.record(1, "security")]
    put = clients.s3().put_object

    def fail(**request):
        if "/company/" in request["Key"]:
            raise refusal("SlowDown", 503)
        return put(**request)

    with monkeypatch.context() as patch:
        patch.setattr(clients.s3(), "put_object", fail)
        with pytest.raises(Unavailable):
            run(stream_event(images))
    assert [record.scope for record in caplog.records] == ["company"]
    assert audit.verify()["security"].signed == 1
    assert audit.verify()["company"].signed == 0
    run(SAMPLES["scheduled"])
    assert audit.verify()["company"].signed == 1
