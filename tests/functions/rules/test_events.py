"""The sample events of events/rules have the effect their names state."""

import json
from pathlib import Path

import pytest

from rules.app import handler
from tests.support.gateway import send

EVENTS = Path(__file__).resolve().parents[3] / "events" / "rules"
EXPECTED = {
    "list": 200,
    "get": 200,
    "get-unknown": 404,
    "put-without-warehouse": 422,
    "put-in-a-strange-warehouse": 404,
    "suggestion-without-warehouse": 422,
    "what-if-of-a-strange-report": 404,
}


def test_every_sample_is_tried():
    assert {path.stem for path in EVENTS.glob("*.json")} == set(EXPECTED)


@pytest.mark.parametrize(("name", "status"), EXPECTED.items())
def test_samples(name, status):
    event = json.loads((EVENTS / f"{name}.json").read_text(encoding="utf-8"))
    assert send(handler, event).status == status
