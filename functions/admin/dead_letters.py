"""Routes: messages that the analysis gave up."""

from typing import Any

from aws_lambda_powertools.event_handler.api_gateway import Router
from pydantic import BaseModel, Field

from stockwarden.administration.dead_letters import told
from stockwarden.bootstrap.admin import dead_letter_service
from stockwarden.http.caller import CurrentCaller
from stockwarden.http.problems import may_answer

router = Router()


class DeadLetterView(BaseModel):
    id: str
    sent_at: str
    receives: int = Field(description="How often it was tried.")
    message: dict[str, Any]


class DeadLetterList(BaseModel):
    """Oldest first, at most 50 of those that wait."""

    dead_letters: list[DeadLetterView]
    next_cursor: None
    waiting: int = Field(description="About how many there are.")


class Redriven(BaseModel):
    sent: int


@router.get(
    "/admin/dead-letters", tags=["Administration"], summary="List the messages that were given up"
)
def list_dead_letters(caller: CurrentCaller) -> DeadLetterList:
    """Removals and e-mails that failed four times, and refused messages; takes an administrator.
    An analysis that was given up is none: its report says so."""
    listed = dead_letter_service().list_letters(caller)
    return DeadLetterList(
        dead_letters=[
            DeadLetterView(
                id=letter.id,
                sent_at=letter.sent_at,
                receives=letter.receives,
                message=told(letter.body),
            )
            for letter in listed.letters
        ],
        next_cursor=None,
        waiting=listed.waiting,
    )


@router.post(
    "/admin/dead-letters/redrive",
    tags=["Administration"],
    summary="Try the messages that were given up again",
    openapi_extensions=may_answer(503),
)
def redrive_dead_letters(caller: CurrentCaller) -> Redriven:
    """Sends up to 200 back to the queue; it is safe to try a message any number of times."""
    return Redriven(sent=dead_letter_service().redrive(caller))
