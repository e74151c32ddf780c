"""The sample events of events/warehouses have the effect their names state."""

import json

import pytest

from tests.support.aws import ROOT
from tests.support.gateway import send
from warehouses import app

SAMPLES = ROOT / "events" / "warehouses"
EXPECTED = {
    "costs-out-of-bounds": 422,
    "costs-beyond-numbers": 422,
    "create-suppression-without-end": 422,
    "create-warehouse": 201,
    "delete-suppression": 404,
    "get-pallet": 404,
    "get-trends": 404,
    "get-utilization": 404,
    "list-item-pallets": 403,
    "list-suppressions": 200,
    "put-member": 404,
    "put-member-wrong-role": 422,
}


def test_every_sample_is_tested():
    assert {path.stem for path in SAMPLES.iterdir()} == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_a_sample(name):
    event = json.loads((SAMPLES / f"{name}.json").read_text(encoding="utf-8"))
    assert send(app.handler, event).status == EXPECTED[name]
