"""Which application identifiers need another one beside them, and which exclude each other.

GS1 General Specifications, 4.13. An identifier stands for all that begin with it: 310 for 3100 to
3105. The rules are about a whole label, and what is read may be one of its symbols: so a count of
contents (37) needs their GTIN, but not the SSCC, which mostly has a symbol of its own.
"""

from collections.abc import Collection, Iterable

from stockwarden.core.gs1.identifiers import DENSITY, LOGISTIC_MEASURES, TRADE_MEASURES

_ITEM = ("01", "02", "8006", "8026")
_ITEM_OR_CONTENT = ("01", "02")
_ONE_ITEM = ("01", "8006")
_MEASURE = ("30", "31", "32", "35", "36")

# The identifier, and those of which one has to be there.
REQUIRES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("02", ("37",)),
    *((ai, _ITEM) for ai in ("10", "11", "13", "15", "16", "17", "20", "240", "241", "242")),
    ("12", ("8020",)),
    ("21", _ONE_ITEM),
    *((ai, ("01",)) for ai in ("22", "235", "243")),
    ("250", _ONE_ITEM),
    ("250", ("21",)),
    ("251", _ONE_ITEM),
    ("254", ("414",)),
    ("30", _ITEM_OR_CONTENT),
    *((kind, _ITEM) for kind in TRADE_MEASURES),
    *((kind, ("00", "01")) for kind in LOGISTIC_MEASURES),
    (DENSITY, ("01",)),
    ("37", ("02", "8026")),
    ("390", ("8020",)),
    ("391", ("8020",)),
    ("392", ("01",)),
    ("392", _MEASURE),
    ("393", _MEASURE),
    ("403", ("00",)),
    ("415", ("8020",)),
    ("422", _ITEM),
    *((ai, _ITEM_OR_CONTENT) for ai in ("423", "424", "425", "426")),
    ("7001", _ITEM),
    *((ai, _ITEM_OR_CONTENT) for ai in ("7002", "7003", "8005", "8008")),
    ("8020", ("415",)),
    ("8026", ("37",)),
)

EXCLUDES: tuple[tuple[str, str], ...] = (
    ("01", "02"),
    ("01", "37"),
    ("01", "8006"),
    ("02", "8026"),
    ("21", "235"),
    ("37", "8006"),
    ("390", "391"),
    ("392", "393"),
    ("420", "421"),
    *((ai, "426") for ai in ("422", "423", "424", "425")),
    ("8006", "8026"),
)
# Of these with the same first three digits there is one: a weight has one number of decimals.
_ONCE = (*TRADE_MEASURES, *LOGISTIC_MEASURES, DENSITY, "390", "391", "392", "393")


def check_pairs(ais: Collection[str]) -> None:
    """Raises ValueError if identifiers may not stand together, or if one lacks another."""
    for one, other in (*EXCLUDES, *((kind, kind) for kind in _ONCE)):
        first = _of(ais, (one,))
        second = [ai for ai in _of(ais, (other,)) if ai not in first[:1]]
        if first and second:
            raise ValueError(f"({first[0]}) and ({second[0]}) may not stand together.")
    for needing, needed in REQUIRES:
        if (first := _of(ais, (needing,))) and not _of(ais, needed):
            raise ValueError(f"({first[0]}) needs {_listed(needed)} beside it.")


def _of(ais: Iterable[str], beginnings: tuple[str, ...]) -> list[str]:
    return [ai for ai in ais if ai.startswith(beginnings)]


def _listed(beginnings: tuple[str, ...]) -> str:
    """`(01) or (31nn)`: the beginnings of measures stand for identifiers of four digits."""
    measures = ("31", "32", "35", "36")
    return " or ".join(f"({ai}nn)" if ai in measures else f"({ai})" for ai in beginnings)
