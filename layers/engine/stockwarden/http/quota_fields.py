"""The fields RateLimit-Policy and RateLimit (IETF draft of 2025) of routes with a rate limit.

A route takes `TellQuota` and hands it to its service; what the service tells is in the answer,
whether that is a success or an error.
"""

from collections.abc import Sequence
from typing import Annotated, Any

from aws_lambda_powertools.event_handler import Request
from aws_lambda_powertools.event_handler.depends import Depends

from stockwarden.core import quotas
from stockwarden.core.quotas import Quota

_QUOTAS = "quotas"


def quota_fields(told: Sequence[Quota]) -> dict[str, str]:
    """Both headers, as lists of structured fields (RFC 9651); none without a quota."""
    if not told:
        return {}
    return {
        "RateLimit-Policy": ", ".join(
            f'"{quota.policy}";q={quota.size};w={quota.window}' for quota in told
        ),
        "RateLimit": ", ".join(_state(quota) for quota in told),
    }


def quotas_told(context: dict[str, Any]) -> list[Quota]:
    """The quotas told during the request with this context."""
    told: list[Quota] = context.setdefault(_QUOTAS, [])
    return told


def _state(quota: Quota) -> str:
    state = f'"{quota.policy}";r={quota.remaining}'
    return state if quota.reset is None else f"{state};t={quota.reset}"


def _tell_quota(request: Request) -> quotas.TellQuota:
    return quotas_told(request.context).append


TellQuota = Annotated[quotas.TellQuota, Depends(_tell_quota)]
