"""Routes: how a supplier sells items."""

from aws_lambda_powertools.event_handler.api_gateway import Router

from stockwarden.bootstrap.catalog import part_service
from stockwarden.catalog.supplier_model import Part, PartPage, PartRequest
from stockwarden.http.caller import CurrentCaller, IfMatch
from stockwarden.http.pages import Cursor, Limit
from stockwarden.http.problems import may_answer

router = Router()


@router.get("/suppliers/<supplier_id>/parts", tags=["Catalog"], summary="List a supplier's parts")
def list_parts(
    supplier_id: str, caller: CurrentCaller, *, limit: Limit = 50, cursor: Cursor = None
) -> PartPage:
    return part_service().list_parts(caller, supplier_id, limit, cursor)


@router.get("/suppliers/<supplier_id>/parts/<item_id>", tags=["Catalog"], summary="Get a part")
def get_part(supplier_id: str, item_id: str, caller: CurrentCaller) -> Part:
    return part_service().find_part(caller, supplier_id, item_id)


@router.put(
    "/suppliers/<supplier_id>/parts/<item_id>",
    tags=["Catalog"],
    summary="Add or replace a part",
    openapi_extensions=may_answer(409),
)
def put_part(
    supplier_id: str,
    item_id: str,
    request: PartRequest,
    caller: CurrentCaller,
    *,
    expected_version: IfMatch = None,
) -> Part:
    """How the supplier sells the item: the pack in a unit that measures what the item's own does,
    and the price of a pack."""
    return part_service().save(caller, supplier_id, item_id, request, expected_version)


@router.delete(
    "/suppliers/<supplier_id>/parts/<item_id>",
    status_code=204,
    tags=["Catalog"],
    summary="Delete a part",
)
def delete_part(
    supplier_id: str, item_id: str, caller: CurrentCaller, *, expected_version: IfMatch = None
) -> None:
    part_service().remove(caller, supplier_id, item_id, expected_version)
