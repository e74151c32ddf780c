"""Stock that is all of one pallet, place, lot or zone takes time that grows with its rows."""

import json
import time

import pytest

from stockwarden.detection.detectors import DETECTORS
from stockwarden.detection.evaluate import evaluate
from stockwarden.detection.name_lists import listed
from tests.engine.detection.inventory import stock

LAYOUT = [{"location_pattern": "A-*", "location_type": "STORAGE", "notes": "single item"}]
ROWS = 3_000
CODES = tuple(detector.code for detector in DETECTORS)
_AT_MOST, _NOISE = 8, 0.05

KINDS = {
    "one location": lambda n: {"location": "A-1", "product_code": f"S{n}", "lot": f"L{n}"},
    "one pallet in many places": lambda n: {"pallet_id": "P", "product_code": f"S{n}"},
    "one pallet with one line": lambda n: {"pallet_id": "P", "location": "A-1"},
    "one lot": lambda n: {"lot": "L", "expiry_date": 24 * (n % 300), "product_code": "S"},
    "stock lines": lambda n: {"pallet_id": None, "product_code": f"S{n}", "lot": f"L{n}"},
    "unknown locations": lambda n: {"location": f"Z-{n}"},
    "many zones": lambda n: {"temperature_zone": f"ZONE {n}", "description": f"FROZEN {n}"},
}


def sample(kind, count):
    base = {"creation_date": 900, "quantity": 7, "description": "PEAS"}
    return stock(
        [
            {"pallet_id": f"P{n}", "location": f"A-{n}", **base, **KINDS[kind](n)}
            for n in range(count)
        ],
        LAYOUT,
    )


def seconds(kind, count, single):
    best = float("inf")
    for _ in range(2):
        inventory = sample(kind, count)
        started = time.process_time()
        evaluate(inventory, single=single)
        best = min(best, time.process_time() - started)
    return best


@pytest.mark.parametrize("single", [(), CODES], ids=["floods", "one by one"])
@pytest.mark.parametrize("kind", list(KINDS))
def test_time_grows_with_the_rows(kind, single):
    assert seconds(kind, 4 * ROWS, single) < _AT_MOST * seconds(kind, ROWS, single) + _NOISE


def test_a_flood_does_not_grow_with_its_members():
    sizes = []
    for count in (2 * ROWS, 4 * ROWS):
        (flood,) = evaluate(sample("unknown locations", count)).findings
        sizes.append(len(json.dumps(flood.to_document())))
    assert sizes[1] < 1.05 * sizes[0]


@pytest.mark.parametrize(
    ("kind", "rule"),
    [("one location", "mixed-location"), ("one pallet in many places", "duplicate-pallet")],
)
def test_messages_and_details_name_the_first_of_many(kind, rule):
    findings = evaluate(sample(kind, ROWS)).findings
    (finding,) = (finding for finding in findings if finding.rule == rule)
    assert f"and {ROWS - 5} more" in finding.message
    assert len(json.dumps(finding.details)) < 2_000


def test_few_names_are_all_listed():
    assert listed(["A", "B"]) == "A, B"
    assert listed([f"{n}" for n in range(6)]) == "0, 1, 2, 3, 4 and 1 more"
