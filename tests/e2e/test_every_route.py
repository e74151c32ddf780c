"""Each route of the template once, for real, so that no role lacks a right that its function needs.

The order is that of somebody's first days; the last check is that no route was left out.
"""

import secrets
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import openpyxl
import pytest

from tests.e2e.account import manage_account
from tests.e2e.administration import administer
from tests.e2e.catalog import keep_catalog
from tests.e2e.conftest import Deployment
from tests.e2e.exports import take_exports
from tests.e2e.visitor import Visitor, eventually
from tools import sample
from tools.local import analyze
from tools.local.failure import StepFailed
from tools.local.session import Session
from tools.local.web import client
from tools.sample_layout import layout_rows
from tools.template import routes

PASSWORD = "eleven blue pallets in a row"
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Ambiguous day/month order and headers that match no field.
UNSURE = """Alpha,Beta,Gamma
P-1,RECV-01,03/04/2025
P-2,RECV-01,05/06/2025
P-3,RECV-02,07/08/2025
"""
MAPPING = {"Alpha": "pallet_id", "Beta": "location", "Gamma": "creation_date"}


def write_layout(target: Path) -> Path:
    rows = layout_rows()
    columns = list(dict.fromkeys(name for row in rows for name in row))
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(columns)
    for row in rows:
        book.active.append([row.get(name) for name in columns])
    book.save(target)
    return target


@pytest.fixture
def visit(deployment: Deployment) -> Iterator[Visitor]:
    with client(deployment.api_url) as http:
        yield Visitor(http)


def test_the_first_days(visit: Visitor, deployment: Deployment, tmp_path: Path) -> None:
    sign_in(visit)
    manage_account(visit, deployment)
    warehouse = set_up_warehouse(visit, write_layout(tmp_path / "layout.xlsx"))
    stock = tmp_path / "stock.xlsx"
    sample.write_workbook(stock, sample.inventory_rows(300))
    monday = send_stock(visit, stock, warehouse, sample.SNAPSHOT)
    colleague = share(visit, warehouse)
    work_anomalies(visit, monday, colleague)
    suppress(visit, warehouse)
    change_report(visit, monday)
    tune_rules(visit, monday, warehouse)
    take_exports(visit, monday)
    tuesday = send_stock(visit, stock, warehouse, sample.SNAPSHOT + timedelta(days=1))
    compare(visit, warehouse, monday, tuesday)
    let_a_script_in(visit, deployment, stock, warehouse)
    administer(visit, deployment, warehouse)
    keep_catalog(visit, deployment)
    follow(visit, tuesday, warehouse)
    answer_questions(visit, tmp_path / "unsure.csv")
    send_form(visit, stock, tmp_path / "layout.xlsx", warehouse)
    remove(visit, deployment, monday, warehouse)
    visit("POST", "/auth/logout", expect=204)

    assert set(routes()) - visit.used == set()


def sign_in(visit: Visitor) -> None:
    visit("GET", "/health", expect=200)
    visit("GET", "/health/ready", expect=200)
    credentials = {"username": f"every.{secrets.token_hex(6)}", "password": PASSWORD}
    visit("POST", "/auth/register", expect=201, json=credentials)
    tokens = visit("POST", "/auth/login", expect=200, json=credentials)
    spent = {"refresh_token": tokens["refresh_token"]}
    tokens = visit("POST", "/auth/refresh", expect=200, json=spent)
    visit.client.headers["Authorization"] = f"Bearer {tokens['token']}"


def set_up_warehouse(visit: Visitor, layout: Path) -> str:
    body = {"name": "North", "timezone": "Europe/Madrid", "layout": layout_rows()[:2]}
    warehouse = visit("POST", "/warehouses", expect=201, json=body)
    path = f"/warehouses/{warehouse['id']}"
    visit("GET", "/warehouses", expect=200)
    visit("GET", path, expect=200)
    visit("PATCH", path, expect=200, json={"name": "North hall"})
    rows = {"layout": layout_rows()}
    visit("PUT", f"{path}/layout", expect=200, json=rows)
    sheet = visit(
        "PUT",
        f"{path}/layout",
        expect=200,
        content=layout.read_bytes(),
        headers={"Content-Type": SPREADSHEET},
    )
    assert len(sheet["layout"]) == len(rows["layout"])
    return str(warehouse["id"])


