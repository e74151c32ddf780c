"""Routes: what was used, by whom and for what; corrections, and rates."""

from datetime import date
from typing import Annotated

from aws_lambda_powertools.event_handler.api_gateway import Router
from aws_lambda_powertools.event_handler.openapi.params import Query

from stockwarden.bootstrap.consumption import (
    consumption_list,
    consumption_service,
    correction_service,
    rate_service,
)
from stockwarden.bootstrap.stock import kept_answers
from stockwarden.consumption.listing import ConsumptionFilter
from stockwarden.consumption.model import (
    Consumption,
    ConsumptionPage,
    ConsumptionRates,
    ConsumptionRequest,
    CorrectionRequest,
    Person,
    Purpose,
)
from stockwarden.http.caller import CurrentCaller
from stockwarden.http.idempotency import IdempotencyKey, KeyOfRequest, replayed
from stockwarden.http.pages import Cursor, Limit
from stockwarden.http.problems import may_answer
from stockwarden.stock.requests import EffectiveAt, Id

router = Router()

ItemId = Annotated[
    Id | None, Query(description="Only of this item, or of kits whose components it was.")
]
For = Annotated[Purpose | None, Query(description="Only for this purpose, whatever its case.")]
By = Annotated[Person | None, Query(description="Only what this person used: a user name.")]
Warehouse = Annotated[Id | None, Query(description="Only in this warehouse.")]
First = Annotated[EffectiveAt | None, Query(alias="from", description="Not before this moment.")]
Last = Annotated[EffectiveAt | None, Query(alias="to", description="Not after this moment.")]
FirstDay = Annotated[date | None, Query(alias="from", description="The first day.")]
LastDay = Annotated[
    date | None, Query(alias="to", description="The last day; today, if it is not given.")
]


@router.post(
    "/consumption",
    status_code=201,
    tags=["Consumption"],
    summary="Log what was used",
    openapi_extensions=may_answer(404, 409),
    middlewares=[replayed(kept_answers)],
)
def log_consumption(
    request: ConsumptionRequest, caller: CurrentCaller, key: KeyOfRequest, *, _key: IdempotencyKey
) -> Consumption:
    """Takes it from stock: from the place that is given, else first expiry first out, then from the
    oldest place. Answers 409 with what there is where that is too little."""
    return consumption_service().log(caller, key, request)


@router.get("/consumption", tags=["Consumption"], summary="List what was used")
def list_consumption(
    caller: CurrentCaller,
    *,
    item_id: ItemId = None,
    purpose: For = None,
    by: By = None,
    warehouse_id: Warehouse = None,
    first: First = None,
    last: Last = None,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> ConsumptionPage:
    """Newest first. A page with filters may be short although more follow."""
    wanted = ConsumptionFilter(
        item_id=item_id, purpose=purpose, warehouse_id=warehouse_id, first=first, last=last
    )
    return consumption_list().page(caller, wanted, by=by, limit=limit, cursor=cursor)


@router.get(
    "/consumption/rates", tags=["Consumption"], summary="Get how much is used per day and week"
)
def get_rates(
    caller: CurrentCaller,
    *,
    item_id: ItemId = None,
    purpose: For = None,
    warehouse_id: Warehouse = None,
    first: FirstDay = None,
    last: LastDay = None,
) -> ConsumptionRates:
    """Of an item, or of all items for a purpose; in the last four weeks, if no days are given. What
    was corrected counts once. `days` says from how many days the rates are."""
    return rate_service().find(
        caller,
        item_id=item_id,
        purpose=purpose,
        warehouse_id=warehouse_id,
        period=(first, last),
    )


@router.post(
    "/consumption/<consumption_id>/correction",
    status_code=201,
    tags=["Consumption"],
    summary="Correct what was logged",
    openapi_extensions=may_answer(409),
    middlewares=[replayed(kept_answers)],
)
def correct_consumption(
    consumption_id: str,
    request: CorrectionRequest,
    caller: CurrentCaller,
    key: KeyOfRequest,
    *,
    _key: IdempotencyKey,
) -> Consumption:
    """Makes the counter-entry, which is linked to the first; once. Without a `quantity` all of it
    is put back."""
    return correction_service().correct(caller, key, consumption_id, request)
