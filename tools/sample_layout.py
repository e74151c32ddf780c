"""The layout of the sample inventory's warehouse (`tools/sample.py`)."""

from typing import Any


def layout_rows(rows: int = 1200) -> list[dict[str, Any]]:
    """The layout of the warehouse, as `POST /warehouses` takes it."""
    first, last = bay_name(1, rows), bay_name(number_of_bays(rows), rows)
    return [
        _layout(f"{{{first}..{last}}}{{A..D}}", "STORAGE", 2, "AMBIENT"),
        _layout("F-{01..99}-*", "STORAGE", max(4, rows // 50), "FROZEN", "*FROZEN*"),
        _layout("K-{01..99}-*", "STORAGE", max(4, rows // 50), "CHILLED", "*CHILLED*"),
        _layout("H-{01..20}", "STORAGE", max(4, rows // 100), "AMBIENT", "*CHEMICAL*"),
        _layout("RECV-{01..04}", "RECEIVING", max(15, rows // 80), "AMBIENT"),
        _layout("AISLE-{01..10}", "TRANSITIONAL", max(5, rows // 200), "AMBIENT"),
        _layout("STAGE-{01..05}", "STAGING", max(10, rows // 100), "AMBIENT"),
        _layout("DOCK-{01..02}", "DOCK", max(8, rows // 100), "AMBIENT"),
        _layout("QC-01", "QUARANTINE", None, "AMBIENT"),
        {
            **_layout("PICK-{01..40}", "STORAGE", None, "AMBIENT"),
            "notes": "loose cases, single item",
        },
    ]


def number_of_bays(rows: int) -> int:
    """Bays of four shelves, enough that each ambient pallet has a shelf of its own."""
    return max(300, rows // 4 + 50)


def bay_name(number: int, rows: int) -> str:
    """All bay numbers of a warehouse are equally wide: 007, or 00007 in a large one."""
    return str(number).zfill(len(str(number_of_bays(rows))))


def _layout(
    pattern: str, kind: str, capacity: int | None, zone: str, allowed: str | None = None
) -> dict[str, Any]:
    row: dict[str, Any] = {"location_pattern": pattern, "location_type": kind, "zone": zone}
    if capacity is not None:
        row["capacity"] = capacity
    if allowed is not None:
        row["allowed_description"] = allowed
    return row
