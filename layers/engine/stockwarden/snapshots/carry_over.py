"""Carry-over of a snapshot: what it knows of earlier snapshots' anomalies, a compressed object per
generation.

It is stored beside the evidence and removed with it. The next snapshot's analysis reads it whole:

past      {digest: [entry, …]}   history, from earlier snapshots, of anomalies that it has
absent    {digest: {…}}          anomalies that it lacks, in the state of earlier snapshots
gone      [[…], …]               the absent anomalies that it resolves
earlier   [[…], …]               anomalies that only earlier analyses of the report resolved
"""

import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields
from enum import StrEnum
from typing import Any

from stockwarden.anomalies import object_keys
from stockwarden.anomalies.records import WorkState, state_from
from stockwarden.core.errors import NotFound
from stockwarden.snapshots.comparison import (
    Comparison,
    CoverageState,
    KnownAnomaly,
    VanishedAnomaly,
)
from stockwarden.storage.objects import Objects

# At most so many absent anomalies are kept, the latest seen first; a forgotten one would count as
# new again. Open ones, which a part of a warehouse leaves, are being worked on: ten times as many.
ABSENT_KEPT = 20_000
OPEN_KEPT = 10 * ABSENT_KEPT
_MAX_BYTES = 64 * 2**20
_PLAIN = tuple(
    attribute.name
    for attribute in fields(KnownAnomaly)
    if attribute.name not in {"state", "past", "present", "cover"}
)


@dataclass(frozen=True)
class CarryOver:
    past: Mapping[str, tuple[Mapping[str, Any], ...]] = field(default_factory=dict)
    absent: Mapping[str, KnownAnomaly] = field(default_factory=dict)
    vanished: tuple[VanishedAnomaly, ...] = ()
    vanished_earlier: tuple[VanishedAnomaly, ...] = ()

    @classmethod
    def after(cls, comparison: Comparison, previous: "CarryOver") -> "CarryOver":
        """`previous` is what the same report kept of its comparison before."""
        past = {
            digest: carried.past for digest, carried in comparison.carried.items() if carried.past
        }
        return cls(
            past,
            comparison.absent,
            comparison.vanished,
            tuple(_vanished_before(comparison.vanished, previous)),
        )

    @property
    def resolved(self) -> tuple[VanishedAnomaly, ...]:
        """All anomalies that any analysis of the report resolved or was to resolve."""
        return (*self.vanished, *self.vanished_earlier)


def write_carry_over(
    objects: Objects, report_id: str, generation: str, carry_over: CarryOver
) -> None:
    """Raises Unavailable."""
    document = {
        "past": carry_over.past,
        "absent": {
            digest: _known_document(anomaly)
            for digest, anomaly in _within_limits(carry_over.absent)
        },
        "gone": [_vanished_document(anomaly) for anomaly in carry_over.vanished],
        "earlier": [_vanished_document(anomaly) for anomaly in carry_over.vanished_earlier],
    }
    body = zlib.compress(json.dumps(document, ensure_ascii=False).encode())
    objects.put(object_keys.memory_key(report_id, generation), body, "application/zlib")


def read_carry_over(objects: Objects, report_id: str, generation: str) -> CarryOver:
    """The carry-over of a generation; empty where none is stored."""
    try:
        body = objects.read(object_keys.memory_key(report_id, generation), max_bytes=_MAX_BYTES)
    except NotFound:
        return CarryOver()
    document = json.loads(zlib.decompress(body))
    return CarryOver(
        {digest: tuple(entries) for digest, entries in document["past"].items()},
        {digest: _known_from(entry) for digest, entry in document["absent"].items()},
        tuple(VanishedAnomaly(*entry) for entry in document["gone"]),
        tuple(VanishedAnomaly(*entry) for entry in document.get("earlier", ())),
    )


def _within_limits(absent: Mapping[str, KnownAnomaly]) -> Iterator[tuple[str, KnownAnomaly]]:
    for is_open, limit in ((False, ABSENT_KEPT), (True, OPEN_KEPT)):
        entries = [entry for entry in absent.items() if entry[1].is_open is is_open]
        yield from sorted(entries, key=lambda entry: (entry[1].seen, entry[0]))[-limit:]


def _vanished_before(
    vanished: tuple[VanishedAnomaly, ...], previous: CarryOver
) -> Iterator[VanishedAnomaly]:
    current = {(anomaly.report_id, anomaly.digest) for anomaly in vanished}
    for anomaly in previous.resolved:
        if (anomaly.report_id, anomaly.digest) not in current:
            yield anomaly


def _vanished_document(anomaly: VanishedAnomaly) -> list[str]:
    return [anomaly.report_id, anomaly.digest, anomaly.since, anomaly.comment]


def _known_document(anomaly: KnownAnomaly) -> dict[str, Any]:
    state = {
        name: str(value) if isinstance(value, StrEnum) else value
        for name, value in asdict(anomaly.state).items()
        if value is not None
    }
    plain = {name: getattr(anomaly, name) for name in _PLAIN}
    return {**plain, "state": state, "past": anomaly.past, "cover": str(anomaly.cover)}


def _known_from(document: Mapping[str, Any]) -> KnownAnomaly:
    plain = {name: document[name] for name in _PLAIN}
    state: WorkState = state_from(document["state"])
    return KnownAnomaly(
        **plain,
        state=state,
        past=tuple(document["past"]),
        present=False,
        cover=CoverageState(document.get("cover", CoverageState.NO)),
    )
