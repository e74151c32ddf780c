"""An order on somebody's desk: what it says, and how much of each line is still to come or to go
out."""

from dataclasses import dataclass, field
from decimal import Decimal

from stockwarden.core.clock import iso
from stockwarden.orders.requests import MovedLine, MovedLines, OrderRequest
from stockwarden.orders.states import Act
from tools.stockroom.catalog import CatalogItem
from tools.stockroom.sites import Site
from tools.stockroom.trade.days import Days
from tools.stockroom.trade.events import Drafted, Moved, Stepped


@dataclass
class DeskLine:
    """`quantity` is as it is ordered, each of it `size` of the item's unit; so is what is `open`.
    `packs` says whether these are packs of the supplier."""

    id: str
    item: CatalogItem
    quantity: int
    price: Decimal | None = None
    packs: bool = False
    size: int = 1
    open: int = field(init=False)

    def __post_init__(self) -> None:
        self.open = self.quantity


@dataclass
class Desk:
    """`number` counts the orders of the plan; `request` has no lines yet."""

    days: Days
    number: int
    site: Site
    request: dict[str, object]
    lines: list[DeskLine]
    moved: int = 0

    @property
    def name(self) -> str:
        return f"order {self.number}"

    @property
    def is_open(self) -> bool:
        return any(line.open for line in self.lines)

    def draft(self) -> None:
        request = {
            **self.request,
            "warehouse_id": self.site.warehouse_id,
            "lines": [
                {
                    "item_id": line.item.id,
                    "quantity": line.quantity,
                    "packs": line.packs,
                    "price": None if line.price is None else f"{line.price:.2f}",
                }
                for line in self.lines
            ],
        }
        self.days.happen(Drafted, self.name, None, request=OrderRequest.model_validate(request))

    def expect_on(self, day: float) -> None:
        """Before it is drafted; counted as the days of the plan are."""
        self.request["expected_at"] = iso(self.days.moment_of(day))

    def place(self) -> None:
        self._step(Act.PLACE)

    def cancel(self) -> None:
        """What is open is not to come any more."""
        if self.is_open:
            self._step(Act.CANCEL)
            for line in self.lines:
                line.open = 0

    def move(self, act: Act, lines: list[MovedLine], reason: str | None = None) -> None:
        """Does nothing without lines. By whoever works where the goods are."""
        if lines:
            self.moved += 1
            name = f"{self.name} {act} {self.moved}"
            request = MovedLines(lines=lines, reason=reason)
            self.days.happen(Moved, name, self.site, order=self.name, act=act, request=request)

    def _step(self, act: Act) -> None:
        name = f"{self.name} {act}"
        self.days.happen(Stepped, name, None, order=self.name, act=act)
