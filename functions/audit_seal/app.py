"""Seals the entries of the audit log: from the table's stream, and on a schedule.

{"Records": […]}          the stream: new entries
{}                        every five minutes: what the stream left unsealed or unsigned
{"scopes": ["company"]}   by hand: also of scopes of which nothing is sealed yet
"""

import logging
from collections.abc import Callable, Iterable
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from stockwarden.audit.entry import is_scope
from stockwarden.audit.sealing import entries_by_scope
from stockwarden.bootstrap.audit_seal import head_repository, sealer
from stockwarden.core.errors import BadRequest, StockwardenError
from stockwarden.core.snapstart import before_snapshot

logger = Logger(serialize_stacktrace=False)

# The package logs through the same handler only, not also through the runtime's.
_package = logging.getLogger("stockwarden")
_package.handlers = [logger.registered_handler]
_package.setLevel(logging.INFO)
_package.propagate = False

before_snapshot(sealer)


@logger.inject_lambda_context(clear_state=True)
def handler(event: dict[str, Any], _context: LambdaContext) -> dict[str, int]:
    """{scope: number of entries sealed}, of scopes with any."""
    if "Records" in event:
        entries = entries_by_scope(event["Records"])
        return _for_each(entries, lambda scope: sealer().seal(scope, entries[scope]))
    swept = _for_each(_scopes(event), sealer().sweep)
    if swept:
        logger.warning("entries sealed that the stream had left", scopes=swept)
    return swept


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
