"""The record of a flood has room for its numbers, so that lists can tell them in any language."""

import json

import pytest

from stockwarden.anomalies.model import Recurrence, Status
from stockwarden.anomalies.records import Carried, EvidenceLine, WorkState, make_record
from stockwarden.detection.detectors import DETECTORS
from stockwarden.storage.attributes import to_attributes
from stockwarden.storage.keys import anomalies as keys
from tests.support.capacity import size

MOMENT = "2025-01-06T08:00:00.000Z"
PARTITION = keys.generation("rep_" + "0" * 26, "job_" + "0" * 26 + ".1")
NUMBERS = {"subjects": 400_123, "judged": 500_456}
INPUTS = {
    "hours": 123.45, "pallet_hour": 0.05, "minutes": 15, "handling_minute": 0.6,
    "share": 0.25, "pallet_value": 500.0,
}  # fmt: skip


def finding(detector):
    basis = detector.cost
    used = {"pallets", "minutes", "handling_minute"}
    used |= {"hours", "pallet_hour"} if basis.hours else set()
    used |= {"share", "pallet_value"} if basis.share else set()
    inputs = {name: value for name, value in {"pallets": 412_345, **INPUTS}.items() if name in used}
    return {
        "rule": detector.code,
        "title": detector.title,
        "priority": "High",
        "subject": {"type": "rule", "id": detector.code},
        "pallet_id": None,
        "location": None,
        "message": "79 % of the locations (400,123 of 500,456); most are in places like A-12-03. "
        + detector.flood_cause,
        "details": {**NUMBERS, "example": "A-12-03", "patterns": [{"pattern": "A-99-99"}] * 3},
        "affected_pallets": 412_345,
        "evidence": [{"sheet": "Inventory", "row": 2, "column": "A", "raw": "P", "parsed": "P"}],
        "evidence_total": 1_234_567,
        "cost": {"amount": 12_345_678.9, "currency": "EUR", "inputs": inputs},
    }


@pytest.mark.parametrize("detector", DETECTORS, ids=lambda detector: detector.code)
def test_numbers_fit(detector):
    record = make_record(
        PARTITION,
        "0" * 20,
        0,
        EvidenceLine(12_345_678, 1_000_000, finding(detector)),
        at_location=100,
        group={},
        state=WorkState(Status.NEW, 1, MOMENT, MOMENT),
        carried=Carried(Recurrence.NEW, MOMENT),
    )
    details = json.loads(record["body"])["details"]
    assert {name: details[name] for name in NUMBERS} == NUMBERS
    assert size(to_attributes(record)) <= 900
