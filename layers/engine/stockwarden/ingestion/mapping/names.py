"""Scores how well a column's name matches each field of a schema."""

from collections.abc import Container
from functools import cache, lru_cache
from types import MappingProxyType

from rapidfuzz import fuzz, process

from stockwarden.ingestion.mapping.header_text import LONGEST, header_words
from stockwarden.ingestion.mapping.inventory_schema import INVENTORY
from stockwarden.ingestion.mapping.name_words import (
    AMOUNT_WORDS,
    DATE_ENDINGS,
    KIND_WORDS,
    LAST_WORDS,
    OTHER_BEGINNINGS,
    OTHER_ENDINGS,
    OTHER_WORDS,
    TIME_WORDS,
)
from stockwarden.ingestion.mapping.schema import Schema
from stockwarden.ingestion.mapping.systems import SYSTEMS

_FUZZY_AT_LEAST = 84.0
# Names of other languages and of single systems are offered, but never suffice alone.
_FOREIGN = 0.82
_SYSTEM = 0.8
_STEM = 0.72
# What systems call something of theirs, and others something else.
_TOO_COMMON = frozenset({"warehouse", "id", "date", "name"})
# Fields that are a kind of something, as KIND_WORDS say.
_KINDS = frozenset(
    {
        "location_type", "temperature_zone", "storage_class", "category", "supplier", "status",
        "inventory_type",
    }
)  # fmt: skip


def name_scores(text: str, schema: Schema = INVENTORY) -> MappingProxyType[str, float]:
    """{field: 0..1} for the fields that the name may mean; 1 is the field's own name."""
    return _name_scores(text[:LONGEST], schema)


def names_another_field(text: str, schema: Schema = INVENTORY) -> bool:
    """Whether words such as `next`, `planned` or `parent` make the name that of another field."""
    words = header_words(text)
    return words not in _names_of(schema).exact and bool(set(words.split()) & OTHER_WORDS)


@lru_cache(maxsize=4096)
def _name_scores(text: str, schema: Schema) -> MappingProxyType[str, float]:
    words = header_words(text)
    if not words or words.isdecimal():
        return MappingProxyType({})
    return MappingProxyType(_names_of(schema).scores(words))


def _own_names(schema: Schema) -> dict[str, dict[str, float]]:
    exact: dict[str, dict[str, float]] = {}
    for field in schema.fields:
        for index, synonym in enumerate((field.replace("_", " "), *schema.synonyms[field])):
            exact.setdefault(header_words(synonym), {}).setdefault(field, 1.0 - 0.001 * index)
    return exact


def _foreign_names(schema: Schema, own: Container[str]) -> dict[str, dict[str, float]]:
    """The names of other languages and of systems that are not among our `own`."""
    foreign: dict[str, dict[str, float]] = {}
    tables = [(schema.languages, _FOREIGN), *([(SYSTEMS, _SYSTEM)] if schema.systems else [])]
    for table, score in tables:
        for names_by_field in table.values():
            for field, names in names_by_field.items():
                if field in schema.fields:
                    _add_foreign(foreign, schema, field, names, score)
    return {
        words: scores
        for words, scores in foreign.items()
        if words not in own and words not in _TOO_COMMON
    }


def _add_foreign(
    foreign: dict[str, dict[str, float]], schema: Schema, field: str, names: str, score: float
) -> None:
    for words in filter(None, map(header_words, names.split("|"))):
        scores = foreign.setdefault(words, {})
        scores.setdefault(field, score)
        if field == "lot" and "receipt_number" in schema.fields:
            # In a file without another receipt number, the lot serves as one.
            scores.setdefault("receipt_number", score - 0.01)


