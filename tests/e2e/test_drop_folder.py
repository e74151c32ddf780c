"""Files in drop/: routing to owner and warehouse, analysis, quarantine and notices."""

import json
import secrets
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from tests.e2e.conftest import Deployment
from tests.e2e.mailbox import mails_to
from tests.e2e.visitor import eventually
from tools.local.session import Session
from tools.sample_layout import layout_rows

CSV = b"""Pallet ID,Location,Received At
P-1,RECV-01,2025-01-08T04:00:00
P-2,,2025-01-09T11:00:00
"""
UNSURE = b"""Pallet ID,Location,Received At
P-1,RECV-01,03/04/2025
P-2,RECV-01,05/06/2025
P-3,RECV-02,07/08/2025
"""


@pytest.fixture
def dropper(deployment: Deployment) -> Iterator[Session]:
    """A new user with an e-mail address and no reports."""
    name = f"drop-{secrets.token_hex(6)}"
    address = f"{name}@example.com"
    with closing(
        Session.register(deployment.api_url, name, secrets.token_urlsafe(16), email=address)
    ) as session:
        yield session


@pytest.fixture
def s3(deployment: Deployment) -> Iterator[Any]:
    with deployment.aws("s3") as client:
        yield client


def drop(deployment: Deployment, s3: Any, key: str, body: bytes = CSV) -> str:
    s3.put_object(Bucket=deployment.stack.upload_bucket, Key=f"drop/{key}", Body=body)
    return f"drop/{key}"


def wait_for_report(session: Session, name: str, *settled: str) -> dict[str, Any]:
    """Waits until the report of a dropped file has one of the given statuses."""

    def look() -> dict[str, Any] | None:
        for report in session.list("/reports", "reports"):
            if report["report_name"] == name and report["status"] in settled:
                return report
        return None

    report: dict[str, Any] = eventually(f"a report called {name}", look)
    return report


def test_a_dropped_file_makes_its_report(deployment: Deployment, s3: Any, dropper: Session) -> None:
    drop(deployment, s3, f"{dropper.username}/Stock of today (1)+ä.csv")
    report = wait_for_report(dropper, "Stock of today (1)+ä", "ready")
    assert report["anomaly_count"] > 0


def test_a_folder_of_a_warehouse_of_ones_own_or_shared(
    deployment: Deployment, s3: Any, dropper: Session, alice: Session
) -> None:
    layout = {"timezone": "UTC", "layout": layout_rows()}
    own_warehouse = dropper.call("POST", "/warehouses", json={"name": "Own", **layout})
    shared = alice.call("POST", "/warehouses", json={"name": "Shared", **layout})
    member = f"/warehouses/{shared['id']}/members/{dropper.username}"
    alice.call("PUT", member, json={"role": "operator"})
    drop(deployment, s3, f"{dropper.username}/own/mine.csv")
    drop(deployment, s3, f"{dropper.username}/{shared['id']}/theirs.csv")
    assert wait_for_report(dropper, "mine", "ready")["warehouse_id"] == own_warehouse["id"]
    theirs = wait_for_report(alice, "theirs", "ready")
    assert theirs["warehouse_id"] == shared["id"]
    assert theirs["created_by"] == dropper.username


@pytest.mark.parametrize("folder", ["nobody-{name}", "{name}/No such warehouse"])
def test_quarantine(deployment: Deployment, s3: Any, dropper: Session, folder: str) -> None:
    key = drop(deployment, s3, f"{folder.format(name=dropper.username)}/stock.csv")
    bucket = deployment.stack.upload_bucket

    def moved() -> bool:
        return not s3.list_object_versions(Bucket=bucket, Prefix=key).get("Versions")

    eventually("the quarantine", moved)
    put_away = s3.list_objects_v2(Bucket=bucket, Prefix=f"quarantine/{key}")["Contents"]
    assert [version["Key"] for version in put_away] == [f"quarantine/{key}"]
    assert list(dropper.list("/reports", "reports")) == []
    lines = eventually("the log", lambda: logged(deployment, key))
    assert lines[0]["level"] == "WARNING"
    counted = [line for line in logged(deployment, '"Reports_quarantined"') if "_aws" in line]
    assert len(counted) > 0
    assert all(line["Reports_quarantined"] == [1.0] for line in counted)
    if "No such" in folder:
        (mail,) = eventually("the mail", lambda: mails(deployment, dropper))
        assert "put aside" in mail["Subject"]
        assert "No such warehouse" in json.dumps(mail)


def test_the_sender_is_told_of_a_question(
    deployment: Deployment, s3: Any, dropper: Session
) -> None:
    drop(deployment, s3, f"{dropper.username}/monday.csv", UNSURE)
    report = wait_for_report(dropper, "monday", "needs_mapping")
    (mail,) = eventually("the mail", lambda: mails(deployment, dropper))
    assert mail["Subject"] == "Your stock file monday.csv has a question"
    text = json.dumps(mail)
    assert f"/reports/{report['id']}" in text
    answer = {"date_order": "DMY"}
    dropper.call("PUT", f"/reports/{report['id']}/mapping", json=answer)
    assert wait_for_report(dropper, "monday", "ready")["id"] == report["id"]
    drop(deployment, s3, f"{dropper.username}/tuesday.csv", UNSURE)
    wait_for_report(dropper, "tuesday", "ready")
    assert len(mails(deployment, dropper)) == 1


