"""Messages that a queue gave up: read without taking them, and sent again.

SQS shows a part of a queue at a time, of a FIFO queue up to ten messages of a group, so a list may
lack messages of a long queue; `waiting` says about how many there are.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from stockwarden.core.clock import iso
from stockwarden.core.errors import Unavailable
from stockwarden.storage.clients import reachable

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

MOST_LISTED = 50
_BATCH = 10
_SERVICE = "The queue"


@dataclass(frozen=True)
class DeadLetter:
    """`sent_at` is ISO 8601; `receives` is how often the message was tried."""

    id: str
    sent_at: str
    receives: int
    body: str


class DeadLetters:
    """`url` is that of the queue of dead letters, `source_url` that of the standard queue that
    takes them again."""

    def __init__(self, client: "SQSClient", url: str, source_url: str) -> None:
        self.client = client
        self.url = url
        self.source_url = source_url

    def waiting(self) -> int:
        """About how many there are."""
        with reachable(_SERVICE):
            answer = self.client.get_queue_attributes(
                QueueUrl=self.url, AttributeNames=["ApproximateNumberOfMessages"]
            )
        return int(answer["Attributes"]["ApproximateNumberOfMessages"])

    def peek(self) -> list[DeadLetter]:
        """Up to `MOST_LISTED`, oldest first. They stay as they are. Raises Unavailable."""
        found: dict[str, DeadLetter] = {}
        batches: list[list[Any]] = []
        try:
            # Hidden meanwhile, so that each receive shows others.
            while len(found) < MOST_LISTED and (messages := self._receive(hidden_seconds=30)):
                batches.append(messages)
                found |= {message["MessageId"]: _letter(message) for message in messages}
        finally:
            for messages in batches:
                self._show(messages)
        return sorted(found.values(), key=lambda letter: letter.sent_at)

    def redrive(self, most: int) -> int:
        """Sends about `most` messages again, at most; returns how many. One that was sent and could
        not be deleted is tried twice, which its receiver allows; one that could not be sent stays.
        Raises Unavailable."""
        count = 0
        while count < most and (messages := self._receive(hidden_seconds=60)):
            with reachable(_SERVICE):
                answer = self.client.send_message_batch(
                    QueueUrl=self.source_url,
                    Entries=[
                        {"Id": str(number), "MessageBody": message["Body"]}
                        for number, message in enumerate(messages)
                    ],
                )
                sent = [messages[int(entry["Id"])] for entry in answer.get("Successful", [])]
                if sent:
                    self.client.delete_message_batch(
                        QueueUrl=self.url, Entries=[_named(*pair) for pair in enumerate(sent)]
                    )
            count += len(sent)
            if len(sent) < len(messages):
                raise Unavailable(f"{count} messages were sent again; the queue refused others.")
        return count

    def _receive(self, *, hidden_seconds: int) -> list[Any]:
        with reachable(_SERVICE):
            answer = self.client.receive_message(
                QueueUrl=self.url,
                MaxNumberOfMessages=_BATCH,
                VisibilityTimeout=hidden_seconds,
                AttributeNames=["SentTimestamp", "ApproximateReceiveCount"],
            )
        return list(answer.get("Messages", []))

    def _show(self, messages: list[Any]) -> None:
        entries: list[Any] = [
            {**_named(*pair), "VisibilityTimeout": 0} for pair in enumerate(messages)
        ]
        with reachable(_SERVICE):
            self.client.change_message_visibility_batch(QueueUrl=self.url, Entries=entries)


def _named(number: int, message: Any) -> Any:
    """A received message, as an entry of a batch names it."""
    return {"Id": str(number), "ReceiptHandle": message["ReceiptHandle"]}


def _letter(message: Any) -> DeadLetter:
    attributes = message["Attributes"]
    return DeadLetter(
        id=message["MessageId"],
        sent_at=iso(datetime.fromtimestamp(int(attributes["SentTimestamp"]) / 1000, UTC)),
        receives=int(attributes["ApproximateReceiveCount"]),
        body=message["Body"],
    )
