"""Temperatures from the names of zones and storage classes."""

import time

import pytest

from stockwarden.detection.detectors.cold_chain import cold_chain
from stockwarden.detection.evaluate import evaluate
from stockwarden.detection.temperatures import (
    AMBIENT,
    CHILLED,
    COLD,
    FROZEN,
    UNKNOWN,
    temperature_of,
)
from tests.engine.detection.inventory import stock

WARM = ("AMBIENT", "DRY", "ROOM TEMPERATURE")
NAMES = [
    (FROZEN, ["FROZEN", "ZONE A - FROZEN", "FREEZER 2", "COLD STORE, FROZEN", "CONGELADOS",
              "TIEFKÜHL", "TK", "SURGELÉ", "CONGELATO", "DIEPVRIES", "MROŹNIA",
              "-18°C", "-25/-18 C", "0F"]),
    (CHILLED, ["CHILLED", "CHILLER 1", "REFRIGERADO", "KÜHLUNG", "RÉFRIGÉRÉ", "FRIGO", "KOELCEL",
               "CHŁODNIA", "2-8 °C", "2°C - 8°C", "+4", "35-40 F"]),
    (COLD, ["COLD", "COLD-1", "CÁMARA FRÍA"]),
    (AMBIENT, ["AMBIENT", "AMBIENT-2", "DRY STORE", "ROOM TEMPERATURE", "15-25 °C"]),
    (UNKNOWN, ["MEZZANINE", "18", "2-8", "NON FROZEN", "NOT CHILLED", "FROZEN/CHILLED",
               "FROZEN/AMBIENT", "LAUNDRY", "", "-", "A-1"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "flags"), [(name, flags) for flags, names in NAMES for name in names]
)
def test_a_name_says_its_temperature_or_none(name, flags):
    assert temperature_of(name, WARM) == flags


def cold_chain_of(description, zone="AMBIENT"):
    row = {"pallet_id": "P-1", "location": "A-1", "creation_date": 48,
           "description": description, "temperature_zone": zone}  # fmt: skip
    sample = stock([row])
    return lambda: evaluate(sample, {}, [cold_chain])


@pytest.mark.parametrize("repeated", ["NON FROZEN ", "NON ", "FOR AND ", "LUNCH ", "FROZEN "])
def test_long_descriptions_take_linear_time(repeated):
    def seconds(times):
        runs = [cold_chain_of(repeated * times + "PEAS") for _ in range(3)]
        return min(measured(run) for run in runs)

    assert seconds(8_000) < 8 * seconds(2_000) + 0.02


def measured(run):
    started = time.process_time()
    run()
    return time.process_time() - started


def test_a_zone_with_a_long_name_is_named_by_its_beginning():
    (coverage,) = cold_chain_of("FROZEN PEAS", "MEZZANINE " * 3_000)().coverage
    ((reason, rows),) = coverage.rows_skipped.items()
    assert reason.startswith("temperature of zone MEZZANINE MEZZANINE")
    assert len(reason) < 120
    assert rows == 1
