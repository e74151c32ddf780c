"""The schema of an inventory: where which pallets and goods are."""

from types import MappingProxyType

from stockwarden.ingestion.mapping.fields import (
    DATES,
    DURATIONS,
    FIELDS,
    ITEM,
    LABELS,
    NUMBERS,
    REQUIRED,
    SYNONYMS,
    WANTED,
    missing_fields,
)
from stockwarden.ingestion.mapping.languages import LANGUAGES
from stockwarden.ingestion.mapping.name_words import STEMS
from stockwarden.ingestion.mapping.schema import Schema
from stockwarden.ingestion.mapping.values import named_fit, value_scores

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

INVENTORY = Schema(
    fields=FIELDS,
    missing=missing_fields,
    labels=LABELS,
    synonyms=SYNONYMS,
    languages=LANGUAGES,
    keys=REQUIRED,
    value_scores=value_scores,
    named_fit=named_fit,
    required=REQUIRED,
    wanted=WANTED,
    instead={"pallet_id": ITEM},
    dates=DATES,
    numbers=NUMBERS,
    whole_numbers=frozenset({"quantity"}),
    durations=DURATIONS,
    vague=_VAGUE,
    stems=STEMS,
    systems=True,
    place="location",
)
