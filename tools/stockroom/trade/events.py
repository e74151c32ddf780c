"""What happens in the trade of the made-up company, each as the request that makes it happen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from stockwarden.consumption.model import ConsumptionRequest, CorrectionRequest
from stockwarden.identity.access import Caller
from stockwarden.kits.model import AssemblyRequest, Component
from stockwarden.orders.requests import MovedLines, OrderRequest
from stockwarden.orders.states import Act
from stockwarden.stock.line import Line
from stockwarden.stock.movement import Kind


@dataclass(frozen=True, kw_only=True)
class Event:
    """`name` is its own, and stands for the Idempotency-Key of its request."""

    name: str
    moment: datetime
    by: Caller


@dataclass(frozen=True, kw_only=True)
class Arrived(Event):
    """What was there before anything was ordered."""

    lines: Sequence[Line]


@dataclass(frozen=True, kw_only=True)
class Drafted(Event):
    request: OrderRequest


@dataclass(frozen=True, kw_only=True)
class Stepped(Event):
    """An order, by the name of its draft, is placed or cancelled."""

    order: str
    act: Act


@dataclass(frozen=True, kw_only=True)
class Moved(Event):
    """Goods of an order come, go out, or go back."""

    order: str
    act: Act
    request: MovedLines


@dataclass(frozen=True, kw_only=True)
class Composed(Event):
    """An item becomes a kit."""

    item_id: str
    components: Sequence[Component]


@dataclass(frozen=True, kw_only=True)
class Assembled(Event):
    """Kits are made, or taken apart."""

    item_id: str
    kind: Kind
    request: AssemblyRequest


@dataclass(frozen=True, kw_only=True)
class Used(Event):
    request: ConsumptionRequest


@dataclass(frozen=True, kw_only=True)
class Corrected(Event):
    """What was logged as used, by the name of that event, was something else."""

    entry: str
    request: CorrectionRequest
