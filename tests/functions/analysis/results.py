"""A report that was analyzed, and what it found."""

from tests.support.reports import CSV, arrive, create, create_warehouse, deliver, get, state


def ready(**fields):
    """A report that was analyzed, under the usual layout."""
    warehouse_id = fields.pop("warehouse_id", None) or create_warehouse()["id"]
    made = create(warehouse_id=warehouse_id, **fields)
    assert deliver(arrive(made, "inventory", CSV)) == []
    report = state(made["report_id"])
    assert report["status"] == "ready", report["reason"]
    return report


def anomalies(report_id):
    found = get(f"/reports/{report_id}/details", query={"limit": 100}).json
    return [anomaly for place in found["locations"] for anomaly in place["anomalies"]]


def by_rule(report_id):
    return {rule: count for rule, count in state(report_id)["counts"]["by_rule"].items() if count}
