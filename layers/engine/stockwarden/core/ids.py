"""Creates ids: random ones, and ones derived from their parts so that repeats get the same id."""

import hashlib
import re
import secrets

_SHAPE = re.compile(r"[A-Za-z0-9_]{1,80}")


def new_id(prefix: str) -> str:
    """An unguessable id, `<prefix>_` and 26 lower-case hex-like characters (104 random bits)."""
    return f"{prefix}_{secrets.token_hex(13)}"


def derived_id(prefix: str, *parts: str) -> str:
    """The same id for the same parts, in the shape of `new_id`. Parts may hold any text."""
    digest = hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
    return f"{prefix}_{digest[:26]}"


def may_be_id(text: str) -> bool:
    """Whether a client's text has the shape of an id, and so may become part of a key."""
    return _SHAPE.fullmatch(text) is not None
