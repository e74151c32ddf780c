"""Lambda function of two queues: what S3 and the API send, and the jobs that follow from it.

The jobs come from a FIFO queue (`analysis/fair_queue.py`), where a message that is at work blocks
those of its group. So it stays hidden only as long as its worker says so: after a worker's death it
is visible again in about a minute, not after the queue's time-out.
"""

import logging
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
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

from stockwarden.analysis.upload_event import Refused
from stockwarden.bootstrap import stores
from stockwarden.bootstrap.analysis import message_dispatcher
from stockwarden.core.errors import Unavailable
from stockwarden.core.snapstart import before_snapshot
from stockwarden.reports.attempts import LEASE, RENEWAL_SECONDS, RetryLater
from stockwarden.reports.lease_renewal import lease_renewed
from stockwarden.storage.queues import ReceivedMessages

logger = Logger(serialize_stacktrace=False)
metrics = Metrics(namespace="Stockwarden")

# The package logs through the same handler only, not also through the runtime's.
_package = logging.getLogger("stockwarden")
_package.handlers = [logger.registered_handler]
_package.setLevel(logging.INFO)
_package.propagate = False

_RETRY_SECONDS = 30
# After the lease of a dead worker has ended, so that the next receiver may begin.
_HIDDEN_SECONDS = int(LEASE.total_seconds() + RENEWAL_SECONDS) + 10


class _Processor(BatchProcessor):
    """Counts failed messages: to Lambda a partial batch response is a success."""

    def failure_handler(self, record: Any, exception: Any) -> Any:
        match exception[1]:
            case RetryLater():
                logger.info("too early for this message; it will be retried")
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
    is_job = record.event_source_arn.endswith(".fifo")
    queue = stores.jobs_queue() if is_job else stores.analysis_queue()
    with ExitStack() as crash:
        crash.callback(queue.retry_in, _RETRY_SECONDS, record.receipt_handle)
        if is_job:
            with _hidden(queue, record.receipt_handle):
                outcomes = message_dispatcher().work(record.body, seconds)
        else:
            outcomes = message_dispatcher().receive(record.body, record.message_id)
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


@contextmanager
def _hidden(queue: ReceivedMessages, receipt_handle: str) -> Iterator[None]:
    """Keeps a message hidden while the block runs, and not much longer should the process die."""

    def hide() -> None:
        queue.retry_in(_HIDDEN_SECONDS, receipt_handle)

    try:
        hide()
    except Unavailable as error:
        logger.warning("message hidden for the queue's time-out: %s", error.detail)
    with lease_renewed(hide, RENEWAL_SECONDS):
        yield
