"""API models of orders as they are answered."""

from pydantic import BaseModel, Field

from stockwarden.orders.states import Act, OrderStatus, OrderType


class CostView(BaseModel):
    name: str
    amount: str


class OrderLineView(BaseModel):
    """`quantity`, `price`, `received` or `shipped`, `returned` and `open` are for the unit that is
    ordered: `unit`, or packs of `pack_size` of it. `base_quantity` is the quantity in the item's
    base unit. `costs` is the line's share in the costs of the order.

    Where a number has no end, as 1/3, it is rounded at 15 digits, and `…_exact` has the fraction.
    """

    line_id: str
    item_id: str
    item_name: str
    sku: str
    quantity: float | int
    unit: str
    packs: bool
    pack_size: float | int | None
    part_number: str | None
    price: str | None
    amount: str | None
    costs: str
    base_quantity: float | int
    base_quantity_exact: str | None
    base_unit: str
    received: float | int | None = Field(description="Of a purchase order; else null.")
    shipped: float | int | None = Field(description="Of a sales order; else null.")
    returned: float | int
    open: float | int
    open_exact: str | None


class OrderSummary(BaseModel):
    """`lines` is how many there are, and `open_lines` of how many something is to come or to go
    out. `late` is one that is expected by now and not completed. Names are those at that time."""

    id: str
    type: OrderType
    internal_number: str
    status: OrderStatus
    supplier_id: str | None
    supplier_name: str | None
    customer: str | None
    warehouse_id: str
    currency: str
    total: str
    lines: int
    open_lines: int
    late: bool
    expected_at: str | None
    placed_at: str | None
    completed_at: str | None
    created_at: str
    updated_at: str
    version: int


class OrderPage(BaseModel):
    """Newest first. With filters a page may have fewer than `limit`."""

    orders: list[OrderSummary]
    next_cursor: str | None


class OrderView(BaseModel):
    """`possible` is what can be done with it now. One that is `closed_short` was completed although
    something of it had not come, or not gone out. `subtotal`, `costs_total` and `total` are exact.
    """

    id: str
    type: OrderType
    internal_number: str
    status: OrderStatus
    possible: list[Act]
    supplier_id: str | None
    supplier_name: str | None
    customer: str | None
    warehouse_id: str
    currency: str
    note: str | None
    over_receipt_percent: float | int
    costs: list[CostView]
    lines: list[OrderLineView]
    open_lines: int
    subtotal: str
    costs_total: str
    total: str
    late: bool
    closed_short: bool
    expected_at: str | None
    placed_at: str | None
    first_moved_at: str | None
    last_moved_at: str | None
    completed_at: str | None
    cancelled_at: str | None
    created_at: str
    updated_at: str
    by: str
    by_name: str | None = Field(description="The user name of `by`, if the account is there.")
    version: int
