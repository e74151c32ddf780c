"""A day of an item: what its movements say together, and how that is kept.

A movement that was reversed counts as if it had never been. Transfers, adjustments and counts
change the value, but are no usage. What is in the consumption log counts on the day that it has
there: for a correction that of the first entry, however much later its movements are.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from stockwarden.analytics.amounts import amount_of
from stockwarden.core.exact import fraction_text, parse_fraction
from stockwarden.stock.movement import Kind, Movement
from stockwarden.storage.attributes import Item

# Between the kind and the purpose in the name of a use.
_FOR = "/"


@dataclass(frozen=True)
class Used:
    """How much, in the item's unit, and what it cost, as `amounts` has it."""

    quantity: Fraction = Fraction(0)
    amount: int = 0

    def __add__(self, other: "Used") -> "Used":
        return Used(self.quantity + other.quantity, self.amount + other.amount)


@dataclass
class DayInWarehouse:
    """A day of an item in a warehouse: how value and quantity changed, what was used for what.
    `used_on` is what its movements took that counts on other days, `2026-03-02`."""

    change: int = 0
    moved: Fraction = Fraction(0)
    used: dict[str, Used] = field(default_factory=lambda: defaultdict(Used))
    used_on: dict[str, dict[str, Used]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(Used))
    )


@dataclass(frozen=True)
class Day:
    """A day of an item, by warehouse. `writes` counts the writes to its movements: the day that
    has more of them is the newer one."""

    writes: int
    warehouses: dict[str, DayInWarehouse]


@dataclass(frozen=True)
class Logged:
    """What an entry of the consumption log says of its movements."""

    day: str
    purpose: str | None


@dataclass(frozen=True)
class Reasons:
    """What other records say of movements: `purchases` are the ids of those of their orders by
    which goods are bought, as what goes back by them was not used; `entries` those of the
    consumption log that they belong to, by their ids."""

    purchases: Collection[str] = ()
    entries: Mapping[str, Logged] = field(default_factory=dict)

    def entry_of(self, movement: Movement) -> Logged | None:
        return self.entries.get(movement.consumption_id or "")

    def day_of(self, movement: Movement) -> str:
        """The day on which it counts as a use."""
        entry = self.entry_of(movement)
        return entry.day if entry else movement.effective_at[:10]

    def use_of(self, movement: Movement) -> str | None:
        """What a movement is a use for: `issue`, `consumption/machine 4`; None for no use."""
        match movement.kind:
            case Kind.ISSUE if movement.order_id not in self.purchases:
                return Kind.ISSUE.value
            case Kind.RETURN:
                return Kind.ISSUE.value
            case Kind.CONSUMPTION:
                entry = self.entry_of(movement)
                return Kind.CONSUMPTION + (
                    f"{_FOR}{entry.purpose}" if entry and entry.purpose else ""
                )
            # What kits are made of; taking one apart brings it back.
            case Kind.ASSEMBLY if movement.quantity < 0:
                return Kind.ASSEMBLY.value
            case Kind.DISASSEMBLY if movement.quantity > 0:
                return Kind.ASSEMBLY.value
        return None


def parse_use(use: str) -> tuple[str, str | None]:
    """The kind of a use, and its purpose."""
    kind, _, purpose = use.partition(_FOR)
    return kind, purpose or None


def day_of(movements: Iterable[Movement], reasons: Reasons) -> Day:
    """What the movements of a day, all of one item, say together."""
    writes = 0
    warehouses: dict[str, DayInWarehouse] = defaultdict(DayInWarehouse)
    for movement in movements:
        writes += 2 if movement.reversed_by else 1
        here = warehouses[movement.place.warehouse_id]
        amount = amount_of(movement.value)
        for place, moved in movement.changes.items():
            warehouses[place.warehouse_id].moved += moved
        if movement.to is None:
            here.change += amount
        elif movement.to.warehouse_id != movement.place.warehouse_id:
            here.change -= amount
            warehouses[movement.to.warehouse_id].change += amount
        use = reasons.use_of(movement)
        if use and not movement.reversed_by:
            counts_on = reasons.day_of(movement)
            is_same = counts_on == movement.effective_at[:10]
            used = here.used if is_same else here.used_on[counts_on]
            used[use] += Used(-movement.quantity, -amount)
    return Day(writes, warehouses)


def by_day(days: Mapping[str, Day]) -> Iterator[tuple[str, str, DayInWarehouse]]:
    """What days say of a day and a warehouse: what moved and was used on it, and then, of further
    days, what counts on these."""
    for day, of_day in days.items():
        for warehouse_id, each in of_day.warehouses.items():
            yield day, warehouse_id, each
            for other, used in each.used_on.items():
                yield other, warehouse_id, DayInWarehouse(used=used)


def day_item(day: Day) -> Item:
    return {
        "writes": day.writes,
        "at": {
            warehouse_id: {
                "change": each.change,
                "moved": fraction_text(each.moved),
                "used": _used_item(each.used),
                "used_on": {
                    other: _used_item(each.used_on[other]) for other in sorted(each.used_on)
                },
            }
            for warehouse_id, each in sorted(day.warehouses.items())
        },
    }


def _used_item(used: Mapping[str, Used]) -> Item:
    return {use: [fraction_text(each.quantity), each.amount] for use, each in sorted(used.items())}


def read_day(stored: Item) -> Day:
    return Day(
        stored["writes"],
        {
            warehouse_id: DayInWarehouse(
                each["change"],
                parse_fraction(each["moved"]),
                _read_used(each["used"]),
                {other: _read_used(used) for other, used in each["used_on"].items()},
            )
            for warehouse_id, each in stored["at"].items()
        },
    )


def _read_used(stored: Item) -> dict[str, Used]:
    return {use: Used(parse_fraction(text), amount) for use, (text, amount) in stored.items()}


def read_days(stored: Item) -> dict[str, Day]:
    """The days of a stored month, `2026-03-02`."""
    month = stored["month"]
    return {f"{month}-{name[1:]}": read_day(day) for name, day in stored["days"].items()}
