"""Inventories of a warehouse, analyzed as the analysis function does."""

from typing import Any

from stockwarden.identity.access import Caller
from tests.support.gateway import USER
from tests.support.reports import arrive, create, deliver, state


def inventory(ages: list[float], boxes: int = 0) -> bytes:
    """A csv with one pallet in RECV-01 per age (in hours), and boxes, 500 h old, in RECV-02."""
    lines = ["Pallet ID,Location,Age Hours,Description"]
    lines += [f"P-{at:04},RECV-01,{age},Apples" for at, age in enumerate(ages)]
    lines += [f"BOX-{at},RECV-02,500,Tape" for at in range(boxes)]
    return "\n".join(lines).encode()


def snapshot(
    warehouse_id: str, ages: list[float], day: int = 9, *, boxes: int = 0, caller: Caller = USER
) -> dict[str, Any]:
    """A report of the warehouse, analyzed; as the API shows it."""
    made = create(
        caller=caller, warehouse_id=warehouse_id, as_of=f"2025-01-{day:02}T12:00:00",
        column_mapping={"Pallet ID": "pallet_id", "Location": "location",
                        "Age Hours": "time_in_storage", "Description": "description"},
    )  # fmt: skip
    assert deliver(arrive(made, "inventory", inventory(ages, boxes))) == []
    report = state(made["report_id"], caller=caller)
    assert report["status"] == "ready", report["reason"]
    return report
