"""Units as they are found by code: the standard ones, and the company's own in the catalog."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from stockwarden.catalog.references import NONE, count_references, unreferenced
from stockwarden.catalog.standard_units import STANDARD_UNITS
from stockwarden.catalog.units import Dimension, Unit, may_be_code
from stockwarden.core.clock import Clock, iso
from stockwarden.core.errors import Taken
from stockwarden.core.exact import fraction_text, parse_fraction
from stockwarden.storage.attributes import Item
from stockwarden.storage.cursors import decode_cursor, encode_cursor
from stockwarden.storage.expressions import assignments
from stockwarden.storage.keys import catalog as keys
from stockwarden.storage.tables import ConditionFailed, Operation, Table, write
from stockwarden.storage.versions import changed_meanwhile, delete_versioned

_UNUSED = unreferenced(["uses"])


class UnitRepository:
    def __init__(self, table: Table, clock: Clock) -> None:
        self.table = table
        self.clock = clock

    def find(self, code: str) -> Unit | None:
        """The unit with this canonical code."""
        if code in STANDARD_UNITS:
            return STANDARD_UNITS[code]
        item = (
            self.table.get(keys.units().key(code), consistent=True) if may_be_code(code) else None
        )
        return _unit(item) if item else None

    def find_many(self, codes: Iterable[str]) -> dict[str, Unit]:
        """Those that there are, by canonical code."""
        wanted = set(codes)
        found = {code: STANDARD_UNITS[code] for code in wanted & STANDARD_UNITS.keys()}
        own = [
            keys.units().key(code) for code in sorted(wanted - found.keys()) if may_be_code(code)
        ]
        units = map(_unit, self.table.get_many(own, consistent=True) if own else [])
        return found | {unit.code: unit for unit in units}

    def list_page(self, limit: int, cursor: str | None) -> tuple[list[Unit], str | None]:
        """One page by code, and the cursor of the next. Raises BadRequest for another cursor."""
        parts = decode_cursor("units", cursor, 1, may_be_code)
        first = parts[0] if parts else ""
        own = self.table.query(keys.units().between(first=first), limit=limit + 1).items
        standard = [unit for code, unit in STANDARD_UNITS.items() if code >= first]
        units = sorted([*map(_unit, own), *standard], key=lambda unit: unit.code)
        more = encode_cursor("units", [units[limit].code]) if len(units) > limit else None
        return units[:limit], more

    def was_created_by(self, code: str, operation_id: str) -> bool:
        """Whether this operation made the unit."""
        item = self.table.get(keys.units().key(code), consistent=True)
        return item is not None and item.get("operation") == operation_id

    def add(
        self, unit: Unit, operation_id: str | None, *, beside: Sequence[Operation] = ()
    ) -> None:
        """Stores a unit of the company. Raises Conflict for a code that is taken."""
        now = iso(self.clock())
        item: Item = {
            **keys.units().key(unit.code),
            **facts_of(unit),
            "code": unit.code,
            "created_at": now,
            "updated_at": now,
            "version": 1,
            **({"operation": operation_id} if operation_id else {}),
        }
        try:
            write(self.table.put(item, when="attribute_not_exists(#pk)"), *beside)
        except ConditionFailed as failed:
            raise Taken(f"There is a unit {unit.code!r} already.", "code") from failed

    def change(
        self,
        before: Unit,
        changes: Mapping[str, Any],
        *,
        only_unused: bool,
        beside: Sequence[Operation] = (),
    ) -> None:
        """Writes some of `facts_of` over the version of `before`; with `only_unused` on the
        condition that nothing uses it. Raises PreconditionFailed if that is no longer so."""
        fields = {**changes, "updated_at": iso(self.clock()), "version": before.version + 1}
        expression, values = assignments(fields)
        when = f"#version = :read AND {_UNUSED}" if only_unused else "#version = :read"
        values |= {"read": before.version, **(NONE if only_unused else {})}
        key = keys.units().key(before.code)
        try:
            write(self.table.update(key, expression, when=when, **values), *beside)
        except ConditionFailed as failed:
            raise changed_meanwhile("unit") from failed

    def remove(self, before: Unit, *, beside: Sequence[Operation] = ()) -> None:
        """Raises PreconditionFailed if it was changed since, or is used by now."""
        read = {**keys.units().key(before.code), "version": before.version}
        delete_versioned(self.table, read, what="unit", beside=beside, also=_UNUSED, **NONE)

    def count_uses(self, unit: Unit, more: int) -> list[Operation]:
        """What raises or lowers the number of uses, for the transaction of who uses the unit. It
        fails if the unit is deleted by then. None for a standard unit."""
        if unit.standard:
            return []
        return [count_references(self.table, keys.units().key(unit.code), "uses", more)]


def facts_of(unit: Unit) -> dict[str, Any]:
    """What is stored of a unit, and what the audit log says of it."""
    return {
        "name": unit.name,
        "dimension": str(unit.dimension),
        "factor": fraction_text(unit.factor),
        "decimals": unit.decimals,
    }


def _unit(item: Item) -> Unit:
    factor: Fraction = parse_fraction(item["factor"])
    return Unit(
        item["code"],
        item["name"],
        Dimension(item["dimension"]),
        factor,
        item["decimals"],
        version=item["version"],
        uses=item.get("uses", 0),
    )
