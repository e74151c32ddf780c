"""The function that seals the audit log: from the stream, on its schedule, and by hand."""

import json
from datetime import timedelta

import pytest

from audit_seal import app
from stockwarden.audit.verification import AuditVerification
from stockwarden.audit.verifications import SCHEDULE, VerificationRepository
from stockwarden.bootstrap.audit_seal import daily_verification, verification_repository
from stockwarden.core.clock import utc_now
from stockwarden.core.errors import BadRequest, Unavailable
from stockwarden.storage import clients
from stockwarden.storage.attributes import from_attributes
from stockwarden.storage.keys import audit as keys
from stockwarden.storage.tables import write
from tests.support.audit import ORIGIN, stream_event
from tests.support.aws import ROOT
from tests.support.failing import refusal
from tests.support.gateway import Context, LongContext

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
    assert SAMPLES.keys() == {"new-entries", "scheduled", "by-hand", "verify"}


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


def verify(context=None):
    return app.handler(SAMPLES["verify"], context or LongContext())


def noted(audit):
    return verification_repository().list_last()


def test_every_chain_is_verified_once_a_day(audit, monkeypatch):
    audit.seal(3)
    audit.seal(1, "security")
    assert verify() == {"chains": 2, "broken": 0}
    assert {scope: last.verified for scope, last in noted(audit).items()} == {
        "company": 3,
        "security": 1,
    }
    assert {last.by for last in noted(audit).values()} == {"system"}
    # What is intact leaves no event, or every night would have one for each warehouse.
    assert len(audit.entries("security")) == 1
    assert verify() == {"chains": 0, "broken": 0}
    later = utc_now() + timedelta(hours=23, minutes=1)
    monkeypatch.setattr(daily_verification(), "clock", lambda: later)
    assert verify() == {"chains": 2, "broken": 0}


def test_a_run_takes_the_chain_that_waits_longest_and_the_next_the_others(audit, monkeypatch):
    for scope in ("company", "security", WAREHOUSE):
        audit.seal(1, scope)
    left = iter([900_000, 0])

    class Short(LongContext):
        def get_remaining_time_in_millis(self):
            return next(left)

    assert verify(Short()) == {"chains": 1, "broken": 0}
    assert noted(audit).keys() == {"company"}
    assert verify() == {"chains": 2, "broken": 0}


def test_a_broken_chain_is_an_event_of_the_system(audit):
    first, *_ = audit.seal(3)
    write(audit.table.put({**first, "changes": {}}))
    assert verify() == {"chains": 1, "broken": 1}
    (event,) = audit.entries("security")
    assert (event["actor"], event["source"]) == ("system", "schedule")
    assert (event["action"], event["object"]) == ("audit.broken", "chain/company")
    assert noted(audit)["company"].fault.seq == 1


def test_a_chain_whose_table_was_emptied_is_found_by_its_signed_heads(audit):
    audit.seal(2)
    for item in [*audit.entries(), keys.head("company")]:
        write(audit.table.delete({"pk": item["pk"], "sk": item["sk"]}))
    assert verify() == {"chains": 1, "broken": 1}


def test_a_chain_that_cannot_be_read_does_not_keep_the_others_waiting(audit, monkeypatch):
    audit.seal(1)
    audit.seal(1, "security")
    verify_scope = AuditVerification.verify_scope

    def fail(self, scope):
        if scope == "company":
            raise Unavailable("The database does not answer.")
        return verify_scope(self, scope)

    with monkeypatch.context() as patch:
        patch.setattr(AuditVerification, "verify_scope", fail)
        with pytest.raises(Unavailable):
            verify()
    assert noted(audit).keys() == {"security"}
    assert verify() == {"chains": 1, "broken": 0}


def test_an_older_result_does_not_replace_a_newer_one(audit):
    audit.seal(1)
    report = audit.verification.verify_scope("company")
    notes = verification_repository()
    notes.note(SCHEDULE, report)
    newest = noted(audit)["company"]
    earlier = VerificationRepository(audit.table, audit.log, lambda: utc_now() - timedelta(hours=1))
    earlier.note(ORIGIN, report)
    assert noted(audit)["company"] == newest
    assert [entry["action"] for entry in audit.entries("security")] == ["audit.verified"]
