from datetime import UTC, datetime, timedelta

import pytest

from stockwarden.anomalies import repository, triage
from stockwarden.bootstrap import repositories, stores
from stockwarden.bootstrap.anomalies import anomaly_service
from stockwarden.storage.keys.anomalies import counts as counts_key
from stockwarden.storage.tables import write
from tests.engine.anomalies.anomaly_factory import finding, findings, publish, show
from tests.functions.anomalies.client import get, ids, post, walk
from tests.support.gateway import ADMIN, OTHER, USER
from tests.support.problems import problem


@pytest.fixture
def anomaly(aws):
    """The id of the only anomaly of the only report."""
    publish("rep_1", [finding(1)])
    return ids(walk(report_id="rep_1")[1])[0]


def counts(report_id="rep_1"):
    return anomaly_service().counts(report_id).to_document()


def test_status_change_has_the_response_of_the_contract(anomaly):
    answer = post(f"/anomalies/{anomaly}/status", status="In Progress", comment=" on my way ")
    assert answer.status == 200
    document = answer.json
    changed_at = document["history"][0].pop("at")
    assert document == {
        "success": True,
        "id": anomaly,
        "old_status": "New",
        "new_status": "In Progress",
        "history": [
            {
                "by": "alice",
                "old_status": "New",
                "new_status": "In Progress",
                "comment": "on my way",
                "version": 2,
            }
        ],
    }
    detail = get(f"/anomalies/{anomaly}")
    assert detail.json["status"] == "In Progress"
    assert detail.json["updated_at"] == changed_at >= detail.json["created_at"]
    assert (detail.json["version"], detail.version) == (2, 2)


def test_detail_shows_evidence_and_history_in_order(anomaly):
    for status in ("Acknowledged", "In Progress", "New", "Resolved"):
        post(f"/anomalies/{anomaly}/status", status=status)
    detail = get(f"/anomalies/{anomaly}").json
    assert [entry["new_status"] for entry in detail["history"]] == [
        "Acknowledged",
        "In Progress",
        "New",
        "Resolved",
    ]
    assert [entry["version"] for entry in detail["history"]] == [2, 3, 4, 5]
    assert detail["history_total"] == 4
    assert detail["evidence"] == finding(1)["evidence"]
    listed = get("/anomalies", report_id="rep_1").json["anomalies"][0]
    assert {name: detail[name] for name in listed} == listed


def test_counts_change_with_the_status(anomaly):
    before = counts()
    assert before["by_status"] == {"New": 1, "Acknowledged": 0, "In Progress": 0, "Resolved": 0}
    assert before["open_by_priority"]["High"] == 1
    post(f"/anomalies/{anomaly}/status", status="Resolved")
    assert counts() == {
        "total": 1,
        "open": 0,
        "by_status": {"New": 0, "Acknowledged": 0, "In Progress": 0, "Resolved": 1},
        "by_priority": {"Very High": 0, "High": 1, "Medium": 0, "Low": 0},
        "open_by_priority": {"Very High": 0, "High": 0, "Medium": 0, "Low": 0},
        "by_rule": {"stagnant-pallet": 1},
    }


def test_the_same_status_again_changes_nothing(anomaly):
    post(f"/anomalies/{anomaly}/status", status="Resolved")
    repeated = post(f"/anomalies/{anomaly}/status", status="Resolved", comment="  ")
    assert repeated.status == 200
    assert (repeated.json["old_status"], len(repeated.json["history"])) == ("Resolved", 1)
    assert get(f"/anomalies/{anomaly}").json["version"] == 2


def test_comment_alone_is_in_the_history(anomaly):
    before = counts()
    answer = post(f"/anomalies/{anomaly}/status", status="New", comment="looked, still there")
    assert answer.json["history"][0]["comment"] == "looked, still there"
    assert get(f"/anomalies/{anomaly}").json["version"] == 2
    assert counts() == before


def test_if_match(anomaly):
    path = f"/anomalies/{anomaly}/status"
    assert post(path, status="Acknowledged", headers={"If-Match": '"1"'}).status == 200
    stale = post(path, status="Resolved", headers={"If-Match": '"1"'})
    assert stale.status == 412
    assert "changed" in stale.json["detail"]
    assert post(path, status="Acknowledged", headers={"If-Match": '"1"'}).status == 412
    assert post(path, status="Resolved", headers={"If-Match": "*"}).status == 200
    assert get(f"/anomalies/{anomaly}").json["status"] == "Resolved"


