"""The SQS queues of the analysis function."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from stockwarden.storage.clients import reachable

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

_SERVICE = "The queue"


@dataclass(frozen=True)
class Depth:
    """About how many messages wait, are being worked on, and are to wait later."""

    waiting: int
    in_flight: int
    delayed: int


class ReceivedMessages:
    """What the receiver of any queue may ask of it. Every method raises Unavailable."""

    def __init__(self, client: "SQSClient", url: str) -> None:
        self.client = client
        self.url = url

    def waiting(self) -> int:
        """Approximate number of messages that wait to be received."""
        with reachable(_SERVICE):
            answer = self.client.get_queue_attributes(
                QueueUrl=self.url, AttributeNames=["ApproximateNumberOfMessages"]
            )
        return int(answer["Attributes"]["ApproximateNumberOfMessages"])

    def depth(self) -> Depth:
        with reachable(_SERVICE):
            answer = self.client.get_queue_attributes(
                QueueUrl=self.url,
                AttributeNames=[
                    "ApproximateNumberOfMessages",
                    "ApproximateNumberOfMessagesNotVisible",
                    "ApproximateNumberOfMessagesDelayed",
                ],
            )
        found = answer["Attributes"]
        return Depth(
            waiting=int(found["ApproximateNumberOfMessages"]),
            in_flight=int(found["ApproximateNumberOfMessagesNotVisible"]),
            delayed=int(found["ApproximateNumberOfMessagesDelayed"]),
        )

    def retry_in(self, seconds: int, receipt_handle: str) -> None:
        """Makes a received message visible again after `seconds`, for a retry."""
        with reachable(_SERVICE):
            self.client.change_message_visibility(
                QueueUrl=self.url, ReceiptHandle=receipt_handle, VisibilityTimeout=seconds
            )


class Queue(ReceivedMessages):
    """A standard queue: in about the order of sending, each message at least once."""

    def send(self, message: Mapping[str, Any], delay: int = 0) -> None:
        """Sends a message that becomes visible after `delay` seconds, at most 900.

        Raises Unavailable; the message may have been sent all the same.
        """
        with reachable(_SERVICE):
            self.client.send_message(
                QueueUrl=self.url, MessageBody=body_of(message), DelaySeconds=delay
            )


class FifoQueue(ReceivedMessages):
    """A queue of which one message of a group at a time is received, and no second before the
    first is deleted, visible again or given up. It knows no delay of a message."""

    def send(self, message: Mapping[str, Any], group: str, deduplication_id: str) -> None:
        """Sends a message, unless one of the same id was sent within five minutes.

        `group` and `deduplication_id` are up to 128 letters, digits or dots. Raises Unavailable,
        as `Queue.send` does.
        """
        with reachable(_SERVICE):
            self.client.send_message(
                QueueUrl=self.url,
                MessageBody=body_of(message),
                MessageGroupId=group,
                MessageDeduplicationId=deduplication_id,
            )


def body_of(message: Mapping[str, Any]) -> str:
    """A message as it is sent: equal messages give equal texts."""
    return json.dumps(message, separators=(",", ":"), sort_keys=True)