def share(visit: Visitor, warehouse: str) -> str:
    credentials = {"username": f"colleague.{secrets.token_hex(6)}", "password": PASSWORD}
    name = visit("POST", "/auth/register", expect=201, json=credentials)["username"]
    members = f"/warehouses/{warehouse}/members"
    visit("PUT", f"{members}/{name}", expect=200, json={"role": "viewer"})
    visit("PUT", f"{members}/{name}", expect=200, json={"role": "operator"})
    assert visit("GET", f"{members}/{name}", expect=200)["role"] == "operator"
    listed = visit("GET", members, expect=200)["members"]
    assert [member["username"] for member in listed] == [name]
    return str(name)


def let_a_script_in(visit: Visitor, deployment: Deployment, stock: Path, warehouse: str) -> None:
    """An API token for one warehouse: it analyzes there, and does nothing else."""
    order = {
        "name": "Nightly export",
        "scopes": ["reports:read", "reports:write", "anomalies:read", "warehouses:read"],
        "warehouses": [warehouse],
        "expires_at": (datetime.now(UTC) + timedelta(days=30)).isoformat(),
    }
    created = visit("POST", "/users/me/tokens", expect=201, json=order)
    environment = {"STOCKWARDEN_TOKEN": created["token"], "STOCKWARDEN_URL": deployment.api_url}
    with closing(analyze.sign_in(environment)) as script:
        known = analyze.find_warehouse(script, "North hall")
        as_of = (sample.SNAPSHOT + timedelta(days=2)).isoformat()
        order = {"warehouse_id": known, "as_of": as_of}
        assert len(analyze.analyze(script, stock, None, order)) > 10
        for refused in ("/rules", "/users/me/tokens"):
            with pytest.raises(StepFailed, match="403"):
                script.call("GET", refused)
        with pytest.raises(StepFailed, match="403: This API token is for certain warehouses"):
            script.call("GET", "/reports")
        (listed,) = visit("GET", "/users/me/tokens", expect=200)["tokens"]
        assert listed["last_used_at"]
        visit("DELETE", f"/users/me/tokens/{created['id']}", expect=204)
        eventually("the revoked token is refused", lambda: _is_refused(script))


def _is_refused(session: Session) -> bool:
    try:
        session.call("GET", "/warehouses")
    except StepFailed as refusal:
        return "401" in str(refusal)
    return False


def suppress(visit: Visitor, warehouse: str) -> None:
    body = {
        "rule": "stagnant-pallet",
        "subject_pattern": "BOX-*",
        "until": (datetime.now(UTC).date() + timedelta(days=7)).isoformat(),
        "reason": "Empty boxes may stay.",
        "warehouse_id": warehouse,
    }
    suppression = visit("POST", "/suppressions", expect=201, json=body)
    listed = visit("GET", "/suppressions", expect=200, params={"warehouse_id": warehouse})
    assert listed["suppressions"] == [suppression]
    visit("DELETE", f"/suppressions/{suppression['id']}", expect=204)


def upload(visit: Visitor, file: Path, **order: str) -> str:
    """The path of the report."""
    new_report = visit("POST", "/reports", expect=201, json={"filename": file.name, **order})
    form = new_report["upload"]
    with file.open("rb") as content:
        sent = httpx.post(form["url"], data=form["fields"], files={"file": content}, timeout=60)
    assert sent.status_code == 204, sent.text
    return f"/reports/{new_report['report_id']}"


def send_stock(visit: Visitor, stock: Path, warehouse: str, as_of: datetime) -> str:
    path = upload(visit, stock, warehouse_id=warehouse, as_of=as_of.isoformat())
    settle(visit, path)
    visit("GET", "/reports", expect=200)
    visit("GET", f"{path}/preview", expect=200)
    details = visit("GET", f"{path}/details", expect=200)
    assert details["locations"]
    assert visit("GET", f"{path}/locations", expect=200)["total"] > 0
    return path.rpartition("/")[2]


def settle(visit: Visitor, path: str) -> dict[str, Any]:
    report = visit.until(path, "ready", "failed", "needs_mapping")
    assert report["status"] == "ready", report
    return report


