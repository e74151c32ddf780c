"""API Gateway (REST, Lambda proxy) in front of a handler, without the network.

    response = call(handler, "POST", "/auth/login", json={"username": …, "password": …})
    assert response.status == 200 and response.json["token"]

Paths are given without the base path. `caller` is what the authorizer would have put there.
"""

import base64
import json as json_text
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from stockwarden.identity.access import Caller, Role

BASE_PATH = "/api/v1"
USER = Caller("alice", "usr_alice", Role.MEMBER, "s-alice")
OTHER = Caller("bob", "usr_bob", Role.MEMBER, "s-bob")
ADMIN = Caller("root.admin", "usr_root.admin", Role.ADMIN, "s-admin")

Handler = Callable[[dict[str, Any], Any], dict[str, Any]]


@dataclass(frozen=True)
class Context:
    """The Lambda context attributes that our code and Powertools read."""

    function_name: str = "test"
    memory_limit_in_mb: int = 256
    invoked_function_arn: str = "arn:aws:lambda:eu-west-1:123456789012:function:test"
    aws_request_id: str = "11111111-2222-4333-8444-555555555555"

    def get_remaining_time_in_millis(self) -> int:
        return 30_000


class LongContext(Context):
    """Of a function that may run for a quarter of an hour."""

    def get_remaining_time_in_millis(self) -> int:
        return 900_000


@dataclass(frozen=True)
class Response:
    """The HTTP response. Header names are lower case; `cookies` are whole Set-Cookie values."""

    status: int
    headers: dict[str, str]
    body: str
    cookies: tuple[str, ...] = field(default=())

    @property
    def version(self) -> int:
        """The version in the ETag, which has a digest of the body after it."""
        return int(self.headers["etag"].strip('"').partition(".")[0])

    @property
    def json(self) -> Any:
        return json_text.loads(self.body)


def request(
    method: str,
    path: str,
    *,
    json: Any = None,
    body: str | bytes | None = None,
    headers: Mapping[str, str] | None = None,
    query: Mapping[str, Any] | None = None,
    caller: Caller | None = None,
    address: str = "203.0.113.7",
    base_path: str = BASE_PATH,
) -> dict[str, Any]:
    """The event of a request. Bytes are sent as base64; `path` may include `?query`."""
    sent = {"Accept": "*/*", "Host": "api.example", **(headers or {})}
    names = {name.lower() for name in sent}
    if json is not None:
        body = json_text.dumps(json)
        if "content-type" not in names:
            sent["Content-Type"] = "application/json"
    split = urlsplit(path)
    pairs = parse_qsl(split.query, keep_blank_values=True)
    for name, value in (query or {}).items():
        values = value if isinstance(value, list | tuple) else [value]
        pairs += [(name, str(entry)) for entry in values]
    multi: dict[str, list[str]] = {}
    for name, value in pairs:
        multi.setdefault(name, []).append(value)
    encoded = isinstance(body, bytes)
    full_path = f"{base_path}{split.path}"
    context: dict[str, Any] = {
        "requestId": f"test-{secrets.token_hex(6)}",
        "apiId": "api",
        "stage": "v1",
        "httpMethod": method,
        "path": full_path,
        "identity": {"sourceIp": address, "userAgent": "tests"},
    }
    if caller:
        context["authorizer"] = {
            "principalId": caller.username,
            "username": caller.username,
            "user_id": caller.user_id,
            "role": caller.role,
            "session_id": caller.session_id,
        }
        if caller.limits:
            context["authorizer"]["scopes"] = " ".join(sorted(caller.limits.scopes))
            if caller.limits.warehouses is not None:
                context["authorizer"]["warehouses"] = " ".join(sorted(caller.limits.warehouses))
    return {
        "resource": full_path,
        "path": full_path,
        "httpMethod": method,
        "headers": sent,
        "multiValueHeaders": {name: [value] for name, value in sent.items()},
        "queryStringParameters": {name: values[-1] for name, values in multi.items()} or None,
        "multiValueQueryStringParameters": multi or None,
        "pathParameters": None,
        "stageVariables": None,
        "requestContext": context,
        "body": base64.b64encode(body).decode() if isinstance(body, bytes) else body,
        "isBase64Encoded": encoded,
    }


def send(handler: Handler, event: dict[str, Any]) -> Response:
    answer = handler(event, Context())
    headers: dict[str, str] = {}
    cookies: list[str] = []
    for name, values in answer["multiValueHeaders"].items():
        if name.lower() == "set-cookie":
            cookies += values
        else:
            headers[name.lower()] = ", ".join(values)
    body = answer["body"] or ""
    if answer["isBase64Encoded"]:
        body = base64.b64decode(body).decode()
    return Response(answer["statusCode"], headers, body, tuple(cookies))


def call(handler: Handler, method: str, path: str, **options: Any) -> Response:
    """Builds and sends a request; the options are those of `request`."""
    return send(handler, request(method, path, **options))


def multipart(
    fields: Mapping[str, str | tuple[str, bytes, str]], boundary: str = "boundary-9f2c"
) -> tuple[bytes, dict[str, str]]:
    """(body, headers) of a multipart form; a file is `(filename, content, content type)`."""
    parts: list[bytes] = []
    for name, value in fields.items():
        if isinstance(value, str):
            head, content = f'form-data; name="{name}"', value.encode()
            kind = ""
        else:
            filename, content, media = value
            head = f'form-data; name="{name}"; filename="{filename}"'
            kind = f"Content-Type: {media}\r\n"
        top = f"--{boundary}\r\nContent-Disposition: {head}\r\n{kind}\r\n"
        parts.append(top.encode() + content + b"\r\n")
    body = b"".join(parts) + f"--{boundary}--\r\n".encode()
    return body, {"Content-Type": f"multipart/form-data; boundary={boundary}"}
