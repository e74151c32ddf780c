"""Routes: reservations, in two phases."""

from aws_lambda_powertools.event_handler.api_gateway import Router

from stockwarden.bootstrap.stock import kept_answers, reservation_service
from stockwarden.http.caller import CurrentCaller
from stockwarden.http.idempotency import IdempotencyKey, KeyOfRequest, replayed
from stockwarden.http.problems import may_answer
from stockwarden.stock.model import MovementView, Reservation
from stockwarden.stock.requests import ReservationRequest

router = Router()


@router.post(
    "/reservations",
    status_code=201,
    tags=["Stock"],
    summary="Reserve stock",
    openapi_extensions=may_answer(404, 409),
    middlewares=[replayed(kept_answers)],
)
def create_reservation(
    request: ReservationRequest, caller: CurrentCaller, key: KeyOfRequest, *, _key: IdempotencyKey
) -> Reservation:
    """Keeps stock of a place from being issued, for some minutes; then it is free by itself."""
    return reservation_service().reserve(caller, key, request)


@router.get("/reservations/<reservation_id>", tags=["Stock"], summary="Get a reservation")
def get_reservation(reservation_id: str, caller: CurrentCaller) -> Reservation:
    return reservation_service().find(caller, reservation_id)


@router.post(
    "/reservations/<reservation_id>/post",
    status_code=201,
    tags=["Stock"],
    summary="Issue what is reserved",
    openapi_extensions=may_answer(409),
    middlewares=[replayed(kept_answers)],
)
def post_reservation(
    reservation_id: str, caller: CurrentCaller, key: KeyOfRequest, *, _key: IdempotencyKey
) -> MovementView:
    return reservation_service().post(caller, key, reservation_id)


@router.post(
    "/reservations/<reservation_id>/void",
    tags=["Stock"],
    summary="Let go what is reserved",
    openapi_extensions=may_answer(409),
    middlewares=[replayed(kept_answers)],
)
def void_reservation(
    reservation_id: str, caller: CurrentCaller, *, _key: IdempotencyKey
) -> Reservation:
    """Of a reservation that is void already, nothing changes."""
    return reservation_service().void(caller, reservation_id)