def work_anomalies(visit: Visitor, report: str, colleague: str) -> None:
    for query in ({}, {"status": "New"}, {"rule": "stagnant-pallet"}, {"location": "RECV-01"}):
        visit("GET", "/anomalies", expect=200, params={"report_id": report, **query})
    first, second, *_ = visit("GET", "/anomalies", expect=200)["anomalies"]
    anomaly = visit("GET", f"/anomalies/{first['id']}", expect=200)
    assert anomaly["evidence"]
    change = {"status": "In Progress", "comment": "On it."}
    visit("POST", f"/anomalies/{first['id']}/status", expect=200, json=change)
    plan = {"assignee": colleague, "due_date": "2026-12-31"}
    assert visit("PATCH", f"/anomalies/{first['id']}", expect=200, json=plan)["version"] == 3
    bulk_plan = {"ids": [first["id"], second["id"]], "assignee": None}
    assert visit("PATCH", "/anomalies", expect=200, json=bulk_plan)["updated"] == 1
    body = {"comment": "Looked for it in aisle 3."}
    visit("POST", f"/anomalies/{first['id']}/comments", expect=201, json=body)
    bulk = {"ids": [first["id"], second["id"]], "status": "Resolved", "reason": "real"}
    outcome = visit("POST", "/anomalies/status", expect=200, json=bulk)
    assert (outcome["updated"], outcome["failed"]) == (2, [])


def tune_rules(visit: Visitor, report: str, warehouse: str) -> None:
    query = {"warehouse_id": warehouse}
    assert len(visit("GET", "/rules", expect=200, params=query)["rules"]) >= 18
    rule = "/rules/stagnant-pallet"
    assert visit("GET", rule, expect=200, params=query)["version"] == 0
    backtest = visit(
        "GET", f"/reports/{report}/what-if", expect=200, params={"rule": "stagnant-pallet"}
    )
    assert backtest["population"] >= backtest["current"]["anomalies"]
    assert visit("GET", f"{rule}/suggestion", expect=200, params=query)["reason"]
    assert visit("GET", f"{rule}/proposals", expect=200, params=query)["reports"] >= 1
    trial = {**query, "params": {"max_hours": 24}, "reports": 3}
    assert visit("POST", f"{rule}/backtest", expect=200, json=trial)["left_out"] == []
    change = {"parameters": {"max_hours": 24}, "scope": {"excluded": ["BOX-*"]}}
    visit("PUT", rule, expect=200, params=query, json=change)
    visit("DELETE", rule, expect=204, params=query)
    versions = visit("GET", f"{rule}/versions", expect=200, params=query)["versions"]
    assert [version["reset"] for version in versions] == [True, False]
    costs = f"/warehouses/{warehouse}/costs"
    visit("PUT", costs, expect=200, json={"currency": "USD"})
    assert visit("GET", costs, expect=200)["currency"] == "USD"


def change_report(visit: Visitor, report: str) -> None:
    path = f"/reports/{report}"
    visit("PATCH", path, expect=200, json={"report_name": "Monday"})
    mapping = visit("GET", f"{path}/preview", expect=200)["column_mapping"]
    visit("PUT", f"{path}/mapping", expect=202, json={"column_mapping": mapping})
    settle(visit, path)
    visit("POST", f"{path}/reanalysis", expect=202, json={})
    report_after = settle(visit, path)
    assert report_after["counts"]["by_status"]["Resolved"] == 2


def compare(visit: Visitor, warehouse: str, before: str, after: str) -> None:
    counts = {"new": 0, "resolved": 0}
    for report, other in ((before, after), (after, before)):
        diff = visit("GET", f"/reports/{report}/diff", expect=200, params={"against": other})
        assert diff["counts"]["persisting"] > 0
        counts["new"] += diff["counts"]["new"]
        counts["resolved"] += diff["counts"]["resolved"]
    assert counts["new"] == counts["resolved"]
    query = {"report_id": after, "rule": "stagnant-pallet"}
    pallet = visit("GET", "/anomalies", expect=200, params=query)["anomalies"][0]["pallet_id"]
    life = visit("GET", f"/pallets/{pallet}", expect=200, params={"warehouse_id": warehouse})
    assert [stay["report_id"] for stay in life["snapshots"]] == [after, before]
    full = visit("GET", f"/warehouses/{warehouse}/utilization", expect=200)
    assert full["now"]["report_id"] == after
    trends = visit("GET", f"/warehouses/{warehouse}/trends", expect=200)
    assert [point["report_id"] for point in trends["snapshots"]] == [after, before]


