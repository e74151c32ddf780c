"""Result sets: written, published, repeated, killed at any write, and removed."""

from contextlib import contextmanager
from itertools import count

import pytest

from stockwarden.anomalies.model import Status
from stockwarden.anomalies.requests import AnomalyFilter, StatusChange
from stockwarden.bootstrap import repositories, stores
from stockwarden.bootstrap.anomalies import anomaly_service
from stockwarden.core.errors import Conflict, NotFound
from stockwarden.identity.access import Caller, Role
from stockwarden.storage import clients
from stockwarden.storage.keys import anomalies as keys
from stockwarden.storage.tables import ConditionFailed, write
from tests.engine.anomalies.anomaly_factory import (
    CREATED,
    finding,
    findings,
    publish,
    register,
    show,
    summary,
)

ALICE = Caller("alice", "usr_alice", Role.MEMBER, "s-1")
WRITES = {
    "PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem", "TransactWriteItems",
    "PutObject", "DeleteObjects",
}  # fmt: skip


class Killed(BaseException):
    """Derives from BaseException so that no code catches it, as with a killed process."""


@contextmanager
def killed_at(number):
    """Makes the `number`th write and all later ones fail."""
    writes = count(1)

    def refuse(model, **_):
        if model.name in WRITES and next(writes) >= number:
            raise Killed

    emitters = [client.meta.events for client in (clients.dynamodb(), clients.s3())]
    for events in emitters:
        events.register_first("before-call", refuse, unique_id="killer")
    try:
        yield
    finally:
        for events in emitters:
            events.unregister("before-call", unique_id="killer")


def listed():
    """The anomalies of the report's list, which equals the list across reports."""
    service = anomaly_service()
    page = service.list_anomalies(ALICE, "rep_1", AnomalyFilter(), None, 100)
    assert service.list_anomalies(ALICE, None, AnomalyFilter(), None, 100) == page
    return page.anomalies


def details_by_id():
    """{anomaly id: detail document}."""
    return {anomaly.id: anomaly_service().detail(ALICE, anomaly.id) for anomaly in listed()}


def counts():
    return anomaly_service().counts("rep_1").to_document()


def change(anomaly_id, status, comment=None):
    request = StatusChange(status=status, comment=comment)
    anomaly_service().change_status(ALICE, anomaly_id, request, None)


def stored_keys():
    """The keys of all items and objects of anomalies."""
    items = clients.dynamodb().scan(TableName=stores.anomalies_table().name)["Items"]
    objects = stores.objects().versions("analyses/")
    return [(item["pk"]["S"], item["sk"]["S"]) for item in items], [
        version.key for version in objects
    ]


def test_anomalies_have_the_order_and_evidence_of_the_findings(aws):
    documents = findings(60)
    publish("rep_1", documents)
    details = list(details_by_id().values())
    assert [entry.fingerprint for entry in details] == [entry["fingerprint"] for entry in documents]
    for detail, document in zip(details, documents, strict=True):
        assert [cell.model_dump() for cell in detail.evidence] == document["evidence"]


def test_repeated_fingerprint_makes_two_anomalies(aws):
    publish("rep_1", [finding(1), finding(1), finding(2)])
    first = list(details_by_id())
    assert len(first) == 3
    publish("rep_1", [finding(1), finding(1), finding(2)], "job_2.1")
    assert list(details_by_id()) == first


def test_state_and_history_are_kept_by_the_next_analysis(aws):
    publish("rep_1", findings(10))
    ids = list(details_by_id())
    change(ids[0], Status.RESOLVED, "done")
    change(ids[1], Status.ACKNOWLEDGED)
    change(ids[1], Status.IN_PROGRESS)
    before = details_by_id()
    publish("rep_1", findings(10), "job_2.1")
    after = details_by_id()
    assert list(after) == ids
    for anomaly_id in ids[:2]:
        assert after[anomaly_id] == before[anomaly_id]
    assert [after[anomaly_id].version for anomaly_id in ids] == [2, 3] + [1] * 8
    assert counts()["by_status"] == {
        "New": 8, "Acknowledged": 0, "In Progress": 1, "Resolved": 1,
    }  # fmt: skip
    change(ids[1], Status.RESOLVED)
    assert [entry.version for entry in details_by_id()[ids[1]].history] == [2, 3, 4]


def test_reappearing_anomaly_has_its_last_state(aws):
    publish("rep_1", [finding(1), finding(2)])
    anomaly_id = listed()[0].id
    change(anomaly_id, Status.RESOLVED)
    publish("rep_1", [finding(2)], "job_2.1")
    with pytest.raises(NotFound):
        anomaly_service().detail(ALICE, anomaly_id)
    publish("rep_1", [finding(1), finding(2)], "job_3.1")
    assert details_by_id()[anomaly_id].status is Status.RESOLVED
    change(anomaly_id, Status.NEW)
    assert details_by_id()[anomaly_id].version == 3


