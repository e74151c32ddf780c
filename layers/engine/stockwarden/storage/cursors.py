"""Encodes and decodes opaque cursors: the position in a list, bound to that list.

A cursor has only sort-key parts, never a partition key, so a forged one can at most start elsewhere
in a list that its holder may read anyway. It includes a digest of the parts, so that a damaged
cursor is refused and does not start at a random position.
"""

import base64
import binascii
import hashlib
import json
import re
from collections.abc import Callable

from stockwarden.core.errors import BadRequest
from stockwarden.core.ids import may_be_id

_MAX_LENGTH = 2048
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", re.ASCII)


def encode_cursor(scope: str, parts: list[str]) -> str:
    """`scope` names the list and its filters; the same text must be given to decode."""
    text = json.dumps([_digest(scope), _digest(*parts), *parts], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def damaged_cursor(how: str = "damaged") -> BadRequest:
    """The error for a cursor of this list with impossible parts."""
    return BadRequest(f"The cursor is {how}; start from the first page.")


def decode_cursor(
    scope: str,
    cursor: str | None,
    count: int,
    valid: Callable[[str], object] = lambda _: True,
) -> list[str] | None:
    """The `count` parts, or None for no cursor.

    Raises BadRequest for a cursor that we did not issue, or with a part that is not `valid`:
    DynamoDB may refuse it in a key.
    """
    if not cursor:
        return None
    try:
        padded = cursor[:_MAX_LENGTH] + "=" * (-len(cursor[:_MAX_LENGTH]) % 4)
        decoded = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        json.dumps(decoded, ensure_ascii=False).encode()  # half of a surrogate pair is no text
    except (binascii.Error, ValueError, RecursionError):
        raise damaged_cursor() from None
    if not isinstance(decoded, list) or not all(isinstance(part, str) for part in decoded):
        raise damaged_cursor()
    parts = decoded[2:]
    if decoded[:1] != [_digest(scope)] and len(decoded) > 2:
        raise BadRequest("The cursor belongs to another list or other filters; start again.")
    if len(parts) != count or cursor != encode_cursor(scope, parts):
        raise damaged_cursor()
    if not all(map(valid, parts)):
        raise damaged_cursor()
    return parts


def decode_listed(scope: str, cursor: str | None) -> str | None:
    """The part of a cursor into a list by time, see `is_listed`; None without cursor."""
    parts = decode_cursor(scope, cursor, 1, is_listed)
    return parts[0] if parts else None


def is_listed(text: str) -> bool:
    """Whether the text is `<moment>#<id>`, possibly with several moments, as `core.clock` and
    `core.ids` write them."""
    *moments, resource_id = text.split("#")
    return bool(moments) and all(map(_MOMENT.fullmatch, moments)) and may_be_id(resource_id)


def _digest(*texts: str) -> str:
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:16]
