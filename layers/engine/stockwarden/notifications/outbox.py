"""Orders e-mails from the function that sends them, over its queue.

A request that orders a mail neither waits for it nor fails with it: a mail that cannot be sent now
is tried again like any other message of the queue. Nor does the time of an answer tell whether
there is anybody to write to, since only the sending function looks that up.
"""

import logging

from stockwarden.core.errors import Unavailable
from stockwarden.storage.queues import Queue

logger = logging.getLogger(__name__)

KIND = "account-mail"


class MailOutbox:
    """`queue` is None where the stack has no sender: then no mail is ordered."""

    def __init__(self, queue: Queue | None) -> None:
        self._queue = queue

    @property
    def is_open(self) -> bool:
        """Whether this stack sends e-mails."""
        return self._queue is not None

    def order(self, mail: str, **facts: str) -> None:
        """Orders a mail, without which the request would be for nothing. Raises Unavailable."""
        if self._queue:
            self._queue.send({"job": {"kind": KIND, "mail": mail, **facts}})

    def tell(self, mail: str, **facts: str) -> None:
        """Orders a mail about something that has happened. Raises nothing."""
        try:
            self.order(mail, **facts)
        except Unavailable:
            logger.warning("e-mail could not be ordered", extra={"mail": mail})
