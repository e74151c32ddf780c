"""Builds the OpenAPI 3.1 document of all functions' resolvers. The functions do not import it.

Powertools describes parameters, bodies and success responses. This module adds what all routes
share: the base path, the bearer token, and the problems.
"""

import inspect
from collections.abc import Iterator, Sequence
from http import HTTPStatus
from typing import Any

from aws_lambda_powertools.event_handler.openapi.constants import (
    DEFAULT_OPENAPI_RESPONSE_DESCRIPTION,
)

from stockwarden.http.admission import JSON, MERGE_PATCH
from stockwarden.http.api import Api
from stockwarden.http.headers import IDEMPOTENCY_KEY, IF_MATCH
from stockwarden.http.paths import BASE_PATH, MULTIPART
from stockwarden.http.problem_schema import FIELD_ERROR, PROBLEM
from stockwarden.http.problems import CONTENT_TYPE, TITLES

_ERRORS = "#/components/responses/"
_SCHEMAS = "#/components/schemas/"
_BEARER = "bearer"

_HEADERS = {
    "Accept": ("string", "The types that a body may have."),
    "Accept-Encoding": ("string", "`identity`, if the body came compressed."),
    "Allow": ("string", "The methods that the path answers to."),
    "ETag": ("string", "Changes with the answer; begins with the version if there is one."),
    "RateLimit": ("string", 'What is left: `"login";r=9;t=900`.'),
    "RateLimit-Policy": ("string", 'What may be done in how many seconds: `"login";q=10;w=900`.'),
    "Retry-After": ("integer", "Seconds to wait."),
    "WWW-Authenticate": ("string", '`Bearer`, with `error="invalid_token"` for a bad token.'),
}
_LIMITED = ("RateLimit", "RateLimit-Policy")
_HEADERS_OF = {
    401: ("WWW-Authenticate",),
    405: ("Allow",),
    412: ("ETag",),
    415: ("Accept", "Accept-Encoding"),
    429: ("Retry-After", *_LIMITED),
    503: ("Retry-After",),
}
# Of the headers that a route may require.
_IF_MISSING = {IDEMPOTENCY_KEY: 400, IF_MATCH: 428}
_IF_NONE_MATCH = {
    "name": "If-None-Match",
    "in": "header",
    "required": False,
    "description": "The ETag of the answer that the client has; if it is still the same, the "
    "answer is 304, without a body.",
    "schema": {"type": "string"},
}
# Powertools' schemas of errors, which our resolvers never return.
_FOREIGN = {"HTTPValidationError", "ValidationError", "ResponseValidationError"}


