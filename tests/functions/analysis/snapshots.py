"""Consecutive snapshots of one warehouse."""

from anomalies import app as anomalies
from tests.support.gateway import USER, call
from tests.support.reports import arrive, create, deliver, drain, send, state

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
    """A snapshot of that day of January, at 8, of a warehouse or of none (None).

    Answers its id and the message of its arrival."""
    request = {"warehouse_id": warehouse} if warehouse else {}
    new_report = create(**request, as_of=f"2025-01-{day:02}T08:00:00Z")
    body = HEADER + "".join(rows) + FRESH.format(day=day)
    return new_report["report_id"], arrive(new_report, "inventory", body.encode())


def snapshot(warehouse, day, *rows):
    report_id, message = announce(warehouse, day, *rows)
    assert deliver(message) == []
    return report_id


def ask(path, **query):
    response = call(anomalies.handler, "GET", path, caller=USER, query=query)
    assert response.status == 200, response.body
    return response.json


def by_pallet(report_id, rule="stagnant-pallet"):
    """{pallet id: anomaly} of one rule in a report."""
    page = ask("/anomalies", report_id=report_id, limit=100)["anomalies"]
    return {anomaly["pallet_id"]: anomaly for anomaly in page if anomaly["rule"] == rule}


def listed():
    """The ids of the reports in the list across reports."""
    reports, cursor = set(), None
    while True:
        page = ask("/anomalies", limit=100, **({"cursor": cursor} if cursor else {}))
        reports |= {anomaly["report_id"] for anomaly in page["anomalies"]}
        cursor = page["next_cursor"]
        if cursor is None:
            return reports


def resolve(anomaly, status="Resolved", **more):
    body = {"status": status, "comment": "seen to", **more}
    path = f"/anomalies/{anomaly['id']}/status"
    assert call(anomalies.handler, "POST", path, caller=USER, json=body).status == 200


def assign(anomaly, **fields):
    path = f"/anomalies/{anomaly['id']}"
    assert call(anomalies.handler, "PATCH", path, caller=USER, json=fields).status == 200


def comment(anomaly, text):
    path = f"/anomalies/{anomaly['id']}/comments"
    answer = call(anomalies.handler, "POST", path, caller=USER, json={"comment": text})
    assert answer.status == 201, answer.body


def history(anomaly):
    return ask(f"/anomalies/{anomaly['id']}")["history"]


def stable_detail(anomaly):
    """The anomaly's detail without the fields that every change modifies."""
    moving = {"id", "report_id", "version", "created_at", "updated_at"}
    return {name: value for name, value in anomaly.items() if name not in moving}


def statuses(report_id, rule):
    """The statuses of a rule's anomalies in a report."""
    page = ask("/anomalies", report_id=report_id, limit=100)["anomalies"]
    return [anomaly["status"] for anomaly in page if anomaly["rule"] == rule]


def comparison_of(report_id):
    """The report's comparison: previous report and the facts that are not 0 or empty."""
    comparison = state(report_id)["comparison"]
    del comparison["is_newest"]
    return {name: value for name, value in comparison.items() if value not in (0, [])}


def delete(report_id):
    """Deletes the report and runs its background removal."""
    assert send("DELETE", f"/reports/{report_id}").status == 204
    assert drain() == []
