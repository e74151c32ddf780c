"""REQUEST authorizer of API Gateway, for every route that requires a token.

What is imported here is paid by every cold start of every route, so boto3 comes with the first
call, or with the snapshot, and Powertools and Pydantic not at all.
"""

import re
from typing import Any

from stockwarden.bootstrap.authorizer import gatekeeper
from stockwarden.core.errors import Unauthenticated
from stockwarden.core.snapstart import before_snapshot
from stockwarden.identity.access import Caller

_BEARER = re.compile(r"bearer +([^\s,]+)", re.IGNORECASE)
# AWS and SAM require a principal in a refusal too; it reaches no function and no log.
_NOBODY = "nobody"


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:  # noqa: ARG001
    """A policy for all routes, because API Gateway caches it by token and not by route.

    A refusal is a policy as well, which the gateway answers by its response ACCESS_DENIED: 401 in
    the template. Raising "Unauthorized" would give 401 too, but count as an error of the function.
    """
    try:
        caller = gatekeeper().admit(_token(event))
    except Unauthenticated:
        return _policy("Deny", _NOBODY, event)
    return {
        **_policy("Allow", caller.username, event),
        "context": _context(caller),
    }


def _context(caller: Caller) -> dict[str, str]:
    """What the functions learn about the caller; API Gateway carries text only."""
    context = {
        "username": caller.username,
        "user_id": caller.user_id,
        "role": caller.role.value,
        "session_id": caller.session_id,
    }
    if caller.limits:
        context["scopes"] = " ".join(sorted(caller.limits.scopes))
        if caller.limits.warehouses is not None:
            context["warehouses"] = " ".join(sorted(caller.limits.warehouses))
    return context


def _policy(effect: str, principal: str, event: dict[str, Any]) -> dict[str, Any]:
    api, stage = event["methodArn"].split("/")[:2]
    statement = {
        "Effect": effect,
        "Action": "execute-api:Invoke",
        "Resource": f"{api}/{stage}/*/*",
    }
    return {
        "principalId": principal,
        "policyDocument": {"Version": "2012-10-17", "Statement": [statement]},
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
    match = _BEARER.fullmatch(sent[0].strip()) if len(sent) == 1 else None
    if match is None:
        raise Unauthenticated("One bearer token is needed.")
    return match[1]


before_snapshot(gatekeeper)
