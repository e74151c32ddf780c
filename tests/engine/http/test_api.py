"""Routing, headers and response shapes of a handler."""

import json

import pytest

from tests.support.gateway import USER, call, multipart, request, send
from tests.support.problems import ALWAYS, problem

JSON = {"Content-Type": "application/json"}


def test_answer(handler):
    response = call(handler, "POST", "/things", json={"name": "box"}, caller=USER)
    assert (response.status, response.json) == (201, {"name": "box of alice", "version": 3})
    assert response.headers["content-type"] == "application/json"
    assert response.headers["etag"].startswith('"3.')
    assert ALWAYS.items() <= response.headers.items()
    assert response.headers["x-request-id"].startswith("test-")
    assert not [name for name in response.headers if name.startswith("access-control")]


def test_a_204_has_no_body(handler):
    response = call(handler, "DELETE", "/things/7")
    assert (response.status, response.body) == (204, "")
    assert "content-type" not in response.headers


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"limit": 20, "cursor": None, "tag": None}),
        ("?limit=100&cursor=abc", {"limit": 100, "cursor": "abc", "tag": None}),
        ("?tag=a&tag=b,c", {"limit": 20, "cursor": None, "tag": ["a", "b,c"]}),
        ("?cursor=a,b", {"limit": 20, "cursor": "a,b", "tag": None}),
    ],
)
def test_query(handler, query, expected):
    assert call(handler, "GET", f"/things{query}").json == expected


@pytest.mark.parametrize(
    ("method", "path", "allow"),
    [
        ("PATCH", "/things/7", "DELETE, PUT"),
        ("DELETE", "/things", "GET, POST"),
        ("POST", "/things/7", "DELETE, PUT"),
        ("OPTIONS", "/things", "GET, POST"),
    ],
)
def test_known_path_other_method(handler, method, path, allow):
    response = call(handler, method, path)
    problem(response, 405)
    assert response.headers["allow"] == allow


@pytest.mark.parametrize("path", ["/nothing", "/things/7/8", "", "/things;multipart/x"])
def test_unknown_path(handler, path):
    problem(call(handler, "GET", path), 404)


def test_outside_the_base_path(handler):
    problem(call(handler, "GET", "/things", base_path=""), 404)


@pytest.mark.parametrize(
    ("accept", "status"),
    [
        ("", 200),
        ("*/*", 200),
        ("application/json", 200),
        ("application/*;q=0.5", 200),
        ("text/html,application/xhtml+xml,*/*;q=0.8", 200),
        ("application/problem+json", 200),
        ("APPLICATION/JSON; charset=utf-8", 200),
        ("text/html", 406),
        ("application/xml, text/*", 406),
        ("application/json;q=0", 406),
        ("application/json; q=0.000", 406),
        ("application/json;q=0, */*", 406),
        ("*/*;q=0, application/json", 200),
        ("application/problem+json, application/json", 200),
        ("application/json;q=0, application/problem+json", 406),
        ("*/*;q=0", 406),
    ],
)
def test_accept(handler, accept, status):
    response = call(handler, "GET", "/things", headers={"Accept": accept})
    assert response.status == status
    if status == 406:
        problem(response, 406)


@pytest.mark.parametrize(
    ("path", "body", "content_type", "status"),
    [
        ("/things", '{"name": "box"}', "application/json", 201),
        ("/things", '{"name": "box"}', "Application/JSON; charset=utf-8", 201),
        ("/things", '{"name": "box"}', "application/jsonp", 415),
        ("/things", '{"name": "box"}', "text/plain", 415),
        ("/things", '{"name": "box"}', None, 415),
        ("/things", "name=box", "application/x-www-form-urlencoded", 415),
        ("/things", "<name/>", "application/xml", 415),
        ("/things", "{", "application/json", 400),
        ("/things", '{"name": "box",}', "application/json", 400),
        ("/things", '{"name": NaN}', "application/json", 400),
        ("/things", '{"name": Infinity}', "application/json", 400),
        ("/things", "[" * 100_000, "application/json", 400),
        ("/things", '{"name": ' + "9" * 5000 + "}", "application/json", 422),
        ("/things", '{"name": "box", "x": 1e-400}', "application/json", 422),
        ("/things", '{"name": "box", "x": ' + "9" * 38 + "}", "application/json", 201),
        ("/things", '{"name": "box", "x": -0.0e9, "y": 0e-999}', "application/json", 201),
        ("/things", '{"name": "box", "x": ' + "[" * 31 + "]" * 31 + "}", "application/json", 201),
        ("/things", '{"name": "box", "x": ' + "[" * 32 + "]" * 32 + "}", "application/json", 400),
        ("/things", '{"name": "\\ud800 box"}', "application/json", 400),
        ("/things", b'{"name": "\xff"}', "application/json", 400),
        ("/things", '{"name": "bo\\u00e9x"}', "application/json", 201),
        ("/things", "", "application/json", 422),
        ("/things", "null", "application/json", 422),
        ("/things", "[]", "application/json", 422),
        ("/things", '[{"name": "box"}]', "application/json", 422),
        ("/things", '"box"', "application/json", 422),
        ("/things", '{"name": "' + "x" * 2_200_000 + '"}', "application/json", 413),
        ("/things", b"x" * 4_500_000, "multipart/form-data; boundary=b", 413),
        ("/things", b"x", "multipart/form-data", 400),
        ("/things", b"x", "multipart/form-data; boundary=b", 422),
        ("/things", b"", "multipart/form-data; boundary=b", 422),
        ("/things", b'--b\r\nContent-Disposition: form-data; name="\xff"\r\n\r\nx\r\n--b--',
         "multipart/form-data; boundary=b", 400),
        ("/raise", b"x", "multipart/form-data; boundary=b", 405),
    ],
)  # fmt: skip
def test_bodies(handler, path, body, content_type, status):
    headers = {"Content-Type": content_type} if content_type else {}
    response = call(handler, "POST", path, body=body, headers=headers, caller=USER)
    if status >= 400:
        problem(response, status)
    assert response.status == status


