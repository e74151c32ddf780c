"""Too many uploads, analyses and exports are refused before anything is done."""

import pytest

from stockwarden.bootstrap import stores
from stockwarden.bootstrap.reports import report_creation_service
from stockwarden.identity import action_limits
from stockwarden.identity.action_limits import ActionLimit
from stockwarden.identity.rate_limits import Allowance
from tests.support.audit_entries import entries_of
from tests.support.problems import problem
from tests.support.reports import CSV, arrive, create, deliver, get, queued, send, state

TWO = Allowance(burst=2, seconds=60)
REQUEST = {"filename": "stock.csv"}


@pytest.fixture(autouse=True)
def _few(monkeypatch):
    """Two of each, so that the third is refused."""
    import stockwarden.exports.service as exports
    from stockwarden.reports import creation, service

    for module, name in ((creation, "UPLOADS"), (service, "ANALYSES"), (exports, "EXPORTS")):
        limit = getattr(action_limits, name)
        monkeypatch.setattr(module, name, ActionLimit(limit.policy, TWO, TWO, TWO))


def refused(answer, policy):
    body = problem(answer, 429)
    assert body["violated-policies"] == [policy]
    assert body["type"].endswith("#quota-exceeded")
    assert answer.headers["ratelimit"] == f'"{policy}";r=0;t={answer.headers["retry-after"]}'
    assert answer.headers["ratelimit-policy"] == f'"{policy}";q=2;w=120'


def items():
    table = stores.reports_table()
    return table.client.scan(TableName=table.name)["Items"]


def test_uploads():
    answers = [send("POST", "/reports", json=REQUEST) for _ in range(2)]
    assert [answer.headers["ratelimit"] for answer in answers] == [
        '"uploads";r=1;t=60',
        '"uploads";r=0;t=60',
    ]
    before = items()
    answer, entries = entries_of(lambda: send("POST", "/reports", json=REQUEST))
    refused(answer, "uploads")
    assert (items(), entries, queued()) == (before, [], [])


def test_a_replayed_request_does_not_count():
    key = {"Idempotency-Key": "monday"}
    for _ in range(5):
        assert send("POST", "/reports", json=REQUEST, headers=key).status == 201
    assert send("POST", "/reports", json=REQUEST).status == 201
    refused(send("POST", "/reports", json=REQUEST, headers={"Idempotency-Key": "x"}), "uploads")


def test_a_refused_request_may_be_repeated_with_its_key(monkeypatch):
    for _ in range(2):
        create()
    key = {"Idempotency-Key": "monday"}
    refused(send("POST", "/reports", json=REQUEST, headers=key), "uploads")
    monkeypatch.setattr(report_creation_service().limiter, "count", lambda *_: None)
    assert send("POST", "/reports", json=REQUEST, headers=key).status == 201


@pytest.fixture
def path():
    new_report = create()
    deliver(arrive(new_report, "inventory", CSV))
    return f"/reports/{new_report['report_id']}"


def test_analyses(path):
    for _ in range(2):
        assert send("POST", f"{path}/reanalysis", json={}).status == 202
    version = state(path.rpartition("/")[2])["version"]
    queued()
    refused(send("POST", f"{path}/reanalysis", json={}), "analyses")
    refused(
        send("PUT", f"{path}/mapping", json={"column_mapping": {"Pallet ID": "pallet_id"}}),
        "analyses",
    )
    assert state(path.rpartition("/")[2])["version"] == version
    assert queued() == []


def test_exports(path):
    for _ in range(2):
        assert send("POST", f"{path}/exports", json={"format": "csv"}).status == 202
    queued()
    refused(send("POST", f"{path}/exports", json={"format": "csv"}), "exports")
    assert queued() == []
    assert get(path).status == 200
