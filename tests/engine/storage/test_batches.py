"""Twenty concurrent writers: no change is lost and none is counted twice."""

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

from stockwarden.anomalies.model import VERDICTS, Status
from stockwarden.anomalies.requests import AnomalyFilter, BulkStatusChange, StatusChange
from stockwarden.bootstrap.anomalies import anomaly_service
from stockwarden.core.errors import PreconditionFailed
from stockwarden.identity.access import Caller, Role
from tests.engine.anomalies.anomaly_factory import findings, publish

ALICE = Caller("alice", "usr_alice", Role.MEMBER, "s-1")
STEPS = [(status, None) for status in Status] + [
    (Status.RESOLVED, str(verdict)) for verdict in VERDICTS
]


def anomalies():
    page = anomaly_service().list_anomalies(ALICE, "rep_1", AnomalyFilter(), None, 100)
    assert page.next_cursor is None
    return page.anomalies


def priced(count):
    cost = {"currency": "EUR", "formula": "0", "inputs": {}}
    return [
        {**finding, "cost": {**cost, "amount": number + 0.07}}
        for number, finding in enumerate(findings(count))
    ]


def change(anomaly_id, status, comment=None, version=None, reason=None):
    request = StatusChange(status=status, comment=comment, reason=reason)
    return anomaly_service().change_status(ALICE, anomaly_id, request, version)


def assert_counts_equal_the_anomalies():
    anomalies_now = anomalies()
    stored_counts = anomaly_service().counts("rep_1")
    judged = Counter((anomaly.rule, anomaly.reason) for anomaly in anomalies_now if anomaly.reason)
    assert {verdict: count for verdict, count in stored_counts.verdicts.items() if count} == judged
    is_open = [anomaly for anomaly in anomalies_now if anomaly.status is not Status.RESOLVED]
    assert stored_counts.open_cents == sum(round(anomaly.cost.amount * 100) for anomaly in is_open)
    counts = stored_counts.to_document()
    for name in ("status", "priority", "rule"):
        nonzero = {value: count for value, count in counts[f"by_{name}"].items() if count}
        assert nonzero == Counter(str(getattr(anomaly, name)) for anomaly in anomalies_now)
    assert counts["total"] == len(anomalies_now)


def test_counts_are_exact_under_concurrent_writes_to_one_anomaly(one_call_at_a_time):
    publish("rep_1", priced(1))
    anomaly_id = anomalies()[0].id
    generator = random.Random(7)  # noqa: S311 - the same every time
    work = [(f"from {number}", *generator.choice(STEPS)) for number in range(50)]

    def take(step):
        comment, status, reason = step
        return change(anomaly_id, status, comment, reason=reason).success

    with ThreadPoolExecutor(50) as people:
        assert all(people.map(take, work))
    detail = anomaly_service().detail(ALICE, anomaly_id)
    assert {entry.comment for entry in detail.history} == {comment for comment, _, _ in work}
    assert [entry.version for entry in detail.history] == list(range(2, 52))
    assert_counts_equal_the_anomalies()


def test_counts_are_exact_under_concurrent_writes_to_one_report(one_call_at_a_time):
    publish("rep_1", priced(12))
    targets = [anomaly.id for anomaly in anomalies()]
    generator = random.Random(7)  # noqa: S311 - the same every time
    work = [(generator.choice(targets), *generator.choice(STEPS)) for _ in range(56)]

    def take(step):
        target, status, reason = step
        return change(target, status, reason=reason).success

    def change_many(start):
        status = list(Status)[start % 4]
        request = BulkStatusChange(ids=targets[start : start + 6], status=status)
        return anomaly_service().change_statuses(ALICE, request).failed

    with ThreadPoolExecutor(50) as people:
        bulks = [people.submit(change_many, start) for start in range(6)]
        assert all(people.map(take, work))
        assert all(bulk.result() == [] for bulk in bulks)
    assert_counts_equal_the_anomalies()
    for anomaly_id in targets:
        history = anomaly_service().detail(ALICE, anomaly_id).history
        steps = pairwise(history)
        assert all(before.new_status is after.old_status for before, after in steps)


def test_of_concurrent_changes_of_one_version_one_succeeds(one_call_at_a_time):
    publish("rep_1", findings(1))
    anomaly_id = anomalies()[0].id

    def resolve(number):
        try:
            change(anomaly_id, Status.RESOLVED, f"from {number}", version=1)
        except PreconditionFailed:
            return "stale"
        return "done"

    with ThreadPoolExecutor(50) as people:
        assert Counter(people.map(resolve, range(50))) == {"done": 1, "stale": 49}
    assert_counts_equal_the_anomalies()