def follow(visit: Visitor, report: str, warehouse: str) -> None:
    """What ran, what one is told, and the lists that one saves."""
    logs = visit("GET", "/report-logs", expect=200, params={"warehouse_id": warehouse})["logs"]
    assert {"analysis", "export"} <= {log["kind"] for log in logs}
    assert all(log["warehouse"]["name"] and log["by"]["username"] for log in logs)
    told = visit("GET", "/users/me/notifications", expect=200)
    names = {told["report"]["id"]: told["report"]["name"] for told in told["notifications"]}
    assert names[report]
    assert told["unread"] > 0
    newest = {"until": told["notifications"][0]["at"]}
    visit("POST", "/users/me/notifications/read", expect=204, json=newest)
    ids = {"ids": [told["notifications"][0]["id"]]}
    visit("POST", "/users/me/notifications/read", expect=204, json=ids)
    assert visit("GET", "/users/me/notifications", expect=200)["unread"] == 0
    view = {"list": "anomalies", "query": {"status": "open"}}
    path = "/users/me/views/D%C3%ADas%20cr%C3%ADticos"
    assert visit("PUT", path, expect=200, json=view)["name"] == "Días críticos"
    assert visit("GET", path, expect=200)["query"] == view["query"]
    (saved,) = visit("GET", "/users/me/views", expect=200)["views"]
    assert saved["name"] == "Días críticos"
    visit("DELETE", path, expect=204)


def answer_questions(visit: Visitor, file: Path) -> None:
    """The answers for the first file apply to the second without questions."""
    file.write_text(UNSURE, encoding="utf-8")
    path = upload(visit, file)
    assert visit.until(path, "ready", "failed", "needs_mapping")["status"] == "needs_mapping"
    answers = {"column_mapping": MAPPING, "date_order": "DMY", "save_as": "Greek"}
    visit("PUT", f"{path}/mapping", expect=202, json=answers)
    settle(visit, path)
    mappings = visit("GET", "/mappings", expect=200)["mappings"]
    (saved,) = [mapping for mapping in mappings if mapping["name"] == "Greek"]
    assert settle(visit, upload(visit, file))["saved_mapping"]["id"] == saved["id"]
    renamed = {"name": "From Greece", "column_mapping": MAPPING, "date_order": "MDY"}
    visit("PUT", f"/mappings/{saved['id']}", expect=200, json=renamed)
    visit("DELETE", f"/mappings/{saved['id']}", expect=204)


def send_form(visit: Visitor, stock: Path, layout: Path, warehouse: str) -> None:
    """Sends a report without a warehouse, then moves it into one."""
    files = {
        "inventory_file": (stock.name, stock.read_bytes(), SPREADSHEET),
        "rules_file": (layout.name, layout.read_bytes(), SPREADSHEET),
    }
    new_report = visit("POST", "/reports", expect=201, files=files)
    path = f"/reports/{new_report['report_id']}"
    assert settle(visit, path)["comparison"] is None
    visit("PATCH", path, expect=202, json={"warehouse_id": warehouse})
    report = settle(visit, path)
    assert report["warehouse_id"] == warehouse
    assert report["comparison"]


def remove(visit: Visitor, deployment: Deployment, report: str, warehouse: str) -> None:
    visit("DELETE", f"/reports/{report}", expect=204)
    visit("GET", f"/reports/{report}", expect=404)
    bucket = deployment.stack.upload_bucket

    with deployment.aws("s3") as s3:

        def files_removed() -> bool:
            versions = [
                s3.list_object_versions(Bucket=bucket, Prefix=f"{folder}/{report}/").get("Versions")
                for folder in ("uploads", "analyses", "exports")
            ]
            return not any(versions)

        eventually("the removal of the files", files_removed)
    members = f"/warehouses/{warehouse}/members"
    (colleague,) = visit("GET", members, expect=200)["members"]
    visit("DELETE", f"{members}/{colleague['username']}", expect=204)
    visit("DELETE", f"/warehouses/{warehouse}", expect=204)
