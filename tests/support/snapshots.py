"""Creates inventories of a warehouse and analyzes them with the analysis function."""

from typing import Any

from stockwarden.identity.access import Caller
from tests.support.gateway import USER
from tests.support.reports import arrive, create, deliver, state


def inventory(ages: list[float], boxes: int = 0) -> bytes:
    """A csv with one pallet in RECV-01 per age (in hours), and boxes, 500 h old, in RECV-02."""
    lines = ["Pallet ID,Location,Age Hours,Description"]
    lines += [f"P-{number:04},RECV-01,{age},Apples" for number, age in enumerate(ages)]
    lines += [f"BOX-{number},RECV-02,500,Tape" for number in range(boxes)]
    return "\n".join(lines).encode()


def snapshot(
    warehouse_id: str, ages: list[float], day: int = 9, *, boxes: int = 0, caller: Caller = USER
) -> dict[str, Any]:
    """Uploads and analyzes an inventory; returns the report as the API returns it."""
    new_report = create(
        caller=caller, warehouse_id=warehouse_id, as_of=f"2025-01-{day:02}T12:00:00",
        column_mapping={"Pallet ID": "pallet_id", "Location": "location",
                        "Age Hours": "time_in_storage", "Description": "description"},
    )  # fmt: skip
    assert deliver(arrive(new_report, "inventory", inventory(ages, boxes))) == []
    report = state(new_report["report_id"], caller=caller)
    assert report["status"] == "ready", report["reason"]
    return report
