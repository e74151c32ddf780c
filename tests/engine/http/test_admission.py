"""What is refused before a request is validated, and what the refusal tells."""

import pytest

from tests.support.gateway import USER, call, send
from tests.support.gateway import request as event_of
from tests.support.problems import problem

JSON = {"Content-Type": "application/json"}
BOX = {"name": "box"}


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ('{"a":', "line 1, column 6"),
        ('{"name": NaN}', "NaN is no number at line 1, column 10"),
        ('{"name": "NaN",\n "x": [1, -Infinity]}', "-Infinity is no number at line 2, column 11"),
        ('{"n\\"aNaN": Infinity}', "Infinity is no number at line 1, column 13"),
        ('{"name": "box",}', "line 1, column 16"),
    ],
)
def test_what_is_no_json_is_refused_with_the_place(handler, body, place):
    response = call(handler, "POST", "/things", body=body, headers=JSON, caller=USER)
    assert place in problem(response, 400)["detail"]


@pytest.mark.parametrize(
    ("method", "path", "content_type", "accept"),
    [
        ("POST", "/things", "text/plain", "application/json, multipart/form-data"),
        ("POST", "/things", None, "application/json, multipart/form-data"),
        ("PUT", "/things/7", "text/plain", "application/json"),
        ("PUT", "/things/7", "application/merge-patch+json", "application/json"),
        ("PUT", "/things/7", "multipart/form-data; boundary=b", "application/json"),
        ("PATCH", "/movements/7", None, "application/json, application/merge-patch+json"),
    ],
)
def test_another_type_of_body_is_told_what_is_read(handler, method, path, content_type, accept):
    headers = {"If-Match": "*", **({"Content-Type": content_type} if content_type else {})}
    response = call(handler, method, path, body="{}", headers=headers, caller=USER)
    problem(response, 415)
    assert response.headers["accept"] == accept


@pytest.mark.parametrize("kind", ["application/merge-patch+json", "application/json;charset=UTF-8"])
def test_a_patch_may_be_a_merge_patch(handler, movement, kind):
    headers = {"Content-Type": kind, "If-Match": "*"}
    assert call(handler, "PATCH", movement, json=BOX, headers=headers).status == 200


@pytest.mark.parametrize("encoding", ["br", "gzip", "GZIP", "deflate", "identity, gzip"])
def test_a_compressed_body_is_refused(handler, encoding):
    headers = {"Content-Encoding": encoding}
    response = call(handler, "POST", "/things", json=BOX, headers=headers, caller=USER)
    problem(response, 415)
    assert response.headers["accept-encoding"] == "identity"
    assert "accept" not in response.headers


def test_an_encoding_that_changes_nothing_is_none(handler):
    headers = {"Content-Encoding": "Identity"}
    assert call(handler, "POST", "/things", json=BOX, headers=headers, caller=USER).status == 201
    assert call(handler, "GET", "/things", headers={"Content-Encoding": "br"}).status == 200


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        ("POST", "/things", {}, 425),
        ("POST", "/things", {"Idempotency-Key": "k"}, 201),
        ("POST", "/movements", {}, 425),
        ("PUT", "/things/7", {}, 200),
        ("GET", "/things", {}, 200),
        ("DELETE", "/things/7", {}, 204),
    ],
)
def test_early_data(handler, method, path, headers, status):
    options = {"json": BOX} if method in {"POST", "PUT"} else {}
    headers = {**headers, "Early-Data": "1"}
    response = call(handler, method, path, headers=headers, caller=USER, **options)
    assert response.status == status
    if status == 425:
        assert "after the handshake" in problem(response, 425)["detail"]


def test_a_required_key(handler):
    missing = call(handler, "POST", "/movements", json=BOX)
    assert "Idempotency-Key" in problem(missing, 400)["detail"]
    problem(call(handler, "POST", "/movements", json=BOX, headers={"idempotency-key": ""}), 400)
    given = call(handler, "POST", "/movements", json=BOX, headers={"idempotency-key": '"k"'})
    assert (given.status, given.json["key"]) == (201, "k")


def test_a_required_version(handler, movement):
    missing = call(handler, "PATCH", movement, json=BOX)
    assert "If-Match" in problem(missing, 428)["detail"]
    assert call(handler, "PATCH", movement, json=BOX, headers={"If-Match": "*"}).status == 200


def test_what_is_missing_is_told_before_what_is_wrong(handler, movement):
    problem(call(handler, "PATCH", movement, json={}), 428)
    problem(call(handler, "POST", "/movements", json={}), 400)


@pytest.mark.parametrize(
    ("lines", "status"),
    [
        (["application/json", "text/html"], 200),
        (["text/html", "application/json;q=0"], 406),
        (["text/html", "*/*;q=0.1"], 200),
    ],
)
def test_several_lines_of_a_header_are_one(handler, lines, status):
    event = event_of("GET", "/things")
    event["headers"]["Accept"] = lines[-1]
    event["multiValueHeaders"]["Accept"] = lines
    assert send(handler, event).status == status


def test_the_limit_of_a_body_is_named_with_the_other_way(handler):
    body = '{"name": "' + "x" * 2_200_000 + '"}'
    response = call(handler, "POST", "/things", body=body, headers=JSON, caller=USER)
    detail = problem(response, 413)["detail"]
    assert "2 MiB" in detail
    assert "POST /reports" in detail
