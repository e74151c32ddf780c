"""The sample events of events/anomalies have the effect their names state."""

import json
from pathlib import Path

import pytest

from tests.engine.anomalies.anomaly_factory import finding, publish
from tests.support.gateway import send

EVENTS = Path(__file__).resolve().parents[3] / "events" / "anomalies"
EXPECTED = {
    "list": 200,
    "list-of-a-report": 200,
    "list-unknown-rule": 422,
    "show": 200,
    "show-unknown": 404,
    "status": 200,
    "status-stale": 412,
    "status-unknown": 422,
    "status-resolved": 200,
    "assign": 200,
    "assign-stranger": 422,
    "comment": 201,
    "bulk-ids": 200,
    "bulk-filter": 200,
}


def test_every_sample_is_tried():
    assert {path.stem for path in EVENTS.glob("*.json")} == set(EXPECTED)


@pytest.mark.parametrize(("name", "status"), EXPECTED.items())
def test_samples(aws, name, status):
    from anomalies.app import handler

    publish("rep_00000000000000000000000001", [finding(1)])
    event = json.loads((EVENTS / f"{name}.json").read_text(encoding="utf-8"))
    answer = send(handler, event)
    assert answer.status == status
    if name.startswith("bulk"):
        assert answer.json["updated"] == 1
    if name.startswith("list") and status == 200:
        assert len(answer.json["anomalies"]) == 1
