"""API models of the figures of orders and suppliers."""

from typing import Literal

from pydantic import BaseModel, Field

from stockwarden.orders.states import OrderStatus


class OrderSum(BaseModel):
    """How many orders, and what they are worth together."""

    orders: int
    value: str


class StatusSum(OrderSum):
    status: OrderStatus


class MonthSum(OrderSum):
    """Of the orders that were placed in a month, `2026-03`, without cancelled ones."""

    month: str
    completed: int


class OrderFigures(BaseModel):
    """`open` is placed and not completed, `late` those of them that were expected before today, in
    UTC, within two years. Values are of orders in `currency`."""

    as_of: str | None = Field(description="The newest change that is in the figures.")
    type: Literal["purchase", "sales"]
    warehouse_id: str | None
    currency: str | None
    currencies: list[str]
    open: OrderSum
    late: OrderSum
    statuses: list[StatusSum]
    months: list[MonthSum]


class SupplierFigures(BaseModel):
    """Of the orders that were placed with a supplier. `in_time` is the share of those completed by
    the end of the day on which they were expected, of those with such a day; `filled` the share of
    the lines of completed orders of which all came. Lead times are in days, from placing an order:
    `measured` the mean until it was complete, `promised` the mean until it was expected, and
    `usual` what the supplier's record says."""

    id: str
    name: str | None
    orders: int
    open: int
    completed: int
    value: str
    in_time: float | None
    filled: float | None
    measured_lead_time_days: float | None
    promised_lead_time_days: float | None
    usual_lead_time_days: int | None


class SupplierFiguresPage(BaseModel):
    """The largest value first."""

    as_of: str | None
    warehouse_id: str | None
    currency: str | None
    currencies: list[str]
    suppliers: list[SupplierFigures]
    next_cursor: str | None
