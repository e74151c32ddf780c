"""Opaque cursors: where a list goes on, bound to the list they came from.

A cursor carries only sort-key parts, never a partition key, so a forged one can at most start
somewhere else inside the list its holder may read anyway. It carries a digest of them as well, so
that one which was damaged on its way is refused and does not start somewhere by chance.
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
    """For a cursor that was made for this list, and whose parts cannot be in it."""
    return BadRequest(f"The cursor is {how}; start from the first page.")


def decode_cursor(
    scope: str,
    cursor: str | None,
    count: int,
    valid: Callable[[str], object] = lambda _: True,
) -> list[str] | None:
    """The `count` parts, or None for no cursor.

    Raises BadRequest for one that is not ours, or has a part that is not `valid`: that may not fit
    into a key, and DynamoDB would refuse it.
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
    """The one part of a cursor into a list by time, as `is_listed` has it."""
    parts = decode_cursor(scope, cursor, 1, is_listed)
    return parts[0] if parts else None


def is_listed(text: str) -> bool:
    """Whether it is `<moment>#<id>`, or has several moments, as `core.clock` and `core.ids` write
    them."""
    *moments, thing = text.split("#")
    return bool(moments) and all(map(_MOMENT.fullmatch, moments)) and may_be_id(thing)


def _digest(*texts: str) -> str:
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:16]
