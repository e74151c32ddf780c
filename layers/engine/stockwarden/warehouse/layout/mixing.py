"""Locations that hold one item or one lot at a time, as the notes of a layout say it."""

import re
from typing import Literal

Single = Literal["item", "lot"]

_ITEM = "item|sku|product|article|producto|referencia|art[ií]culo|artikel|produit|r[ée]f[ée]rence"
_LOT = "lot|batch|lote|charge|lotto"
_ONE = (
    r"(?:single|one|only one|un solo|una sola|un único|ein|nur ein|nur eine|un seul|une seule"
    r"|um só|un unico|één|jeden)"
)
_NO_MIX = r"(?:no|not|never|without|sin|ohne|sans) mix(?:ed|ing|tas?|tos?)?(?: of| de)?"


def _pattern(nouns: str, words: str) -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:{_ONE}|{_NO_MIX})[\s_-]+(?:{nouns})(?:s|es|e)?\b"
        rf"|\bmono[\s-]?(?:{nouns})\b|\b(?:{words})\b",
        re.IGNORECASE,
    )


_SINGLE_ITEM = _pattern(_ITEM, "artikelrein|sortenrein|monoprodotto")
_SINGLE_LOT = _pattern(_LOT, "chargenrein|monolotto")


def single_in(notes: str | None) -> Single | None:
    """What locations with these notes hold one of: an item, or a lot (of one item)."""
    text = (notes or "").replace("_", " ")
    if _SINGLE_LOT.search(text):
        return "lot"
    return "item" if _SINGLE_ITEM.search(text) else None
