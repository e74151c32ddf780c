"""Canonical JSON: one text, and so one hash, for equal documents.

As RFC 8785 writes it (no spaces, names sorted, UTF-8, nothing escaped needlessly), for what audit
entries hold: texts, true, false, null, whole numbers, and lists and objects of them. Names are
ASCII. Other numbers have no one spelling, so entries hold them as texts.
"""

import hashlib
import json
from typing import Any


def canonical_json(document: Any) -> bytes:
    """Raises TypeError and ValueError for what has no canonical form here."""
    text = json.dumps(
        document, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
    return text.encode()


def digest(document: Any) -> str:
    """The SHA-256 of the canonical JSON, in hexadecimal."""
    return hashlib.sha256(canonical_json(document)).hexdigest()
