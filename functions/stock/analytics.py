"""Routes: figures about the stock, from projections."""

from datetime import date
from typing import Annotated, Literal

from aws_lambda_powertools.event_handler.api_gateway import Router
from aws_lambda_powertools.event_handler.openapi.params import Query

from stockwarden.analytics.list_model import AbcList, ConsumptionList, SlowList, TurnoverList
from stockwarden.analytics.list_model import Use as UseKind
from stockwarden.analytics.list_service import ListQuery, UseQuery
from stockwarden.analytics.low_stock import LowQuery
from stockwarden.analytics.low_stock_model import LowStockPage
from stockwarden.analytics.order_model import OrderFigures, SupplierFiguresPage
from stockwarden.analytics.value_model import StockValue
from stockwarden.analytics.value_service import ValueQuery
from stockwarden.bootstrap.analytics import (
    low_stock_service,
    order_figures_service,
    ranked_list_service,
    stock_value_service,
)
from stockwarden.core.fields import Currency as CurrencyCode
from stockwarden.http.caller import CurrentCaller
from stockwarden.http.pages import Cursor, Limit
from stockwarden.stock.requests import Id

router = Router()

By = Annotated[
    Literal["warehouse", "category", "supplier", "type"],
    Query(description="What the groups are: each item is in its own category only."),
]
Warehouse = Annotated[
    Id | None, Query(description="Of this warehouse; of the whole company without it.")
]
Currency = Annotated[
    CurrencyCode | None,
    Query(description="Values in this currency; without it, in the one of most items."),
]
Day = Annotated[
    date | None,
    Query(description="As it was at the end of this day, in UTC; now, if it is not given."),
]
HistoryDays = Annotated[int, Query(ge=0, le=365, description="How many days `history` has.")]
Category = Annotated[Id | None, Query(description="Only items of this category.")]
Supplier = Annotated[Id | None, Query(description="Only items of this supplier.")]
Type = Annotated[Id | None, Query(alias="type", description="Only items of this inventory type.")]
Days = Annotated[
    Literal["30", "90", "365"], Query(description="The period: so many days, today included.")
]
Class = Annotated[Literal["A", "B", "C"] | None, Query(alias="class", description="Only these.")]
IdleDays = Annotated[
    int, Query(ge=30, le=365, description="Only what lies for so many days or longer.")
]
Use = Annotated[
    UseKind | None, Query(description="Only what was sold, consumed, or put into kits.")
]
Purpose = Annotated[
    str | None,
    Query(
        min_length=1,
        max_length=100,
        description="Only what was consumed for this purpose, in capitals or not.",
    ),
]
OrderType = Annotated[
    Literal["purchase", "sales"], Query(alias="type", description="Which orders are meant.")
]
OrderCurrency = Annotated[
    CurrencyCode | None,
    Query(description="Orders in this currency; without it, in that of most orders."),
]
Months = Annotated[
    int,
    Query(ge=1, le=36, description="The last so many months; in `months` are those with orders."),
]


@router.get("/analytics/low-stock", tags=["Analytics"], summary="List what to order")
def list_low_stock(
    caller: CurrentCaller,
    *,
    warehouse_id: Warehouse = None,
    category: Category = None,
    supplier: Supplier = None,
    inventory_type: Type = None,
    limit: Limit = 25,
    cursor: Cursor = None,
) -> LowStockPage:
    """What is at its reorder point or below, in the whole company, the emptiest first: how much of
    it to order, from whom, and until when. `warehouse_id` chooses what was ever there. A page with
    filters may be short although more follow."""
    asked = LowQuery(warehouse_id, category, supplier, inventory_type)
    return low_stock_service().page(caller, asked, limit=limit, cursor=cursor)


@router.get("/analytics/orders", tags=["Analytics"], summary="Get figures of orders")
def get_order_figures(
    caller: CurrentCaller,
    *,
    kind: OrderType = "purchase",
    warehouse_id: Warehouse = None,
    currency: OrderCurrency = None,
    months: Months = 12,
) -> OrderFigures:
    """How many there are in each status, open and late, and what was placed in each month."""
    return order_figures_service().orders(
        caller, kind, warehouse_id=warehouse_id, currency=currency, months=months
    )


