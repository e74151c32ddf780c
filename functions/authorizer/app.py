"""Lets API Gateway ask who is calling: a REQUEST authorizer for every route behind a token.

What is imported here is paid by every cold start of every route, so boto3 comes with the first
call, or with the snapshot, and Powertools and Pydantic not at all.
"""

import re
from typing import Any

from stockwarden import bootstrap
from stockwarden.core.errors import Unauthenticated
from stockwarden.core.snapshots import before_snapshot
from stockwarden.identity.gatekeeper import Gatekeeper

_BEARER = re.compile(r"bearer +([^\s,]+)", re.IGNORECASE)


class Unauthorized(Exception):
    """API Gateway answers 401 for exactly this message, and 500 for any other error."""

    def __init__(self) -> None:
        super().__init__("Unauthorized")


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:  # noqa: ARG001
    """A policy for all routes, because API Gateway caches it by token and not by route."""
    gatekeeper: Gatekeeper = bootstrap.gatekeeper()
    try:
        caller = gatekeeper.admit(_token(event))
    except Unauthenticated:
        raise Unauthorized from None
    api, stage = event["methodArn"].split("/")[:2]
    return {
        "principalId": caller.username,
        "policyDocument": {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Effect": "Allow",
                    "Action": "execute-api:Invoke",
                    "Resource": f"{api}/{stage}/*/*",
                }
            ],
        },
        "context": {
            "user_id": caller.username,
            "role": caller.role,
            "session_id": caller.session_id,
        },
    }


def _token(event: dict[str, Any]) -> str:
    sent = [
        value
        for name, values in (event.get("multiValueHeaders") or {}).items()
        if name.lower() == "authorization"
        for value in values
    ] or [
        value
        for name, value in (event.get("headers") or {}).items()
        if name.lower() == "authorization"
    ]
    found = _BEARER.fullmatch(sent[0].strip()) if len(sent) == 1 else None
    if found is None:
        raise Unauthenticated("One bearer token is needed.")
    return found[1]


before_snapshot(bootstrap.gatekeeper)
