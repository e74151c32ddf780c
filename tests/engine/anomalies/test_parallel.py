"""Twenty sandboxes at once: nothing is lost, nothing counted twice."""

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from threading import Lock

import pytest
from moto.core.botocore_stubber import BotocoreStubber

from stockwarden import bootstrap
from stockwarden.anomalies.model import Status
from stockwarden.anomalies.requests import AnomalyFilter, BulkStatusChange, StatusChange
from stockwarden.core.errors import PreconditionFailed
from stockwarden.identity.access import Caller
from tests.engine.anomalies.stock_room import findings, publish

ALICE = Caller("alice", "user", "s-1")


@pytest.fixture
def one_call_at_a_time(aws, monkeypatch):
    """DynamoDB's calls are atomic, moto's are not; what happens between them stays free."""
    answer, lock = BotocoreStubber.__call__, Lock()

    def atomic(stubber, *arguments, **named):
        with lock:
            return answer(stubber, *arguments, **named)

    monkeypatch.setattr(BotocoreStubber, "__call__", atomic)


def anomalies():
    page = bootstrap.anomalies().page(ALICE, "rep_1", AnomalyFilter(), None, 100)
    assert page.next_cursor is None
    return page.anomalies


def change(anomaly_id, status, comment=None, version=None):
    wanted = StatusChange(status=status, comment=comment)
    return bootstrap.anomalies().change_status(ALICE, anomaly_id, wanted, version)


def assert_counts_equal_the_anomalies():
    found = anomalies()
    counts = bootstrap.anomalies().counts("rep_1").to_document()
    for name in ("status", "priority", "rule"):
        told = {value: count for value, count in counts[f"by_{name}"].items() if count}
        assert told == Counter(str(getattr(anomaly, name)) for anomaly in found)
    assert counts["total"] == len(found)


def test_many_writers_on_one_anomaly(one_call_at_a_time):
    publish("rep_1", findings(1))
    anomaly_id = anomalies()[0].id
    chance = random.Random(7)  # noqa: S311 - the same every time
    work = [(chance.choice(list(Status)), f"from {number}") for number in range(50)]
    with ThreadPoolExecutor(50) as people:
        assert all(people.map(lambda step: change(anomaly_id, *step).success, work))
    detail = bootstrap.anomalies().detail(ALICE, anomaly_id)
    assert {entry.comment for entry in detail.history} == {comment for _, comment in work}
    assert [entry.version for entry in detail.history] == list(range(2, 52))
    assert_counts_equal_the_anomalies()


def test_many_writers_on_one_report(one_call_at_a_time):
    publish("rep_1", findings(12))
    targets = [anomaly.id for anomaly in anomalies()]
    chance = random.Random(7)  # noqa: S311 - the same every time
    work = [(chance.choice(targets), chance.choice(list(Status))) for _ in range(56)]

    def change_many(start):
        status = list(Status)[start % 4]
        wanted = BulkStatusChange(ids=targets[start : start + 6], status=status)
        return bootstrap.anomalies().change_statuses(ALICE, wanted).failed

    with ThreadPoolExecutor(50) as people:
        bulks = [people.submit(change_many, start) for start in range(6)]
        assert all(people.map(lambda step: change(*step).success, work))
        assert all(bulk.result() == [] for bulk in bulks)
    assert_counts_equal_the_anomalies()
    for anomaly_id in targets:
        history = bootstrap.anomalies().detail(ALICE, anomaly_id).history
        steps = pairwise(history)
        assert all(before.new_status is after.old_status for before, after in steps)


def test_of_many_with_the_same_version_one_wins(one_call_at_a_time):
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
