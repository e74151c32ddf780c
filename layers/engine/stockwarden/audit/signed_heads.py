"""The signed heads: one object per sealed batch, `heads/<scope>/<seq>.json`, never overwritten.

They are in a bucket of their own into which only audit_seal may put and from which nobody may
delete, so whoever can change the table cannot change what it is compared with.
"""

import base64
import binascii
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from typing import Any

from stockwarden.audit.canonical import canonical_json
from stockwarden.audit.chain import Head
from stockwarden.core.errors import Conflict
from stockwarden.storage.objects import Objects
from stockwarden.storage.signatures import ALGORITHM, SigningKey

_FOLDER = "heads/"
_MAX_BYTES = 16_384
_THREADS = 16


class ChainForked(Conflict):
    """The bucket has another head with the same seq: the table was changed or restored."""


@dataclass(frozen=True)
class SignedHead:
    """A head as the bucket has it under `seq`; None if it is no head that our key signed."""

    seq: int
    head: Head | None


class SignedHeads:
    """Every method raises Unavailable for transient failures."""

    def __init__(self, objects: Objects, key: SigningKey) -> None:
        self._objects = objects
        self._key = key

    def publish(self, head: Head) -> None:
        """Signs the head and stores it, unless it is stored. Raises ChainForked."""
        body = {
            "head": vars(head),
            "algorithm": ALGORITHM,
            "key": self._key.key_id,
            "signature": base64.b64encode(self._key.sign(head.statement())).decode(),
        }
        key = _object_key(head.scope, head.seq)
        if self._objects.create(key, canonical_json(body), "application/json"):
            return
        if self._read(head.scope, head.seq).head != head:
            raise ChainForked(
                f"The audit chain {head.scope} has two heads with number {head.seq}; "
                "see docs/operations.md."
            )

    def scopes(self) -> Iterator[str]:
        return self._objects.folders(_FOLDER)

    def read_all(self, scope: str, *, after: int) -> Iterator[SignedHead]:
        """The heads of a scope above the seq `after`, by seq; a few are in memory."""
        folder = f"{_FOLDER}{scope}/"
        start = _object_key(scope, after) if after else ""
        numbers = map(_seq_in, self._objects.keys(folder, after=start))
        with ThreadPoolExecutor(_THREADS) as pool:
            while batch := list(islice(numbers, 8 * _THREADS)):
                yield from pool.map(lambda seq: self._read(scope, seq), batch)

    def _read(self, scope: str, seq: int) -> SignedHead:
        if seq < 0:
            return SignedHead(seq, None)
        body = self._objects.read(_object_key(scope, seq), max_bytes=_MAX_BYTES)
        try:
            return SignedHead(seq, self._verified(json.loads(body), scope, seq))
        except (KeyError, TypeError, ValueError, binascii.Error):
            return SignedHead(seq, None)

    def _verified(self, body: Any, scope: str, seq: int) -> Head | None:
        head = Head(**body["head"])
        signature = base64.b64decode(body["signature"], validate=True)
        belongs = (head.scope, head.seq) == (scope, seq)
        return head if belongs and self._key.verifies(head.statement(), signature) else None


def _object_key(scope: str, seq: int) -> str:
    return f"{_FOLDER}{scope}/{seq:012}.json"


def _seq_in(key: str) -> int:
    """-1 for the key of a foreign object."""
    number = key.rpartition("/")[2].removesuffix(".json")
    return int(number) if number.isdecimal() else -1
