"""User names: their canonical form, what may be one, and which look alike.

`username` is the canonical form everywhere, used in keys and as owner. It is ASCII, so that it
needs no escaping in paths and S3 keys, and so that no letter of another alphabet passes for one of
it; full-width and other compatibility forms of ASCII are read as what they stand for.
"""

import re
import unicodedata

from stockwarden.core.errors import Invalid
from stockwarden.identity.reserved import is_reserved

_ALLOWED = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_-]|\.(?!\.)){1,62}[A-Za-z0-9]", re.ASCII)
# What can hardly be told apart on a screen, in most typefaces.
_ALIKE = str.maketrans({"0": "o", "1": "l", "i": "l"})


def spelled(name: str) -> str:
    """The name as it is shown: with its capitals, without compatibility forms (NFKC)."""
    return unicodedata.normalize("NFKC", name).strip()


def canonical(username: str) -> str:
    """The canonical form of a name: `" Alice "`, `"ALICE"` and full-width letters are `"alice"`."""
    return spelled(username).casefold()


def check_username(username: str) -> str:
    """The canonical form of a name that may be registered. Raises Invalid at /username."""
    if not _ALLOWED.fullmatch(spelled(username)):
        raise Invalid.field(
            "/username",
            "Use 3 to 64 letters (a to z), digits, dots, hyphens or underscores; "
            "begin and end with a letter or digit.",
        )
    name = canonical(username)
    if is_reserved(name):
        raise Invalid.field(
            "/username",
            "This name is reserved: it could be taken for the service itself, or for nobody. "
            "Choose another.",
        )
    return name


def may_exist(canonical_name: str) -> bool:
    """Whether a name is in canonical form and valid, and so may become part of a key."""
    is_allowed = _ALLOWED.fullmatch(canonical_name) is not None
    return is_allowed and canonical_name == canonical(canonical_name)


def skeleton(canonical_name: str) -> str:
    """The same text for names that look alike: `paypa1` and `paypal`, `modern` and `modem`.

    A company has each skeleton once. After UTS 39, whose table is far larger: names are ASCII.
    """
    return canonical_name.translate(_ALIKE).replace("rn", "m").replace("vv", "w")
