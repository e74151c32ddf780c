"""API models of the search."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field

ResultType = Literal[
    "item", "kit", "category", "supplier", "order", "location", "pallet", "stock_line"
]
Range = Annotated[list[int], Field(min_length=2, max_length=2)]


class Match(BaseModel):
    """A field in which something of the query stands, and where: `[start, end]` of each place,
    counted in UTF-16 units, as JavaScript does."""

    field: str
    text: str
    ranges: list[Range]


class SearchResult(BaseModel):
    """`title` is its name, or the code of what has no name. A location, pallet or stock line is
    one of the newest snapshot of its warehouse, `report_id`, which shows `as_of`."""

    type: ResultType
    id: str
    title: str
    subtitle: str | None = None
    code: str | None = None
    status: str | None = None
    archived: bool = False
    matched: list[Match]
    warehouse_id: str | None = None
    warehouse_name: str | None = None
    report_id: str | None = None
    as_of: str | None = None


class SearchResults(BaseModel):
    """The best ones first, and what is archived last. `as_of` is when the newest change was made
    that the index has, null where it has none. With `partial`, there is more than was searched: in
    changes that the index does not have yet, or in further warehouses."""

    results: list[SearchResult]
    as_of: str | None
    partial: bool
