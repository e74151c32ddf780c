"""A minimal JWT authorizer: the baseline for the import time of the real one."""

from typing import Any

import jwt


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:  # noqa: ARG001
    claims = jwt.decode(event["token"], event["key"], algorithms=["HS256"])
    return {"principalId": claims["sub"]}
