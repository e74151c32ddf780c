"""Days are those of the warehouse, as its people read them in the file."""

import pytest

from anomalies import app as anomalies
from tests.support.gateway import USER, call
from tests.support.reports import arrive, create, create_warehouse, deliver, state

INVENTORY = b"""Pallet ID,Location,Received At,Expiry Date
P-1,001A,2025-01-02T04:00:00,2025-01-07
P-2,001B,2025-01-02T04:00:00,2025-01-20
"""


@pytest.mark.parametrize("timezone", ["UTC", "Europe/Madrid", "America/New_York", "Asia/Tokyo"])
def test_expiry_day_is_the_local_day_of_the_file(timezone):
    warehouse = create_warehouse(timezone=timezone)["id"]
    made = create(warehouse_id=warehouse, as_of="2025-01-09T12:00:00")
    assert deliver(arrive(made, "inventory", INVENTORY)) == []
    assert state(made["report_id"])["status"] == "ready"
    found = call(
        anomalies.handler, "GET", "/anomalies", query={"report_id": made["report_id"]}, caller=USER
    ).json["anomalies"]
    days = {one["pallet_id"]: one["details"]["expires"] for one in found if "expir" in one["rule"]}
    assert days == {"P-1": "2025-01-07", "P-2": "2025-01-20"}
    said = {one["pallet_id"]: one["message"] for one in found if "expir" in one["rule"]}
    assert said["P-1"].startswith("P-1 expired on 2025-01-07, 2.5 days")
    assert said["P-2"].startswith("P-2 expires on 2025-01-20, in 10.5 days")
