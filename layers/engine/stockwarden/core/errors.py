"""The hierarchy of errors. `http/problems.py` maps each type to one HTTP status.

StockwardenError
├── BadRequest            400  the request cannot be understood (malformed JSON, bad cursor)
├── Unauthenticated       401  no token, or wrong credentials
│   ├── InvalidToken      401  an access token that has expired or does not hold
│   └── OtpRequired       401  the password is right, and a code of the second factor is needed
├── Forbidden             403  authenticated, not allowed, but may know that the resource exists
│   └── InsufficientScope 403  an API token that lacks the scope, which it names
├── NotFound              404  no such resource, or none that this caller may know of
├── Conflict              409  the state of the resource does not allow it (taken, being analyzed)
│   ├── StillOwns         409  an account that is to be deleted; names what is its owner's
│   ├── StockConflict     409  stock does not allow it; says why, and what there is
│   ├── OrderConflict     409  an order is not in the state for it; says what can be done with it
│   ├── ComponentsShort   409  too little of what a kit is made of; lists what is short
│   ├── Taken             409  another one has this name or code; names the field
│   ├── InUse             409  others refer to it, so it is not deleted; counts them
│   └── Superseded        409  a newer resource has replaced it; names that one
├── Gone                  410  the resource was deleted, and the caller may know that
├── PreconditionFailed    412  If-Match names a version that is no longer the current one
├── TooLarge              413  above a stated limit
├── UnsupportedMedia      415  a body or file type that is not read here
├── Invalid               422  understood, but a field is wrong; carries one FieldError per field
│   └── UnreadableFile    422  a file that cannot be read as an inventory; carries a reason code
├── RateLimited           429  too many attempts; carries the seconds to wait and the quota
└── Unavailable           503  a service that we depend on does not answer; carries a retry time
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from stockwarden.core.quotas import Quota


@dataclass(frozen=True)
class FieldError:
    """One wrong field: where it is (RFC 6901 pointer, `/layout/3/capacity`) and what is wrong."""

    pointer: str
    detail: str


def escaped(part: str | int) -> str:
    """A part of an RFC 6901 pointer, escaped: `a/b~c` is `a~1b~0c`."""
    return str(part).replace("~", "~0").replace("/", "~1")


class StockwardenError(Exception):
    """The root of all expected errors. `detail` is written for the person who sent the input."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class BadRequest(StockwardenError):
    pass


class Unauthenticated(StockwardenError):
    pass


class InvalidToken(Unauthenticated):
    pass


class OtpRequired(Unauthenticated):
    pass


class Forbidden(StockwardenError):
    pass


class InsufficientScope(Forbidden):
    """`scope` is None where no API token is enough."""

    def __init__(self, detail: str, scope: str | None) -> None:
        super().__init__(detail)
        self.scope = scope


class NotFound(StockwardenError):
    pass


class Conflict(StockwardenError):
    pass


@dataclass(frozen=True)
class OwnedWarehouse:
    id: str
    name: str


@dataclass(frozen=True)
class Owned:
    """What a person owns: warehouses, and the number of reports outside of them. With `more` there
    are more than these."""

    warehouses: Sequence[OwnedWarehouse] = ()
    reports: int = 0
    more: bool = False

    def __bool__(self) -> bool:
        return bool(self.warehouses or self.reports or self.more)


class StillOwns(Conflict):
    def __init__(self, detail: str, owned: Owned) -> None:
        super().__init__(detail)
        self.owned = owned


class StockConflict(Conflict):
    """`stock` says why (`reason`, a stable code) and what there is: item, place, quantity, and the
    instant if it is not now."""

    def __init__(self, detail: str, stock: Mapping[str, str | int | float | None]) -> None:
        super().__init__(detail)
        self.stock = stock


class OrderConflict(Conflict):
    """`order` says what the order's `status` is and what is `possible` with it; and of too large a
    quantity, what is open, by line (`lines`)."""

    def __init__(self, detail: str, order: Mapping[str, Any]) -> None:
        super().__init__(detail)
        self.order = order


class ComponentsShort(Conflict):
    """`short` has, for each component of which there is too little: item, what is needed, what is
    free, what lacks, and whether it is a kit that could be assembled first."""

    def __init__(
        self, detail: str, short: Sequence[Mapping[str, str | int | float | bool]]
    ) -> None:
        super().__init__(detail)
        self.short = short


class Taken(Conflict):
    """Another one has what `field` says; `by` is its id, where that is known."""

    def __init__(self, detail: str, field: str, by: str | None = None) -> None:
        super().__init__(detail)
        self.field = field
        self.by = by


class InUse(Conflict):
    """`used_by` is {what refers to it: how many}, of those that there are."""

    def __init__(self, detail: str, used_by: Mapping[str, int]) -> None:
        super().__init__(detail)
        self.used_by = used_by


class Superseded(Conflict):
    """`newer` is {name of an id: the id} of the resource to change instead."""

    def __init__(self, detail: str, newer: Mapping[str, str]) -> None:
        super().__init__(detail)
        self.newer = newer


class Gone(StockwardenError):
    pass


class PreconditionFailed(StockwardenError):
    pass


class TooLarge(StockwardenError):
    pass


class UnsupportedMedia(StockwardenError):
    """`accepted` are the media types that are read there."""

    def __init__(self, detail: str, accepted: Sequence[str]) -> None:
        super().__init__(detail)
        self.accepted = tuple(accepted)


class Invalid(StockwardenError):
    def __init__(self, detail: str, errors: Sequence[FieldError] = ()) -> None:
        super().__init__(detail)
        self.errors = tuple(errors)

    @classmethod
    def field(cls, pointer: str, detail: str) -> "Invalid":
        """The common case: exactly one field is wrong."""
        return cls(detail, (FieldError(pointer, detail),))


def check_all(*checks: Callable[[], object]) -> None:
    """Runs all checks. Raises one Invalid with every field that they refuse, each once."""
    errors: dict[str, FieldError] = {}
    for check in checks:
        try:
            check()
        except Invalid as refused:
            for error in refused.errors:
                errors.setdefault(error.pointer, error)
    if errors:
        first, *others = errors.values()
        detail = f"{len(errors)} fields are wrong." if others else first.detail
        raise Invalid(detail, list(errors.values()))


class UnreadableFile(Invalid):
    """A file that cannot be read; `reason` is a stable code (`encrypted`, `no_rows`, …)."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason


class RateLimited(StockwardenError):
    """`quota` is the one that is used up; `retry_after` is in seconds."""

    def __init__(self, detail: str, quota: Quota) -> None:
        super().__init__(detail)
        self.quota = quota

    @property
    def retry_after(self) -> int:
        return self.quota.reset or 1


class Unavailable(StockwardenError):
    """`retry_after` is in seconds."""

    retry_after = 5
