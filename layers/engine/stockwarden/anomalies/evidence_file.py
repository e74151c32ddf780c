"""Writes the findings of an analysis as JSON Lines, and creates records that point to the lines.

A list needs records only; evidence is read from its line when a user opens the anomaly.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO, Any

from stockwarden.anomalies.companions import SubjectGroups
from stockwarden.anomalies.ids import digest_of
from stockwarden.anomalies.model import Status, location_name
from stockwarden.anomalies.record_body import compact
from stockwarden.anomalies.records import Carried, EvidenceLine, WorkState, make_record
from stockwarden.storage.attributes import Item

_EVIDENCE_LIMIT = 10_000


def brought_states(carried: Mapping[str, Carried]) -> dict[str, WorkState]:
    return {digest: entry.state for digest, entry in carried.items() if entry.state}


@dataclass(frozen=True)
class Neighbours:
    """What an anomaly's record says of others: their number by location, and their groups."""

    at_location: Counter[str] = field(default_factory=Counter)
    groups: SubjectGroups = field(default_factory=SubjectGroups)


def write_evidence(
    documents: Iterable[Mapping[str, Any]], lines: IO[bytes], carried: Mapping[str, Carried]
) -> Neighbours:
    """Writes one JSON document per line, most urgent first."""
    neighbours = Neighbours()
    repeats: Counter[str] = Counter()
    for document in documents:
        fingerprint = document["fingerprint"]
        digest = digest_of(fingerprint, repeats[fingerprint])
        entry = carried.get(digest)
        repeats[fingerprint] += 1
        if entry and entry.past:
            document = {**document, "past": entry.past}  # noqa: PLW2901
        neighbours.at_location[location_name(document.get("location"))] += 1
        neighbours.groups.add(document["subject"], digest)
        if len(document["evidence"]) > _EVIDENCE_LIMIT:
            document = {**document, "evidence": document["evidence"][:_EVIDENCE_LIMIT]}  # noqa: PLW2901
        lines.write(compact(document).encode() + b"\n")
    return neighbours


def records_of(
    pk: str,
    lines: IO[bytes],
    neighbours: Neighbours,
    states: Mapping[str, WorkState],
    *,
    carried: Mapping[str, Carried],
    now: str,
) -> Iterator[tuple[Item, WorkState]]:
    new_state = WorkState(Status.NEW, version=1, created_at=now, updated_at=now)
    repeats: Counter[str] = Counter()
    offset = 0
    for ordinal, text in enumerate(lines):
        document = json.loads(text)
        fingerprint = document["fingerprint"]
        digest = digest_of(fingerprint, repeats[fingerprint])
        repeats[fingerprint] += 1
        state = states.get(digest, new_state)
        line = EvidenceLine(offset, len(text), document)
        record = make_record(
            pk,
            digest,
            ordinal,
            line,
            at_location=neighbours.at_location[location_name(document.get("location"))],
            group=neighbours.groups.attributes(document["subject"], digest),
            state=state,
            carried=carried.get(digest),
        )
        yield record, state
        offset += len(text)
