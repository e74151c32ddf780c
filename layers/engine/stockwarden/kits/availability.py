"""How many there are of a kit, of those that can be assembled too, and what is short for more."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

from stockwarden.core.errors import Invalid
from stockwarden.core.exact import json_number
from stockwarden.identity.access import Caller, Role, require_all_warehouses, require_role
from stockwarden.kits.composition import Composition, CompositionReader
from stockwarden.kits.graph import Quantities, Takings
from stockwarden.kits.model import Availability, ComponentStock, SubKit
from stockwarden.kits.shortages import Shortages
from stockwarden.stock.free_stock import FreeStock, total
from stockwarden.stock.quantities import base_quantity

# Raises NotFound for a warehouse that the caller may not see.
RequireVisible = Callable[[Caller, str], None]
_NOTHING = Takings({}, {}, {})


class AvailabilityService:
    def __init__(
        self,
        reader: CompositionReader,
        stock: FreeStock,
        shortages: Shortages,
        require_visible: RequireVisible,
    ) -> None:
        self.reader = reader
        self.stock = stock
        self.shortages = shortages
        self.require_visible = require_visible

    def find(
        self,
        caller: Caller,
        item_id: str,
        *,
        warehouse_id: str | None,
        quantity: str | None,
    ) -> Availability:
        """In a warehouse, or in all of them as if they were one; `quantity` is a decimal. Raises
        NotFound, Invalid, and Conflict as `CompositionReader.whole`."""
        require_role(caller, Role.VIEWER)
        if warehouse_id is None:
            require_all_warehouses(caller)
        else:
            self.require_visible(caller, warehouse_id)
        composition = self.reader.whole(item_id)
        free = self._free(composition, warehouse_id)
        assembling = composition.assembling(free)
        wanted = self._wanted(composition, quantity)
        takings = assembling.takings(wanted) if wanted and composition.components else _NOTHING
        in_stock = free.get(item_id, Fraction(0))
        most = assembling.most()
        return Availability(
            item_id=item_id,
            warehouse_id=warehouse_id,
            unit=composition.head.unit,
            is_kit=bool(composition.components),
            in_stock=json_number(in_stock),
            can_be_assembled=json_number(most),
            available=json_number(in_stock + most),
            components=_components(composition, free),
            quantity=json_number(wanted) if wanted else None,
            sub_kits=_sub_kits(composition, takings),
            short=self.shortages.told(caller, takings, composition.heads, free),
            short_items=len(takings.short),
        )

    def _free(self, composition: Composition, warehouse_id: str | None) -> Quantities:
        """Only items that have stock there are looked at closer."""
        there = [
            item_id
            for item_id, head in sorted(composition.heads.items())
            if (head.quantity_in(warehouse_id) if warehouse_id else head.quantity) > 0
        ]
        places = self.stock.places(there, warehouse_id)
        return {item_id: total(each) for item_id, each in places.items()}

    def _wanted(self, composition: Composition, quantity: str | None) -> Fraction | None:
        if quantity is None:
            return None
        number = Decimal(quantity)
        if not number:
            raise Invalid.field("/quantity", "Say how many kits, more than none.")
        unit = composition.head.unit
        units = self.reader.units.find_many({unit})
        return base_quantity(unit, number, None, units, "")


def _components(composition: Composition, free: Quantities) -> list[ComponentStock]:
    return [
        ComponentStock(
            item_id=item_id,
            name=composition.heads[item_id].name,
            unit=composition.heads[item_id].unit,
            quantity=json_number(quantity),
            free=json_number(free.get(item_id, Fraction(0))),
            is_kit=bool(composition.graph.get(item_id)),
        )
        for item_id, quantity in composition.components.items()
    ]


def _sub_kits(composition: Composition, takings: Takings) -> list[SubKit]:
    """The kits in the kit that are made for it: those that others contain come first."""
    return [
        SubKit(
            item_id=item_id,
            name=composition.heads[item_id].name,
            unit=composition.heads[item_id].unit,
            quantity=json_number(quantity),
        )
        for item_id, quantity in reversed(list(takings.made.items()))
        if item_id != composition.head.id
    ]
