"""The codes under which an item may be known: an SKU, a GTIN, or an element string with one.

A code is its kind (`sku`, `gtin`) and its text as it is stored: SKUs in capitals, GTINs with 14
digits.
"""

from datetime import date

from stockwarden.core.gs1.check_digits import GTIN_LENGTHS, is_digits, normalized_gtin
from stockwarden.core.gs1.element_strings import looks_like_element_string, parse_element_string

ItemCode = tuple[str, str]
SKU, GTIN = "sku", "gtin"
LONGEST_SKU = 64
# Most North American products have a UPC of twelve digits, and many of these begin with zeros.
_UPC = 12
_ZEROS_LOST = range(9, _UPC)


def possible_codes(text: str, today: date) -> tuple[ItemCode, ...]:
    """What a text may mean, likeliest first; nothing for a text that no item can have as its code.

    A number with the right check digit may be an SKU all the same. `today` decides the centuries
    of an element string's dates.
    """
    if looks_like_element_string(text):
        try:
            gtin = parse_element_string(text, today).gtin
        except ValueError:
            gtin = None
        if gtin is not None:
            return (
                ((SKU, text.strip().upper()), (GTIN, gtin)) if is_digits(text) else ((GTIN, gtin),)
            )
    sku = text.strip().upper()
    skus = ((SKU, sku),) if 0 < len(sku) <= LONGEST_SKU else ()
    gtin = read_gtin(text)
    return (*skus, (GTIN, gtin)) if gtin is not None else skus


def read_gtin(text: str) -> str | None:
    """The 14 digits of a GTIN; None for what is none, or has a wrong check digit."""
    number = "".join(text.split())
    if not is_digits(number) or len(number) not in GTIN_LENGTHS:
        return None
    try:
        return normalized_gtin(number)
    except ValueError:
        return None


def restored_gtin(text: str) -> str | None:
    """As `read_gtin`, also for a number whose zeros in front a spreadsheet has lost. Only for a
    search among items: one in ten numbers has the right check digit by chance."""
    number = "".join(text.split())
    lost = len(number) in _ZEROS_LOST and is_digits(number)
    return read_gtin(number.zfill(_UPC) if lost else number)


def likely_misreadings(sku: str) -> tuple[str, ...]:
    """What an SKU (in capitals) may be instead, if it was typed or read wrongly in one way: letters
    that look like digits, zeros in front that are lost or too many, a dash that lacks or is too
    many, neighbouring digits exchanged. At most `MOST_MISREADINGS`, likeliest first."""
    found = dict.fromkeys(
        (
            *_looking_alike(sku),
            *(zeros + sku for zeros in ("0", "00", "000")),
            *({sku.lstrip("0")} - {""}),
            *_dashes(sku),
            *_exchanged(sku),
        )
    )
    found.pop(sku, None)
    return tuple(text for text in found if len(text) <= LONGEST_SKU)[:MOST_MISREADINGS]


MOST_MISREADINGS = 30
_ALIKE = {"O": "0", "0": "O", "I": "1", "1": "I"}
_DASH = "-"


def _looking_alike(sku: str) -> list[str]:
    """All of a sign exchanged, then each of the first few."""
    whole = [sku.replace(sign, other) for sign, other in _ALIKE.items() if sign in sku]
    places = [place for place, sign in enumerate(sku) if sign in _ALIKE][:8]
    single = [sku[:place] + _ALIKE[sku[place]] + sku[place + 1 :] for place in places]
    return whole + single


def _dashes(sku: str) -> list[str]:
    """Without its dashes, without one of them, with zeros lost behind one, and with one where
    letters and digits meet."""
    places = [place for place, sign in enumerate(sku) if sign == _DASH][:4]
    texts = [sku.replace(_DASH, "")] if places else []
    texts += [sku[:place] + sku[place + 1 :] for place in places]
    texts += [f"{sku[: place + 1]}0{sku[place + 1 :]}" for place in places]
    meet = [
        place
        for place in range(1, len(sku))
        if (sku[place - 1].isalpha() and sku[place].isdigit())
        or (sku[place - 1].isdigit() and sku[place].isalpha())
    ][:4]
    texts += [f"{sku[:place]}{_DASH}{sku[place:]}" for place in meet]
    return [text for text in texts if text]


def _exchanged(sku: str) -> list[str]:
    return [
        sku[: place - 1] + sku[place] + sku[place - 1] + sku[place + 1 :]
        for place in range(1, len(sku))
        if sku[place].isdigit() and sku[place - 1].isdigit() and sku[place] != sku[place - 1]
    ]
