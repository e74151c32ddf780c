"""Scores how well a column's name matches each field."""

from collections.abc import Container
from functools import lru_cache
from types import MappingProxyType

from rapidfuzz import fuzz, process

from stockwarden.ingestion.mapping.fields import DATES, DURATIONS, FIELDS, NUMBERS, SYNONYMS
from stockwarden.ingestion.mapping.header_text import LONGEST, header_words
from stockwarden.ingestion.mapping.languages import LANGUAGES
from stockwarden.ingestion.mapping.name_words import (
    AMOUNT_WORDS,
    DATE_ENDINGS,
    KIND_WORDS,
    LAST_WORDS,
    OTHER_BEGINNINGS,
    OTHER_ENDINGS,
    OTHER_WORDS,
    STEMS,
    TIME_WORDS,
)
from stockwarden.ingestion.mapping.systems import SYSTEMS

_FUZZY_AT_LEAST = 84.0
# Names of other languages and of single systems are offered, but never suffice alone.
_FOREIGN = 0.82
_SYSTEM = 0.8
_STEM = 0.72
# What systems call something of theirs, and others something else.
_TOO_COMMON = frozenset({"warehouse", "id", "date", "name"})


def _own_names() -> dict[str, dict[str, float]]:
    exact: dict[str, dict[str, float]] = {}
    for field in FIELDS:
        for index, synonym in enumerate((field.replace("_", " "), *SYNONYMS[field])):
            exact.setdefault(header_words(synonym), {}).setdefault(field, 1.0 - 0.001 * index)
    return exact


def _foreign_names(own: Container[str]) -> dict[str, dict[str, float]]:
    """The names of other languages and of systems that are not among our `own`."""
    foreign: dict[str, dict[str, float]] = {}
    for names_by_field in LANGUAGES.values():
        for field, names in names_by_field.items():
            _add_foreign(foreign, field, names, _FOREIGN)
    for fields in SYSTEMS.values():
        for field, names in fields.items():
            if field:
                _add_foreign(foreign, field, names, _SYSTEM)
    return {
        words: scores
        for words, scores in foreign.items()
        if words not in own and words not in _TOO_COMMON
    }


def _add_foreign(
    foreign: dict[str, dict[str, float]], field: str, names: str, score: float
) -> None:
    for words in filter(None, map(header_words, names.split("|"))):
        scores = foreign.setdefault(words, {})
        scores.setdefault(field, score)
        if field == "lot":
            # In a file without another receipt number, the lot serves as one.
            scores.setdefault("receipt_number", score - 0.01)


_OWN = _own_names()
_EXACT = _OWN | _foreign_names(_OWN)
_SYNONYMS = list(_EXACT)
_SORTED_WORDS: dict[str, dict[str, float]] = {}
for _synonym, _fields in _EXACT.items():
    for _field, _score in _fields.items():
        _SORTED_WORDS.setdefault(" ".join(sorted(set(_synonym.split()))), {}).setdefault(
            _field, _score - 0.03
        )
# Names that two fields may mean: only the values can tell, so they never suffice alone.
_VAGUE = MappingProxyType(
    {
        "date": 0.86, "date time": 0.86, "date hora": 0.86, "timestamp": 0.86,
        "product": 0.95, "producto": 0.95, "item": 0.8, "article": 0.8, "material": 0.8,
        "articulo": 0.8, "part": 0.8, "zone": 0.6, "zona": 0.6, "stock": 0.8, "count": 0.7,
        "amount": 0.7, "each": 0.75, "unit": 0.85, "age": 0.9, "temperature": 0.7,
        "temperatura": 0.7, "address": 0.8, "lugar": 0.87, "po": 0.88,
        "shipment": 0.88, "delivery": 0.88, "pedido": 0.86, "position": 0.8, "posicion": 0.8,
        "hu": 0.9, "lp": 0.9, "contents": 0.87, "goods": 0.87, "commodity": 0.87,
        "storage condition": 0.75, "climate": 0.7, "clima": 0.7, "duration": 0.86,
        "tag id": 0.86, "tracking id": 0.86, "container id": 0.87, "container number": 0.87,
        "localidad": 0.87, "stock date": 0.87, "medida": 0.75, "pallet number": 0.99,
        "package": 0.72, "package id": 0.75, "id": 0.68, "unit id": 0.7, "tote id": 0.7,
        "carrier id": 0.75, "load id": 0.8, "days on hand": 0.75, "platz": 0.87, "fach": 0.9,
        "lagerort": 0.9, "adresse": 0.9, "place": 0.87, "standort": 0.85, "adres": 0.9,
        "stan": 0.85, "nazwa": 0.9, "codice": 0.8, "datum": 0.86, "data": 0.6, "ontvangen": 0.95,
        "posizione": 0.85, "posicao": 0.85, "etichetta": 0.85, "etiqueta": 0.85, "volume": 0.7,
        "colis": 0.8, "collo": 0.8, "kolli": 0.8, "colli": 0.8, "artikel": 0.95, "eingang": 0.9,
        "available": 0.9, "title": 0.9, "typ": 0.8, "seria": 0.9, "indeks": 0.9,
    }
)  # fmt: skip


