"""The application identifiers that a warehouse meets, and the formats of their values.

GS1 General Specifications, section 3. Measures have six digits; the last digit of their identifier
says how many of them stand behind the decimal point.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from stockwarden.core.gs1.check_digits import is_digits, shown
from stockwarden.core.gs1.formats import (
    Format,
    Part,
    begins_with_prefix,
    is_countries,
    is_country,
    is_date,
    is_day,
    is_day_and_hour,
    is_minutes,
    is_piece,
    is_time,
    is_zero,
    numeric,
    numeric_up_to,
    text_up_to,
    with_check_digit,
)

# Kinds of measures, by the first three digits of their identifiers: of an item, and of what is
# moved with its packaging.
TRADE_MEASURES = tuple(
    map(
        str,
        [
            *range(310, 317),
            *range(320, 330),
            *range(350, 353),
            356,
            357,
            360,
            361,
            *range(364, 367),
        ],
    )
)
LOGISTIC_MEASURES = tuple(
    map(str, [*range(330, 337), *range(340, 350), *range(353, 356), 362, 363, *range(367, 370)])
)
# Kilograms on a square metre.
DENSITY = "337"

# Values after these have a length of their own, and no separator behind them (7.8.5).
_PREDEFINED = frozenset(
    f"{number:02d}" for number in (*range(5), *range(11, 21), *range(31, 37), 41)
)

_PARTS: dict[str, tuple[Part, ...]] = {
    "00": (numeric(18, with_check_digit),),
    "01": (numeric(14, with_check_digit),),
    "02": (numeric(14, with_check_digit),),
    "10": (text_up_to(20),),
    **dict.fromkeys(("11", "12", "13", "15", "16", "17"), (numeric(6, is_date),)),
    "20": (numeric(2),),
    **dict.fromkeys(("21", "22"), (text_up_to(20),)),
    "235": (text_up_to(28),),
    **dict.fromkeys(("240", "241"), (text_up_to(30),)),
    "242": (numeric_up_to(6),),
    "243": (text_up_to(20),),
    **dict.fromkeys(("250", "251"), (text_up_to(30),)),
    "253": (numeric(13, with_check_digit), text_up_to(17, shortest=0)),
    "254": (text_up_to(20),),
    **dict.fromkeys(("30", "37"), (numeric_up_to(8),)),
    "400": (text_up_to(30),),
    "401": (text_up_to(30, begins_with_prefix),),
    "402": (numeric(17, with_check_digit),),
    "403": (text_up_to(30),),
    **dict.fromkeys(map(str, range(410, 418)), (numeric(13, with_check_digit),)),
    "420": (text_up_to(20),),
    "421": (numeric(3, is_country), text_up_to(9)),
    **dict.fromkeys(("422", "424", "426"), (numeric(3, is_country),)),
    **dict.fromkeys(("423", "425"), (numeric_up_to(15, is_countries, shortest=3),)),
    "7001": (numeric(13),),
    "7002": (text_up_to(30),),
    "7003": (numeric(6, is_day), numeric(4, is_time)),
    "8003": (numeric(1, is_zero), numeric(13, with_check_digit), text_up_to(16, shortest=0)),
    "8004": (text_up_to(30, begins_with_prefix),),
    "8005": (numeric(6),),
    **dict.fromkeys(("8006", "8026"), (numeric(14, with_check_digit), numeric(4, is_piece))),
    "8008": (numeric(8, is_day_and_hour), numeric_up_to(4, is_minutes, shortest=0)),
    "8020": (text_up_to(25),),
    "90": (text_up_to(30),),
    **dict.fromkeys(map(str, range(91, 100)), (text_up_to(90),)),
}


def _with_decimals() -> Iterator[tuple[str, tuple[Part, ...]]]:
    for kind in (*TRADE_MEASURES, *LOGISTIC_MEASURES, DENSITY):
        for decimals in range(6):
            yield f"{kind}{decimals}", (numeric(6),)
    for decimals in range(10):
        # Amounts and prices; with a currency (ISO 4217) before them.
        yield from ((f"{kind}{decimals}", (numeric_up_to(15),)) for kind in ("390", "392"))
        yield from (
            (f"{kind}{decimals}", (numeric(3), numeric_up_to(15))) for kind in ("391", "393")
        )


FORMATS: Mapping[str, Format] = MappingProxyType(
    {ai: Format(parts) for ai, parts in (_PARTS | dict(_with_decimals())).items()}
)
# How many digits an identifier has, by the first two; some families are unknown here.
_LENGTHS = {ai[:2]: len(ai) for ai in FORMATS} | {
    "71": 3,
    **dict.fromkeys(("43", "72", "81", "82"), 4),
}


def format_of(ai: str) -> Format:
    """Raises ValueError that names an unknown identifier."""
    if ai not in FORMATS:
        raise ValueError(f"({ai}) is no application identifier that is known here.")
    return FORMATS[ai]


def is_predefined(ai: str) -> bool:
    """Whether no separator has to follow the value."""
    return ai[:2] in _PREDEFINED


def identifier_at(text: str, start: int) -> str:
    """The known identifier that begins here. Raises ValueError if there is none."""
    ai = text[start : start + _LENGTHS.get(text[start : start + 2], 2)]
    if not is_digits(ai) or len(ai) < 2:
        raise ValueError(f"An application identifier should stand at {shown(text[start:])}.")
    format_of(ai)
    return ai
