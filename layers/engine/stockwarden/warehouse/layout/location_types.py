"""Location types: parsed from a layout, or derived from a location code."""

import re
from enum import StrEnum

from stockwarden.warehouse.layout.patterns import comparable


class LocationType(StrEnum):
    RECEIVING = "RECEIVING"
    STORAGE = "STORAGE"
    STAGING = "STAGING"
    DOCK = "DOCK"
    TRANSITIONAL = "TRANSITIONAL"
    SHIPPING = "SHIPPING"
    QUARANTINE = "QUARANTINE"


_ALIASES = {
    "FINAL": LocationType.STORAGE,
    "AISLE": LocationType.TRANSITIONAL,
    "TRANSIT": LocationType.TRANSITIONAL,
    "RECEPCION": LocationType.RECEIVING,
    "RECEPCIÓN": LocationType.RECEIVING,
    "ALMACENAMIENTO": LocationType.STORAGE,
    "ALMACEN": LocationType.STORAGE,
    "ALMACÉN": LocationType.STORAGE,
    "PASILLO": LocationType.TRANSITIONAL,
    "MUELLE": LocationType.DOCK,
    "DESPACHO": LocationType.SHIPPING,
    "EXPEDICION": LocationType.SHIPPING,
    "EXPEDICIÓN": LocationType.SHIPPING,
    "CUARENTENA": LocationType.QUARANTINE,
}

_WORDS_OF_TYPE = {
    LocationType.RECEIVING: ("RECV", "RECEIV", "RCV", "REC", "INBOUND", "RECEP"),
    LocationType.TRANSITIONAL: ("AISLE", "TRANSIT", "PASILLO"),
    LocationType.STAGING: ("STAGE", "STAGING", "STG"),
    LocationType.DOCK: ("DOCK", "MUELLE"),
    LocationType.SHIPPING: ("SHIP", "OUTBOUND", "DISPATCH", "DESPACHO", "EXPED"),
    LocationType.QUARANTINE: ("QUAR", "CUARENTENA", "HOLD"),
    LocationType.STORAGE: ("STORAGE", "RACK", "BULK", "SHELF", "BIN"),
}
_TYPE_OF_WORD = {word: kind for kind, words in _WORDS_OF_TYPE.items() for word in words}
_EXACT = {"REC", "STG", "HOLD", "BIN"}
_WORDS = re.compile(r"[^\W\d_]+")


def read_location_type(text: str) -> LocationType | None:
    """A type as written in a layout or an inventory, aliases included; None when it is no type."""
    word = comparable(text)
    if word in LocationType.__members__:
        return LocationType[word]
    return _ALIASES.get(word)


def type_from_name(code: str) -> LocationType | None:
    """Derives the type from a location code, for warehouses without a layout.

    A word of the code decides (`RECV-01`, `02-AISLE`); a code that has none but has a digit is a
    rack position (`018B`, `02-06-003A`). Anything else (`LOST`, `TBD`) stays unknown.
    """
    name = comparable(code)
    for word in _WORDS.findall(name):
        for length in range(len(word), 1, -1):
            stem = word[:length]
            kind = _TYPE_OF_WORD.get(stem)
            if kind is not None and (stem == word or stem not in _EXACT):
                return kind
    return LocationType.STORAGE if any(map(str.isdigit, name)) else None
