"""Lambda function of the analysis queue: S3 upload events, and jobs that the API sends."""

import logging
from contextlib import ExitStack
from typing import Any

from aws_lambda_powertools import Logger, Metrics, single_metric
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.batch import (
    BatchProcessor,
    EventType,
    process_partial_response,
)
from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from stockwarden.analysis.upload_events import Refused
from stockwarden.bootstrap import stores
from stockwarden.bootstrap.analysis import message_dispatcher
from stockwarden.core.snapstart import before_snapshot
from stockwarden.reports.attempts import RetryLater

logger = Logger(serialize_stacktrace=False)
metrics = Metrics(namespace="Stockwarden")

# The package logs through the same handler only, not also through the runtime's.
_package = logging.getLogger("stockwarden")
_package.handlers = [logger.registered_handler]
_package.setLevel(logging.INFO)
_package.propagate = False

_RETRY_SECONDS = 30


class _Processor(BatchProcessor):
    """Counts failed messages: to Lambda a partial batch response is a success."""

    def failure_handler(self, record: Any, exception: Any) -> Any:
        match exception[1]:
            case RetryLater():
                logger.info("lease held by another attempt; message will be retried")
            case Refused() as refused:
                logger.error("message refused: %s", refused.detail)
                if record.attributes.approximate_receive_count == "1":
                    metrics.add_metric("RefusedMessages", MetricUnit.Count, 1)
            case error:
                logger.error("message failed; it will be retried", exc_info=error)
                metrics.add_metric("CrashedMessages", MetricUnit.Count, 1)
        return super().failure_handler(record, exception)


processor = _Processor(event_type=EventType.SQS, raise_on_entire_batch_failure=False)
before_snapshot(message_dispatcher)


@metrics.log_metrics
@logger.inject_lambda_context(clear_state=True)
def handler(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    metrics.add_metric("Messages", MetricUnit.Count, len(event["Records"]))
    return process_partial_response(
        event=event, record_handler=handle, processor=processor, context=context
    )


def handle(record: SQSRecord, lambda_context: LambdaContext) -> None:
    """Makes an unfinished message visible again soon, rather than after the queue's time-out."""
    seconds = lambda_context.get_remaining_time_in_millis() / 1000
    queue = stores.analysis_queue()
    with ExitStack() as crash:
        crash.callback(queue.retry_in, _RETRY_SECONDS, record.receipt_handle)
        try:
            outcomes = message_dispatcher().handle(record.body, seconds)
        except RetryLater as retry:
            crash.pop_all()
            queue.retry_in(retry.seconds, record.receipt_handle)
            raise
        crash.pop_all()
    for outcome in outcomes:
        logger.info("message processed", **vars(outcome))
        metrics.add_metric(f"Reports_{outcome.status}", MetricUnit.Count, 1)
        if outcome.abandoned:
            metrics.add_metric("AbandonedJobs", MetricUnit.Count, 1)
        if outcome.status != "ready":
            continue
        metrics.add_metric("Rows", MetricUnit.Count, outcome.rows)
        metrics.add_metric("AnalysisSeconds", MetricUnit.Seconds, outcome.seconds)
        for rule, count in outcome.anomalies.items():
            with single_metric(name="Anomalies", unit=MetricUnit.Count, value=count) as metric:
                metric.add_dimension("rule", rule)
