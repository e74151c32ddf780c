"""A warehouse's prices: API model, repository and service.

One item per warehouse holds the prices and a `version`; it is absent until they are first set.
"""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from stockwarden.audit.changes import differences
from stockwarden.audit.entry import Change, warehouse_scope
from stockwarden.audit.log import AuditLog
from stockwarden.core.clock import Clock, iso
from stockwarden.core.errors import (
    FieldError,
    Invalid,
    NotFound,
    escaped,
)
from stockwarden.core.fields import Currency
from stockwarden.detection.detector import Detector
from stockwarden.identity.access import Action, Caller
from stockwarden.rules.pricing import BasisOverride, Prices, formula_of
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import reports as keys
from stockwarden.storage.tables import ConditionFailed, Operation, Table
from stockwarden.storage.versions import check_version, put_versioned
from stockwarden.warehouse.service import WarehouseService

MAX_PRICE = 1_000_000
MAX_MINUTES = 10_000

Price = Annotated[float, Field(ge=0, le=MAX_PRICE, allow_inf_nan=False)]
Minutes = Annotated[float, Field(ge=0, le=MAX_MINUTES, allow_inf_nan=False)]
Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
_DEFAULT = Prices()


class RuleCosts(BaseModel):
    """`minutes` of handling per pallet; the `share` of a pallet's value that is lost, 0 to 1."""

    model_config = ConfigDict(extra="forbid")

    minutes: Minutes | None = None
    share: Share | None = None


class CostsRequest(BaseModel):
    """A field that is left out goes back to its default."""

    model_config = ConfigDict(extra="forbid")

    currency: Currency = Field(default=_DEFAULT.currency, description="ISO 4217.")
    pallet_hour: Price = Field(
        default=_DEFAULT.pallet_hour, description="Price of the space of a pallet for an hour."
    )
    handling_minute: Price = Field(
        default=_DEFAULT.handling_minute, description="Price of a minute of work."
    )
    pallet_value: Price = Field(
        default=_DEFAULT.pallet_value, description="Value of the goods on a pallet."
    )
    rules: dict[str, RuleCosts] = Field(default={}, max_length=100, description="By rule code.")


class RuleCostsView(BaseModel):
    formula: str
    minutes: float
    share: float
    default_minutes: float
    default_share: float


class Costs(BaseModel):
    """`rules` lists all rules with their formulas. `version` 0 means that nobody has changed the
    costs."""

    currency: str
    pallet_hour: float
    handling_minute: float
    pallet_value: float
    rules: dict[str, RuleCostsView]
    version: int
    updated_at: str | None
    updated_by: str | None


class PriceRepository:
    def __init__(self, table: Table, clock: Clock) -> None:
        self.table = table
        self.clock = clock

    def load_prices(self, warehouse_id: str | None) -> Prices:
        """The warehouse's prices; the defaults without a warehouse or without stored prices."""
        item = self.find_costs(warehouse_id) if warehouse_id else None
        return prices_of(item) if item else _DEFAULT

    def find_costs(self, warehouse_id: str) -> Item | None:
        return self.table.get(keys.costs(warehouse_id), consistent=True)

    def replace_costs(
        self,
        warehouse_id: str,
        before: Item | None,
        costs: Mapping[str, Any],
        by: str,
        *,
        beside: Sequence[Operation] = (),
    ) -> Item:
        """Replaces the prices that were read as `before`. Raises PreconditionFailed if they have
        changed meanwhile, NotFound for a warehouse that does not exist."""
        item: Item = {
            **keys.costs(warehouse_id),
            **costs,
            "updated_at": iso(self.clock()),
            "updated_by": by,
        }
        warehouse_exists = self.table.check(keys.warehouse(warehouse_id), "attribute_exists(#pk)")
        try:
            return put_versioned(
                self.table, item, before, what="price list", beside=[warehouse_exists, *beside]
            )
        except ConditionFailed as failed:
            raise NotFound("There is no such warehouse.") from failed


class PriceService:
    def __init__(
        self,
        repository: PriceRepository,
        warehouses: WarehouseService,
        detectors: Sequence[Detector],
        *,
        audit: AuditLog,
    ) -> None:
        self.repository = repository
        self.warehouses = warehouses
        self.detectors = detectors
        self.audit = audit

    def find_costs(self, caller: Caller, warehouse_id: str) -> Costs:
        """The prices in force, with each rule's formula. Raises NotFound."""
        self.warehouses.authorize(caller, warehouse_id, Action.SEE)
        return _view(self.repository.find_costs(warehouse_id), self.detectors)

    def replace_costs(
        self, caller: Caller, warehouse_id: str, request: CostsRequest, expected_version: int | None
    ) -> Costs:
        """Replaces the prices. `expected_version` comes from If-Match; None replaces the newest.

        Raises NotFound, Forbidden, PreconditionFailed, and Invalid for unknown rule codes."""
        self.warehouses.authorize(caller, warehouse_id, Action.CONFIGURE)
        codes = [detector.code for detector in self.detectors]
        unknown = [code for code in request.rules if code not in codes]
        if unknown:
            known = ", ".join(codes)
            errors = [
                FieldError(f"/rules/{escaped(code)}", f"There is no rule {code!r}, only {known}.")
                for code in unknown
            ]
            raise Invalid(errors[0].detail, errors)
        costs = request.model_dump(exclude_none=True)
        before = self.repository.find_costs(warehouse_id)
        check_version(before, expected_version, "price list")
        change = Change(
            warehouse_scope(warehouse_id),
            "costs.replaced",
            f"costs/{warehouse_id}",
            differences(before, costs, CostsRequest.model_fields),
        )
        item = self.repository.replace_costs(
            warehouse_id,
            before,
            costs,
            caller.username,
            beside=[self.audit.entry(caller.origin, change)],
        )
        return _view(item, self.detectors)


def prices_of(item: Mapping[str, Any]) -> Prices:
    return Prices(
        item["currency"],
        item["pallet_hour"],
        item["handling_minute"],
        item["pallet_value"],
        {code: BasisOverride(**override) for code, override in item["rules"].items()},
        set_here=True,
    )


def _view(item: Item | None, detectors: Sequence[Detector]) -> Costs:
    prices = prices_of(item) if item else _DEFAULT
    return Costs(
        currency=prices.currency,
        pallet_hour=prices.pallet_hour,
        handling_minute=prices.handling_minute,
        pallet_value=prices.pallet_value,
        rules={detector.code: _rule_view(detector, prices) for detector in detectors},
        version=item["version"] if item else 0,
        updated_at=item["updated_at"] if item else None,
        updated_by=item["updated_by"] if item else None,
    )


def _rule_view(detector: Detector, prices: Prices) -> RuleCostsView:
    basis = prices.basis(detector)
    return RuleCostsView(
        formula=formula_of(basis),
        minutes=basis.minutes,
        share=basis.share,
        default_minutes=detector.cost.minutes,
        default_share=detector.cost.share,
    )
