"""What is left of a rate limit, as its client is told."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Quota:
    """`remaining` of `size` attempts per `window`. `reset` is the time until all are there again
    or, if none remains, until the next one is; None if that is not known. Both are in seconds."""

    policy: str
    size: int
    window: int
    remaining: int
    reset: int | None = None


def policy_of(kind: str) -> str:
    """The policy that a kind of count belongs to: that of `login-address` is `login`.

    Clients learn the action that is limited, and not which of its counts is used up.
    """
    return kind.partition("-")[0]


TellQuota = Callable[[Quota], None]
"""Receives the quota of a request, whether the request succeeds or is refused."""


def tell_nobody(quota: Quota) -> None:
    """For requests whose client is not told its quota."""
