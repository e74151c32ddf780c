"""Routes: counts."""

from typing import Annotated

from aws_lambda_powertools.event_handler.api_gateway import Router
from aws_lambda_powertools.event_handler.openapi.params import Query

from stockwarden.bootstrap.stock import count_list, count_service, kept_answers
from stockwarden.http.caller import CurrentCaller
from stockwarden.http.idempotency import IdempotencyKey, KeyOfRequest, replayed
from stockwarden.http.pages import Cursor, Limit
from stockwarden.http.problems import may_answer
from stockwarden.stock.model import Count, CountPage
from stockwarden.stock.requests import CountPosting, CountRequest, Id

router = Router()

Warehouse = Annotated[Id, Query(description="The warehouse whose places are counted.")]


@router.post(
    "/counts",
    status_code=201,
    tags=["Stock"],
    summary="Open a count",
    openapi_extensions=may_answer(404),
    middlewares=[replayed(kept_answers)],
)
def open_count(
    request: CountRequest, caller: CurrentCaller, key: KeyOfRequest, *, _key: IdempotencyKey
) -> Count:
    """Notes what the book says of these places now. Stock may go on moving while people count."""
    return count_service().open(caller, key, request)


@router.get("/counts", tags=["Stock"], summary="List the counts of a warehouse")
def list_counts(
    caller: CurrentCaller, *, warehouse_id: Warehouse, limit: Limit = 50, cursor: Cursor = None
) -> CountPage:
    """Newest first, open ones and those that are posted."""
    return count_list().page(caller, warehouse_id, limit=limit, cursor=cursor)


@router.get("/counts/<count_id>", tags=["Stock"], summary="Get a count")
def get_count(count_id: str, caller: CurrentCaller) -> Count:
    return count_service().find(caller, count_id)


@router.post(
    "/counts/<count_id>/post",
    tags=["Stock"],
    summary="Post what was counted",
    openapi_extensions=may_answer(409),
    middlewares=[replayed(kept_answers)],
)
def post_count(
    count_id: str,
    request: CountPosting,
    caller: CurrentCaller,
    key: KeyOfRequest,
    *,
    _key: IdempotencyKey,
) -> Count:
    """Each line becomes a movement of the difference to the book at the moment of counting
    (`counted_at`, else now), so what moved between opening and counting is no difference."""
    return count_service().post(caller, key, count_id, request)
