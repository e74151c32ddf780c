"""Route dependencies: the caller, the client address, and the version in If-Match."""

import re
from collections.abc import Mapping
from typing import Annotated, Any

from aws_lambda_powertools.event_handler import Request
from aws_lambda_powertools.event_handler.depends import Depends
from aws_lambda_powertools.event_handler.openapi.params import Header
from pydantic import BeforeValidator

from stockwarden.core.errors import BadRequest, PreconditionFailed, Unauthenticated
from stockwarden.http.headers import IF_MATCH
from stockwarden.identity.access import Caller, Role, TokenLimits

# An ETag, or only its version.
_VERSION_TAG = re.compile(r'"?([0-9]{1,18})(?:\.[0-9a-f]{16})?"?')


def current_caller(request: Request) -> Caller:
    """The caller as authenticated by the authorizer. Raises Unauthenticated without one."""
    return caller_of(request.resolved_event.raw_event, client_address(request))


def caller_of(event: Mapping[str, Any], address: str = "") -> Caller:
    """The caller in an event of the gateway. Raises Unauthenticated without one."""
    request = event["requestContext"]
    context = request.get("authorizer") or {}
    try:
        return Caller(
            context["username"],
            context["user_id"],
            Role(context["role"]),
            context["session_id"],
            _limits(context) if context.get("scopes") is not None else None,
            source=address,
            request_id=request.get("requestId", ""),
        )
    except KeyError:
        raise Unauthenticated("Sign in first.") from None


def _limits(context: Mapping[str, str]) -> TokenLimits:
    warehouses = context.get("warehouses")
    return TokenLimits(
        context["session_id"],
        frozenset(context["scopes"].split()),
        None if warehouses is None else frozenset(warehouses.split()),
    )


def client_address(request: Request) -> str:
    """The client's address, as `address_of` determined it for this request."""
    return str(request.context["client_address"])


def request_id(request: Request) -> str:
    """As the answer names it in X-Request-Id."""
    return str(request.resolved_event.raw_event["requestContext"].get("requestId", ""))


def version_in_tag(header: str | None) -> int | None:
    """`"3.9f86d081884c7d65"` and `"3"` → 3: the version that the caller saw last.

    The digest does not count: it also stands for what others derive from the resource. None for no
    header and for `*` (any version).

    Raises PreconditionFailed for a tag that is no version (weak tags never match, RFC 9110
    13.1.1), and BadRequest for a list, because a resource has only one version.
    """
    if header is None or header.strip() == "*":
        return None
    if "," in header or not header.strip():
        raise BadRequest('If-Match takes one version, as in If-Match: "3".')
    match = _VERSION_TAG.fullmatch(header.strip())
    if match is None:
        raise PreconditionFailed("If-Match names a version that is not the current one.")
    return int(match[1])


CurrentCaller = Annotated[Caller, Depends(current_caller)]
ClientAddress = Annotated[str, Depends(client_address)]
RequestId = Annotated[str, Depends(request_id)]
IfMatch = Annotated[
    int | None,
    Header(
        alias=IF_MATCH,
        description="The ETag of the version that the caller has read; if there is another version "
        "by now, the answer is 412.",
    ),
    BeforeValidator(version_in_tag, json_schema_input_type=str | None),
]
"""A route that gives it no default requires the header: 428 without it."""
