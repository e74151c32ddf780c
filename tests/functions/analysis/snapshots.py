"""Snapshots of one warehouse, day after day."""

from anomalies import app as anomalies
from tests.support.gateway import USER, call
from tests.support.reports import arrive, create, deliver

HEADER = "Pallet ID,Location,Received At,Receipt Number,Description\n"
LAYOUT = [
    {"location_pattern": "RECV-{01..04}", "location_type": "RECEIVING", "capacity": 10},
    {"location_pattern": "{001..009}{A..D}", "location_type": "STORAGE", "capacity": 1},
]
STUCK = "P-1,RECV-01,2025-01-05T08:00:00,R-1,Apples\n"
OTHER = "P-2,RECV-02,2025-01-05T08:00:00,R-2,Pears\n"
FRESH = "P-9,RECV-03,2025-01-{day:02}T07:00:00,R-9,Plums\n"
STORED = "P-5,001A,2025-01-04T08:00:00,R-5,Figs\nP-6,001A,2025-01-04T08:00:00,R-6,Figs\n"


def announce(warehouse, day, *rows):
    """A snapshot of that day of January, at 8; answers its id and the message of its arrival."""
    made = create(warehouse_id=warehouse, as_of=f"2025-01-{day:02}T08:00:00Z")
    body = HEADER + "".join(rows) + FRESH.format(day=day)
    return made["report_id"], arrive(made, "inventory", body.encode())


def snapshot(warehouse, day, *rows):
    report_id, message = announce(warehouse, day, *rows)
    assert deliver(message) == []
    return report_id


def ask(path, **query):
    response = call(anomalies.handler, "GET", path, caller=USER, query=query)
    assert response.status == 200, response.body
    return response.json


def found(report_id, rule="stagnant-pallet"):
    """By pallet."""
    page = ask("/anomalies", report_id=report_id, limit=100)["anomalies"]
    return {one["pallet_id"]: one for one in page if one["rule"] == rule}


def listed():
    """The reports in the list across reports."""
    reports, cursor = set(), None
    while True:
        page = ask("/anomalies", limit=100, **({"cursor": cursor} if cursor else {}))
        reports |= {one["report_id"] for one in page["anomalies"]}
        cursor = page["next_cursor"]
        if cursor is None:
            return reports


def resolve(anomaly, status="Resolved"):
    body = {"status": status, "comment": "seen to"}
    path = f"/anomalies/{anomaly['id']}/status"
    assert call(anomalies.handler, "POST", path, caller=USER, json=body).status == 200
