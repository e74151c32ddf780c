"""A posting: what was written together for one request, found again by the request's key."""

import json
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

from stockwarden.core.idempotency import RequestKey
from stockwarden.identity.access import Caller
from stockwarden.stock.movement import Movement
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import stock as keys


def posting_id_of(key: RequestKey) -> str:
    return key.id("pst")


def posting_item(caller: Caller, key: RequestKey, movements: Sequence[Movement]) -> Item:
    return {
        **keys.posting(posting_id_of(key)),
        "by": caller.user_id,
        "payload": key.payload,
        "recorded_at": movements[0].recorded_at,
        "movements": [
            {"item_id": each.item_id, "effective_at": each.effective_at, "seq": each.seq}
            for each in movements
        ],
    }


def large_posting_item(posting: Item, operation_id: str) -> Item:
    """As it is stored where it is large: compressed, it is a fifth."""
    movements = zlib.compress(json.dumps(posting["movements"]).encode())
    return {**posting, "movements": movements, "operation": operation_id}


def movement_keys(posting: Item) -> list[Item]:
    """The keys of the movements of a stored posting, in the order of its lines."""
    stored = posting["movements"]
    movements = json.loads(zlib.decompress(stored)) if isinstance(stored, bytes) else stored
    return list(map(movement_key, movements))


def movement_key(stored: Mapping[str, Any]) -> Item:
    """The key of a movement that a posting names."""
    return keys.movement(stored["item_id"], stored["effective_at"], stored["seq"])
