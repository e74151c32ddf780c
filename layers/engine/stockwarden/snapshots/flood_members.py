"""Members of a flood: the digests that their anomalies have where they are told one by one.

floods/<rule>.bin   the digests, ten bytes each, sorted; a million members are 10 MB

So a comparison knows an anomaly that was told as part of a flood before, or that is so now.
"""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from stockwarden.anomalies import object_keys
from stockwarden.anomalies.ids import digests_of
from stockwarden.core.errors import NotFound
from stockwarden.storage.objects import Objects

_BYTES = 10
_MAX_BYTES = 32 * 2**20


@dataclass(frozen=True)
class FloodMembers:
    """The digests (hexadecimal) of the members, searched in their sorted bytes: a set of a million
    texts takes ten times as much memory."""

    stored: bytes = b""

    @classmethod
    def of_fingerprints(cls, fingerprints: Iterable[str]) -> "FloodMembers":
        return cls(b"".join(sorted(map(bytes.fromhex, digests_of(fingerprints)))))

    def __len__(self) -> int:
        return len(self.stored) // _BYTES

    def __getitem__(self, position: int) -> bytes:
        return self.stored[position * _BYTES : (position + 1) * _BYTES]

    def __contains__(self, digest: object) -> bool:
        wanted = bytes.fromhex(str(digest))
        return self[bisect_left(self, wanted)] == wanted


def write_members(
    objects: Objects, report_id: str, generation: str, rule: str, members: FloodMembers
) -> None:
    """Raises Unavailable."""
    key = object_keys.flood_key(report_id, generation, rule)
    objects.put(key, members.stored, "application/octet-stream")


def read_members(objects: Objects, report_id: str, generation: str, rule: str) -> FloodMembers:
    """None where none are stored."""
    try:
        key = object_keys.flood_key(report_id, generation, rule)
        return FloodMembers(objects.read(key, max_bytes=_MAX_BYTES))
    except NotFound:
        return FloodMembers()
