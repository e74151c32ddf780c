"""Every quarter of an hour: announces uploads whose own event never came."""

from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from stockwarden.bootstrap import background
from stockwarden.core.snapshots import before_snapshot

logger = Logger(serialize_stacktrace=False)
metrics = Metrics(namespace="Stockwarden")
before_snapshot(background.sweep)


@metrics.log_metrics
@logger.inject_lambda_context(clear_state=True)
def handler(_event: dict[str, Any], _context: LambdaContext) -> dict[str, int]:
    swept = background.sweep().run()
    metrics.add_metric("SweptObjects", MetricUnit.Count, swept.examined)
    metrics.add_metric("LostEvents", MetricUnit.Count, swept.queued)
    if swept.queued:
        logger.warning("uploads announced again", **vars(swept))
    return vars(swept)
