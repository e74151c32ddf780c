"""What suppliers sell items as: in which packs, and for which price."""

from fractions import Fraction
from typing import Any

from stockwarden.audit.log import AuditLog
from stockwarden.catalog.entries import CatalogEntries
from stockwarden.catalog.references import stored
from stockwarden.catalog.supplier_model import Part, PartPage, PartRequest
from stockwarden.catalog.supplier_service import SupplierRepository
from stockwarden.catalog.unit_repository import UnitRepository
from stockwarden.catalog.units import Unit, canonical_code, check_decimals, existing_unit
from stockwarden.core.clock import Clock, iso
from stockwarden.core.errors import Conflict, Invalid, NotFound
from stockwarden.core.exact import fraction_text, parse_fraction
from stockwarden.core.ids import may_be_id
from stockwarden.identity.access import Caller, Role, require_company_change, require_role
from stockwarden.storage.attributes import Item
from stockwarden.storage.cursors import decode_cursor, encode_cursor
from stockwarden.storage.keys import catalog as keys
from stockwarden.storage.keys import key_of
from stockwarden.storage.tables import ConditionFailed, Operation, Table
from stockwarden.storage.versions import (
    check_version,
    delete_versioned,
    versioned_put,
    write_versioned,
)

_FIELDS = tuple(PartRequest.model_fields)


class PartService:
    """An item must exist to be sold, and so must the unit; both are counted or checked in the
    transaction that writes the part."""

    def __init__(
        self,
        table: Table,
        clock: Clock,
        *,
        suppliers: SupplierRepository,
        units: UnitRepository,
        audit: AuditLog,
    ) -> None:
        self.table = table
        self.clock = clock
        self.suppliers = suppliers
        self.units = units
        self.entries = CatalogEntries(audit, "part", _FIELDS)

    def list_parts(
        self, caller: Caller, supplier_id: str, limit: int, cursor: str | None
    ) -> PartPage:
        """Raises NotFound, BadRequest."""
        require_role(caller, Role.VIEWER)
        self._supplier(supplier_id)
        scope = f"parts#{supplier_id}"
        parts = decode_cursor(scope, cursor, 1, may_be_id)
        page = self.table.query(
            "#supplier_id = :supplier_id",
            index="by_supplier",
            limit=limit,
            start=keys.part(parts[0], supplier_id) if parts else None,
            supplier_id=supplier_id,
        )
        last = page.last_key
        return PartPage(
            parts=list(map(_part, page.items)),
            next_cursor=encode_cursor(scope, [last["item_id"]]) if last else None,
        )

    def find_part(self, caller: Caller, supplier_id: str, item_id: str) -> Part:
        """Raises NotFound."""
        require_role(caller, Role.VIEWER)
        return _part(self._existing(supplier_id, item_id))

    def save(
        self,
        caller: Caller,
        supplier_id: str,
        item_id: str,
        request: PartRequest,
        expected_version: int | None,
    ) -> Part:
        """Adds or replaces a part. Raises NotFound, Invalid, PreconditionFailed."""
        require_company_change(caller, Role.MANAGER)
        supplier, item = self._supplier(supplier_id), self._item(item_id)
        unit = self._unit_for(item, request)
        before = self._find(supplier_id, item_id)
        check_version(before, expected_version, "part")
        facts = _facts(request, unit, supplier)
        if before and all(before.get(name) == facts.get(name) for name in _FIELDS):
            return _part(before)
        new: Item = {
            **keys.part(item_id, supplier_id),
            **facts,
            "updated_at": iso(self.clock()),
        }
        counts = self._counts(supplier_id, before, unit)
        entry = self.entries.entry(caller, _about(supplier_id, item_id), before, facts)
        item_is_there = self.table.check(keys.item(item_id), "attribute_exists(#pk)")
        try:
            write_versioned(
                versioned_put(self.table, new, before), item_is_there, *counts, entry, what="part"
            )
        except ConditionFailed as failed:
            raise Conflict("The item, the supplier or the unit was deleted meanwhile.") from failed
        return _part({**new, "version": before["version"] + 1 if before else 1})

    def remove(
        self, caller: Caller, supplier_id: str, item_id: str, expected_version: int | None
    ) -> None:
        """Raises NotFound, PreconditionFailed."""
        require_company_change(caller, Role.MANAGER)
        before = self._existing(supplier_id, item_id)
        check_version(before, expected_version, "part")
        released = self.units.find(before["unit"])
        uses = self.units.count_uses(released, -1) if released else []
        count = self.suppliers.count(supplier_id, "parts", -1)
        entry = self.entries.entry(caller, _about(supplier_id, item_id), before, None)
        delete_versioned(self.table, before, what="part", beside=[count, *uses, entry])

    def _unit_for(self, item: Item, request: PartRequest) -> Unit:
        """The unit of a pack. Raises Invalid if it has fewer decimals than the size, or measures
        something else than the item's own."""
        code, base = canonical_code(request.unit), item.get("unit")
        units = self.units.find_many({code, *([base] if base else [])})
        unit = existing_unit(units, code, "/unit")
        check_decimals(request.pack_size, unit, "/pack_size")
        own = units.get(base) if base else None
        if own and own.dimension is not unit.dimension:
            raise Invalid.field(
                "/unit",
                f"The item is kept in {own.code}, which measures {own.dimension}; {unit.code} "
                f"measures {unit.dimension}.",
            )
        return unit

    def _counts(self, supplier_id: str, before: Item | None, unit: Unit) -> list[Operation]:
        """What the part adds to the counters of its supplier and units."""
        if before is None:
            return [self.suppliers.count(supplier_id, "parts", 1), *self.units.count_uses(unit, 1)]
        if before["unit"] == unit.code:
            return []
        former = self.units.find(before["unit"])
        released = self.units.count_uses(former, -1) if former else []
        return [*self.units.count_uses(unit, 1), *released]

    def _supplier(self, supplier_id: str) -> Item:
        supplier = self.suppliers.find(supplier_id)
        if supplier is None:
            raise NotFound("There is no such supplier.")
        return supplier

    def _item(self, item_id: str) -> Item:
        item = self.table.get(keys.item(item_id), consistent=True) if may_be_id(item_id) else None
        if item is None:
            raise NotFound("There is no such item.")
        return item

    def _find(self, supplier_id: str, item_id: str) -> Item | None:
        if not (may_be_id(supplier_id) and may_be_id(item_id)):
            return None
        return self.table.get(key_of(keys.part(item_id, supplier_id)), consistent=True)

    def _existing(self, supplier_id: str, item_id: str) -> Item:
        part = self._find(supplier_id, item_id)
        if part is None:
            raise NotFound("The supplier has no such part.")
        return part


def _about(supplier_id: str, item_id: str) -> str:
    return f"{supplier_id}/{item_id}"


def _facts(request: PartRequest, unit: Unit, supplier: Item) -> dict[str, Any]:
    return stored(
        {
            **request.model_dump(),
            "unit": unit.code,
            "pack_size": fraction_text(Fraction(request.pack_size)),
            "currency": request.currency or supplier["currency"],
        }
    )


def _part(item: Item) -> Part:
    return Part.model_validate({**item, "pack_size": parse_fraction(item["pack_size"])})
