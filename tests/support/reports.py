"""Reports through both functions: API, bucket and queue, as on a stack.

new_report = create(filename="stock.csv")
arrive(new_report, "inventory", CSV)        # into the bucket; S3 announces it
drain()                                     # the analysis function takes every message
get(f"/reports/{new_report['report_id']}").json["status"]
"""

import itertools
import json
from typing import Any
from urllib.parse import quote_plus

from stockwarden.bootstrap import stores
from stockwarden.identity.access import Caller
from stockwarden.storage.queues import FifoQueue, ReceivedMessages
from tests.support.gateway import USER, Context, Response, multipart
from tests.support.routing import ask

CSV = b"""Pallet ID,Location,Received At,Receipt Number,Description
P-0001,RECV-01,2025-01-08T04:00:00,R-1,Apples
P-0002,RECV-02,2025-01-09T11:00:00,R-1,Pears
P-0003,001A,2025-01-02T09:00:00,R-2,Plums
P-0004,,2025-01-05T09:00:00,R-2,Figs
P-0005,999Z,2025-01-06T09:00:00,R-3,Dates
P-0006,001B,2025-01-07T09:00:00,R-3,Kiwis
"""
AS_OF = "2025-01-09T12:00:00"
LAYOUT = [
    {"location_pattern": "RECV-{01..04}", "location_type": "RECEIVING", "capacity": 10},
    {"location_pattern": "{001..009}{A..D}", "location_type": "STORAGE", "capacity": 2},
]
_messages = itertools.count(1)


def get(path: str, *, caller: Caller | None = USER, **options: Any) -> Response:
    return ask("GET", path, caller=caller, **options)


def send(method: str, path: str, *, caller: Caller | None = USER, **options: Any) -> Response:
    return ask(method, path, caller=caller, **options)


def create(*, caller: Caller = USER, **request: Any) -> dict[str, Any]:
    body = {"filename": "stock.csv", "as_of": AS_OF, **request}
    response = send("POST", "/reports", caller=caller, json=body)
    assert response.status == 201, response.body
    new_report: dict[str, Any] = response.json
    return new_report


def create_from_files(
    inventory: bytes = CSV, name: str = "stock.csv", *, caller: Caller = USER, **fields: Any
) -> dict[str, Any]:
    parts = {"inventory_file": (name, inventory, "text/csv"), "as_of": AS_OF, **fields}
    body, headers = multipart(parts)
    response = send("POST", "/reports", caller=caller, body=body, headers=headers)
    assert response.status == 201, response.body
    new_report: dict[str, Any] = response.json
    return new_report


def create_warehouse(*, caller: Caller = USER, **request: Any) -> dict[str, Any]:
    """Creates a warehouse that never asks for the scope, since most tests have few pallets."""
    body = {"name": "North", "timezone": "UTC", "layout": LAYOUT, "part_below": 0, **request}
    response = send("POST", "/warehouses", caller=caller, json=body)
    assert response.status == 201, response.body
    warehouse: dict[str, Any] = response.json
    return warehouse


def share(warehouse_id: str, username: str, role: str, *, caller: Caller = USER) -> None:
    """Adds a member or changes the role; the user must exist."""
    path = f"/warehouses/{warehouse_id}/members/{username}"
    response = send("PUT", path, caller=caller, json={"role": role})
    assert response.status == 200, response.body


def state(report_id: str, *, caller: Caller = USER) -> dict[str, Any]:
    response = get(f"/reports/{report_id}", caller=caller)
    assert response.status == 200, response.body
    report: dict[str, Any] = response.json
    return report


def store(key: str, body: bytes) -> dict[str, Any]:
    """Stores an object in the bucket; returns the event that S3 would send."""
    objects = stores.objects()
    objects.put(key, body, "text/csv")
    facts = objects.facts(key)
    assert facts
    return event(key, facts.version_id, facts.size)


def arrive(new_report: dict[str, Any], part: str, body: bytes) -> dict[str, Any]:
    """Stores a file at the form's key; returns the event that S3 would send."""
    form = new_report["upload" if part == "inventory" else "rules_upload"]
    return store(form["fields"]["key"], body)


