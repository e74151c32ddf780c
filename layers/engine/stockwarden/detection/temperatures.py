"""Temperatures as warehouses name them: of zones, of storage classes, of goods.

A temperature is a set of flags: a zone called COLD may be a freezer or a cool room, and goods fit
where their set and the zone's have something in common. 0 is unknown.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

FROZEN, CHILLED, AMBIENT = 1, 2, 4
COLD = FROZEN | CHILLED
UNKNOWN = 0

# English, Spanish, German, French, Portuguese, Italian, Dutch and Polish, without accents.
_NAMES = {
    FROZEN: """
        FROZEN FREEZER FREEZERS FREEZE FREEZING DEEPFREEZE DEEPFROZEN
        CONGELADO CONGELADA CONGELADOS CONGELADAS CONGELACION CONGELADOR CONGELADORES
        TIEFKUHL TIEFKUEHL TIEFKUHLUNG TIEFKUHLLAGER TIEFGEKUHLT TIEFKUHLWARE GEFROREN TK
        SURGELE SURGELES SURGELEE CONGELE CONGELES CONGELATEUR CONGELAMENTO
        SURGELATO SURGELATI CONGELATO CONGELATI CONGELATORE
        DIEPVRIES BEVROREN VRIEZER VRIESCEL
        MROZNIA MROZONE MROZONY MROZONKI ZAMRAZARKA
    """,
    CHILLED: """
        CHILLED CHILL CHILLER COOL COOLER COOLED REFRIGERATED REFRIGERATOR REFRIGERATION FRIDGE
        REFRIGERADO REFRIGERADA REFRIGERADOS REFRIGERADAS REFRIGERACION REFRIGERACAO
        REFRIGERADOR RESFRIADO NEVERA
        GEKUHLT KUHL KUHLUNG KUHLRAUM KUEHL KUEHLUNG KUHLWARE FRISCHE
        REFRIGERE REFRIGEREE REFRIGERES REFRIGERATEUR FRIGO
        REFRIGERATO REFRIGERATA REFRIGERATI FRIGORIFERO
        GEKOELD KOEL KOELING KOELCEL KOELKAST
        CHLODNIA CHLODZONE CHLODZONY LODOWKA
    """,
    COLD: "COLD FRIO FRIA KALT FROID FREDDO KOUD ZIMNO COLDSTORE COLDROOM",
}
_FLAGS = {name: flags for flags, names in _NAMES.items() for name in names.split()}
_NOT = {
    "NON",
    "NOT",
    "NO",
    "UN",
    "SIN",
    "NICHT",
    "OHNE",
    "PAS",
    "SANS",
    "NAO",
    "SENZA",
    "NIET",
    "NIE",
}
_LETTERS = re.compile(r"[^\W\d_]+")
_NUMBER = r"([+\-−]?\s?\d+(?:[.,]\d+)?)"
_DEGREES = r"\s*(°?\s*[CF]|DEG(?:REES)?\s*[CF]?)?"
_RANGE = re.compile(
    rf"[<>≤≥]?\s*{_NUMBER}{_DEGREES}(?:\s*(?:TO|BIS|A|À|/|\.\.|–|-)\s*{_NUMBER}{_DEGREES})?"
)
_MOST_FROZEN, _MOST_CHILLED = -5.0, 10.0


def temperature_of(name: str, warm: Iterable[str]) -> int:
    """The temperature that an upper-case name says; 0 if it says none, several, or "not …".

    `warm` are names of ambient temperature, which may be parts of a name: AMBIENT in AMBIENT-2.
    """
    words = plain_words(name)
    if not _NOT.isdisjoint(words.split()):
        return UNKNOWN
    said = {_FLAGS[word] for word in words.split() if word in _FLAGS}
    if name in warm or any(_is_part(plain_words(text), words) for text in warm):
        return UNKNOWN if said else AMBIENT
    exact = said - {COLD}
    if exact:
        return exact.pop() if len(exact) == 1 else UNKNOWN
    return COLD if said else _measured(name)


def _is_part(part: str, words: str) -> bool:
    return bool(part) and f" {part} " in f" {words} "


@lru_cache(maxsize=256)
def plain_words(text: str) -> str:
    """The words of a text, upper-case and without accents, one blank between them."""
    decomposed = unicodedata.normalize("NFKD", text.upper().replace("Ł", "L"))
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(_LETTERS.findall(plain))


def _measured(name: str) -> int:
    """The temperature of `-18 °C`, `2-8C` or `+4`: with a sign or a unit, lest it be a number."""
    match = _RANGE.fullmatch(name.strip())
    if match is None:
        return UNKNOWN
    low, unit, high, last_unit = match.groups()
    if not (unit or last_unit) and low[0] not in "+-−":
        return UNKNOWN
    warmest = max(_celsius(number, last_unit or unit or "C") for number in (low, high) if number)
    if warmest <= _MOST_FROZEN:
        return FROZEN
    return CHILLED if warmest <= _MOST_CHILLED else AMBIENT


def _celsius(number: str, unit: str) -> float:
    value = float(number.replace("−", "-").replace(",", ".").replace(" ", ""))
    return (value - 32) / 1.8 if unit.endswith("F") else value
