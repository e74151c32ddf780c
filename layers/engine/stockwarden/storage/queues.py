"""The one queue: work for the analysis function."""

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient


class Queue:
    def __init__(self, client: "SQSClient", url: str) -> None:
        self.client = client
        self.url = url

    def send(self, message: dict[str, Any]) -> None:
        body = json.dumps(message, separators=(",", ":"), sort_keys=True)
        self.client.send_message(QueueUrl=self.url, MessageBody=body)
