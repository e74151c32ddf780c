"""API models of the value of the stock."""

from pydantic import BaseModel, Field


class CurrencyValue(BaseModel):
    """What the stock in a currency is worth; `currency` is null for items that name none. `items`
    counts those of which there is any."""

    currency: str | None
    value: str
    items: int


class GroupValue(BaseModel):
    """`id` is null for items without such a group. `name` is null for what has none any more, and
    for a warehouse that the caller does not see. `share` is of the value of the whole scope."""

    id: str | None
    name: str | None
    value: str
    items: int
    share: float | None


class DayValue(BaseModel):
    day: str
    value: str


class StockValue(BaseModel):
    """Values in different currencies are not added: `groups` and `history` are of `currency`,
    `currencies` has all. `history` is what the stock was worth at the ends of days, in UTC, by when
    things happened; it is made with the ranked lists."""

    as_of: str | None = Field(description="The newest change that is in the figures.")
    day: str | None
    by: str
    warehouse_id: str | None
    currency: str | None
    currencies: list[CurrencyValue]
    groups: list[GroupValue]
    next_cursor: str | None
    history: list[DayValue]
