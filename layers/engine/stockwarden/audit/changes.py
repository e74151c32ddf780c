"""What changed, by field, within a number of bytes.

A value is a text, true, false or null; numbers become exact texts, lists and objects their JSON.
A long text is cut to its beginning and its SHA-256; fields that still do not fit are named and
hashed together. So whoever has the values can prove them, and an entry stays cheap to write.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from stockwarden.audit.canonical import canonical_json, digest

# What stands in an entry: a text, true, false, null, or a cut text as {"start", "sha256"}.
Value = str | bool | dict[str, str] | None
Changes = dict[str, list[Value]]

_LONGEST_TEXT = 100
_START = 32


@dataclass(frozen=True)
class BoundedChanges:
    """`omitted` is {"count", "fields" (the first names), "sha256" of their changes} or None."""

    fields: Changes
    omitted: dict[str, Any] | None


def differences(
    before: Mapping[str, Any] | None, after: Mapping[str, Any] | None, fields: Iterable[str]
) -> dict[str, tuple[Any, Any]]:
    """{field: (before, after)} of those of the fields that differ. None is what is not there."""
    old, new = before or {}, after or {}
    pairs = {name: (old.get(name), new.get(name)) for name in fields}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def bounded(
    changes: Mapping[str, tuple[Any, Any]], max_bytes: int, foremost: Collection[str] = ()
) -> BoundedChanges:
    """Keeps what fits into `max_bytes` (at least 160) of JSON: `foremost` fields first, then small
    ones.

    Raises TypeError for a value that JSON has no form of.
    """
    plain = {name: [_plain(value) for value in pair] for name, pair in changes.items()}
    cut: Changes = {name: [_cut(value) for value in pair] for name, pair in plain.items()}
    if _size(cut) <= max_bytes:
        return BoundedChanges(cut, None)
    by_size = sorted(cut, key=lambda name: (name not in foremost, _size({name: cut[name]}), name))
    # Of `omitted` without names, and the braces of both.
    room = max_bytes - _size(_omitted(by_size, plain)) - len("{}")
    kept: Changes = {}
    for name in by_size:
        room -= _size({name: cut[name]})
        if room < 0:
            break
        kept[name] = cut[name]
    left = by_size[len(kept) :]
    omitted = _omitted(left, plain)
    room = max_bytes - _size(kept) - _size(omitted)
    for name in left:
        room -= _size([name])
        if room < 0:
            break
        omitted["fields"].append(name)
    return BoundedChanges(kept, omitted)


def _omitted(fields: list[str], plain: Mapping[str, Any]) -> dict[str, Any]:
    hashed = {name: plain[name] for name in fields}
    return {"count": str(len(fields)), "fields": [], "sha256": digest(hashed)}


def _plain(value: Any) -> str | bool | None:
    match value:
        case None | bool():
            return value
        case str():
            # Half of a surrogate pair, which JSON can express, has no UTF-8.
            return value.encode("utf-8", "replace").decode()
        case int() | float() | Decimal():
            return str(value)
        case set() | frozenset():
            return _plain(sorted(value))
        case _:
            return _plain(json.dumps(value, ensure_ascii=False, sort_keys=True))


def _cut(value: str | bool | None) -> Value:
    if not isinstance(value, str) or len(value.encode()) <= _LONGEST_TEXT:
        return value
    return {"start": value[:_START], "sha256": hashlib.sha256(value.encode()).hexdigest()}


def _size(document: Any) -> int:
    return len(canonical_json(document))
