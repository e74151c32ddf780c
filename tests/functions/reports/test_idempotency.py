"""POST /reports with an Idempotency-Key runs once, however often it is sent."""

import pytest

from stockwarden.bootstrap.reports import kept_answers, report_creation_service
from stockwarden.core.errors import Unavailable
from stockwarden.http.replays import KEPT_SECONDS
from stockwarden.storage import clients
from tests.support.failing import BUSY, SILENT, WRONG, refusal
from tests.support.gateway import OTHER, USER, multipart
from tests.support.problems import problem
from tests.support.reports import CSV, announce_all, deliver, get, send, state

REQUEST = {"filename": "stock.csv", "report_name": "Monday"}
KEY = {"Idempotency-Key": "monday-1"}


def post(headers, request=REQUEST, **options):
    return send("POST", "/reports", json=request, headers=headers, **options)


def form(key, boundary="one", content=CSV, **options):
    body, headers = multipart({"inventory_file": ("stock.csv", content, "text/csv")}, boundary)
    headers["Idempotency-Key"] = key
    return send("POST", "/reports", body=body, headers=headers, **options)


def count(caller=USER):
    return len(get("/reports", caller=caller).json["reports"])


@pytest.fixture
def cut_off(monkeypatch):
    """Does the work without storing the response, as when the function times out."""

    def away(**_):
        raise refusal("ThrottlingException")

    def run(send_request, *, dead=True):
        with monkeypatch.context() as patch:
            patch.setattr(kept_answers(), "save_success", away)
            problem(send_request(), 503)
        if not dead:
            return
        for item in clients.dynamodb().scan(TableName=kept_answers().table_name)["Items"]:
            # The time after which the first request counts as dead passes.
            clients.dynamodb().update_item(
                TableName=kept_answers().table_name,
                Key={"id": item["id"]},
                UpdateExpression="SET in_progress_expiration = :past",
                ExpressionAttributeValues={":past": {"N": "1"}},
            )

    return run


def test_repeated_request_returns_the_same_report():
    first, repeated = post(KEY), post(KEY)
    assert (first.status, repeated.status) == (201, 201)
    assert repeated.json == first.json
    assert repeated.headers["location"] == first.headers["location"]
    assert repeated.headers["idempotent-replayed"] == "true"
    assert "idempotent-replayed" not in first.headers
    assert count() == 1


def test_without_a_key_each_request_makes_a_report():
    assert post({}).json["report_id"] != post({}).json["report_id"]


@pytest.mark.parametrize("same", ['"monday-1"', " monday-1 "])
def test_a_quoted_key_is_the_same_as_a_bare_one(same):
    first = post(KEY).json["report_id"]
    assert post({"Idempotency-Key": same}).json["report_id"] == first


def test_the_same_request_may_be_spaced_and_ordered_otherwise():
    first = post(KEY).json["report_id"]
    body = '{ "report_name":"Monday",\n "filename": "stock.csv" }'
    headers = {**KEY, "Content-Type": "application/json"}
    assert send("POST", "/reports", body=body, headers=headers).json["report_id"] == first


def test_key_belongs_to_its_caller():
    assert post(KEY).json["report_id"] != post(KEY, caller=OTHER).json["report_id"]
    assert count() == count(OTHER) == 1


def test_key_is_refused_for_another_request():
    post(KEY)
    answer = problem(post(KEY, {"filename": "other.csv"}), 422)
    assert "take a new one" in answer["detail"]
    assert count() == 1


def test_key_is_refused_for_a_form_instead_of_json():
    post(KEY)
    problem(form("monday-1"), 422)
    assert count() == 1


@pytest.mark.parametrize("key", ["", "  ", '""', "a b", '"a', "ü", "x" * 256, 'a"b'])
def test_invalid_key_is_refused(key):
    problem(post({"Idempotency-Key": key}), 400)
    assert count() == 0


def test_second_request_conflicts_while_the_first_runs(cut_off):
    cut_off(lambda: post(KEY), dead=False)
    assert "still being done" in problem(post(KEY), 409)["detail"]
    assert count() == 1


