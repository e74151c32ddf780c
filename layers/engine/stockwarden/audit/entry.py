"""An entry of the audit log: who changed what, when and from where.

People are opaque ids. No field holds a name or an e-mail address, so erasing a person deletes the
mapping from id to name elsewhere, and no entry changes.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from stockwarden.audit.canonical import canonical_json
from stockwarden.audit.changes import Changes, bounded
from stockwarden.audit.origin import Origin
from stockwarden.core.clock import iso
from stockwarden.core.ids import new_id
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import audit as keys

COMPANY, SECURITY = "company", "security"
SYSTEM = "system"
# One write unit. An item is smaller than the canonical JSON of its entry.
MAX_BYTES = 1024

_SCOPE = re.compile(r"company|security|warehouse:[A-Za-z0-9_]{1,80}")
_ACTION = re.compile(r"[a-z_]+(\.[a-z_]+)+")
_OBJECT = re.compile(r"[a-z_]+/[^\x00-\x1f\ud800-\udfff]+")
_LONGEST = {"actor": 80, "action": 64, "object": 200, "source": 64, "request_id": 64, "via": 64}


def warehouse_scope(warehouse_id: str) -> str:
    return f"warehouse:{warehouse_id}"


def resource_scope(warehouse_id: str | None) -> str:
    """The scope of what may belong to a warehouse, or else to one person."""
    return warehouse_scope(warehouse_id) if warehouse_id else COMPANY


@dataclass(frozen=True)
class Change:
    """What is changed. `scope` is `company`, `security` or `warehouse:<id>`, and decides the chain.

    `action` is a dotted verb (`anomaly.status_changed`), `object` is `<type>/<id>`, `fields` is
    {field: (before, after)}, see `changes.differences`. Where not all have room, those named in
    `foremost` come first.
    """

    scope: str
    action: str
    object: str
    fields: Mapping[str, tuple[Any, Any]]
    foremost: tuple[str, ...] = ()


@dataclass(frozen=True)
class Entry:
    """As it is stored. `seq` is None until the entry is sealed; then `hash` is its link.

    `changes` is {field: [before, after]}; see `changes.bounded` for what is cut and `omitted`.
    """

    id: str
    at: str
    scope: str
    actor: str
    action: str
    object: str
    changes: Changes
    source: str
    request_id: str
    via: str
    omitted: dict[str, Any] | None = None
    seq: int | None = None
    hash: str = ""


def entry_item(
    origin: Origin, change: Change, moment: datetime, entry_id: str | None = None
) -> Item:
    """The item of a new entry, within `MAX_BYTES`; with a random id, if none is given.

    Raises ValueError for a scope, action, object or actor of another shape: errors of our code.
    """
    at, entry_id = iso(moment), entry_id or new_id("entry")
    facts = {
        "actor": origin.actor,
        "action": change.action,
        "object": change.object,
        "source": _shortened(origin.source, _LONGEST["source"]),
        "request_id": _shortened(origin.request_id, _LONGEST["request_id"]),
        "via": _shortened(origin.via, _LONGEST["via"]),
    }
    _check(change.scope, facts)
    key = {"scope": change.scope, "at": at, "id": entry_id}
    frame = len(canonical_json({**key, **facts, "changes": {}, "omitted": {}}))
    changes = bounded(change.fields, MAX_BYTES - frame, change.foremost)
    item = {**keys.entry(change.scope, at, entry_id), **facts, "changes": changes.fields}
    return {**item, "omitted": changes.omitted} if changes.omitted else item


def read_entry(item: Item) -> Entry:
    """Raises ValueError for the key of another kind of item; fields that lack are empty."""
    key = keys.parse_entry(item)
    return Entry(
        id=key.entry_id,
        at=key.at,
        scope=key.scope,
        **{name: item.get(name, "") for name in _LONGEST},
        changes=item.get("changes", {}),
        omitted=item.get("omitted"),
        seq=item.get("seq"),
        hash=item.get("hash", ""),
    )


def is_scope(text: str) -> bool:
    return _SCOPE.fullmatch(text) is not None


def _check(scope: str, facts: Mapping[str, str]) -> None:
    if not is_scope(scope):
        raise ValueError(f"no scope of the audit log: {scope!r}")
    if not facts["actor"] or "@" in facts["actor"]:
        raise ValueError("an actor is an opaque id")
    for name, shape in (("action", _ACTION), ("object", _OBJECT)):
        if not shape.fullmatch(facts[name]):
            raise ValueError(f"{name} of an audit entry: {facts[name]!r}")
    for name, longest in _LONGEST.items():
        if len(facts[name].encode()) > longest:
            raise ValueError(f"{name} of an audit entry is longer than {longest} bytes")


def _shortened(text: str, max_bytes: int) -> str:
    return text.encode("utf-8", "replace")[:max_bytes].decode("utf-8", "ignore")
