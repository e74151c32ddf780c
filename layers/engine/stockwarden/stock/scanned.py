"""Codes that were scanned instead of ids: an SKU, a GTIN, or a whole GS1 element string.

An element string `(01)09501101530003(17)270131(10)L-7(21)S1` also names the lot, its expiry date
and a serial number, which fill the fields that a line leaves out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from stockwarden.core.errors import Invalid
from stockwarden.core.gs1.check_digits import GTIN_LENGTHS, normalized_gtin
from stockwarden.core.gs1.element_strings import looks_like_element_string, parse_element_string
from stockwarden.core.gs1.elements import Elements
from stockwarden.stock.facts import FactsReader
from stockwarden.stock.requests import MovementLine

_INCOMING = frozenset({"receipt", "return"})


def with_items(
    facts: FactsReader, lines: Sequence[MovementLine], pointers: Sequence[str], today: date
) -> list[MovementLine]:
    """The lines with the item of each code, and what else its code says. One read, and none where
    no line has a code. Raises Invalid for a code that no item has, that is damaged, or that says
    something else than its line."""
    scanned = {
        position: read_code(line.code, f"{pointers[position]}/code", today)
        for position, line in enumerate(lines)
        if line.code is not None
    }
    owners = facts.items_with({each.key for each in scanned.values()}) if scanned else {}
    return [
        _filled(line, pointers[position], scanned[position], owners)
        if position in scanned
        else line
        for position, line in enumerate(lines)
    ]


@dataclass(frozen=True)
class ScannedCode:
    """`kind` (`sku`, `gtin`) and `code` are as an item is found by them; `elements` are those of
    an element string."""

    kind: str
    code: str
    elements: Elements | None = None

    @property
    def key(self) -> tuple[str, str]:
        return self.kind, self.code

    @property
    def lot(self) -> str | None:
        """As codes are stored: in capitals."""
        return self.elements.lot.upper() if self.elements and self.elements.lot else None

    @property
    def serial(self) -> str | None:
        return self.elements.serial.upper() if self.elements and self.elements.serial else None

    @property
    def expiry(self) -> date | None:
        return self.elements.expiry if self.elements else None

    @property
    def unknown(self) -> str:
        """What is said where no item has it."""
        return f"No item has the {self.kind.upper()} {self.code}."


def read_code(text: str, pointer: str, today: date) -> ScannedCode:
    """Raises Invalid at the pointer for an element string that is damaged or names no item."""
    try:
        if looks_like_element_string(text):
            elements = parse_element_string(text, today)
            if elements.gtin is None:
                raise ValueError("It names no item: there is no (01) in it.")
            return ScannedCode("gtin", elements.gtin, elements)
    except ValueError as error:
        raise Invalid.field(pointer, str(error)) from None
    if text.isascii() and text.isdigit() and len(text) in GTIN_LENGTHS:
        try:
            return ScannedCode("gtin", normalized_gtin(text))
        except ValueError:
            # A number that only looks like one may be an SKU.
            pass
    return ScannedCode("sku", text.strip().upper())


def _filled(
    line: MovementLine,
    pointer: str,
    code: ScannedCode,
    owners: Mapping[tuple[str, str], str],
) -> MovementLine:
    item_id = owners.get(code.key)
    if item_id is None:
        raise Invalid.field(f"{pointer}/code", code.unknown)
    return line.model_copy(update={"item_id": item_id, **_told(line, pointer, code)})


def _told(line: MovementLine, pointer: str, code: ScannedCode) -> dict[str, Any]:
    serials = [code.serial] if code.serial else []
    expiry = code.expiry if line.kind in _INCOMING else None
    _check_same(f"{pointer}/lot", line.lot, code.lot)
    _check_same(f"{pointer}/expiry_date", line.expiry_date, expiry)
    return {
        "lot": line.lot or code.lot,
        "expiry_date": line.expiry_date or expiry,
        "serials": line.serials or serials,
    }


def _check_same(pointer: str, given: object, scanned: object) -> None:
    if given is not None and scanned is not None and given != scanned:
        raise Invalid.field(pointer, f"The code says {scanned}, and the line {given}.")
