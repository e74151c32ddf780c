"""How the systems that people use name the columns of their stock exports, and which one it is.

system_names.csv has one line per system and field, its names separated by `|`, as the export
writes them. Lines without a field have names that hold none of ours: they help to recognize the
system, and no field is looked for in them (NetSuite's `Location` is a site). To add a system, add
its lines.
"""

import csv
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from stockwarden.ingestion.mapping.header_text import header_words

_TABLE = Path(__file__).with_name("system_names.csv")

# A system is named if at least this share of the columns are its own, and so many of them alone.
_SHARE = 0.6
_LEAST_NAMES = 4
_LEAST_WEIGHT = 2.0
_AHEAD = 1.15


def _read_table() -> dict[str, dict[str, str]]:
    systems: dict[str, dict[str, str]] = {}
    with _TABLE.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            systems.setdefault(line["system"], {})[line["field"]] = line["names"]
    return systems


SYSTEMS = _read_table()
"""{system: {field, or "": its names, separated by `|`}}"""


def _words(names: str) -> set[str]:
    return {header_words(name) for name in names.split("|")}


_FIELD_OF: dict[str, dict[str, str]] = {
    system: {words: field for field, names in fields.items() for words in _words(names) if words}
    for system, fields in SYSTEMS.items()
}
_SPREAD = Counter(words for names in _FIELD_OF.values() for words in names)


def recognize_system(columns: Sequence[str]) -> str | None:
    """The system whose export has these column names; None unless one of them stands out.

    A name counts the more, the fewer systems have it.
    """
    return _recognize(tuple(columns))


@lru_cache(maxsize=64)
def _recognize(columns: tuple[str, ...]) -> str | None:
    words = {header_words(column) for column in columns} - {""}
    weights: dict[str, float] = {}
    for system, names in _FIELD_OF.items():
        own = words & names.keys()
        weight = sum(1 / _SPREAD[name] for name in own)
        if len(own) >= max(_LEAST_NAMES, _SHARE * len(words)) and weight >= _LEAST_WEIGHT:
            weights[system] = weight
    ranked = sorted(weights, key=lambda system: -weights[system])
    if not ranked or (len(ranked) > 1 and weights[ranked[0]] < _AHEAD * weights[ranked[1]]):
        return None
    return ranked[0]


def system_field(system: str, column: str) -> str | None:
    """The field that a column of this name holds in the system; "" for none of ours, None if the
    system has no such column."""
    return _FIELD_OF[system].get(header_words(column))