def test_a_form_where_only_json_is_read(handler):
    body, headers = multipart({"name": "box"})
    problem(call(handler, "PUT", "/things/7", body=body, headers=headers), 415)


def test_a_file_arrives_byte_for_byte(handler):
    body, headers = multipart(
        {"file": ("x.bin", bytes(range(256)), "application/octet-stream"), "note": "né"}
    )
    response = call(handler, "POST", "/things", body=body, headers=headers, caller=USER)
    assert (response.status, response.json["name"]) == (201, "256 né alice")


def test_an_oversized_form_names_the_upload_alternative(handler):
    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    response = call(handler, "POST", "/things", body=b"x" * 4_500_000, headers=headers, caller=USER)
    assert "as JSON" in problem(response, 413)["detail"]


@pytest.mark.parametrize(
    ("method", "path", "body", "errors"),
    [
        ("POST", "/things", {}, [("/name", None)]),
        ("POST", "/things", {"name": "b"}, [("/name", None)]),
        (
            "POST",
            "/things",
            {"name": 7, "parts": {"a/b~c": {"size": "x"}, "d": {}}},
            [("/name", None), ("/parts/a~1b~0c/size", None), ("/parts/d/size", None)],
        ),
        ("GET", "/things?limit=0", None, [("/limit", "query")]),
        ("GET", "/things?limit=101", None, [("/limit", "query")]),
        ("GET", "/things?limit=ten", None, [("/limit", "query")]),
        ("GET", "/things?limit=1&limit=2", None, [("/limit", "query")]),
        ("GET", f"/things?cursor={'x' * 3000}", None, [("/cursor", "query")]),
        ("PUT", "/things/7", None, [("", None)]),
    ],
)
def test_validation_points_at_the_field(handler, method, path, body, errors):
    found_errors = problem(call(handler, method, path, json=body, caller=USER), 422)["errors"]
    assert [(error["pointer"], error.get("in")) for error in found_errors] == errors


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        (None, None),
        ('"4"', 4),
        ("4", 4),
        ("*", None),
        (' "12" ', 12),
        ('W/"4"', 412),
        ('"abc"', 412),
        ('"1", "2"', 400),
        ("", 400),
        ('"' + "9" * 30 + '"', 412),
    ],
)
def test_if_match(handler, tag, expected):
    headers = {} if tag is None else {"if-match": tag}
    response = call(handler, "PUT", "/things/7", json={"name": "box"}, headers=headers)
    if response.status == 200:
        assert response.json["if_match"] == expected
    else:
        problem(response, expected)


def test_a_route_without_caller_is_401(handler):
    response = call(handler, "POST", "/things", json={"name": "box"})
    problem(response, 401)
    assert response.headers["www-authenticate"].startswith("Bearer")


def test_a_response_that_violates_its_model_is_500(handler):
    assert "secret" not in json.dumps(problem(call(handler, "GET", "/wrong-answer"), 500))


