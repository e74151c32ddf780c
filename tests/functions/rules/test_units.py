"""DynamoDB units per call: bounded, however much is stored."""

import pytest

from stockwarden.detection.detectors import DETECTORS
from stockwarden.storage import clients
from tests.functions.rules.client import ask, put
from tests.support.capacity import measure
from tests.support.reports import create_warehouse


@pytest.fixture
def warehouse():
    """A warehouse with settings and versions for every rule."""
    warehouse_id = create_warehouse()["id"]
    for detector in DETECTORS:
        put(detector.code, warehouse_id, scope={"excluded": ["BOX-*", "TOTE-*"]})
    for hours in range(2, 32):
        put("stagnant-pallet", warehouse_id, parameters={"max_hours": hours})
    return warehouse_id


READS = {
    "/rules?warehouse_id={}": 5,
    "/rules/expired?warehouse_id={}": 5,
    "/rules/stagnant-pallet/versions?limit=20&warehouse_id={}": 4,
    "/rules/stagnant-pallet/suggestion?warehouse_id={}": 6,
    "/rules/stagnant-pallet/proposals?warehouse_id={}": 5,
    "/warehouses/{}/costs": 2,
    "/rules": 0,
}


def test_reads(warehouse):
    for path, reads in READS.items():
        with measure(clients.dynamodb()) as units:
            assert ask("GET", path.format(warehouse)).status == 200
        assert (units.reads <= reads, units.writes) == (True, 0), (path, units.calls)


def test_a_change(warehouse):
    with measure(clients.dynamodb()) as units:
        assert put("expired", warehouse, enabled=False).status == 200
    assert units.reads <= 6
    assert units.writes <= 16, units.calls
