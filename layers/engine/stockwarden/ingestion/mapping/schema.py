"""What a kind of file may hold: its fields, what they are called, and how their values look.

The machinery that finds a table and maps its columns is the same for every kind of file. A schema
tells it what to look for: inventories (`inventory_schema.py`), or what a package above adds.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from stockwarden.ingestion.mapping.profiles import ColumnProfile

Scores = dict[str, float]


# Compared by identity, so that what is computed of a schema can be kept.
@dataclass(frozen=True, eq=False)
class Schema:
    """`fields` in the order in which ties are decided. `required` and `wanted` ones weigh more, and
    a question about a required one must be answered. `missing` gives what a file with certain
    fields still lacks, and `instead` what is asked for where a person says that it is not there.

    `synonyms` are the names of fields in English and Spanish, `languages` those in others
    ({language: {field: names, separated by |}}); `vague` names say less ({name: factor}), and
    `stems` are parts of compound words ({stem: field}).
    `keys` are the fields whose cells tell what a row is, the first of them that a column has.
    `value_scores` and `named_fit` say how well the values of a column fit a field, without and with
    a name that says so.

    `what` is what the table is called in messages, and `rows` what its rows are.

    `systems`: the exports of known warehouse systems are of this kind. `place` is the field of a
    location that other columns may rival. `every_row`: a row is taken as it stands, or reported;
    none is left out for what it looks like, and no cell is filled from above without a merge.
    """

    fields: tuple[str, ...]
    missing: Callable[[Iterable[str]], tuple[str, ...]]
    labels: Mapping[str, str]
    synonyms: Mapping[str, tuple[str, ...]]
    languages: Mapping[str, Mapping[str, str]]
    keys: tuple[str, ...]
    value_scores: Callable[[ColumnProfile], Scores]
    named_fit: Callable[[str, ColumnProfile, Mapping[str, float]], float]
    required: tuple[str, ...] = ()
    wanted: tuple[str, ...] = ()
    instead: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    dates: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    whole_numbers: frozenset[str] = frozenset()
    durations: frozenset[str] = frozenset()
    vague: Mapping[str, float] = field(default_factory=dict)
    stems: Mapping[str, str] = field(default_factory=dict)
    what: str = "inventory"
    rows: str = "inventory rows"
    systems: bool = False
    place: str | None = None
    every_row: bool = False