class _Names:
    """The names of a schema's fields, by the forms in which they are looked for."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        self.own = _own_names(schema)
        self.exact = self.own | _foreign_names(schema, self.own)
        self.synonyms = list(self.exact)
        self.sorted_words: dict[str, dict[str, float]] = {}
        self.joined: dict[str, tuple[str, ...]] = {}
        for synonym, fields in self.exact.items():
            for field, score in fields.items():
                self.sorted_words.setdefault(" ".join(sorted(set(synonym.split()))), {}).setdefault(
                    field, score - 0.03
                )
            key = synonym.replace(" ", "")
            self.joined[key] = (*self.joined.get(key, ()), synonym)

    def scores(self, words: str) -> dict[str, float]:
        scores: dict[str, float] = dict(self.exact.get(words, {}))
        for field, score in self.sorted_words.get(" ".join(sorted(set(words.split()))), {}).items():
            scores.setdefault(field, score)
        if words not in self.own and (not scores or words in self.exact):
            self._add_similar(words, scores)
            self._add_contained(words, scores)
            self._add_compound(words, scores)
        for field in list(scores):
            scores[field] *= self.schema.vague.get(words, 1.0) * self._contradiction(words, field)
        return {field: score for field, score in scores.items() if score >= 0.3}

    def _add_similar(self, words: str, scores: dict[str, float]) -> None:
        """Typing errors and missing blanks: `Locaton`, `palletid`, `creationdate`."""
        if len(words) < 4:
            return
        joined = words.replace(" ", "")
        for synonym, similarity, _ in process.extract(
            words, self.synonyms, scorer=fuzz.ratio, score_cutoff=_FUZZY_AT_LEAST, limit=8
        ):
            self._raise(scores, synonym, 0.9 * similarity / 100)
        for synonym in self.joined.get(joined, ()):
            self._raise(scores, synonym, 0.97)

    def _add_contained(self, words: str, scores: dict[str, float]) -> None:
        """A known name among other words: `WMS Pallet ID (main)`, `Stock - Location`."""
        padded = f" {words} "
        length = len(words.split())
        for synonym in self.synonyms:
            if f" {synonym} " in padded:
                share = len(synonym.split()) / length
                self._raise(scores, synonym, min(0.92, 0.62 + 0.4 * share))

    def _raise(self, scores: dict[str, float], synonym: str, factor: float) -> None:
        vague = self.schema.vague.get(synonym, 1.0)
        for field, score in self.exact[synonym].items():
            scores[field] = max(scores.get(field, 0.0), score * factor * vague)

    def _add_compound(self, words: str, scores: dict[str, float]) -> None:
        """Compound words of German and Dutch: `Palettenkennung`, `Artikelbezeichnung`."""
        for word in words.split():
            if len(word) < 8 or word.startswith(OTHER_BEGINNINGS) or word.endswith(OTHER_ENDINGS):
                continue
            for stem, field in self.schema.stems.items():
                is_day = field in self.schema.dates or not word.endswith(DATE_ENDINGS)
                if is_day and word.startswith(stem) != word.endswith(stem):
                    score = _STEM if word.endswith(stem) else _STEM - 0.05
                    scores[field] = max(scores.get(field, 0.0), score)

    def _contradiction(self, words: str, field: str) -> float:
        """Less than 1 where a word of the name belongs to another kind of column."""
        parts = set(words.split())
        factor = 1.0
        numbers = self.schema.numbers
        timely = field in self.schema.dates or field in self.schema.durations
        if parts & TIME_WORDS and not timely:
            factor *= 0.2
        if words in self.exact and field in self.exact[words]:
            return factor
        if parts & AMOUNT_WORDS and field not in numbers and not timely:
            factor *= 0.4
        if parts & KIND_WORDS and field not in _KINDS:
            factor *= 0.5
        others = parts & OTHER_WORDS
        if field == "last_movement_date":
            others -= LAST_WORDS
        if others:
            factor *= 0.4
        if field in numbers and parts & {"location", "ubicacion", "id", "code", "codigo", "number"}:
            factor *= 0.5
        return factor


@cache
def _names_of(schema: Schema) -> _Names:
    return _Names(schema)


# A file is nearly always an inventory: what its names need is ready before the first comes.
_names_of(INVENTORY)
