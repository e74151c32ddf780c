"""The queue of long work, in which nobody's work makes that of others wait.

A FIFO queue hands out one message of a group at a time. Everybody has as many groups as there are
slots (messages at work at once) but one, so that whoever sends a hundred files holds all slots but
one at most, by SQS's own rule. docs/decisions/0029 says what else was considered.
"""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from stockwarden.storage.queues import FifoQueue, body_of

# SQS takes 128 characters.
_DIGITS = 40


class FairQueue:
    """`slots` is how many messages are at work at once, at least two."""

    def __init__(self, queue: FifoQueue, slots: int) -> None:
        self.queue = queue
        self.slots = slots

    def send(
        self, message: Mapping[str, Any], sender: str, report_id: str, message_id: str
    ) -> None:
        """Passes on a message of the standard queue. If that message is received again within five
        minutes, it has no effect; what is to be repeated comes in a message of its own.

        Raises Unavailable; the message may have been sent all the same.
        """
        group = group_of(sender, report_id, self.slots)
        self.queue.send(message, group, _digest(f"{message_id} {body_of(message)}"))


def group_of(sender: str, report_id: str, slots: int) -> str:
    """The group of a sender's work on a report, one of `slots` - 1. All work on one report is in
    one group, so that two workers seldom meet at it."""
    share = int(_digest(report_id), 16) % max(slots - 1, 1)
    return f"{_digest(sender)}.{share}"


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:_DIGITS]
