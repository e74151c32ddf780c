"""On every route: throttled or silent AWS is 503 with Retry-After, a bug is 500."""

import pytest

from stockwarden.bootstrap import repositories, tokens
from stockwarden.bootstrap.auth import identity_service
from stockwarden.identity import passwords
from tests.functions.access.decisions import DECISIONS, EVERYBODY, QUERIES
from tests.functions.access.sharing_scenario import ask, world
from tests.support.failing import BUSY, SILENT, WRONG, fail_every_call
from tests.support.gateway import USER
from tests.support.problems import problem

AUTH = [
    ("GET", "/health/ready", None),
    ("POST", "/auth/register", {"username": "ana", "password": "eleven blue pallets"}),
    ("POST", "/auth/login", {"username": "ana", "password": "eleven blue pallets"}),
    ("POST", "/auth/refresh", {"refresh_token": f"ses_{'0' * 26}.{'x' * 43}.{'x' * 22}"}),
    ("POST", "/auth/logout", {"refresh_token": f"ses_{'0' * 26}.{'x' * 43}.{'x' * 22}"}),
]
ROUTES = [
    *((decision.method, decision.path, decision.body) for decision in DECISIONS),
    *(
        (method, path + QUERIES.get((method, path), ""), body)
        for (method, path), body in EVERYBODY.items()
    ),
    *AUTH,
    ("DELETE", "/mappings/{mapping_id}", None),
    ("PUT", "/mappings/{mapping_id}", {"column_mapping": {"A": "pallet_id"}}),
]
# Answered without AWS: the built-in rules, and malformed ids.
WITHOUT_STORAGE = {
    ("GET", "/rules"),
    ("GET", "/rules/{code}"),
    ("POST", "/anomalies/status"),
    ("PATCH", "/anomalies"),
}
CAUSES = [*BUSY["dynamodb"][:2], *SILENT[:3]]


def test_every_route_answers_503_with_retry_after(monkeypatch: pytest.MonkeyPatch) -> None:
    ids = {**world(), "mapping_id": "0" * 20}
    for cause in CAUSES:
        with monkeypatch.context() as patch:
            fail_every_call(patch, cause)
            for method, path, body in ROUTES:
                answer = ask(method, path, body, USER, ids)
                if (method, path) in WITHOUT_STORAGE and "filter" not in (body or {}):
                    assert answer.status == 200
                else:
                    assert int(answer.headers.get("retry-after", 0)) >= 1, (path, answer.body)
                    assert "arn:" not in problem(answer, 503)["detail"]


@pytest.mark.parametrize(
    ("service", "method", "path", "body"),
    [
        ("s3", "GET", "/anomalies/{anomaly_id}", None),
        ("s3", "GET", "/reports/{report_id}/preview", None),
        ("s3", "GET", "/reports/{report_id}/locations", None),
        ("s3", "GET", "/reports/{report_id}/diff?against={older_id}", None),
        ("s3", "GET", "/reports/{report_id}/what-if?rule={code}", None),
        ("s3", "POST", "/rules/{code}/backtest", {"warehouse_id": "{warehouse_id}"}),
        ("sqs", "POST", "/reports/{report_id}/reanalysis", {}),
        ("sqs", "POST", "/reports/{report_id}/exports", {"format": "csv"}),
        ("sqs", "DELETE", "/reports/{report_id}", None),
        ("secretsmanager", "POST", "/auth/login", {"username": "ana", "password": "eleven blue"}),
    ],
)
def test_a_failing_service_behind_a_route_answers_503(
    monkeypatch: pytest.MonkeyPatch, service: str, method: str, path: str, body: object
) -> None:
    ids = world()
    if service == "secretsmanager":
        repositories.user_repository().add("ana", passwords.hash_password("eleven blue"))
        tokens.token_keys.cache_clear()
        tokens.tokens.cache_clear()
        identity_service.cache_clear()
    for cause in [*BUSY[service], SILENT[2]]:
        with monkeypatch.context() as patch:
            fail_every_call(patch, cause, service)
            answer = ask(method, path, body, USER, ids)
            assert int(answer.headers.get("retry-after", 0)) >= 1, answer.body
            problem(answer, 503)
    with monkeypatch.context() as patch:
        fail_every_call(patch, WRONG[0], service)
        assert "AccessDenied" not in str(problem(ask(method, path, body, USER, ids), 500))
