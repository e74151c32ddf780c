"""Index of a generation's anomalies: their digests, ten bytes each, most urgent first.

It is read whole: 20,000 anomalies are 200 kB.
"""

from collections.abc import Iterable

from stockwarden.anomalies import object_keys
from stockwarden.core.errors import Conflict, NotFound
from stockwarden.storage.objects import Objects

_BYTES = 10
_MAX_BYTES = 16 * 2**20


def write_digests(
    objects: Objects, report_id: str, generation: str, digests: Iterable[str]
) -> None:
    body = b"".join(map(bytes.fromhex, digests))
    objects.put(object_keys.digests_key(report_id, generation), body, "application/octet-stream")


def read_digests(objects: Objects, report_id: str, generation: str) -> list[str]:
    """Raises Conflict for an analysis of an earlier version, which stored none."""
    try:
        body = objects.read(object_keys.digests_key(report_id, generation), max_bytes=_MAX_BYTES)
    except NotFound:
        raise Conflict(
            f"The report {report_id} was analyzed by an earlier version; analyze it again."
        ) from None
    return [body[start : start + _BYTES].hex() for start in range(0, len(body), _BYTES)]
