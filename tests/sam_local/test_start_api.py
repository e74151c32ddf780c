"""The whole API behind `sam local start-api`, on the tables and the bucket of a local cloud."""

import hashlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.e2e.visitor import eventually
from tests.sam_local.api import Api
from tools import sample
from tools.local import aws
from tools.local.cloud import Cloud
from tools.local.session import Session
from tools.local.stack import Stack
from tools.sample_layout import layout_rows
from tools.template import routes

ROUTES = routes()
# A route of each function, for a user with a warehouse; other functions have no routes.
OF_EACH_FUNCTION = {
    "AuthFunction": "/health/ready",
    "ReportsFunction": "/reports/{report}",
    "WarehousesFunction": "/warehouses/{warehouse}",
    "AnomaliesFunction": "/anomalies?report_id={report}",
    "RulesFunction": "/rules?warehouse_id={warehouse}",
}


@pytest.fixture(scope="module")
def warehouse(user: Session) -> str:
    body = {"name": "Main", "timezone": "UTC", "layout": layout_rows()}
    warehouse_id: str = user.call("POST", "/warehouses", json=body)["id"]
    return warehouse_id


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("sample") / "stock.xlsx"
    sample.write_workbook(file, sample.inventory_rows())
    return file


@pytest.fixture(scope="module")
def report(api: Api, warehouse: str, workbook: Path) -> Iterator[str]:
    """Uploads a report as a form through SAM; the local cloud analyzes it."""
    answer = api(
        "POST",
        "/reports",
        data={"warehouse_id": warehouse, "as_of": sample.SNAPSHOT.isoformat()},
        files={"inventory_file": ("stock.xlsx", workbook.read_bytes())},
    )
    assert answer.status_code == 201, answer.text
    yield answer.json()["report_id"]


def ready(api: Api, report: str) -> dict[str, Any]:
    def look() -> dict[str, Any] | None:
        document: dict[str, Any] = api("GET", f"/reports/{report}").json()
        return document if document["status"] in {"ready", "failed", "needs_mapping"} else None

    document: dict[str, Any] = eventually("the analysis", look)
    return document


def test_health(nobody: Api) -> None:
    answer = nobody("GET", "/health")
    assert answer.json() == {"status": "healthy", "version": "0.1.0"}


def test_everything_it_uses_answers(nobody: Api) -> None:
    assert nobody("GET", "/health/ready").json() == {"status": "ready"}


@pytest.mark.parametrize(
    ("method", "path"), [route for route, (_, public) in ROUTES.items() if not public]
)
def test_every_route_wants_a_token(sam: httpx.Client, method: str, path: str) -> None:
    assert sam.request(method, path.replace("{", "").replace("}", "")).status_code == 401


@pytest.mark.parametrize("token", ["not-a-token", "a.b.c", "{token}x"])
def test_a_bad_token_is_refused(api: Api, token: str) -> None:
    """Expects 403: SAM ignores the template's gateway responses."""
    headers = {"Authorization": f"Bearer {token.format(token=api.token)}"}
    assert api("GET", "/reports", headers=headers).status_code == 403


def test_an_ended_session_is_refused(sam: httpx.Client, stack: Stack, user: Session) -> None:
    credentials = {"username": stack.username, "password": stack.password}
    api = Api(sam, Api(sam)("POST", "/auth/login", json=credentials).json()["token"])
    assert api("GET", "/reports").status_code == 200
    assert api("POST", "/auth/logout").status_code == 204
    assert api("GET", "/reports").status_code == 403


def test_a_wrong_password(nobody: Api, stack: Stack, user: Session) -> None:
    credentials = {"username": stack.username, "password": "not the password"}
    answer = nobody("POST", "/auth/login", json=credentials)
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"


def test_its_token_is_one_of_the_local_cloud(api: Api, stack: Stack) -> None:
    headers = {"Authorization": f"Bearer {api.token}"}
    assert httpx.get(f"{stack.api_url}/reports", headers=headers, timeout=60).status_code == 200


def test_a_form_arrives_byte_by_byte(
    api: Api, cloud: Cloud, stack: Stack, report: str, workbook: Path
) -> None:
    with closing(aws.client(cloud, "s3")) as s3:
        objects = s3.list_objects_v2(Bucket=stack.upload_bucket)["Contents"]
        bodies = [
            s3.get_object(Bucket=stack.upload_bucket, Key=stored["Key"])["Body"].read()
            for stored in objects
            if report in stored["Key"]
        ]
    sent = hashlib.sha256(workbook.read_bytes()).hexdigest()
    assert sent in {hashlib.sha256(body).hexdigest() for body in bodies}


def test_the_report_is_analyzed(api: Api, report: str) -> None:
    analyzed = ready(api, report)
    assert analyzed["status"] == "ready", analyzed
    listed = api("GET", "/reports").json()["reports"]
    assert analyzed["anomaly_count"] > 0
    assert (report, analyzed["anomaly_count"]) in [
        (entry["id"], entry["anomaly_count"]) for entry in listed
    ]


def test_a_presigned_form(api: Api, workbook: Path) -> None:
    answer = api("POST", "/reports", json={"filename": "stock.xlsx"})
    assert answer.status_code == 201, answer.text
    form = answer.json()["upload"]
    with workbook.open("rb") as content:
        sent = httpx.post(form["url"], data=form["fields"], files={"file": content}, timeout=60)
    assert sent.is_success, sent.text
    assert ready(api, answer.json()["report_id"])["status"] in {"ready", "needs_mapping"}


def test_every_function_with_routes_is_asked() -> None:
    assert OF_EACH_FUNCTION.keys() | {"BacktestFunction"} == {name for name, _ in ROUTES.values()}


@pytest.mark.parametrize("function", OF_EACH_FUNCTION)
def test_every_function_answers(api: Api, warehouse: str, report: str, function: str) -> None:
    path = OF_EACH_FUNCTION[function].format(warehouse=warehouse, report=report)
    answer = api("GET", path)
    assert answer.status_code == 200, answer.text


def test_a_backtest(api: Api, warehouse: str, report: str) -> None:
    assert ready(api, report)["status"] == "ready"
    body = {"warehouse_id": warehouse, "params": {"max_hours": 24}}
    answer = api("POST", "/rules/stagnant-pallet/backtest", json=body)
    assert answer.status_code == 200, answer.text


def test_an_unknown_address(nobody: Api) -> None:
    """Expects SAM's own 403, where the template's gateway responses define 404."""
    assert nobody("GET", "/nothing").status_code == 403
