"""Routes: the prices of a warehouse and the cost formulas of its rules."""

from aws_lambda_powertools.event_handler.api_gateway import Router

from stockwarden.bootstrap.warehouses import price_service
from stockwarden.http.caller import CurrentCaller, IfMatch
from stockwarden.rules.prices import Costs, CostsRequest

router = Router()


@router.get(
    "/warehouses/<warehouse_id>/costs", tags=["Warehouses"], summary="Get what anomalies cost"
)
def get_costs(warehouse_id: str, caller: CurrentCaller) -> Costs:
    """The current prices, and the formula of each rule with its own numbers."""
    return price_service().find_costs(caller, warehouse_id)


@router.put(
    "/warehouses/<warehouse_id>/costs", tags=["Warehouses"], summary="Set what anomalies cost"
)
def put_costs(
    warehouse_id: str,
    request: CostsRequest,
    caller: CurrentCaller,
    *,
    expected_version: IfMatch = None,
) -> Costs:
    """Applies to later analyses. A field that is left out goes back to its default."""
    return price_service().replace_costs(caller, warehouse_id, request, expected_version)
