"""API models of warehouses and their members."""

from functools import cache
from typing import Annotated, Literal
from zoneinfo import available_timezones

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from stockwarden.core.fields import NAME
from stockwarden.warehouse.layout.layout import MAX_ROWS

# Files among the time zones that are no zones: the machine's own, and placeholders.
_NO_ZONES = frozenset({"Factory", "localtime", "posixrules"})


@cache
def _timezones() -> frozenset[str]:
    """The names of the IANA database. `ZoneInfo` itself would also accept other files beside it:
    zones with leap seconds (`right/UTC`) and the machine's own zone."""
    return frozenset(
        name
        for name in available_timezones() - _NO_ZONES
        if not name.startswith(("posix/", "right/"))
    )


def _known_timezone(name: str) -> str:
    if name not in _timezones():
        raise ValueError(
            f"{name!r} is not a time zone of the IANA database, such as Europe/Madrid or UTC."
        )
    return name


Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100), NAME]
TimeZone = Annotated[
    str,
    StringConstraints(min_length=1, max_length=64),
    AfterValidator(_known_timezone),
    Field(description="A name of the IANA time zone database.", examples=["Europe/Madrid"]),
]
PartBelow = Annotated[
    float,
    Field(
        ge=0,
        le=1,
        description="If a file has less than this share of the rows or pallets of the last whole "
        "snapshot, its sender is asked whether it holds the whole warehouse. 0 never "
        "asks.",
        examples=[0.5],
    ),
]
# The value of warehouses that were created before the setting existed.
PART_BELOW = 0.5


class LayoutRowBody(BaseModel):
    """Patterns are globs with classes and ranges: `A-0[1-5]-*`, `RECV-{01..04}`."""

    model_config = ConfigDict(extra="forbid")

    location_pattern: str = Field(examples=["RECV-{01..04}"])
    location_type: str = Field(
        description="RECEIVING, STORAGE (or FINAL), STAGING, DOCK, TRANSITIONAL (or AISLE), "
        "SHIPPING, QUARANTINE."
    )
    capacity: int | None = Field(
        default=None, description="Number of pallets that one location can hold."
    )
    allowed_description: str | None = Field(
        default=None, description="A glob over product descriptions."
    )
    zone: str | None = None
    notes: str | None = Field(
        default=None,
        description='Free text. With "single item" or "single lot" in it, mixed-location reports '
        "locations that hold several.",
    )


LayoutRows = Annotated[list[LayoutRowBody], Field(max_length=MAX_ROWS)]


class WarehouseRequest(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: Name
    timezone: TimeZone = "UTC"
    part_below: PartBelow = PART_BELOW
    layout: LayoutRows = []


class WarehousePatch(BaseModel):
    """A field that is left out stays as it is."""

    model_config = ConfigDict(extra="forbid")

    name: Name | None = None
    timezone: TimeZone | None = None
    part_below: PartBelow | None = None
    layout: LayoutRows | None = None


class WarehouseSummary(BaseModel):
    """`version` counts all changes, `layout_version` those of the layout. `username` is the owner,
    `role` the caller's role in this warehouse."""

    id: str
    name: str
    timezone: str
    part_below: PartBelow = PART_BELOW
    username: str
    role: Literal["viewer", "operator", "manager", "owner", "admin"]
    layout_version: int
    layout_rows: int
    created_at: str
    updated_at: str
    version: int


class Warehouse(WarehouseSummary):
    layout: list[LayoutRowBody]


class WarehousePage(BaseModel):
    warehouses: list[WarehouseSummary]
    next_cursor: str | None


MemberRole = Literal["viewer", "operator", "manager"]


class MemberRequest(BaseModel):
    """A viewer reads, an operator changes anomalies and sends reports, a manager sets up the
    warehouse."""

    model_config = ConfigDict(extra="forbid")

    role: MemberRole


class Member(BaseModel):
    username: str
    role: MemberRole
    since: str
    added_by: str


class MemberPage(BaseModel):
    """Sorted by name. The owner is not a member."""

    members: list[Member]
    next_cursor: str | None
