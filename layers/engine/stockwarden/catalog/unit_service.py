"""Use cases of units, with permission checks."""

import re
from dataclasses import asdict, replace
from fractions import Fraction
from typing import Any

from stockwarden.audit.log import AuditLog
from stockwarden.catalog.entries import CatalogEntries
from stockwarden.catalog.patches import changed, given_fields
from stockwarden.catalog.standard_units import STANDARD_UNITS
from stockwarden.catalog.unit_model import Conversion, UnitPage, UnitPatch, UnitRequest, UnitView
from stockwarden.catalog.unit_repository import UnitRepository, facts_of
from stockwarden.catalog.units import (
    Unit,
    canonical_code,
    convert,
    existing_unit,
    factor_text,
    may_be_code,
)
from stockwarden.core.errors import Conflict, InUse, Invalid, NotFound, Taken
from stockwarden.core.exact import exact_text
from stockwarden.identity.access import Caller, Role, require_company_change, require_role
from stockwarden.storage.versions import check_version

# A unit of this code could not be asked for: GET /units/convert is another route.
_RESERVED = {"convert"}
# Longer than any quantity or answer, so that what was answered can be converted back.
_QUANTITY = re.compile(r"-?\d{1,30}(\.\d{1,30}|/\d{1,30})?", re.ASCII)


class UnitService:
    def __init__(self, repository: UnitRepository, *, audit: AuditLog) -> None:
        self.repository = repository
        self.entries = CatalogEntries(audit, "unit", ("name", "dimension", "factor", "decimals"))

    def create(self, caller: Caller, request: UnitRequest, operation_id: str | None) -> UnitView:
        """Raises Conflict for the code of another unit, also of a standard one."""
        require_company_change(caller, Role.MANAGER)
        code = canonical_code(request.code)
        if not may_be_code(code) or code in _RESERVED:
            raise Invalid.field("/code", f"{code!r} cannot be the code of a unit.")
        if code in STANDARD_UNITS:
            raise Taken(f"{code!r} is a standard unit.", "code")
        unit = Unit(
            code, request.name, request.dimension, Fraction(request.factor), request.decimals
        )
        if operation_id and self.repository.was_created_by(code, operation_id):
            return _view(self._existing(code))
        entry = self.entries.entry(caller, code, None, facts_of(unit))
        self.repository.add(unit, operation_id, beside=[entry])
        return _view(unit)

    def list_units(self, caller: Caller, limit: int, cursor: str | None) -> UnitPage:
        require_role(caller, Role.VIEWER)
        units, more = self.repository.list_page(limit, cursor)
        return UnitPage(units=list(map(_view, units)), next_cursor=more)

    def find_unit(self, caller: Caller, code: str) -> UnitView:
        """Raises NotFound."""
        require_role(caller, Role.VIEWER)
        return _view(self._existing(code))

    def change(
        self, caller: Caller, code: str, patch: UnitPatch, expected_version: int | None
    ) -> UnitView:
        """Raises Conflict for a standard unit, and for another factor of a unit that is used."""
        unit = self._own(caller, code, expected_version)
        given = given_fields(patch)
        if "factor" in given:
            given["factor"] = str(Fraction(given["factor"]))
        changes = changed(facts_of(unit), given)
        if not changes:
            return _view(unit)
        if "factor" in changes and unit.uses > 0:
            raise InUse(
                f"{unit.code} is in use: with another factor, what is recorded in it would change. "
                "Make another unit.",
                {"uses": unit.uses},
            )
        after = facts_of(unit) | changes
        entry = self.entries.entry(caller, unit.code, facts_of(unit), after)
        self.repository.change(unit, changes, only_unused="factor" in changes, beside=[entry])
        return _view(
            replace(
                unit,
                name=after["name"],
                factor=Fraction(after["factor"]),
                decimals=after["decimals"],
                version=unit.version + 1,
            )
        )

    def remove(self, caller: Caller, code: str, expected_version: int | None) -> None:
        """Raises Conflict for a standard unit, and for one that is used."""
        unit = self._own(caller, code, expected_version)
        if unit.uses > 0:
            raise InUse(f"{unit.code} is in use, and so cannot be deleted.", {"uses": unit.uses})
        entry = self.entries.entry(caller, unit.code, facts_of(unit), None)
        self.repository.remove(unit, beside=[entry])

    def convert(self, caller: Caller, quantity: str, source: str, target: str) -> Conversion:
        """A quantity as text, in another unit. Raises Invalid."""
        require_role(caller, Role.VIEWER)
        number = _quantity(quantity)
        codes = canonical_code(source), canonical_code(target)
        units = self.repository.find_many(codes)
        unit = existing_unit(units, codes[0], "/from")
        other = existing_unit(units, codes[1], "/to")
        result = convert(number, unit, other)
        return Conversion(
            quantity=result,
            quantity_exact=exact_text(result),
            unit=unit.code,
            target=other.code,
        )

    def _own(self, caller: Caller, code: str, expected_version: int | None) -> Unit:
        """A unit that may be changed. Raises Forbidden, NotFound, PreconditionFailed, Conflict."""
        require_company_change(caller, Role.MANAGER)
        unit = self._existing(code)
        check_version({"version": unit.version}, expected_version, "unit")
        if unit.standard:
            raise Conflict(f"{unit.code} is a standard unit; it cannot be changed or deleted.")
        return unit

    def _existing(self, code: str) -> Unit:
        unit = self.repository.find(canonical_code(code))
        if unit is None:
            raise NotFound("There is no such unit.")
        return unit


def _quantity(text: str) -> Fraction:
    if not _QUANTITY.fullmatch(text.strip()) or re.search(r"/0+$", text.strip()):
        raise Invalid.field("/quantity", "A quantity looks like 12, 2138.484 or 1/3.")
    return Fraction(text.strip())


def _view(unit: Unit) -> UnitView:
    facts: dict[str, Any] = asdict(unit)
    return UnitView.model_validate({**facts, "factor": factor_text(unit.factor)})
