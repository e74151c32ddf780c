"""Use cases of an administrator: the messages that the analysis gave up, and another try."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from stockwarden.audit.entry import COMPANY, Change
from stockwarden.audit.log import AuditLog
from stockwarden.identity.access import Caller, Role, require_role
from stockwarden.storage.dead_letters import MOST_LISTED, DeadLetter, DeadLetters

# As many as a request has time for.
MOST_REDRIVEN = 200
# What accepts an invitation is for the person alone.
_SECRET = "accepts"  # noqa: S105 - the name of a fact


@dataclass(frozen=True)
class DeadLetterList:
    """`waiting` is about how many there are; `letters` are some of them, oldest first."""

    letters: list[DeadLetter]
    waiting: int


class DeadLetterService:
    """Every method raises Forbidden unless the caller is an admin."""

    def __init__(self, queues: Sequence[DeadLetters], audit: AuditLog) -> None:
        self._queues = queues
        self._audit = audit

    def list_letters(self, caller: Caller) -> DeadLetterList:
        require_role(caller, Role.ADMIN)
        letters = [letter for queue in self._queues for letter in queue.peek()]
        letters.sort(key=lambda letter: letter.sent_at)
        return DeadLetterList(letters[:MOST_LISTED], max(self._waiting(), len(letters)))

    def redrive(self, caller: Caller) -> int:
        """Sends them again; returns how many. Noted before, since a part may have been sent when
        it breaks off."""
        require_role(caller, Role.ADMIN)
        waiting = self._waiting()
        change = Change(
            COMPANY, "dead_letters.redriven", "queue/analysis", {"waiting": (waiting, 0)}
        )
        if waiting:
            self._audit.record(caller.origin, change)
        count = 0
        for queue in self._queues:
            count += queue.redrive(MOST_REDRIVEN - count)
        return count

    def _waiting(self) -> int:
        return sum(queue.waiting() for queue in self._queues)


def told(body: str) -> dict[str, Any]:
    """What a message says, without secrets. One that is no JSON object has only its `text`."""
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        return {"text": body}
    if not isinstance(document, dict):
        return {"text": body}
    return {name: _without_secrets(value) for name, value in document.items()}


def _without_secrets(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    return {name: "…" if name == _SECRET else fact for name, fact in value.items()}