@pytest.mark.parametrize(
    ("body", "pointer", "named"),
    [
        ({"status": "Done"}, "/status", ["New", "Acknowledged", "In Progress", "Resolved"]),
        ({"status": "resolved"}, "/status", ["Resolved"]),
        ({"status": None}, "/status", []),
        ({}, "/status", []),
        ({"status": "New", "comment": "x" * 2001}, "/comment", ["2000"]),
        ({"status": "New", "coment": "x"}, "/coment", []),
    ],
)
def test_wrong_fields_are_named(anomaly, body, pointer, named):
    answer = post(f"/anomalies/{anomaly}/status", **body)
    assert answer.status == 422
    (error,) = answer.json["errors"]
    assert error["pointer"] == pointer
    assert all(name in error["detail"] for name in named)
    assert get(f"/anomalies/{anomaly}").json["version"] == 1


def test_the_longest_comment(anomaly):
    answer = post(f"/anomalies/{anomaly}/status", status="New", comment="ñ" * 2000)
    assert answer.json["history"][0]["comment"] == "ñ" * 2000


UNKNOWN = ["rep_1-" + "0" * 20, "rep_9-" + "0" * 20, "rep_1", "x", "rep_1-UP", "a" * 300]


@pytest.mark.parametrize("unknown", UNKNOWN)
def test_unknown_ids(anomaly, unknown):
    assert get(f"/anomalies/{unknown}").status == 404
    assert post(f"/anomalies/{unknown}/status", status="New").status == 404


def test_another_users_anomaly_is_not_found(anomaly):
    missing = get(f"/anomalies/{UNKNOWN[1]}", caller=OTHER).json
    for caller, status in ((OTHER, 404), (ADMIN, 200), (USER, 200), (None, 401)):
        assert get(f"/anomalies/{anomaly}", caller=caller).status == status
        changed = post(f"/anomalies/{anomaly}/status", caller=caller, status="Resolved")
        assert changed.status == status
    foreign = get(f"/anomalies/{anomaly}", caller=OTHER).json
    assert foreign["detail"] == missing["detail"]


def test_long_histories_show_their_newest_part(anomaly, monkeypatch):
    for module in (repository, triage):
        monkeypatch.setattr(module, "HISTORY_SHOWN", 5)
    for number in range(8):
        status = "Resolved" if number % 2 == 0 else "New"
        answer = post(f"/anomalies/{anomaly}/status", status=status)
    assert [entry["version"] for entry in answer.json["history"]] == [5, 6, 7, 8, 9]
    detail = get(f"/anomalies/{anomaly}").json
    assert detail["history"] == answer.json["history"]
    assert detail["history_total"] == 8


def test_changes_are_refused_while_an_analysis_is_written(anomaly):
    repositories.result_sets().write_generation("rep_1", "job_2.1", [finding(1)])
    refused = post(f"/anomalies/{anomaly}/status", status="Resolved")
    assert refused.status == 409
    assert "analyzed again" in refused.json["detail"]
    assert get(f"/anomalies/{anomaly}").json["status"] == "New"
    repositories.result_sets().unlock("rep_1", "job_2.1")
    assert post(f"/anomalies/{anomaly}/status", status="Resolved").status == 200


def test_lock_of_a_dead_analysis_expires(anomaly):
    result_sets = repositories.result_sets()
    dead = result_sets.write_generation("rep_1", "job_2.1", [finding(1)])
    long_ago = (datetime.now(UTC) - timedelta(minutes=1)).isoformat()
    table = stores.anomalies_table()
    write(table.update(counts_key("rep_1"), "SET #locked_until = :until", until=long_ago))
    assert post(f"/anomalies/{anomaly}/status", status="Resolved").status == 200
    with pytest.raises(Exception, match="no longer as expected"):
        show("rep_1", dead, "job_2.1")
    assert get(f"/anomalies/{anomaly}").json["status"] == "Resolved"


def test_detail_is_found_when_the_generation_changes_during_the_read(aws, monkeypatch):
    """A summary read before the next analysis names a removed generation."""
    publish("rep_1", findings(3))
    key = ids(walk(report_id="rep_1")[1])[0]
    access = anomaly_service().triage.reports
    stale = access.find(USER, "rep_1")
    publish("rep_1", findings(3), generation="job_2.1")
    repositories.result_sets().discard_superseded("rep_1")
    find = access.find

    def late(caller, report_id, action, *, consistent=False):
        return find(caller, report_id, action, consistent=True) if consistent else stale

    monkeypatch.setattr(access, "find", late)
    assert get(f"/anomalies/{key}").status == 200
    assert post(f"/anomalies/{key}/status", status="Resolved").status == 200


@pytest.mark.parametrize("content", [None, b""], ids=["gone", "cut off"])
def test_anomaly_without_evidence_file_is_not_found(anomaly, content):
    """The state between the replacement of an analysis and the removal of its files."""
    objects = stores.objects()
    (key,) = {
        version.key
        for version in objects.versions("analyses/")
        if version.key.endswith("evidence.jsonl")
    }
    objects.delete_prefix(key)
    if content is not None:
        objects.put(key, content, "application/json")
    assert problem(get(f"/anomalies/{anomaly}"), 404)["detail"] == "There is no such anomaly."