def merge_documents(
    apis: Sequence[Api], *, title: str, version: str, description: str
) -> dict[str, Any]:
    """The document, with keys in a stable order.

    Raises ValueError for two routes of one address or one function name, and for two different
    models of one name: Powertools' own merge would let one of them vanish.
    """
    paths: dict[str, dict[str, Any]] = {}
    names: set[str] = set()
    schemas: dict[str, Any] = {"FieldError": FIELD_ERROR, "Problem": PROBLEM}
    for api in apis:
        document = api.get_openapi_schema(title=title, version=version).model_dump(
            mode="json", by_alias=True, exclude_none=True
        )
        for name, schema in document.get("components", {}).get("schemas", {}).items():
            if name not in _FOREIGN and schemas.setdefault(name, schema) != schema:
                raise ValueError(f"two different models are called {name}")
        for path, method, operation in _operations(api, document["paths"]):
            methods = paths.setdefault(path, {})
            if method in methods:
                raise ValueError(f"two functions answer {method.upper()} {path}")
            if operation["operationId"] in names:
                raise ValueError(f"two routes are called {operation['operationId']}")
            names.add(operation["operationId"])
            methods[method] = operation
    tags = {
        tag
        for methods in paths.values()
        for operation in methods.values()
        for tag in operation["tags"]
    }
    return {
        "openapi": "3.1.0",
        "info": {
            "title": title,
            "version": version,
            "description": description,
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": BASE_PATH}],
        "security": [{_BEARER: []}],
        "tags": [{"name": tag} for tag in sorted(tags)],
        "paths": {path: paths[path] for path in sorted(paths)},
        "components": {
            "schemas": {name: schemas[name] for name in sorted(schemas)},
            "headers": {
                name: {"schema": {"type": kind}, "description": description}
                for name, (kind, description) in _HEADERS.items()
            },
            "responses": {
                "NotModified": {
                    "description": "The client has this answer",
                    "headers": _headers("ETag"),
                },
                **{f"Problem{status}": _response(status) for status in TITLES},
            },
            "securitySchemes": {
                _BEARER: {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}
            },
        },
    }


def _operations(api: Api, paths: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    functions = {(route.openapi_path, route.method.lower()): route.func for route in api.routes}
    forms = {path: item for path, item in paths.items() if path.endswith(MULTIPART)}
    for path, item in paths.items():
        for method, operation in item.items():
            twin = forms.get(path + MULTIPART, {}).get(method)
            if path in forms and method in paths.get(path.removesuffix(MULTIPART), {}):
                continue
            function = functions[path, method]
            operation["operationId"] = function.__name__
            operation.setdefault("description", inspect.getdoc(function) or operation["summary"])
            operation.setdefault("tags", [])
            if twin:
                _add_form(operation, twin)
            _add_problems(operation, public=path in api.public_paths)
            _add_conventions(operation, method)
            yield path.removesuffix(MULTIPART).removeprefix(BASE_PATH), method, operation


def _add_form(operation: dict[str, Any], twin: dict[str, Any]) -> None:
    """The same route with a form as body: one more media type, its problems and answers."""
    operation["requestBody"]["content"] |= twin["requestBody"]["content"]
    more = [*operation.get("x-problems", []), *twin.get("x-problems", [])]
    operation["x-problems"] = sorted(set(more))
    _merge_answers(operation["responses"], twin["responses"])


def _merge_answers(answers: dict[str, Any], more: dict[str, Any]) -> None:
    for status, answer in more.items():
        known = answers.setdefault(status, answer)
        if known is answer or known == answer:
            continue
        schemas = [
            response["content"]["application/json"]["schema"] for response in (known, answer)
        ]
        known["content"]["application/json"]["schema"] = {"anyOf": schemas}


def _add_problems(operation: dict[str, Any], *, public: bool) -> None:
    statuses = {406, 500, 503, *operation.pop("x-problems", [])}
    parameters = operation.get("parameters", [])
    for parameter in parameters:
        if parameter["in"] == "header":
            parameter["name"] = parameter["name"].title()
    if operation.get("requestBody"):
        statuses |= {400, 413, 415}
    if operation.get("requestBody") or parameters:
        statuses |= {422}
    if any(parameter["in"] == "path" for parameter in parameters):
        statuses |= {404}
    named = {parameter["name"].lower() for parameter in parameters}
    if "if-match" in named:
        statuses |= {400, 412}
    statuses |= {
        _IF_MISSING[parameter["name"]]
        for parameter in parameters
        if parameter["required"] and parameter["name"] in _IF_MISSING
    }
    if "cursor" in named:
        statuses |= {400}
    if public:
        operation.setdefault("security", [])
    else:
        statuses |= {401, 403}
    answers = {
        status: answer for status, answer in operation["responses"].items() if int(status) < 400
    }
    for status, answer in answers.items():
        if answer["description"] == DEFAULT_OPENAPI_RESPONSE_DESCRIPTION:
            answer["description"] = HTTPStatus(int(status)).phrase
    if "204" in answers:
        answers["204"].pop("content", None)
    answers |= {str(status): {"$ref": f"{_ERRORS}Problem{status}"} for status in sorted(statuses)}
    operation["responses"] = answers


def _add_conventions(operation: dict[str, Any], method: str) -> None:
    """What every route of a method does: conditional reads, early data, merge patches."""
    answers = operation["responses"]
    successes = [answer for status, answer in answers.items() if status.startswith("2")]
    if method == "get":
        operation.setdefault("parameters", []).append(_IF_NONE_MATCH)
        answers["304"] = {"$ref": f"{_ERRORS}NotModified"}
        for answer in successes:
            answer["headers"] = _headers("ETag")
    if method == "post":
        answers["425"] = {"$ref": f"{_ERRORS}Problem425"}
    if "429" in answers:
        for answer in successes:
            answer["headers"] = _headers(*_LIMITED)
    content = operation.get("requestBody", {}).get("content", {})
    if method == "patch" and JSON in content:
        content[MERGE_PATCH] = content[JSON]
    operation["responses"] = {status: answers[status] for status in sorted(answers)}


def _headers(*names: str) -> dict[str, Any]:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def _response(status: int) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "description": TITLES[status],
        "content": {CONTENT_TYPE: {"schema": {"$ref": f"{_SCHEMAS}Problem"}}},
    }
    if status in _HEADERS_OF:
        answer["headers"] = _headers(*_HEADERS_OF[status])
    return answer