def test_generation_without_anomalies(aws):
    publish("rep_1", [])
    assert (details_by_id(), counts()["total"]) == ({}, 0)


def test_shown_generation_cannot_be_written_again(aws):
    publish("rep_1", findings(3))
    with pytest.raises(Conflict):
        repositories.result_sets().write_generation("rep_1", "job_1.1", findings(2))
    assert len(details_by_id()) == 3


def test_only_the_later_of_two_attempts_can_be_shown(aws):
    register("rep_1")
    result_sets = repositories.result_sets()
    early = result_sets.write_generation("rep_1", "job_1.1", findings(3))
    late = result_sets.write_generation("rep_1", "job_1.2", findings(4))
    with pytest.raises(ConditionFailed):
        show("rep_1", early, "job_1.1")
    assert details_by_id() == {}
    show("rep_1", late, "job_1.2")
    result_sets.unlock("rep_1", "job_1.1")
    result_sets.discard("rep_1", "job_1.1")
    assert len(details_by_id()) == 4


def test_discard_keeps_the_shown_generation(aws):
    publish("rep_1", findings(3))
    before = details_by_id()
    result_sets = repositories.result_sets()
    result_sets.write_generation("rep_1", "job_2.1", findings(30))
    result_sets.discard("rep_1", "job_2.1")
    result_sets.discard("rep_1", "job_1.1")
    assert details_by_id() == before
    assert not any("job_2.1" in pk + sk for pk, sk in stored_keys()[0])
    change(next(iter(before)), Status.RESOLVED)


def attempt(number, documents):
    publish("rep_1", documents, f"job_2.{number}")
    repositories.result_sets().discard_superseded("rep_1")


@pytest.mark.parametrize("first", [True, False], ids=["first analysis", "reanalysis"])
def test_crash_at_any_write_shows_no_partial_result(aws, first):
    """Repeats the run, killed one write later each time, until a run completes."""
    if first:
        register("rep_1")
    else:
        publish("rep_1", findings(12))
        change(listed()[0].id, Status.RESOLVED)
    before, old_counts = listed(), counts()
    documents = findings(30)
    for number in count(1):
        try:
            with killed_at(number):
                attempt(number, documents)
        except Killed:
            if len(listed()) == len(before):
                assert (listed(), counts()) == (before, old_counts)
            else:  # The run was killed during its cleanup.
                assert (len(listed()), counts()["total"]) == (30, 30)
        else:
            break
    assert number > 5
    attempt("last", documents)
    assert len(details_by_id()) == counts()["total"] == 30
    assert counts()["by_status"]["Resolved"] == (0 if first else 1)
    items, objects = stored_keys()
    assert {pk for pk, sk in items if keys.DIGEST.fullmatch(sk)} == {"rep_1#job_2.last"}
    assert objects == ["analyses/rep_1/job_2.last/evidence.jsonl"]


def test_deletion_completes_after_any_number_of_crashes(aws):
    publish("rep_1", findings(30))
    change(listed()[0].id, Status.RESOLVED)
    publish("rep_2", findings(2))
    others = [key for key in stored_keys()[0] if "rep_2" in key[0] + key[1]]
    for number in count(1):
        try:
            with killed_at(number):
                repositories.result_sets().delete_report("rep_1")
        except Killed:
            continue
        break
    assert number > 5
    assert sorted(stored_keys()[0]) == sorted(others)
    assert stored_keys()[1] == ["analyses/rep_2/job_1.1/evidence.jsonl"]


def test_a_report_is_hidden_as_it_is_deleted(aws):
    publish("rep_1", findings(5))
    item = summary("rep_1", "alice", CREATED, "job_1.1")
    hide = repositories.result_sets().hide_operations(owner=item["owner"], listed=item["listed"])
    write(stores.reports_table().delete({"pk": item["pk"], "sk": item["sk"]}), *hide)
    service = anomaly_service()
    assert service.list_anomalies(ALICE, None, AnomalyFilter(), None, 100).anomalies == []
    with pytest.raises(NotFound):
        service.list_anomalies(ALICE, "rep_1", AnomalyFilter(), None, 100)


def test_anomalies_are_grouped_by_location(aws):
    documents = [
        finding(number, location=name)
        for number, name in enumerate([None, "B-2", "a-1 ", "A-1", "B-2", "A-1", "C-3"])
    ]
    publish("rep_1", documents)
    service, cursor, locations = anomaly_service(), None, []
    while True:
        page = service.by_location(ALICE, "rep_1", cursor, 2)
        locations += [
            (location.name, location.anomalyCount, len(location.anomalies))
            for location in page.locations
        ]
        cursor = page.next_cursor
        if cursor is None:
            break
    assert locations == [
        ("(no location)", 1, 1), ("A-1", 3, 1), ("A-1", 3, 2), ("B-2", 2, 2), ("C-3", 1, 1),
    ]  # fmt: skip
    with pytest.raises(NotFound):
        service.by_location(Caller("bob", "usr_bob", Role.MEMBER, "s-2"), "rep_1", None, 10)
