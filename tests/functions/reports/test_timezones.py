"""Warehouse time zones are IANA names in their canonical spelling."""

import pytest

from tests.support.problems import problem
from tests.support.reports import create_warehouse, get, send


@pytest.mark.parametrize(
    "timezone",
    [
        "localtime", "posixrules", "Factory", "posix/UTC", "posix/Europe/Madrid", "right/UTC",
        "utc", "europe/madrid", "EUROPE/MADRID", " UTC", "UTC ", "UTC\n", "Europe", "Europe/",
        "../UTC", "Europe/../UTC", "/usr/share/zoneinfo/UTC", "tzdata.zi", "zone.tab",
        "UTC+1", "GMT+02:00", "Madrid", "CEST", "Europe/Madrid\x00", "x" * 64,
    ],
)  # fmt: skip
def test_invalid_time_zone_is_refused(timezone):
    warehouse = create_warehouse()
    changed = send("PATCH", f"/warehouses/{warehouse['id']}", json={"timezone": timezone})
    for answer in (send("POST", "/warehouses", json={"name": "N", "timezone": timezone}), changed):
        (error,) = problem(answer, 422)["errors"]
        assert error["pointer"] == "/timezone"
        assert "IANA" in error["detail"]
    assert get(f"/warehouses/{warehouse['id']}").json["timezone"] == "UTC"


@pytest.mark.parametrize(
    "timezone",
    ["UTC", "Etc/UTC", "Europe/Madrid", "America/Argentina/Buenos_Aires", "Asia/Kolkata",
     "Asia/Calcutta", "America/Port-au-Prince", "Etc/GMT+12"],
)  # fmt: skip
def test_time_zones(timezone):
    assert create_warehouse(timezone=timezone)["timezone"] == timezone
