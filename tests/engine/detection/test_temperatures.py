"""Temperatures from the names of zones and storage classes."""

import pytest

from stockwarden.detection.temperatures import (
    AMBIENT,
    CHILLED,
    COLD,
    FROZEN,
    UNKNOWN,
    temperature_of,
)

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
