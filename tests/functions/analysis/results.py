"""Creates analyzed reports and reads their anomalies."""

from tests.support.reports import CSV, arrive, create, create_warehouse, deliver, get, state


def ready(**fields):
    """An analyzed report of a warehouse with the standard layout."""
    warehouse_id = fields.pop("warehouse_id", None) or create_warehouse()["id"]
    new_report = create(warehouse_id=warehouse_id, **fields)
    assert deliver(arrive(new_report, "inventory", CSV)) == []
    report = state(new_report["report_id"])
    assert report["status"] == "ready", report["reason"]
    return report


def anomalies(report_id):
    details = get(f"/reports/{report_id}/details", query={"limit": 100}).json
    return [anomaly for location in details["locations"] for anomaly in location["anomalies"]]


def by_rule(report_id):
    return {rule: count for rule, count in state(report_id)["counts"]["by_rule"].items() if count}
