"""Reduces column names to plain words, so that different spellings of a name become equal."""

import re
import unicodedata
from functools import lru_cache

LONGEST = 200
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_SIGNS = re.compile(r"[\W_]+")
_NUMBER_SIGN = re.compile(r"(?i)(?<![a-z])n\.?[º°]\.?|#|№")
_DATE_SIGN = re.compile(r"(?i)^f\.\s*")  # F. entrada
# Letters that have no decomposition into a plain letter and a mark.
_LETTERS = str.maketrans({"ß": "ss", "ł": "l", "Ł": "L", "ø": "o", "æ": "ae", "œ": "oe", "đ": "d"})
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


def header_words(text: str) -> str:
    """`Nº Pallet`, `palletNumber`, `PALLET_NO.` all become `… number …` words in lower case.

    Accents and signs are dropped, letters of other scripts stay. Only the first LONGEST
    characters are used.
    """
    return _header_words(text[:LONGEST])


@lru_cache(maxsize=8192)
def _header_words(text: str) -> str:
    text = _DATE_SIGN.sub("date ", _NUMBER_SIGN.sub(" number ", text))
    text = _CAMEL.sub(" ", text).translate(_LETTERS)
    if not text.isascii():
        text = "".join(
            letter
            for letter in unicodedata.normalize("NFKD", text)
            if not unicodedata.combining(letter)
        )
    words = _SIGNS.sub(" ", text.lower()).split()
    return " ".join(_ABBREVIATIONS.get(word, word) for word in words)