def event(key: str, version_id: str, size: int = 1, name: str = "ObjectCreated:Post") -> Any:
    return {
        "Records": [
            {
                "eventVersion": "2.1",
                "eventSource": "aws:s3",
                "eventTime": "2025-01-09T13:00:00.000Z",
                "eventName": name,
                "s3": {
                    "bucket": {"name": stores.objects().bucket},
                    "object": {
                        "key": quote_plus(key, safe="/"),
                        "versionId": version_id,
                        "size": size,
                    },
                },
            }
        ]
    }


def announce_all(prefix: str = "uploads/") -> list[dict[str, Any]]:
    """The events of all objects in the bucket, oldest first, as after a multipart request."""
    objects = stores.objects()
    listed = objects.client.list_object_versions(Bucket=objects.bucket, Prefix=prefix)
    versions = sorted(listed.get("Versions", []), key=lambda entry: entry["LastModified"])
    return [event(entry["Key"], entry["VersionId"], entry["Size"]) for entry in versions]


def deliver(*messages: Any) -> list[str]:
    """Delivers messages to the analysis function as one batch, then the jobs that they start;
    returns those that failed."""
    failed = receive(*messages)
    jobs = queued(stores.jobs_queue())
    return failed + (work(*jobs) if jobs else [])


def receive(*messages: Any) -> list[str]:
    """Delivers messages of the standard queue as one batch; returns those that failed."""
    return _handle_batch([_record(message) for message in messages])


def work(*jobs: Any) -> list[str]:
    """Delivers messages of the queue of jobs as one batch; returns those that failed."""
    return _handle_batch([_record(job, stores.jobs_queue()) for job in jobs])


def _handle_batch(records: list[dict[str, Any]]) -> list[str]:
    from analysis import app as analysis

    answer = analysis.handler({"Records": records}, Context())
    return [entry["itemIdentifier"] for entry in answer["batchItemFailures"]]


def queued(queue: ReceivedMessages | None = None) -> list[Any]:
    """Removes all messages from a queue, else the standard queue; returns their bodies."""
    queue, messages = queue or stores.analysis_queue(), []
    while True:
        answer = queue.client.receive_message(QueueUrl=queue.url, MaxNumberOfMessages=10)
        if not answer.get("Messages"):
            return messages
        for message in answer["Messages"]:
            body = json.loads(message["Body"])
            if "stand-in" not in body:
                messages.append(body)
            queue.client.delete_message(QueueUrl=queue.url, ReceiptHandle=message["ReceiptHandle"])


def drain() -> list[str]:
    """Delivers all queued messages to the analysis function; returns those that failed."""
    return [failed for message in queued() for failed in deliver(message)]


def _record(message: Any, queue: ReceivedMessages | None = None) -> dict[str, Any]:
    queue = queue or stores.analysis_queue()
    name = queue.url.rpartition("/")[2]
    return {
        "messageId": f"message-{next(_messages)}",
        "receiptHandle": _handle(queue),
        "body": message if isinstance(message, str) else json.dumps(message),
        "attributes": {"ApproximateReceiveCount": "1"},
        "messageAttributes": {},
        "md5OfBody": "",
        "eventSource": "aws:sqs",
        "eventSourceARN": f"arn:aws:sqs:eu-west-1:123456789012:{name}",
        "awsRegion": "eu-west-1",
    }


def _handle(queue: ReceivedMessages) -> str:
    """A valid receipt handle, of a message that stands in for the delivered one."""
    body = {"stand-in": next(_messages)}
    if isinstance(queue, FifoQueue):
        queue.send(body, *[str(body["stand-in"])] * 2)
    else:
        stores.analysis_queue().send(body)
    while True:
        answer = queue.client.receive_message(QueueUrl=queue.url, MaxNumberOfMessages=10)
        for message in answer["Messages"]:
            handle: str = message["ReceiptHandle"]
            if json.loads(message["Body"]) == body:
                return handle
            if "stand-in" in message["Body"]:
                queue.client.delete_message(QueueUrl=queue.url, ReceiptHandle=handle)
            else:
                queue.retry_in(0, handle)
