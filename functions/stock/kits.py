"""Routes: kits, what they are made of, how many there are, and their assembly."""

from typing import Annotated

from aws_lambda_powertools.event_handler.api_gateway import Router
from aws_lambda_powertools.event_handler.openapi.params import Query

from stockwarden.bootstrap.kits import assembly_service, availability_service, kit_service
from stockwarden.bootstrap.stock import kept_answers
from stockwarden.http.caller import CurrentCaller, IfMatch
from stockwarden.http.idempotency import IdempotencyKey, KeyOfRequest, replayed
from stockwarden.http.pages import Cursor, Limit
from stockwarden.http.problems import may_answer
from stockwarden.kits.model import (
    Assembly,
    AssemblyRequest,
    Availability,
    Components,
    ComponentsRequest,
    KitPage,
)
from stockwarden.stock.requests import Id

router = Router()

Text = Annotated[
    str | None,
    Query(min_length=1, max_length=100, description="A part of the name, or of the SKU."),
]
Warehouse = Annotated[
    Id | None, Query(description="In this warehouse; in all together, if it is not given.")
]
Wanted = Annotated[
    str | None,
    Query(
        pattern=r"^[0-9]{1,12}(\.[0-9]{1,9})?$",
        description="How many are to be assembled, in the item's unit.",
    ),
]


@router.get("/kits", tags=["Kits"], summary="List the kits")
def list_kits(
    caller: CurrentCaller, *, q: Text = None, limit: Limit = 20, cursor: Cursor = None
) -> KitPage:
    """Items with components, by name. A page with `q` may be short although more follow."""
    return kit_service().list_kits(caller, text=q, limit=limit, cursor=cursor)


@router.get("/items/<item_id>/components", tags=["Kits"], summary="Get what a kit is made of")
def get_components(item_id: str, caller: CurrentCaller) -> Components:
    """Of an item that is no kit: an empty list. Also tells of which kits it is a component."""
    return kit_service().find(caller, item_id)


@router.put(
    "/items/<item_id>/components",
    tags=["Kits"],
    summary="Say what a kit is made of",
    openapi_extensions=may_answer(409),
)
def put_components(
    item_id: str, request: ComponentsRequest, caller: CurrentCaller, *, if_match: IfMatch
) -> Components:
    """Replaces the components; with none, the item is no kit any more. Kits may be in kits, and
    answers 422 with the way round where one would contain itself."""
    return kit_service().save(caller, item_id, request.components, if_match)


@router.get(
    "/items/<item_id>/availability",
    tags=["Kits"],
    summary="Get how many of a kit there are, and what is short for more",
    openapi_extensions=may_answer(409),
)
def get_availability(
    item_id: str,
    caller: CurrentCaller,
    *,
    warehouse_id: Warehouse = None,
    quantity: Wanted = None,
) -> Availability:
    """Of what is free: neither reserved, nor of a lot that has expired or is in quarantine. Kits in
    the kit are used first where there are any, and made where there are not; what several of them
    need is counted once. Answers 409 for a kit of more than 500 items."""
    return availability_service().find(
        caller, item_id, warehouse_id=warehouse_id, quantity=quantity
    )


@router.post(
    "/items/<item_id>/assemble",
    status_code=201,
    tags=["Kits"],
    summary="Assemble kits",
    openapi_extensions=may_answer(404, 409),
    middlewares=[replayed(kept_answers)],
)
def assemble(
    item_id: str,
    request: AssemblyRequest,
    caller: CurrentCaller,
    key: KeyOfRequest,
    *,
    _key: IdempotencyKey,
) -> Assembly:
    """Takes the components, and makes kits that are worth exactly what these were: all of it, or
    nothing. Answers 409 with what is `short`; a kit in the kit is to be assembled before."""
    return assembly_service().assemble(caller, key, item_id, request)


@router.post(
    "/items/<item_id>/disassemble",
    status_code=201,
    tags=["Kits"],
    summary="Take kits apart",
    openapi_extensions=may_answer(404, 409),
    middlewares=[replayed(kept_answers)],
)
def disassemble(
    item_id: str,
    request: AssemblyRequest,
    caller: CurrentCaller,
    key: KeyOfRequest,
    *,
    _key: IdempotencyKey,
) -> Assembly:
    """The reverse of assembling: the components share what the kits were worth, by what they cost
    on average."""
    return assembly_service().disassemble(caller, key, item_id, request)
