"""Presigned forms used late, and messages of other senders, with IAM policies enforced."""

import json
import secrets
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import httpx
import pytest

from tests.e2e.conftest import Deployment
from tests.e2e.test_drop_folder import CSV, logged, mails
from tests.e2e.visitor import eventually
from tools.local.session import Session
from tools.sample_layout import layout_rows


@pytest.fixture
def bob(deployment: Deployment) -> Iterator[Session]:
    """A new user with an e-mail address."""
    name = f"late-{secrets.token_hex(6)}"
    address = f"{name}@example.com"
    with closing(
        Session.register(deployment.api_url, name, secrets.token_urlsafe(16), email=address)
    ) as session:
        yield session


@pytest.fixture
def s3(deployment: Deployment) -> Iterator[Any]:
    with deployment.aws("s3") as client:
        yield client


def post(form: dict[str, Any]) -> str:
    """Posts a file with the form; returns the key of the stored object."""
    files = {"file": ("stock.csv", CSV)}
    assert httpx.post(form["url"], data=form["fields"], files=files, timeout=60).is_success
    key: str = form["fields"]["key"]
    return key


def versions(deployment: Deployment, s3: Any, prefix: str) -> list[str]:
    listed = s3.list_object_versions(Bucket=deployment.stack.upload_bucket, Prefix=prefix)
    return [entry["Key"] for entry in listed.get("Versions", [])]


def test_a_form_of_a_deleted_report(deployment: Deployment, s3: Any, bob: Session) -> None:
    new_report = bob.call("POST", "/reports", json={"filename": "stock.csv"})
    bob.call("DELETE", f"/reports/{new_report['report_id']}")
    key = post(new_report["upload"])
    eventually("the removal", lambda: not versions(deployment, s3, key))
    assert list(bob.list("/reports", "reports")) == []


def test_a_form_of_somebody_who_left_the_warehouse(
    deployment: Deployment, s3: Any, alice: Session, bob: Session
) -> None:
    layout = {"name": "Left", "timezone": "UTC", "layout": layout_rows()}
    warehouse = alice.call("POST", "/warehouses", json=layout)
    member = f"/warehouses/{warehouse['id']}/members/{bob.username}"
    alice.call("PUT", member, json={"role": "operator"})
    order = {
        "filename": "stock.csv",
        "rules_filename": "rules.csv",
        "warehouse_id": warehouse["id"],
    }
    new_report = bob.call("POST", "/reports", json=order)
    alice.call("DELETE", member)
    for part in ("rules_upload", "upload"):
        key = post(new_report[part])
        eventually("the quarantine", lambda key=key: not versions(deployment, s3, key))
        assert versions(deployment, s3, f"quarantine/{key}") == [f"quarantine/{key}"]
    report = alice.call("GET", f"/reports/{new_report['report_id']}")
    assert report["status"] == "awaiting_upload"
    assert bob.username in report["reason"]
    eventually("the mails", lambda: len(mails(deployment, bob)) == 2)


def test_an_event_of_another_bucket(deployment: Deployment, s3: Any, bob: Session) -> None:
    key = f"drop/{bob.username}/stock.csv"
    stored = s3.put_object(Bucket=deployment.stack.upload_bucket, Key=key, Body=CSV)
    eventually(
        "the report", lambda: [r["status"] for r in bob.list("/reports", "reports")] == ["ready"]
    )
    foreign = f"elsewhere-{secrets.token_hex(6)}"
    event = {
        "eventName": "ObjectCreated:Put",
        "eventTime": "2025-01-09T13:00:00.000Z",
        "s3": {
            "bucket": {"name": foreign},
            "object": {"key": key, "versionId": stored["VersionId"]},
        },
    }
    with deployment.aws("sqs") as sqs:
        url = deployment.outputs["AnalysisQueueUrl"]
        sqs.send_message(QueueUrl=url, MessageBody=json.dumps({"Records": [event]}))
    lines = eventually("the refusal", lambda: logged(deployment, foreign))
    assert lines[0]["level"] == "ERROR"
    assert "another bucket" in lines[0]["message"]
    assert logged(deployment, '"RefusedMessages"')
    assert len(list(bob.list("/reports", "reports"))) == 1
