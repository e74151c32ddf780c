"""Routes: the lots of an item."""

from typing import Annotated

from aws_lambda_powertools.event_handler.api_gateway import Router
from aws_lambda_powertools.event_handler.openapi.params import Path

from stockwarden.bootstrap.catalog import lot_service
from stockwarden.http.caller import CurrentCaller, IfMatch
from stockwarden.http.pages import Cursor, Limit
from stockwarden.stock.lots import LotPage, LotPatch, LotView

router = Router()

Lot = Annotated[str, Path(min_length=1, max_length=64)]


@router.get("/items/<item_id>/lots", tags=["Items"], summary="List the lots of an item")
def list_lots(
    item_id: str, caller: CurrentCaller, *, limit: Limit = 50, cursor: Cursor = None
) -> LotPage:
    return lot_service().list_lots(caller, item_id, limit, cursor)


@router.get("/items/<item_id>/lots/<lot>", tags=["Items"], summary="Get a lot")
def get_lot(item_id: str, lot: Lot, caller: CurrentCaller) -> LotView:
    return lot_service().find(caller, item_id, lot)


@router.patch(
    "/items/<item_id>/lots/<lot>", tags=["Items"], summary="Change a lot, or quarantine it"
)
def patch_lot(
    item_id: str, lot: Lot, request: LotPatch, caller: CurrentCaller, *, if_match: IfMatch = None
) -> LotView:
    """A lot in quarantine is given to nobody until it is available again, by any way; it can be
    moved and written off."""
    return lot_service().change(caller, item_id, lot, request, if_match)
