"""Seals the entries of the audit log, from the table's stream and on a schedule; verifies them.

{"Records": […]}          the stream: new entries
{}                        every five minutes: what the stream left unsealed or unsigned
{"scopes": ["company"]}   by hand: also of scopes of which nothing is sealed yet
{"task": "verify"}        every hour: verifies the chains that were not verified for a day
"""

import logging
from collections.abc import Callable, Iterable
from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from stockwarden.audit.entry import is_scope
from stockwarden.audit.sealing import entries_by_scope
from stockwarden.bootstrap.audit_seal import daily_verification, head_repository, sealer
from stockwarden.core.errors import BadRequest, StockwardenError
from stockwarden.core.snapstart import before_snapshot

logger = Logger(serialize_stacktrace=False)
metrics = Metrics(namespace="Stockwarden")
# What a chain may take that a run begins with.
_TIME_FOR_A_CHAIN = 300_000

# The package logs through the same handler only, not also through the runtime's.
_package = logging.getLogger("stockwarden")
_package.handlers = [logger.registered_handler]
_package.setLevel(logging.INFO)
_package.propagate = False

before_snapshot(sealer)


@logger.inject_lambda_context(clear_state=True)
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, int]:
    """{scope: number of entries sealed}, of scopes with any; of a verification, how many chains."""
    if event.get("task") == "verify":
        return _verify(context)
    if "Records" in event:
        entries = entries_by_scope(event["Records"])
        return _for_each(entries, lambda scope: sealer().seal(scope, entries[scope]))
    swept = _for_each(_scopes(event), sealer().sweep)
    if swept:
        logger.warning("entries sealed that the stream had left", scopes=swept)
    return swept


def _verify(context: LambdaContext) -> dict[str, int]:
    """Emits metrics only where chains were due: of most runs none is."""

    def has_time() -> bool:
        return int(context.get_remaining_time_in_millis()) > _TIME_FOR_A_CHAIN

    verified = daily_verification().run(has_time)
    if verified.chains:
        metrics.add_metric("VerifiedChains", MetricUnit.Count, verified.chains)
        metrics.add_metric("BrokenChains", MetricUnit.Count, verified.broken)
        metrics.flush_metrics()
    return vars(verified)


def _scopes(event: dict[str, Any]) -> list[str]:
    """Raises BadRequest."""
    if "scopes" not in event:
        return [state.head.scope for state in head_repository().list_states()]
    scopes = event["scopes"]
    if not isinstance(scopes, list) or not all(map(is_scope, map(str, scopes))):
        raise BadRequest("scopes is a list of company, security or warehouse:<id>.")
    return [str(scope) for scope in scopes]


def _for_each(scopes: Iterable[str], seal: Callable[[str], int]) -> dict[str, int]:
    """Tries every scope, and raises the first failure after the last: one scope that fails must not
    keep the others waiting."""
    counts: dict[str, int] = {}
    failures: list[StockwardenError] = []
    for scope in scopes:
        try:
            counts[scope] = seal(scope)
        except StockwardenError as failure:
            logger.error("scope not sealed", scope=scope, reason=failure.detail)
            failures.append(failure)
    if failures:
        raise failures[0]
    return {scope: count for scope, count in counts.items() if count}
