"""What a route may ask of the request besides its body: who calls, from where, on which version."""

import re
from typing import Annotated

from aws_lambda_powertools.event_handler import Request
from aws_lambda_powertools.event_handler.depends import Depends
from aws_lambda_powertools.event_handler.openapi.params import Header
from pydantic import BeforeValidator

from stockwarden.core.errors import BadRequest, PreconditionFailed, Unauthenticated
from stockwarden.identity.access import Caller

_VERSION_TAG = re.compile(r'"?([0-9]{1,18})"?')


def current_caller(request: Request) -> Caller:
    """Whom the authorizer let in. Raises Unauthenticated where no authorizer stands before."""
    found = request.resolved_event.raw_event.get("requestContext", {}).get("authorizer") or {}
    try:
        return Caller(found["user_id"], found["role"], found["session_id"])
    except KeyError:
        raise Unauthenticated("Sign in first.") from None


def client_address(request: Request) -> str:
    """The address to hold responsible, as `create_api` found it for this request."""
    return str(request.context["client_address"])


def version_in_tag(header: str | None) -> int | None:
    """`"3"` → 3: the version the caller saw last. None for no header and for `*` (any version).

    Raises PreconditionFailed for a tag that no version of ours ever had (a weak one never
    matches, RFC 9110 13.1.1), and BadRequest for a list: a thing has only one version.
    """
    if header is None or header.strip() == "*":
        return None
    if "," in header or not header.strip():
        raise BadRequest('If-Match takes one version, as in If-Match: "3".')
    found = _VERSION_TAG.fullmatch(header.strip())
    if found is None:
        raise PreconditionFailed("If-Match names a version that is not the current one.")
    return int(found[1])


CurrentCaller = Annotated[Caller, Depends(current_caller)]
ClientAddress = Annotated[str, Depends(client_address)]
IfMatch = Annotated[
    int | None,
    Header(alias="If-Match", description="The ETag seen last; another version answers 412."),
    BeforeValidator(version_in_tag, json_schema_input_type=str | None),
]
