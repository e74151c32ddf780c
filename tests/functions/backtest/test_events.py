"""The sample events of events/backtest have the effect their names state."""

import json
from pathlib import Path

import pytest

from backtest.app import handler
from tests.support.gateway import send

EVENTS = Path(__file__).resolve().parents[3] / "events" / "backtest"
EXPECTED = {
    "strange-warehouse": 404,
    "too-many-reports": 422,
    "without-caller": 401,
}


def test_every_sample_is_tried():
    assert {path.stem for path in EVENTS.glob("*.json")} == set(EXPECTED)


@pytest.mark.parametrize(("name", "status"), EXPECTED.items())
def test_samples(name, status):
    event = json.loads((EVENTS / f"{name}.json").read_text(encoding="utf-8"))
    assert send(handler, event).status == status
