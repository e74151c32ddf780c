"""What a snapshot knows of anomalies besides its own: one compressed object per generation.

It lies beside the evidence and is removed with it. The next snapshot's analysis reads it whole:

past      {digest: [entry, …]}   history, from earlier snapshots, of anomalies that it has
absent    {digest: {…}}          anomalies that it does not have, as earlier snapshots left them
gone      [[…], …]               of these, what it resolves
"""

import json
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from enum import StrEnum
from typing import Any

from stockwarden.anomalies import keys
from stockwarden.anomalies.heads import State, state_from
from stockwarden.core.errors import NotFound
from stockwarden.snapshots.compare import Comparison, Gone, Known
from stockwarden.storage.objects import Objects

# Of what was absent longest, more is forgotten: it would count as new again.
ABSENT_KEPT = 20_000
_MAX_BYTES = 64 * 2**20
_PLAIN = tuple(one.name for one in fields(Known) if one.name not in {"state", "past", "present"})


@dataclass(frozen=True)
class Memory:
    past: Mapping[str, tuple[Mapping[str, Any], ...]] = field(default_factory=dict)
    absent: Mapping[str, Known] = field(default_factory=dict)
    gone: tuple[Gone, ...] = ()


def write_memory(objects: Objects, report_id: str, generation: str, made: Comparison) -> None:
    """Raises Unavailable."""
    kept = sorted(made.absent.items(), key=lambda entry: (entry[1].is_open, entry[1].seen, entry))
    document = {
        "past": {digest: one.past for digest, one in made.carried.items() if one.past},
        "absent": {digest: _known_document(one) for digest, one in kept[-ABSENT_KEPT:]},
        "gone": [[one.report_id, one.digest, one.since, one.comment] for one in made.gone],
    }
    body = zlib.compress(json.dumps(document, ensure_ascii=False).encode())
    objects.put(keys.memory_key(report_id, generation), body, "application/zlib")


def read_memory(objects: Objects, report_id: str, generation: str) -> Memory:
    """Empty for an analysis that left none."""
    try:
        body = objects.read(keys.memory_key(report_id, generation), max_bytes=_MAX_BYTES)
    except NotFound:
        return Memory()
    document = json.loads(zlib.decompress(body))
    return Memory(
        {digest: tuple(entries) for digest, entries in document["past"].items()},
        {digest: _known_from(entry) for digest, entry in document["absent"].items()},
        tuple(Gone(*entry) for entry in document["gone"]),
    )


def _known_document(known: Known) -> dict[str, Any]:
    state = {
        name: str(value) if isinstance(value, StrEnum) else value
        for name, value in asdict(known.state).items()
        if value is not None
    }
    plain = {name: getattr(known, name) for name in _PLAIN}
    return {**plain, "state": state, "past": known.past}


def _known_from(document: Mapping[str, Any]) -> Known:
    plain = {name: document[name] for name in _PLAIN}
    state: State = state_from(document["state"])
    return Known(**plain, state=state, past=tuple(document["past"]), present=False)
