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
from tools.template import routes

ROUTES = routes()
# What each function answers to whoever has a warehouse; the other functions have no routes.
OF_EACH_FUNCTION = {
    "AuthFunction": "/health/ready",
    "ReportsFunction": "/reports/{report}",
    "WarehousesFunction": "/warehouses/{warehouse}",
    "AnomaliesFunction": "/anomalies?report_id={report}",
    "RulesFunction": "/rules?warehouse_id={warehouse}",
}


@pytest.fixture(scope="module")
def warehouse(user: Session) -> str:
    wanted = {"name": "Main", "timezone": "UTC", "layout": sample.layout_rows()}
    found: str = user.call("POST", "/warehouses", json=wanted)["id"]
    return found


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("sample") / "stock.xlsx"
    sample.write_workbook(file, sample.inventory_rows())
    return file


@pytest.fixture(scope="module")
def report(api: Api, warehouse: str, workbook: Path) -> Iterator[str]:
    """Sent as a form through SAM; the local cloud's own analysis makes it ready."""
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
        found: dict[str, Any] = api("GET", f"/reports/{report}").json()
        return found if found["status"] in {"ready", "failed", "needs_mapping"} else None

    found: dict[str, Any] = eventually("the analysis", look)
    return found


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
    """With 403, whatever the template's gateway responses say: SAM does not read them."""
    headers = {"Authorization": f"Bearer {token.format(token=api.token)}"}
    assert api("GET", "/reports", headers=headers).status_code == 403


def test_an_ended_session_is_refused(sam: httpx.Client, stack: Stack, user: Session) -> None:
    who = {"username": stack.username, "password": stack.password}
    api = Api(sam, Api(sam)("POST", "/auth/login", json=who).json()["token"])
    assert api("GET", "/reports").status_code == 200
    assert api("POST", "/auth/logout").status_code == 204
    assert api("GET", "/reports").status_code == 403


def test_a_wrong_password(nobody: Api, stack: Stack, user: Session) -> None:
    who = {"username": stack.username, "password": "not the password"}
    answer = nobody("POST", "/auth/login", json=who)
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"


def test_its_token_is_one_of_the_local_cloud(api: Api, stack: Stack) -> None:
    headers = {"Authorization": f"Bearer {api.token}"}
    assert httpx.get(f"{stack.api_url}/reports", headers=headers, timeout=60).status_code == 200


def test_a_form_arrives_byte_by_byte(
    api: Api, cloud: Cloud, stack: Stack, report: str, workbook: Path
) -> None:
    with closing(aws.client(cloud, "s3")) as s3:
        kept = s3.list_objects_v2(Bucket=stack.upload_bucket)["Contents"]
        bodies = [
            s3.get_object(Bucket=stack.upload_bucket, Key=one["Key"])["Body"].read()
            for one in kept
            if report in one["Key"]
        ]
    sent = hashlib.sha256(workbook.read_bytes()).hexdigest()
    assert sent in {hashlib.sha256(body).hexdigest() for body in bodies}


def test_the_report_is_analyzed(api: Api, report: str) -> None:
    found = ready(api, report)
    assert found["status"] == "ready", found
    listed = api("GET", "/reports").json()["reports"]
    assert found["anomaly_count"] > 0
    assert (report, found["anomaly_count"]) in [(one["id"], one["anomaly_count"]) for one in listed]


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
    wanted = {"warehouse_id": warehouse, "params": {"max_hours": 24}}
    answer = api("POST", "/rules/stagnant-pallet/backtest", json=wanted)
    assert answer.status_code == 200, answer.text


def test_an_unknown_address(nobody: Api) -> None:
    """With 403 and SAM's own words, where the template's gateway responses say 404."""
    assert nobody("GET", "/nothing").status_code == 403