def test_refused_response_is_not_stored():
    problem(post(KEY, {"filename": "notes.pdf"}), 422)
    problem(post(KEY, {**REQUEST, "warehouse_id": "wh_nobody"}), 422)
    assert post(KEY).status == 201
    assert count() == 1


def test_failed_request_may_be_repeated(monkeypatch):
    service = report_creation_service()

    def away(*_, **__):
        raise Unavailable("The database is too busy; try again shortly.")

    with monkeypatch.context() as patch:
        patch.setattr(service, "announce", away)
        problem(post(KEY), 503)
    assert post(KEY).status == 201


def test_request_interrupted_before_its_response_creates_one_report(cut_off):
    cut_off(lambda: post(KEY))
    assert count() == 1
    (listed,) = get("/reports").json["reports"]
    repeated = post(KEY)
    assert repeated.json["report_id"] == listed["id"]
    assert "idempotent-replayed" not in repeated.headers
    assert post(KEY).json == repeated.json
    assert count() == 1


def test_interrupted_form_does_not_store_its_file_twice(cut_off):
    cut_off(lambda: form("f-1"))
    new_report = form("f-1", boundary="another").json
    assert deliver(*announce_all()) == []
    assert state(new_report["report_id"])["status"] == "ready"
    assert count() == 1


def test_deleted_report_is_not_created_again(cut_off):
    cut_off(lambda: post(KEY))
    (listed,) = get("/reports").json["reports"]
    assert send("DELETE", f"/reports/{listed['id']}").status == 204
    problem(post(KEY), 410)
    assert count() == 0


def test_multipart_boundary_does_not_change_the_request():
    first = form("f-1")
    assert first.status == 201, first.text
    assert form("f-1", boundary="another").json == first.json
    problem(form("f-1", content=CSV + b"P9,A-01,2025-01-01\n"), 422)
    assert count() == 1


def test_response_is_stored_for_a_day():
    post(KEY)
    (stored_item,) = clients.dynamodb().scan(TableName=kept_answers().table_name)["Items"]
    assert KEPT_SECONDS >= 24 * 3600
    assert int(stored_item["expiration"]["N"]) > 0
    clients.dynamodb().update_item(
        TableName=kept_answers().table_name,
        Key={"id": stored_item["id"]},
        UpdateExpression="SET expiration = :past",
        ExpressionAttributeValues={":past": {"N": "1"}},
    )
    repeated = post(KEY)
    assert "idempotent-replayed" not in repeated.headers


def test_the_key_is_not_stored():
    post({"Idempotency-Key": "a-key-that-may-be-a-secret"})
    items = clients.dynamodb().scan(TableName=kept_answers().table_name)["Items"]
    assert "a-key-that-may-be-a-secret" not in str(items)


@pytest.mark.parametrize("error", [*BUSY["dynamodb"], *SILENT], ids=repr)
def test_busy_store_answers_503_and_creates_no_report(monkeypatch, error):
    with monkeypatch.context() as patch:
        patch.setattr(kept_answers(), "save_inprogress", raising(error))
        response = post(KEY)
    problem(response, 503)
    assert response.headers["retry-after"]
    assert count() == 0
    assert post(KEY).status == 201


@pytest.mark.parametrize("error", [*WRONG, ZeroDivisionError()], ids=repr)
def test_fault_of_ours_is_not_taken_for_a_busy_store(monkeypatch, error):
    """Expects 500, which raises the alarm; clients would repeat a 503 forever."""
    with monkeypatch.context() as patch:
        patch.setattr(kept_answers(), "save_inprogress", raising(error))
        problem(post(KEY), 500)
    assert count() == 0


def raising(error):
    def fail(**_):
        raise error

    return fail


def test_interrupted_request_is_not_completed_by_one_with_another_body(cut_off):
    cut_off(lambda: post(KEY))
    (first,) = get("/reports").json["reports"]
    other = post(KEY, {"filename": "other.csv"}).json
    assert other["report_id"] != first["id"]
    assert other["report"]["filename"] == "other.csv"
    assert other["upload"]["fields"]["key"].endswith("/other.csv")
    assert state(first["id"])["filename"] == "stock.csv"
