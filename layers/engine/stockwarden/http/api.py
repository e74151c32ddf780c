"""The resolver shared by all HTTP functions: routing, problems, headers, logs and metrics.

    api = create_api(bootstrap.settings(), router)
    handler = entry_point(api)

Routes are written without the base path. A route that reads multipart/form-data beside a JSON
route of the same path is registered as `path + MULTIPART`, so that each has its own
signature; to clients, and in the OpenAPI document, they are one.
"""

import hmac
import json
import time
from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.event_handler import (
    APIGatewayRestResolver,
    CORSConfig,
    Response,
)
from aws_lambda_powertools.event_handler.api_gateway import Route, Router
from aws_lambda_powertools.event_handler.exceptions import NotFoundError
from aws_lambda_powertools.event_handler.middlewares import NextMiddleware
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.shared.json_encoder import Encoder

from stockwarden.core.config import Settings
from stockwarden.core.errors import NotFound, UnsupportedMedia
from stockwarden.http.admission import FORM, JSON, MERGE_PATCH, Admission, media_type
from stockwarden.http.etags import add_etag, is_versioned
from stockwarden.http.json_body import parse_json
from stockwarden.http.paths import BASE_PATH, MULTIPART
from stockwarden.http.problems import MethodNotAllowed, problem, problem_of
from stockwarden.http.quota_fields import quota_fields, quotas_told

EDGE_HEADER = "x-stockwarden-edge"

Handler = Callable[[dict[str, Any], Any], dict[str, Any]]

_SECURITY_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
# What pages of other origins may send and read; template.yaml has the same for the distribution.
_REQUEST_HEADERS = ["Idempotency-Key", "If-Match", "If-None-Match"]
_RESPONSE_HEADERS = [
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
]

logger = Logger(serialize_stacktrace=False)
metrics = Metrics(namespace="Stockwarden")


