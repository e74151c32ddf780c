"""Location types: parsed from a layout, or derived from a location code."""

import re
from enum import StrEnum

from stockwarden.warehouse.layout.location_codes import path_parts
from stockwarden.warehouse.layout.patterns import comparable


class LocationType(StrEnum):
    RECEIVING = "RECEIVING"
    STORAGE = "STORAGE"
    STAGING = "STAGING"
    DOCK = "DOCK"
    TRANSITIONAL = "TRANSITIONAL"
    SHIPPING = "SHIPPING"
    QUARANTINE = "QUARANTINE"


# As systems and people in Europe write the types: with and without accents.
_NAMES_OF_TYPE = {
    LocationType.RECEIVING: """
        RECEPCION RECEPCIÓN WARENEINGANG WE-ZONE RECEPTION RÉCEPTION RECEBIMENTO RECEPÇÃO
        RICEVIMENTO RICEZIONE ONTVANGST PRZYJECIE PRZYJĘCIE
    """,
    LocationType.STORAGE: """
        FINAL ALMACENAMIENTO ALMACEN ALMACÉN LAGER LAGERPLATZ STOCKAGE ARMAZENAGEM ARMAZENAMENTO
        STOCCAGGIO MAGAZZINO OPSLAG SKLADOWANIE SKŁADOWANIE
    """,
    LocationType.STAGING: """
        PREPARACION PREPARACIÓN BEREITSTELLUNG PREPARATION PRÉPARATION PREPARAÇÃO PREPARAZIONE
    """,
    LocationType.DOCK: "MUELLE RAMPE QUAI DOCA BANCHINA LAADPERRON RAMPA",
    LocationType.TRANSITIONAL: "AISLE TRANSIT PASILLO GANG ALLEE ALLÉE CORREDOR CORRIDOIO GANGPAD",
    LocationType.SHIPPING: """
        DESPACHO EXPEDICION EXPEDICIÓN VERSAND WARENAUSGANG EXPEDITION EXPÉDITION EXPEDIÇÃO
        SPEDIZIONE EXPEDITIE VERZENDING WYSYLKA WYSYŁKA
    """,
    LocationType.QUARANTINE: """
        CUARENTENA QUARANTÄNE QUARANTAENE SPERRLAGER QUARANTAINE QUARENTENA QUARANTENA KWARANTANNA
    """,
}
_ALIASES = {name: kind for kind, names in _NAMES_OF_TYPE.items() for name in names.split()}

_WORDS_OF_TYPE = {
    LocationType.RECEIVING: ("RECV", "RECEIV", "RCV", "REC", "INBOUND", "RECEP", "WARENEINGANG"),
    LocationType.TRANSITIONAL: ("AISLE", "TRANSIT", "PASILLO"),
    LocationType.STAGING: ("STAGE", "STAGING", "STG"),
    LocationType.DOCK: ("DOCK", "MUELLE"),
    LocationType.SHIPPING: (
        "SHIP", "OUTBOUND", "DISPATCH", "DESPACHO", "EXPED", "VERSAND", "WARENAUSGANG",
    ),
    LocationType.QUARANTINE: ("QUAR", "CUARENTENA", "KWARANT", "SPERRLAGER", "HOLD"),
    LocationType.STORAGE: ("STORAGE", "RACK", "BULK", "SHELF", "BIN"),
}  # fmt: skip
_TYPE_OF_WORD = {word: kind for kind, words in _WORDS_OF_TYPE.items() for word in words}
_EXACT = {"REC", "STG", "HOLD", "BIN"}
_WORDS = re.compile(r"[^\W\d_]+")
_NUMBERS = re.compile(r"\d+")
# Parts of a rack: a code that names its aisle and one of these is a place in that aisle.
_RACK_PARTS = {
    "BAY", "LEVEL", "LEV", "LVL", "L", "TIER", "RACK", "SHELF", "SLOT", "BIN", "POS", "POSITION",
    "COL", "COLUMN", "FACE", "BEAM", "BAHIA", "BAHÍA", "NIVEL", "N", "HUECO", "ESTANTE",
    "ESTANTERIA", "ESTANTERÍA", "POSICION", "POSICIÓN", "MODULO", "MÓDULO",
}  # fmt: skip


def read_location_type(text: str) -> LocationType | None:
    """A type as written in a layout or an inventory, aliases included; None when it is no type."""
    word = comparable(text)
    if word in LocationType.__members__:
        return LocationType[word]
    return _ALIASES.get(word)


def type_from_name(code: str) -> LocationType | None:
    """Derives the type from a location code, for warehouses without a layout.

    A word of the code decides (`RECV-01`, `02-AISLE`), of a path (`WH/Stock/A-01`) a word of its
    last part first. A code that has none but has a digit is a rack position (`018B`, `02-06-003A`).
    So is a place in an aisle, `AISLE05-BAY02-L3`; `AISLE-05-02` may be one or not. Anything else
    (`LOST`, `TBD`) stays unknown.
    """
    name = comparable(code)
    kind = _type_of_words(path_parts(name)[-1]) or _type_of_words(name)
    if kind is LocationType.TRANSITIONAL:
        numbers = len(_NUMBERS.findall(name))
        if numbers > 2 or (numbers and not _RACK_PARTS.isdisjoint(_WORDS.findall(name))):
            return LocationType.STORAGE
        return None if numbers == 2 else kind
    if kind is None and any(map(str.isdigit, name)):
        return LocationType.STORAGE
    return kind


def _type_of_words(name: str) -> LocationType | None:
    for word in _WORDS.findall(name):
        for length in range(len(word), 1, -1):
            stem = word[:length]
            kind = _TYPE_OF_WORD.get(stem)
            if kind is not None and (stem == word or stem not in _EXACT):
                return kind
    return None
