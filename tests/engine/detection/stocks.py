"""Hypothesis strategies for stocks, for properties of every rule."""

from typing import Any

from hypothesis import strategies as st

from stockwarden.detection.stock import Stock
from tests.engine.detection.inventory import stock

LAYOUT = [
    {"location_pattern": "RECV-*", "location_type": "RECEIVING", "capacity": 2, "zone": "ambient"},
    {"location_pattern": "AISLE-1", "location_type": "TRANSITIONAL", "zone": "COLD"},
    {"location_pattern": "{01..09}[A-C]", "location_type": "STORAGE", "capacity": 1,
     "allowed_description": "*FROZEN*"},
]  # fmt: skip

_hours = st.one_of(
    st.floats(-50, 900, width=32), st.integers(-5, 800), st.sampled_from(["soon", None, 10, 10.5])
)
_rows = st.fixed_dictionaries(
    {
        "pallet_id": st.sampled_from(
            [None, "", "P1", "p1 ", "P2", "P3", "BOX-1", "box-2", "376123450000000014", "Ñ\udc80"]
        ),
        "location": st.sampled_from(
            [None, "RECV-1", " recv-2", "AISLE-1", "01A", "01a", "02B", "99Z", "#?!", "X" * 30]
        ),
    },
    optional={
        "creation_date": _hours,
        "last_movement_date": _hours,
        "expiry_date": st.integers(-9000, 300),
        "receipt_number": st.sampled_from([None, "R1", "R2", "r1"]),
        "description": st.sampled_from([None, "Frozen peas", "Nails", "BOX-9"]),
        "product_code": st.sampled_from([None, "A-1", "A-2"]),
        "quantity": st.one_of(st.integers(-3, 60), st.sampled_from(["many", None, 5000])),
        "unit": st.sampled_from([None, "pcs", "kg"]),
        "time_in_storage": st.floats(0, 500, width=32),
        "temperature_zone": st.sampled_from([None, "Ambient", "COLD"]),
        "location_type": st.sampled_from([None, "final", "RECEIVING", "HALL"]),
        "gtin": st.sampled_from([None, "4006381333931", "4006381333932"]),
    },
)


def stocks() -> st.SearchStrategy[Stock]:
    def build(rows: list[dict[str, Any]], with_layout: bool) -> Stock:
        return stock(rows, LAYOUT if with_layout else None)

    return st.builds(build, st.lists(_rows, min_size=1, max_size=25), st.booleans())