class Api(APIGatewayRestResolver):
    """Powertools' resolver with the product's conventions. Created by `create_api`."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(
            cors=_cors(settings.cors_origins),
            enable_validation=True,
            response_validation_error_http_code=500,
            serializer=self.serialize,
            json_body_deserializer=parse_json,
        )
        self.settings = settings
        self.public_paths: set[str] = set()
        self._request_validation_middleware = Admission()  # type: ignore[no-untyped-call]
        self.use(middlewares=[add_etag, _add_location, _add_quota_fields])
        self.exception_handler(Exception)(self._answer_error)

    @staticmethod
    def serialize(body: Any) -> str:
        return json.dumps(body, separators=(",", ":"), cls=Encoder, allow_nan=False)

    def resolve(self, event: Any, context: Any) -> dict[str, Any]:
        answer = self._answer(_with_route_path(event), context)
        headers = answer["multiValueHeaders"]
        if answer["statusCode"] == HTTPStatus.PRECONDITION_FAILED:
            current = self._current_etag(event, context)
            headers.update({"ETag": [current]} if current else {})
        headers.update({name: [value] for name, value in _SECURITY_HEADERS.items()})
        headers["X-Request-Id"] = [_request_id(event)]
        if self._cors:
            headers["Vary"] = ["Origin"]
            # Powertools names all methods of the function, to whatever page asks.
            headers.pop("Access-Control-Allow-Methods", None)
            if event["httpMethod"] == "OPTIONS" and "Access-Control-Allow-Origin" in headers:
                methods = sorted(self._methods(event["path"]))
                headers["Access-Control-Allow-Methods"] = [", ".join(methods)]
        if answer["statusCode"] in {HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED}:
            # Powertools would send the word null, as JSON.
            answer["body"] = ""
            headers.pop("Content-Type", None)
        return answer

    def _answer(self, event: Any, context: Any) -> dict[str, Any]:
        self.context["client_address"] = address_of(event, self.settings)
        return super().resolve(event, context)

    def media_types(self, method: str, path: str) -> list[str]:
        """What the bodies of this method and path may be."""
        path = path.removesuffix(MULTIPART)
        methods_of_forms = {
            route.method
            for route in self.routes
            if route.openapi_path.endswith(MULTIPART) and route.rule.match(path + MULTIPART)
        }
        known = {
            JSON: self._methods(path),
            MERGE_PATCH: self._methods(path) & {"PATCH"},
            FORM: methods_of_forms,
        }
        return [kind for kind, methods in known.items() if method.upper() in methods]

    def _current_etag(self, event: Any, context: Any) -> str | None:
        """The ETag of what the refused request is about: of its path, or of the nearest one above
        that can be read, as `/anomalies/{id}` for `/anomalies/{id}/status`."""
        path = event["path"]
        while path and "GET" not in self._methods(path):
            path = path.rpartition("/")[0]
        if not path:
            return None
        read = {**event, "httpMethod": "GET", "path": path, "body": None}
        answer = self._answer(read, context)
        etag = "".join(answer["multiValueHeaders"].get("ETag", []))
        return etag if is_versioned(etag) else None

    def _answer_error(self, error: Exception) -> Response[str]:
        request_id = _request_id(self.current_event.raw_event)
        if isinstance(error, NotFoundError):
            error = self._explain_not_found()
        answer = problem_of(error, request_id)
        if answer is None:
            logger.error("unexpected error", exc_info=error)
            metrics.add_metric("UnexpectedErrors", MetricUnit.Count, 1)
            return problem(500, "Something went wrong on our side. It is logged.", request_id)
        answer.headers.update(quota_fields(quotas_told(self.context)))
        return answer

    def _explain_not_found(self) -> NotFound | MethodNotAllowed | UnsupportedMedia:
        path = self.current_event.path
        methods = self._methods(path)
        if not methods and path.endswith(MULTIPART):
            methods = self._methods(path.removesuffix(MULTIPART))
            if self.current_event.http_method.upper() in methods:
                readable = self.media_types(self.current_event.http_method, path)
                return UnsupportedMedia(f"Send the body as {' or '.join(readable)}.", readable)
        if methods:
            return MethodNotAllowed(sorted(methods))
        return NotFound("There is nothing at this address.")

    @property
    def routes(self) -> list[Route]:
        return self._static_routes + self._dynamic_routes

    def _methods(self, path: str) -> set[str]:
        return {route.method for route in self.routes if route.rule.match(path)}


def create_api(settings: Settings, *routers: Router, public: Sequence[Router] = ()) -> Api:
    """The resolver with the routers' routes under the base path. The gateway's authorizer stands
    before all but those of `public`."""
    api = Api(settings)
    for router in public:
        api.include_router(router, prefix=BASE_PATH)
    api.public_paths = {route.openapi_path for route in api.routes}
    for router in routers:
        api.include_router(router, prefix=BASE_PATH)
    return api


def entry_point(api: Api) -> Handler:
    """The Lambda handler: one log line and one count per request, whatever the result."""

    @metrics.log_metrics
    @logger.inject_lambda_context(correlation_id_path="requestContext.requestId", clear_state=True)
    def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
        started = time.perf_counter()
        answer = api.resolve(event, context)
        milliseconds = (time.perf_counter() - started) * 1000
        status = answer["statusCode"]
        metrics.add_metric("Requests", MetricUnit.Count, 1)
        metrics.add_metric("Latency", MetricUnit.Milliseconds, milliseconds)
        metrics.add_metric("ServerErrors", MetricUnit.Count, int(status >= 500))
        logger.info(
            "request",
            method=event.get("httpMethod"),
            route=event.get("resource"),
            status=status,
            milliseconds=round(milliseconds, 1),
            user=(event["requestContext"].get("authorizer") or {}).get("user_id"),
        )
        return answer

    return handler


def address_of(event: dict[str, Any], settings: Settings) -> str:
    """The client's address, for counting attempts; clients cannot forge it.

    API Gateway reports the address that connected to it. Behind CloudFront that is an edge
    server, and the viewer is the last but one entry of X-Forwarded-For: CloudFront appends the
    viewer, the gateway appends CloudFront; everything further left came from the client. A client
    that calls the gateway directly could forge that entry, so it counts only with the edge key,
    which the distribution adds.
    """
    headers = _headers(event)
    source = str(event["requestContext"].get("identity", {}).get("sourceIp") or "unknown")
    presented = headers.get(EDGE_HEADER) or ""
    if not settings.edge_key or not hmac.compare_digest(
        presented.encode(), settings.edge_key.encode()
    ):
        return source
    hops = [hop.strip() for hop in (headers.get("x-forwarded-for") or "").split(",")]
    return hops[-2] if len(hops) >= 2 and hops[-2] else source


def _add_location(app: Api, next_middleware: NextMiddleware) -> Response[Any]:
    """Adds the Location (RFC 9110 10.2.2) of a resource created below the request path."""
    answer = next_middleware(app)
    if answer.status_code == 201 and isinstance(answer.body, dict):
        names = ("report_id", "id", "code")
        created_id = next((answer.body[name] for name in names if answer.body.get(name)), None)
        if created_id:
            path = app.current_event.path.removesuffix(MULTIPART).rstrip("/")
            answer.headers["Location"] = f"{path}/{created_id}"
    return answer


def _add_quota_fields(app: Api, next_middleware: NextMiddleware) -> Response[Any]:
    answer = next_middleware(app)
    answer.headers.update(quota_fields(quotas_told(app.context)))
    return answer


def _with_route_path(event: dict[str, Any]) -> dict[str, Any]:
    """The event with the path of its registered route: a form goes to the form route."""
    if media_type(_headers(event).get("content-type")) != "multipart/form-data":
        return event
    return {**event, "path": event["path"].rstrip("/") + MULTIPART}


def _headers(event: dict[str, Any]) -> dict[str, str]:
    return {name.lower(): value for name, value in (event.get("headers") or {}).items()}


def _request_id(event: dict[str, Any]) -> str:
    return str(event["requestContext"].get("requestId", ""))


def _cors(origins: str) -> CORSConfig | None:
    """For the listed origins, whose names commas separate; None for none."""
    allowed = [origin for origin in origins.split(",") if origin]
    if not allowed:
        return None
    first, *others = allowed
    return CORSConfig(
        allow_origin=first,
        extra_origins=others,
        allow_headers=_REQUEST_HEADERS,
        expose_headers=_RESPONSE_HEADERS,
        max_age=600,
        # The refresh cookie; browsers refuse credentials for "*".
        allow_credentials="*" not in allowed,
    )
