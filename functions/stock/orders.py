"""Routes: purchase and sales orders."""

from typing import Annotated, Literal

from aws_lambda_powertools.event_handler.api_gateway import Router
from aws_lambda_powertools.event_handler.openapi.params import Query

from stockwarden.bootstrap.orders import (
    fulfilment_service,
    order_list,
    order_movements,
    order_service,
    order_steps,
)
from stockwarden.bootstrap.stock import kept_answers
from stockwarden.http.caller import CurrentCaller, IfMatch
from stockwarden.http.idempotency import IdempotencyKey, KeyOfRequest, replayed
from stockwarden.http.pages import Cursor, Limit
from stockwarden.http.problems import may_answer
from stockwarden.orders.model import OrderPage, OrderView
from stockwarden.orders.order_list import OrderFilter, with_status
from stockwarden.orders.requests import MovedLines, OrderPatch, OrderRequest
from stockwarden.orders.states import Act, OrderType
from stockwarden.stock.model import MovementPage
from stockwarden.stock.requests import Id

router = Router()

Kind = Annotated[OrderType | None, Query(alias="type", description="Only orders of this type.")]
Status = Annotated[
    Literal[
        "draft",
        "placed",
        "partially_received",
        "partially_shipped",
        "completed",
        "cancelled",
        "open",
    ]
    | None,
    Query(description="Only orders of this status; `open` is any that is placed and not over."),
]
Supplier = Annotated[Id | None, Query(description="Only orders of this supplier.")]
OfItem = Annotated[Id | None, Query(description="Only orders that have this item.")]
Number = Annotated[
    str | None,
    Query(
        min_length=1,
        max_length=40,
        pattern=r"^[ -~]+$",
        description="Only orders whose number begins so.",
    ),
]
Late = Annotated[
    bool | None,
    Query(description="Only what is expected by now and not completed, or only the others."),
]


@router.post(
    "/orders",
    status_code=201,
    tags=["Orders"],
    summary="Draw up an order",
    openapi_extensions=may_answer(404, 409),
    middlewares=[replayed(kept_answers)],
)
def create_order(
    request: OrderRequest, caller: CurrentCaller, key: KeyOfRequest, *, _key: IdempotencyKey
) -> OrderView:
    """A draft of up to 500 lines. Without `internal_number` it gets the next of its type and year,
    `PO-2026-0001`, without a gap. Quantities in base units and prices of packs are fixed now."""
    return order_service().create(caller, key, request)


@router.get("/orders", tags=["Orders"], summary="List the orders")
def list_orders(
    caller: CurrentCaller,
    *,
    kind: Kind = None,
    status: Status = None,
    supplier_id: Supplier = None,
    item_id: OfItem = None,
    q: Number = None,
    late: Late = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> OrderPage:
    """Newest first; with `late`, what is due for longest. Each page examines a bounded number of
    orders, so one with several filters may be short although `next_cursor` says that more follow.
    """
    wanted = OrderFilter(kind, with_status(status), supplier_id, item_id, number=q, late=late)
    return order_list().page(caller, wanted, limit=limit, cursor=cursor)


@router.get("/orders/<order_id>", tags=["Orders"], summary="Get an order")
def get_order(order_id: str, caller: CurrentCaller) -> OrderView:
    """With all its lines, and what was received or shipped and returned of each."""
    return order_service().find(caller, order_id)


@router.patch(
    "/orders/<order_id>",
    tags=["Orders"],
    summary="Change an order",
    openapi_extensions=may_answer(409),
)
def patch_order(
    order_id: str, request: OrderPatch, caller: CurrentCaller, *, if_match: IfMatch
) -> OrderView:
    """A JSON merge patch of a draft; of an order that is placed, `expected_at` and `note` alone."""
    return order_service().change(caller, order_id, request, if_match)


@router.get(
    "/orders/<order_id>/movements", tags=["Orders"], summary="List the movements of an order"
)
def list_order_movements(
    order_id: str, caller: CurrentCaller, *, limit: Limit = 50, cursor: Cursor = None
) -> MovementPage:
    """Newest first, by when they were recorded."""
    return order_movements().page(caller, order_id, limit=limit, cursor=cursor)


@router.post(
    "/orders/<order_id>/place",
    tags=["Orders"],
    summary="Place an order",
    openapi_extensions=may_answer(409),
    middlewares=[replayed(kept_answers)],
)
def place_order(
    order_id: str, caller: CurrentCaller, key: KeyOfRequest, *, _key: IdempotencyKey
) -> OrderView:
    """From now on it is expected: by `expected_at`, else after the promised lead time."""
    return order_steps().place(caller, key, order_id)


@router.post(
    "/orders/<order_id>/receive",
    tags=["Orders"],
    summary="Receive goods of a purchase order",
    openapi_extensions=may_answer(409),
    middlewares=[replayed(kept_answers)],
)
def receive_order(
    order_id: str,
    request: MovedLines,
    caller: CurrentCaller,
    key: KeyOfRequest,
    *,
    _key: IdempotencyKey,
) -> OrderView:
    """The receipts and the order change together, or not at all; without `lines`, all that is open
    comes in. Answers 409 with what is open (`order`) for more than that and its tolerance."""
    return fulfilment_service().move(caller, key, order_id, Act.RECEIVE, request)


@router.post(
    "/orders/<order_id>/ship",
    tags=["Orders"],
    summary="Ship goods of a sales order",
    openapi_extensions=may_answer(409),
    middlewares=[replayed(kept_answers)],
)
def ship_order(
    order_id: str,
    request: MovedLines,
    caller: CurrentCaller,
    key: KeyOfRequest,
    *,
    _key: IdempotencyKey,
) -> OrderView:
    """As receiving; answers 409 with what there is (`stock`) where stock is short."""
    return fulfilment_service().move(caller, key, order_id, Act.SHIP, request)


@router.post(
    "/orders/<order_id>/return",
    tags=["Orders"],
    summary="Return goods of an order",
    openapi_extensions=may_answer(409),
    middlewares=[replayed(kept_answers)],
)
def return_order(
    order_id: str,
    request: MovedLines,
    caller: CurrentCaller,
    key: KeyOfRequest,
    *,
    _key: IdempotencyKey,
) -> OrderView:
    """To the supplier, or back from the customer: up to what was received or shipped. What is
    returned is not expected again."""
    return fulfilment_service().move(caller, key, order_id, Act.RETURN, request)


@router.post(
    "/orders/<order_id>/cancel",
    tags=["Orders"],
    summary="Cancel an order, or close it short",
    openapi_extensions=may_answer(409),
    middlewares=[replayed(kept_answers)],
)
def cancel_order(
    order_id: str, caller: CurrentCaller, key: KeyOfRequest, *, _key: IdempotencyKey
) -> OrderView:
    """Where something was moved already, the rest is cancelled and the order is completed."""
    return order_steps().cancel(caller, key, order_id)