def name_scores(text: str) -> MappingProxyType[str, float]:
    """{field: 0..1} for the fields that the name may mean; 1 is the field's own name."""
    return _name_scores(text[:LONGEST])


@lru_cache(maxsize=4096)
def _name_scores(text: str) -> MappingProxyType[str, float]:
    words = header_words(text)
    if not words or words.isdecimal():
        return MappingProxyType({})
    scores: dict[str, float] = dict(_EXACT.get(words, {}))
    for field, score in _SORTED_WORDS.get(" ".join(sorted(set(words.split()))), {}).items():
        scores.setdefault(field, score)
    if words not in _OWN and (not scores or words in _EXACT):
        _add_similar(words, scores)
        _add_contained(words, scores)
        _add_compound(words, scores)
    for field in list(scores):
        scores[field] *= _VAGUE.get(words, 1.0) * _contradiction(words, field)
    return MappingProxyType({field: score for field, score in scores.items() if score >= 0.3})


def _add_similar(words: str, scores: dict[str, float]) -> None:
    """Typing errors and missing blanks: `Locaton`, `palletid`, `creationdate`."""
    if len(words) < 4:
        return
    joined = words.replace(" ", "")
    for synonym, similarity, _ in process.extract(
        words, _SYNONYMS, scorer=fuzz.ratio, score_cutoff=_FUZZY_AT_LEAST, limit=8
    ):
        _raise(scores, synonym, 0.9 * similarity / 100)
    for synonym in _JOINED.get(joined, ()):
        _raise(scores, synonym, 0.97)


_JOINED: dict[str, tuple[str, ...]] = {}
for _synonym in _SYNONYMS:
    _key = _synonym.replace(" ", "")
    _JOINED[_key] = (*_JOINED.get(_key, ()), _synonym)


def _add_contained(words: str, scores: dict[str, float]) -> None:
    """A known name among other words: `WMS Pallet ID (main)`, `Stock - Location`."""
    padded = f" {words} "
    length = len(words.split())
    for synonym in _SYNONYMS:
        if f" {synonym} " in padded:
            share = len(synonym.split()) / length
            _raise(scores, synonym, min(0.92, 0.62 + 0.4 * share))


def _raise(scores: dict[str, float], synonym: str, factor: float) -> None:
    for field, score in _EXACT[synonym].items():
        scores[field] = max(scores.get(field, 0.0), score * factor * _VAGUE.get(synonym, 1.0))


def _add_compound(words: str, scores: dict[str, float]) -> None:
    """Compound words of German and Dutch: `Palettenkennung`, `Artikelbezeichnung`."""
    for word in words.split():
        if len(word) < 8 or word.startswith(OTHER_BEGINNINGS) or word.endswith(OTHER_ENDINGS):
            continue
        for stem, field in STEMS.items():
            is_day = field in DATES or not word.endswith(DATE_ENDINGS)
            if is_day and word.startswith(stem) != word.endswith(stem):
                score = _STEM if word.endswith(stem) else _STEM - 0.05
                scores[field] = max(scores.get(field, 0.0), score)


def _contradiction(words: str, field: str) -> float:
    """Less than 1 where a word of the name belongs to another kind of column."""
    parts = set(words.split())
    factor = 1.0
    timely = field in DATES or field in DURATIONS
    if parts & TIME_WORDS and not timely:
        factor *= 0.2
    if words in _EXACT and field in _EXACT[words]:
        return factor
    if parts & AMOUNT_WORDS and field not in NUMBERS and not timely:
        factor *= 0.4
    if parts & KIND_WORDS and field not in {"location_type", "temperature_zone", "storage_class"}:
        factor *= 0.5
    others = parts & OTHER_WORDS
    if field == "last_movement_date":
        others -= LAST_WORDS
    if others:
        factor *= 0.4
    if field in NUMBERS and parts & {"location", "ubicacion", "id", "code", "codigo", "number"}:
        factor *= 0.5
    return factor


def names_another_field(text: str) -> bool:
    """Whether words such as `next`, `planned` or `parent` make the name that of another field."""
    words = header_words(text)
    return words not in _EXACT and bool(set(words.split()) & OTHER_WORDS)