def test_log(handler, logged, capsys):
    event = request("POST", "/things", json={"name": "hunter2"}, caller=USER)
    event["headers"]["Authorization"] = "Bearer hunter2"
    send(handler, event)
    (entry,) = logged()
    assert entry["correlation_id"] == event["requestContext"]["requestId"]
    assert (entry["method"], entry["status"], entry["user"]) == ("POST", 201, "usr_alice")
    metrics = capsys.readouterr().out
    assert json.loads(metrics)["Requests"] == [1.0]
    assert "hunter2" not in json.dumps(entry) + metrics


PAGE, OTHER_PAGE = "https://page.example", "https://other.example"


@pytest.mark.parametrize(
    ("configured", "origin", "answered"),
    [
        ("", PAGE, None),
        (PAGE, PAGE, PAGE),
        (f"{PAGE},{OTHER_PAGE}", PAGE, PAGE),
        (f"{PAGE},{OTHER_PAGE}", OTHER_PAGE, OTHER_PAGE),
        (PAGE, "https://evil.example", None),
        (PAGE, "https://page.example.evil.example", None),
        (PAGE, "null", None),
        (PAGE, None, None),
        ("*", "https://any.example", "*"),
    ],
)
def test_cors(handler_with, configured, origin, answered):
    handler = handler_with(cors_origins=configured)
    headers = {"Origin": origin} if origin else {}
    for method, path in (
        ("GET", "/things"),
        ("GET", "/nothing"),
        ("GET", "/things?limit=0"),
        ("OPTIONS", "/things"),
    ):
        response = call(handler, method, path, headers=headers)
        assert response.headers.get("access-control-allow-origin") == answered
        assert response.headers.get("vary") == ("Origin" if configured else None)
        credentials = "true" if answered and answered != "*" else None
        assert response.headers.get("access-control-allow-credentials") == credentials
        if answered is None:
            assert not [name for name in response.headers if name.startswith("access-control")]


def test_preflight(handler_with):
    handler = handler_with(cors_origins=PAGE)
    headers = {"Origin": PAGE, "Access-Control-Request-Method": "PUT"}
    response = call(handler, "OPTIONS", "/things/7", headers=headers)
    assert (response.status, response.body) == (204, "")
    assert response.headers["access-control-allow-methods"] == "DELETE, PUT"
    may_send = set(response.headers["access-control-allow-headers"].split(","))
    assert {
        "Authorization",
        "Content-Type",
        "Idempotency-Key",
        "If-Match",
        "If-None-Match",
    } <= may_send
    assert "Early-Data" not in may_send


def test_pages_of_other_origins_may_read_every_header_that_tells_them_something(handler_with):
    response = call(handler_with(cors_origins=PAGE), "GET", "/things", headers={"Origin": PAGE})
    assert set(response.headers["access-control-expose-headers"].split(",")) == {
        "Accept",
        "Accept-Encoding",
        "Allow",
        "ETag",
        "Idempotent-Replayed",
        "Location",
        "RateLimit",
        "RateLimit-Policy",
        "Retry-After",
        "WWW-Authenticate",
        "X-Request-Id",
    }


EDGE = {"X-Stockwarden-Edge": "k" * 40}


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, "203.0.113.7"),
        ({"X-Forwarded-For": "198.51.100.1, 203.0.113.7"}, "203.0.113.7"),
        ({"X-Forwarded-For": "198.51.100.1, 203.0.113.7", **EDGE}, "198.51.100.1"),
        ({"X-Forwarded-For": "6.6.6.6, 198.51.100.1, 203.0.113.7", **EDGE}, "198.51.100.1"),
        ({"X-Forwarded-For": "203.0.113.7", **EDGE}, "203.0.113.7"),
        (EDGE, "203.0.113.7"),
        ({"X-Forwarded-For": "1.1.1.1, 2.2.2.2", "X-Stockwarden-Edge": "é"}, "203.0.113.7"),
    ],
)
def test_only_the_edge_key_makes_forwarded_addresses_trusted(handler_with, headers, expected):
    handler = handler_with(edge_key="k" * 40)
    assert call(handler, "GET", "/address", headers=headers).json["address"] == expected


def test_without_an_edge_key_no_header_counts(handler):
    headers = {"X-Forwarded-For": "1.1.1.1, 2.2.2.2", "X-Stockwarden-Edge": ""}
    assert call(handler, "GET", "/address", headers=headers).json["address"] == "203.0.113.7"


def test_every_number_that_does_not_fit_is_named(handler):
    body = '{"name": "box", "parts": {"a/b": {"size": 1e999}, "c": [1, ' + "9" * 400 + "]}}"
    headers = {"Content-Type": "application/json"}
    response = call(handler, "POST", "/things", body=body, headers=headers, caller=USER)
    errors = problem(response, 422)["errors"]
    assert {error["pointer"] for error in errors} == {"/parts/a~1b/size", "/parts/c/1"}
