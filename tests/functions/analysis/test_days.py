"""Days are calendar days of the warehouse's time zone."""

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
    new_report = create(warehouse_id=warehouse, as_of="2025-01-09T12:00:00")
    assert deliver(arrive(new_report, "inventory", INVENTORY)) == []
    assert state(new_report["report_id"])["status"] == "ready"
    listed = call(
        anomalies.handler,
        "GET",
        "/anomalies",
        query={"report_id": new_report["report_id"]},
        caller=USER,
    ).json["anomalies"]
    days = {
        anomaly["pallet_id"]: anomaly["details"]["expires"]
        for anomaly in listed
        if "expir" in anomaly["rule"]
    }
    assert days == {"P-1": "2025-01-07", "P-2": "2025-01-20"}
    messages = {
        anomaly["pallet_id"]: anomaly["message"] for anomaly in listed if "expir" in anomaly["rule"]
    }
    assert messages["P-1"].startswith("P-1 expired on 2025-01-07, 2 days")
    assert messages["P-2"].startswith("P-2 expires on 2025-01-20, in 11 days")
