"""Scores how well a column's name matches each field."""

import re
import unicodedata
from functools import lru_cache
from types import MappingProxyType

from rapidfuzz import fuzz, process

from stockwarden.ingestion.mapping.fields import DATES, DURATIONS, FIELDS, NUMBERS, SYNONYMS

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_SIGNS = re.compile(r"[^0-9a-z]+")
_NUMBER_SIGN = re.compile(r"(?i)(?<![a-z])n[º°]\.?|#|№")
_DATE_SIGN = re.compile(r"(?i)^f\.\s*")  # F. entrada
_ABBREVIATIONS = {
    "no": "number", "nr": "number", "num": "number", "nbr": "number", "nmbr": "number",
    "qty": "quantity", "qnty": "quantity", "cant": "cantidad", "desc": "description",
    "descr": "description", "dsc": "description", "loc": "location", "locn": "location",
    "ubic": "ubicacion", "ubi": "ubicacion", "dt": "date", "fec": "date", "fch": "date",
    "dte": "date", "cod": "code", "cd": "code", "prod": "product", "rcpt": "receipt",
    "rec": "receipt", "rcv": "receipt", "rct": "receipt", "exp": "expiry", "art": "article",
    "mat": "material", "temp": "temperature", "tmp": "temperature", "wt": "weight",
    "wgt": "weight", "ref": "reference", "plt": "pallet", "pal": "pallet",
    "locations": "location", "ubicaciones": "ubicacion", "whse": "warehouse",
    "numero": "number", "nro": "number", "codigo": "code", "fecha": "date",
    "crt": "creation", "mov": "movement", "mvmt": "movement", "ult": "ultimo",
    "caduc": "caducidad", "venc": "vencimiento", "recep": "recepcion", "prd": "product",
}  # fmt: skip
# Words that say what a column is, whatever stands beside them: `Receipt Date` is a date.
_TIME_WORDS = frozenset(
    {"date", "fecha", "time", "hora", "timestamp", "datetime", "created", "creado", "expires"}
)
_AMOUNT_WORDS = frozenset(
    {
        "quantity", "cantidad", "weight", "peso", "capacity", "capacidad", "height", "alto",
        "altura", "width", "ancho", "length", "largo", "price", "precio", "cost", "coste",
        "costo", "value", "valor", "amount", "importe", "percent", "utilization", "volume",
        "volumen", "count", "total", "max", "min", "level", "nivel", "position", "priority",
    }
)  # fmt: skip
_KIND_WORDS = frozenset(
    {
        "type", "tipo", "status", "estado", "class", "clase", "category", "categoria", "group",
        "grupo", "flag", "user", "usuario", "operator", "operador", "owner", "by", "reason",
        "motivo", "notes", "note", "notas", "comment", "comments", "comentario", "comentarios",
        "remarks", "observaciones", "zone", "zona", "area", "aisle", "pasillo", "supplier",
        "proveedor", "customer", "cliente",
    }
)  # fmt: skip
# A pallet's second location is not its current one.
_ELSEWHERE = frozenset(
    {
        "from", "to", "previous", "prev", "old", "source", "destination", "dest", "target",
        "origin", "origen", "destino", "anterior", "next", "suggested", "default", "home",
        "planned", "previa", "sugerida",
    }
)  # fmt: skip
_LONGEST = 200
_FUZZY_AT_LEAST = 84.0


def header_words(text: str) -> str:
    """`Nº Pallet`, `palletNumber`, `PALLET_NO.` all become `… number …` words in lower case.

    Only the first _LONGEST characters are used.
    """
    return _header_words(text[:_LONGEST])


@lru_cache(maxsize=8192)
def _header_words(text: str) -> str:
    text = _DATE_SIGN.sub("date ", _NUMBER_SIGN.sub(" number ", text))
    text = _CAMEL.sub(" ", text)
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = _SIGNS.sub(" ", plain).split()
    return " ".join(_ABBREVIATIONS.get(word, word) for word in words)


def _index() -> dict[str, dict[str, float]]:
    exact: dict[str, dict[str, float]] = {}
    for field in FIELDS:
        for index, synonym in enumerate((field.replace("_", " "), *SYNONYMS[field])):
            exact.setdefault(header_words(synonym), {}).setdefault(field, 1.0 - 0.001 * index)
    return exact


_EXACT = _index()
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
        "temperatura": 0.7, "place": 0.87, "address": 0.8, "lugar": 0.87, "po": 0.88,
        "shipment": 0.88, "delivery": 0.88, "pedido": 0.86, "position": 0.87, "posicion": 0.87,
        "hu": 0.9, "lp": 0.9, "contents": 0.87, "goods": 0.87, "commodity": 0.87,
        "storage condition": 0.75, "climate": 0.7, "clima": 0.7, "duration": 0.86,
        "tag id": 0.86, "tracking id": 0.86, "container id": 0.87, "container number": 0.87,
        "localidad": 0.87, "stock date": 0.87, "medida": 0.75, "pallet number": 0.99,
    }
)  # fmt: skip


def name_scores(text: str) -> MappingProxyType[str, float]:
    """{field: 0..1} for the fields that the name may mean; 1 is the field's own name."""
    return _name_scores(text[:_LONGEST])


@lru_cache(maxsize=4096)
def _name_scores(text: str) -> MappingProxyType[str, float]:
    words = header_words(text)
    if not words or words.isdecimal():
        return MappingProxyType({})
    scores: dict[str, float] = dict(_EXACT.get(words, {}))
    for field, score in _SORTED_WORDS.get(" ".join(sorted(set(words.split()))), {}).items():
        scores.setdefault(field, score)
    if not scores:
        _add_similar(words, scores)
        _add_contained(words, scores)
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


def _contradiction(words: str, field: str) -> float:
    """Less than 1 where a word of the name belongs to another kind of column."""
    parts = set(words.split())
    factor = 1.0
    timely = field in DATES or field in DURATIONS
    if parts & _TIME_WORDS and not timely:
        factor *= 0.2
    if words in _EXACT and field in _EXACT[words]:
        return factor
    if parts & _AMOUNT_WORDS and field not in NUMBERS and not timely:
        factor *= 0.4
    if parts & _KIND_WORDS and field not in {"location_type", "temperature_zone"}:
        factor *= 0.5
    if parts & _ELSEWHERE and field == "location":
        factor *= 0.8
    if field in NUMBERS and parts & {"location", "ubicacion", "id", "code", "codigo", "number"}:
        factor *= 0.5
    return factor