def test_a_dropped_part_waits_for_an_answer(
    deployment: Deployment, s3: Any, dropper: Session
) -> None:
    layout = [{"location_pattern": "RECV-*", "location_type": "RECEIVING"}]
    warehouse = dropper.call("POST", "/warehouses", json={"name": "Hall", "layout": layout})["id"]
    head = "Pallet ID,Location,Received At\n"
    rows = [f"P-{n:02},RECV-{n % 4},2025-01-08T04:00:00\n" for n in range(20)]

    def open_pallets() -> dict[str, str]:
        """{pallet id: id of the report that lists its open anomaly}."""
        anomalies = list(dropper.list("/anomalies", "anomalies", warehouse_id=warehouse))
        waiting = [anomaly for anomaly in anomalies if anomaly["status"] != "Resolved"]
        assert len({anomaly["pallet_id"] for anomaly in waiting}) == len(waiting)
        return {anomaly["pallet_id"]: anomaly["report_id"] for anomaly in waiting}

    drop(deployment, s3, f"{dropper.username}/hall/all.csv", (head + "".join(rows)).encode())
    whole = wait_for_report(dropper, "all", "ready")["id"]
    before = open_pallets()
    assert len(before) == 20
    drop(deployment, s3, f"{dropper.username}/hall/few.csv", (head + "".join(rows[:3])).encode())
    few = wait_for_report(dropper, "few", "needs_mapping", "ready")
    assert (few["status"], few["asks"]) == ("needs_mapping", ["scope"])
    (mail,) = eventually("the mail", lambda: mails(deployment, dropper))
    assert "3 rows, the last snapshot of Hall had 20" in json.dumps(mail)
    assert open_pallets() == before
    path = f"/reports/{few['id']}"
    (question,) = dropper.call("GET", f"{path}/preview")["questions"]
    assert question["scope"]["last"]["report_id"] == whole
    dropper.call("PUT", f"{path}/mapping", json={"answers": {question["id"]: "part"}})
    assert wait_for_report(dropper, "few", "ready")["scope"] == "part"
    assert open_pallets() == before | dict.fromkeys(("P-00", "P-01", "P-02"), few["id"])
    drop(deployment, s3, f"{dropper.username}/hall/next.csv", (head + "".join(rows[:10])).encode())
    following = wait_for_report(dropper, "next", "needs_mapping", "ready")
    assert following["status"] == "ready"
    eventually("the rest to be resolved", lambda: len(open_pallets()) == 10)
    assert set(open_pallets().values()) == {following["id"]}


def test_the_sweep_finds_a_file_whose_event_never_came(
    deployment: Deployment, s3: Any, dropper: Session
) -> None:
    bucket = deployment.stack.upload_bucket
    announced = s3.get_bucket_notification_configuration(Bucket=bucket)
    announced.pop("ResponseMetadata")
    s3.put_bucket_notification_configuration(Bucket=bucket, NotificationConfiguration={})
    try:
        drop(deployment, s3, f"{dropper.username}/lost.csv")
    finally:
        s3.put_bucket_notification_configuration(Bucket=bucket, NotificationConfiguration=announced)
    assert sweep(deployment, patience_minutes=0)["queued"] >= 1
    assert wait_for_report(dropper, "lost", "ready")["anomaly_count"] > 0
    drop(deployment, s3, f"{dropper.username}/found.csv")
    wait_for_report(dropper, "found", "ready")
    assert sweep(deployment)["queued"] == 0
    assert len(list(dropper.list("/reports", "reports"))) == 2


def sweep(deployment: Deployment, **options: int) -> dict[str, int]:
    """Invokes the sweep as docs/operations.md documents; returns its counts."""
    with deployment.aws("lambda") as functions:
        name = f"{deployment.outputs['SweepFunctionName']}:live"
        answer = functions.invoke(FunctionName=name, Payload=json.dumps(options))
        assert "FunctionError" not in answer, answer["Payload"].read()
        counts: dict[str, int] = json.loads(answer["Payload"].read())
        return counts


def mails(deployment: Deployment, session: Session) -> list[dict[str, Any]]:
    """The e-mails to a user about stock files."""
    return mails_to(deployment, session.username, "stock file")


def logged(deployment: Deployment, text: str) -> list[dict[str, Any]]:
    """The log lines of the analysis function that contain a text, parsed."""
    with deployment.aws("logs") as logs:
        pages = logs.get_paginator("filter_log_events").paginate(
            logGroupName="/stockwarden/analysis"
        )
        messages = [event["message"] for page in pages for event in page["events"]]
    return [json.loads(line) for line in messages if text in line]
