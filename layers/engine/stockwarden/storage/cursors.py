"""Opaque cursors: where a list goes on, bound to the list they came from.

A cursor carries only sort-key parts, never a partition key, so a forged one can at most start
somewhere else inside the list its holder may read anyway.
"""

import base64
import binascii
import hashlib
import json
import re

from stockwarden.core.errors import BadRequest
from stockwarden.core.ids import may_be_id

_MAX_LENGTH = 2048
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", re.ASCII)


def encode_cursor(scope: str, parts: list[str]) -> str:
    """`scope` names the list and its filters; the same text must be given to decode."""
    text = json.dumps([_digest(scope), *parts], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decode_cursor(scope: str, cursor: str | None, count: int) -> list[str] | None:
    """The `count` parts, or None for no cursor. Raises BadRequest for one that is not ours."""
    if not cursor:
        return None
    try:
        padded = cursor[:_MAX_LENGTH] + "=" * (-len(cursor[:_MAX_LENGTH]) % 4)
        found = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (binascii.Error, ValueError, RecursionError):
        raise BadRequest("The cursor is damaged; start from the first page.") from None
    if (
        not isinstance(found, list)
        or len(found) != count + 1
        or not all(isinstance(part, str) for part in found)
    ):
        raise BadRequest("The cursor is damaged; start from the first page.")
    if found[0] != _digest(scope):
        raise BadRequest("The cursor belongs to another list or other filters; start again.")
    return found[1:]


def decode_listed(scope: str, cursor: str | None) -> str | None:
    """The one part of a cursor into a list by time, as `is_listed` has it. Raises BadRequest for
    anything else, which may not fit into a key."""
    parts = decode_cursor(scope, cursor, 1)
    if parts is None:
        return None
    if not is_listed(parts[0]):
        raise BadRequest("The cursor is damaged; start from the first page.")
    return parts[0]


def is_listed(text: str) -> bool:
    """Whether it is `<moment>#<id>`, or has several moments, as `core.clock` and `core.ids` write
    them."""
    *moments, thing = text.split("#")
    return bool(moments) and all(map(_MOMENT.fullmatch, moments)) and may_be_id(thing)


def _digest(scope: str) -> str:
    return hashlib.sha256(scope.encode()).hexdigest()[:16]
