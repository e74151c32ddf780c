"""The SQS queue of the analysis function."""

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from stockwarden.storage.clients import reachable

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient


@dataclass(frozen=True)
class Depth:
    """About how many messages wait, are being worked on, and are to wait later."""

    waiting: int
    in_flight: int
    delayed: int


class Queue:
    def __init__(self, client: "SQSClient", url: str) -> None:
        self.client = client
        self.url = url

    def send(self, message: dict[str, Any], delay: int = 0) -> None:
        """Sends a message that becomes visible after `delay` seconds, at most 900.

        Raises Unavailable; the message may have been sent all the same.
        """
        body = json.dumps(message, separators=(",", ":"), sort_keys=True)
        with reachable("The queue"):
            self.client.send_message(QueueUrl=self.url, MessageBody=body, DelaySeconds=delay)

    def waiting(self) -> int:
        """Approximate number of messages that wait to be received."""
        with reachable("The queue"):
            answer = self.client.get_queue_attributes(
                QueueUrl=self.url, AttributeNames=["ApproximateNumberOfMessages"]
            )
        return int(answer["Attributes"]["ApproximateNumberOfMessages"])

    def depth(self) -> Depth:
        with reachable("The queue"):
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
        with reachable("The queue"):
            self.client.change_message_visibility(
                QueueUrl=self.url, ReceiptHandle=receipt_handle, VisibilityTimeout=seconds
            )
