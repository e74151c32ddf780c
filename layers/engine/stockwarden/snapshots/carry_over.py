"""What a snapshot knows of anomalies besides its own: one compressed object per generation.

It lies beside the evidence and is removed with it. The next snapshot's analysis reads it whole:

past      {digest: [entry, …]}   history, from earlier snapshots, of anomalies that it has
absent    {digest: {…}}          anomalies that it does not have, as earlier snapshots left them
gone      [[…], …]               of these, what it resolves
earlier   [[…], …]               what earlier analyses of the report resolved, and this does not
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

# Of what was absent longest, more is forgotten: it would count as new again. What is open is what a
# part has left, and people are at work on it: of that ten times as much is kept.
ABSENT_KEPT = 20_000
OPEN_KEPT = 10 * ABSENT_KEPT
_MAX_BYTES = 64 * 2**20
_PLAIN = tuple(
    one.name
    for one in fields(KnownAnomaly)
    if one.name not in {"state", "past", "present", "cover"}
)


@dataclass(frozen=True)
class CarryOver:
    past: Mapping[str, tuple[Mapping[str, Any], ...]] = field(default_factory=dict)
    absent: Mapping[str, KnownAnomaly] = field(default_factory=dict)
    gone: tuple[VanishedAnomaly, ...] = ()
    earlier: tuple[VanishedAnomaly, ...] = ()

    @classmethod
    def of(cls, made: Comparison, before: "CarryOver") -> "CarryOver":
        """`before` is what the same report kept of its comparison before."""
        past = {digest: one.past for digest, one in made.carried.items() if one.past}
        return cls(past, made.absent, made.gone, tuple(_no_longer(made.gone, before)))

    @property
    def resolved(self) -> tuple[VanishedAnomaly, ...]:
        """All that the report has ever resolved, or set out to."""
        return (*self.gone, *self.earlier)


def write_carry_over(objects: Objects, report_id: str, generation: str, memory: CarryOver) -> None:
    """Raises Unavailable."""
    document = {
        "past": memory.past,
        "absent": {digest: _known_document(one) for digest, one in _kept(memory.absent)},
        "gone": [_gone_document(one) for one in memory.gone],
        "earlier": [_gone_document(one) for one in memory.earlier],
    }
    body = zlib.compress(json.dumps(document, ensure_ascii=False).encode())
    objects.put(object_keys.memory_key(report_id, generation), body, "application/zlib")


def read_carry_over(objects: Objects, report_id: str, generation: str) -> CarryOver:
    """Empty for an analysis that left none."""
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


def _kept(absent: Mapping[str, KnownAnomaly]) -> Iterator[tuple[str, KnownAnomaly]]:
    for is_open, most in ((False, ABSENT_KEPT), (True, OPEN_KEPT)):
        found = [entry for entry in absent.items() if entry[1].is_open is is_open]
        yield from sorted(found, key=lambda entry: (entry[1].seen, entry[0]))[-most:]


def _no_longer(gone: tuple[VanishedAnomaly, ...], before: CarryOver) -> Iterator[VanishedAnomaly]:
    told = {(one.report_id, one.digest) for one in gone}
    for one in before.resolved:
        if (one.report_id, one.digest) not in told:
            yield one


def _gone_document(gone: VanishedAnomaly) -> list[str]:
    return [gone.report_id, gone.digest, gone.since, gone.comment]


def _known_document(known: KnownAnomaly) -> dict[str, Any]:
    state = {
        name: str(value) if isinstance(value, StrEnum) else value
        for name, value in asdict(known.state).items()
        if value is not None
    }
    plain = {name: getattr(known, name) for name in _PLAIN}
    return {**plain, "state": state, "past": known.past, "cover": str(known.cover)}


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
