"""Kills the process at any of its writes; compares what remains."""

from contextlib import contextmanager

from stockwarden.bootstrap import stores
from stockwarden.bootstrap.reports import report_service
from stockwarden.storage import clients
from tests.support.reports import (
    get,
    state,
)
from tests.support.thorough import sample

WRITES = {
    "dynamodb": ("PutItem", "UpdateItem", "DeleteItem", "TransactWriteItems", "BatchWriteItem"),
    "s3": ("PutObject", "DeleteObjects"),
    "sqs": ("SendMessage", "ChangeMessageVisibility"),
}


KEPT = (
    "evidence.jsonl",
    "memory.zz",
    "locations.jsonl",
    "pallets.jsonl",
    "pallets.index.json",
    "digests.bin",
    "places.jsonl",
    "places.index.json",
    "subjects.bin",
    "stock.npz",
    "curves.json",
)


class Killed(BaseException):
    """Simulates the end of the process; application code must not catch it."""


@contextmanager
def killed_at(number):
    """Blocks the `number`th write and later ones (None: none). Yields the list of all writes."""
    writes = []

    def before_call(model, **_):
        writes.append(model.name)
        if number is not None and len(writes) >= number:
            raise Killed(model.name)

    aws_clients = [clients.dynamodb(), clients.s3(), clients.sqs()]
    hooks = [
        (client, f"before-call.{client.meta.service_model.service_name}.{operation}")
        for client in aws_clients
        for operation in WRITES[client.meta.service_model.service_name]
    ]
    for client, name in hooks:
        client.meta.events.register_first(name, before_call)
    try:
        yield writes
    finally:
        for client, name in hooks:
            client.meta.events.unregister(name, before_call)


def visible(report_id):
    """(report, KPIs, anomalies) as users see them, without ids and times that always differ."""
    report = state(report_id)
    report["layout"].pop("warehouse_id", None) if report["layout"] else None
    for name in (
        "id",
        "warehouse_id",
        "comparison",
        "superseded",  # of two with one as_of, the one sent later is the newer
        "created_at",
        "updated_at",
        "timestamp",
        "version",
        "progress",
    ):
        del report[name]
    for entry in report["coverage"] or []:
        del entry["milliseconds"]
    if report["file"]:
        del report["file"]["uploaded_at"]
    details = get(f"/reports/{report_id}/details", query={"limit": 100}).json
    anomalies = []
    for location in details["locations"]:
        for anomaly in location["anomalies"]:
            for name in ("id", "report_id", "created_at", "updated_at", "since", "recurrence"):
                del anomaly[name]
            anomalies.append(anomaly)
    return report, details["kpis"], anomalies


def leftovers(report_id):
    """(generations in the anomalies table, evidence files) other than the visible ones."""
    generation = report_service().repository.find(report_id).summary.get("generation")
    table, objects = stores.anomalies_table(), stores.objects()
    pks = {
        item["pk"]["S"]
        for item in table.client.scan(TableName=table.name)["Items"]
        if item["pk"]["S"].startswith(f"{report_id}#job")
    }
    keys = {version.key for version in objects.versions(f"analyses/{report_id}/")}
    pks.discard(f"{report_id}#{generation}")
    return pks, keys - {
        f"analyses/{report_id}/preview.json",
        *(f"analyses/{report_id}/{generation}/{name}" for name in KEPT),
    }


def points_to_try(run):
    """The numbers of the writes of `run` to die at, for `killed_at`: all, or a sample."""
    with killed_at(None) as writes:
        run()
    return sample(range(1, len(writes) + 1))
