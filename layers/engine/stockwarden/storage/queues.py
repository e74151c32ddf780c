"""The one queue: work for the analysis function."""

import json
from typing import TYPE_CHECKING, Any

from stockwarden.storage.clients import reachable

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient


class Queue:
    def __init__(self, client: "SQSClient", url: str) -> None:
        self.client = client
        self.url = url

    def send(self, message: dict[str, Any], delay: int = 0) -> None:
        """To be taken in `delay` seconds at the earliest, of which there may be 900.

        Raises Unavailable; the message may have been sent all the same.
        """
        body = json.dumps(message, separators=(",", ":"), sort_keys=True)
        with reachable("The queue"):
            self.client.send_message(QueueUrl=self.url, MessageBody=body, DelaySeconds=delay)

    def waiting(self) -> int:
        """About how many messages nobody has taken yet."""
        with reachable("The queue"):
            answer = self.client.get_queue_attributes(
                QueueUrl=self.url, AttributeNames=["ApproximateNumberOfMessages"]
            )
        return int(answer["Attributes"]["ApproximateNumberOfMessages"])

    def retry_in(self, seconds: int, receipt_handle: str) -> None:
        """Let a message that was not finished come again sooner than its time-out."""
        with reachable("The queue"):
            self.client.change_message_visibility(
                QueueUrl=self.url, ReceiptHandle=receipt_handle, VisibilityTimeout=seconds
            )
