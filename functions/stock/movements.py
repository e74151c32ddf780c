"""Routes: movements of stock, and their reversals."""

from aws_lambda_powertools.event_handler.api_gateway import Router

from stockwarden.bootstrap.stock import kept_answers, movement_service
from stockwarden.http.caller import CurrentCaller
from stockwarden.http.idempotency import IdempotencyKey, KeyOfRequest, replayed
from stockwarden.http.problems import may_answer
from stockwarden.stock.model import MovementView, PostedMovements
from stockwarden.stock.requests import MovementLines, MovementRequest, ReversalRequest

router = Router()


@router.post(
    "/movements",
    status_code=201,
    tags=["Stock"],
    summary="Move stock",
    openapi_extensions=may_answer(404, 409),
    middlewares=[replayed(kept_answers)],
)
def create_movements(
    request: MovementRequest, caller: CurrentCaller, key: KeyOfRequest, *, _key: IdempotencyKey
) -> MovementView | PostedMovements:
    """One movement, or several `lines` as one: all of them, or none.

    Answers 409 with what there is (`stock`) where something would be below zero, now or at any
    instant since `effective_at`; where it happened before a count of the place; for a lot that has
    expired or is in quarantine; and for more than is free of reservations.
    """
    given = request.root
    if isinstance(given, MovementLines):
        return movement_service().move_together(caller, key, given.lines)
    return movement_service().move(caller, key, given)


@router.post(
    "/movements/<movement_id>/reversal",
    status_code=201,
    tags=["Stock"],
    summary="Undo a movement",
    openapi_extensions=may_answer(409),
    middlewares=[replayed(kept_answers)],
)
def reverse_movement(
    movement_id: str,
    request: ReversalRequest,
    caller: CurrentCaller,
    key: KeyOfRequest,
    *,
    _key: IdempotencyKey,
) -> MovementView:
    """Makes the counter-movement, which is linked to the first; once. Nothing that was recorded is
    ever changed."""
    return movement_service().reverse(caller, key, movement_id, request)
