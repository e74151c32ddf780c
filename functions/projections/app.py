"""Keeps what follows from the catalog and the stock, from the streams of their tables.

{"Records": […]}      changes of a table; answers {"batchItemFailures": […]}
{"task": "views"}     every hour: makes ranked lists anew where that is due, keeps the ends of days
{"task": "views", "now": true}   by hand: makes them at once
{"task": "check"}     every hour: looks for changes that were lost, of all once a day

A batch that the database does not let through is delivered again from the change at which it
stopped. A change that nothing can be made of ends the call: Lambda halves the batch until that
change is alone, and after a while puts its position into the queue of failures, and goes on.
"""

import logging
from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from stockwarden.bootstrap.projections import (
    check,
    progress,
    projections,
    refresh,
    table_names,
)
from stockwarden.core.errors import BadRequest
from stockwarden.core.snapstart import before_snapshot
from stockwarden.storage.streams import changes_in, consume

logger = Logger(serialize_stacktrace=False)
metrics = Metrics(namespace="Stockwarden")
# What a run of the check needs for the items that it has begun with.
_TIME_LEFT = 60_000

# The package logs through the same handler only, not also through the runtime's.
_package = logging.getLogger("stockwarden")
_package.handlers = [logger.registered_handler]
_package.setLevel(logging.INFO)
_package.propagate = False

before_snapshot(projections)
before_snapshot(progress)


@logger.inject_lambda_context(clear_state=True)
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    match event.get("task", "changes"):
        case "changes":
            return _take_in(event)
        case "views":
            made = refresh().run() if event.get("now") else refresh().run_if_due()
            return vars(made) if made else {}
        case "check":
            return _check(context)
    raise BadRequest('task is "views" or "check".')


def _check(context: LambdaContext) -> dict[str, int]:
    """Emits a metric only where something was checked, or was lost: of most runs none is."""
    checked = check().run(lambda: int(context.get_remaining_time_in_millis()) > _TIME_LEFT)
    if checked.items or checked.orders or checked.lost:
        metrics.add_metric("CheckedItems", MetricUnit.Count, checked.items)
        metrics.add_metric("CheckedOrders", MetricUnit.Count, checked.orders)
        metrics.add_metric("LostChanges", MetricUnit.Count, checked.lost)
        metrics.flush_metrics()
    return vars(checked)


def _take_in(event: dict[str, Any]) -> dict[str, Any]:
    changes = changes_in(event["Records"], table_names())
    stopped = consume(changes, projections())
    if stopped is None:
        progress().note(changes)
        return {"batchItemFailures": []}
    return {"batchItemFailures": [{"itemIdentifier": stopped}]}