@router.get("/analytics/suppliers", tags=["Analytics"], summary="Get how suppliers do")
def get_supplier_figures(
    caller: CurrentCaller,
    *,
    warehouse_id: Warehouse = None,
    currency: OrderCurrency = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> SupplierFiguresPage:
    """Of their orders: how many came in time, how long they took against what was promised, and of
    how many lines all came; by the value of the orders, the largest first."""
    return order_figures_service().suppliers(
        caller, warehouse_id=warehouse_id, currency=currency, limit=limit, cursor=cursor
    )


@router.get("/analytics/stock-value", tags=["Analytics"], summary="Get the value of the stock")
def get_stock_value(
    caller: CurrentCaller,
    *,
    by: By = "warehouse",
    warehouse_id: Warehouse = None,
    currency: Currency = None,
    day: Day = None,
    history_days: HistoryDays = 90,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> StockValue:
    """By warehouse, category, supplier or inventory type, the largest value first. What is in kits
    that were not assembled counts as the parts that it is."""
    asked = ValueQuery(by, warehouse_id, currency, day, history_days)
    return stock_value_service().value(caller, asked, limit=limit, cursor=cursor)


@router.get("/analytics/abc", tags=["Analytics"], summary="Get the ABC classes of items")
def get_abc(
    caller: CurrentCaller,
    *,
    abc_class: Class = None,
    days: Days = "365",
    warehouse_id: Warehouse = None,
    category: Category = None,
    supplier: Supplier = None,
    inventory_type: Type = None,
    currency: Currency = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> AbcList:
    """What was used most, by its cost, first. An item is A where those before it made up less than
    80 % of the cost of all, B where less than 95 %, else C. Filters choose from the list, in which
    classes and shares stay those of all items; a page with filters may be short although more
    follow. The list is made anew every hour, in a large company every day."""
    asked = ListQuery(
        int(days), warehouse_id, category, supplier, inventory_type, currency=currency
    )
    return ranked_list_service().abc(caller, asked, abc_class, limit=limit, cursor=cursor)


@router.get("/analytics/turnover", tags=["Analytics"], summary="Get the turnover of items")
def get_turnover(
    caller: CurrentCaller,
    *,
    days: Days = "365",
    warehouse_id: Warehouse = None,
    category: Category = None,
    supplier: Supplier = None,
    inventory_type: Type = None,
    currency: Currency = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> TurnoverList:
    """The cost of what was used, by the mean value of the stock at the ends of the days. Pages and
    filters are as with the ABC classes."""
    asked = ListQuery(
        int(days), warehouse_id, category, supplier, inventory_type, currency=currency
    )
    return ranked_list_service().turnover(caller, asked, limit=limit, cursor=cursor)


@router.get("/analytics/slow-movers", tags=["Analytics"], summary="List what hardly moves")
def list_slow_movers(
    caller: CurrentCaller,
    *,
    idle_days: IdleDays = 90,
    warehouse_id: Warehouse = None,
    category: Category = None,
    supplier: Supplier = None,
    inventory_type: Type = None,
    currency: Currency = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> SlowList:
    """What is there and was not used for so many days, the largest value first. Transfers, counts
    and adjustments are no use. Pages and filters are as with the ABC classes."""
    asked = ListQuery(365, warehouse_id, category, supplier, inventory_type, currency=currency)
    return ranked_list_service().slow_movers(caller, asked, idle_days, limit=limit, cursor=cursor)


@router.get("/analytics/consumption", tags=["Analytics"], summary="Get what was used, and for what")
def get_consumption_figures(
    caller: CurrentCaller,
    *,
    use: Use = None,
    purpose: Purpose = None,
    days: Days = "90",
    warehouse_id: Warehouse = None,
    category: Category = None,
    supplier: Supplier = None,
    inventory_type: Type = None,
    currency: Currency = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> ConsumptionList:
    """What left for good, with means per day and week. What was reversed counts as if it had never
    been. Pages and filters are as with the ABC classes."""
    asked = ListQuery(
        int(days), warehouse_id, category, supplier, inventory_type, currency=currency
    )
    return ranked_list_service().consumption(
        caller, asked, UseQuery(use, purpose), limit=limit, cursor=cursor
    )
