"""Compares the anomalies of a snapshot with those of the previous one. Pure functions.

An anomaly that is present is *new* (never known), *persisting* (open before, or judged to be no
problem), or *reappeared* (known, but resolved or absent before; it is open again). One that is
absent has *vanished*: it is resolved if the snapshot covers it, and otherwise keeps its state until
a later snapshot has it or covers it.

What was told as a member of a flood before, and now by itself, is not new but persists since the
flood does.
"""

from collections.abc import Callable, Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from stockwarden.anomalies.model import SYSTEM, Reason, Recurrence, Status
from stockwarden.anomalies.records import Carried, WorkState

_PAST_KEPT = 100
# Resolved as no problem of the stock: finding the anomaly again does not reopen it.
_JUDGED = frozenset({Reason.FALSE_POSITIVE, Reason.ACCEPTED})


class CoverageState(StrEnum):
    """Whether the absence of an anomaly from a snapshot proves that it is gone. WHOLE: only if the
    snapshot has every area of the previous one."""

    YES = "yes"
    NO = "no"
    WHOLE = "whole"


@dataclass(frozen=True)
class KnownAnomaly:
    """An anomaly in its state after the previous snapshots.

    `since` is the as_of of the first of the consecutive snapshots that have it, `seen` that of the
    last one, which is `report_id`'s. `past` are its history entries, oldest first. `present`: the
    previous snapshot has it, by itself or as a member of a flood. `cover` is the coverage by the
    file that lacks it.
    """

    rule: str
    subject_type: str
    subject_id: str
    location: str | None
    since: str
    seen: str
    report_id: str
    state: WorkState
    past: tuple[Mapping[str, Any], ...] = ()
    present: bool = True
    cover: CoverageState = CoverageState.NO

    @property
    def is_flood(self) -> bool:
        return self.subject_type == "rule"

    @property
    def is_open(self) -> bool:
        return self.state.status is not Status.RESOLVED

    @property
    def persists(self) -> bool:
        """Whether finding it again leaves its state unchanged."""
        judged = self.present and self.state.reason in _JUDGED
        return self.is_open or judged


@dataclass(frozen=True)
class KnownFlood:
    """A flood that a previous snapshot told, since when, and the digests of its members."""

    since: str
    members: Container[str]


@dataclass(frozen=True)
class VanishedAnomaly:
    """An open anomaly that vanished, to be resolved in the report that holds it."""

    report_id: str
    digest: str
    since: str
    comment: str


@dataclass(frozen=True)
class Comparison:
    """`carried` has an entry for each present anomaly, `absent` one for each known absent anomaly;
    `uncovered` counts the open ones among them that stay open."""

    carried: Mapping[str, Carried] = field(default_factory=dict)
    vanished: tuple[VanishedAnomaly, ...] = ()
    absent: Mapping[str, KnownAnomaly] = field(default_factory=dict)
    uncovered: int = 0

    def count(self, recurrence: Recurrence) -> int:
        return sum(anomaly.recurrence is recurrence for anomaly in self.carried.values())


def compare(
    present: Iterable[str],
    known: Mapping[str, KnownAnomaly],
    is_covered: Callable[[KnownAnomaly], bool],
    *,
    as_of: str,
    now: str,
    changed_rules: Collection[str] = (),
    floods: Sequence[KnownFlood] = (),
) -> Comparison:
    """Compares the snapshot's anomalies (`present`, digests) with the known ones, by digest, and
    with the members of known `floods`.

    `is_covered` tells whether the snapshot would have an anomaly if it still existed. `as_of` is
    the snapshot's, `now` the time of new history entries, both ISO 8601. An anomaly of
    `changed_rules` may have vanished because of the new settings, and its history entry says so.
    """
    carried = {
        digest: _carried_from(known[digest], as_of, now)
        if digest in known
        else _first_told(digest, floods, as_of)
        for digest in present
    }
    vanished: list[VanishedAnomaly] = []
    absent: dict[str, KnownAnomaly] = {}
    uncovered = 0
    for digest, anomaly in known.items():
        if digest in carried:
            continue
        absent[digest] = replace(anomaly, present=False)
        if not anomaly.is_open:
            continue
        if is_covered(anomaly):
            comment = vanished_comment(
                as_of, rule_changed=anomaly.rule in changed_rules, is_flood=anomaly.is_flood
            )
            vanished.append(VanishedAnomaly(anomaly.report_id, digest, anomaly.since, comment))
            absent[digest] = replace(
                _with_status(anomaly, Status.RESOLVED, comment, now, Reason.VANISHED), present=False
            )
        else:
            uncovered += 1
    return Comparison(carried, tuple(vanished), absent, uncovered)


def vanished_comment(as_of: str, *, rule_changed: bool = False, is_flood: bool = False) -> str:
    if is_flood:
        return (
            f"No longer so many in the snapshot of {as_of}, or told singly: "
            "what the rule still finds has its own anomalies."
        )
    if rule_changed:
        return f"No longer in the snapshot of {as_of}, for which the rule had other settings."
    return f"No longer in the snapshot of {as_of}."


def covers(areas: Collection[str], areas_before: Collection[str]) -> Callable[[KnownAnomaly], bool]:
    """For `compare`: whether a file with these areas covers an anomaly (`KnownAnomaly.cover`)."""
    has_all_areas = set(areas_before).issubset(areas)
    return lambda anomaly: (
        anomaly.cover is CoverageState.YES
        or (anomaly.cover is CoverageState.WHOLE and has_all_areas)
    )


def _first_told(digest: str, floods: Sequence[KnownFlood], as_of: str) -> Carried:
    since = next((flood.since for flood in floods if digest in flood.members), None)
    return Carried(Recurrence.PERSISTING, since) if since else Carried(Recurrence.NEW, as_of)


def _carried_from(anomaly: KnownAnomaly, as_of: str, now: str) -> Carried:
    if anomaly.persists:
        return Carried(Recurrence.PERSISTING, anomaly.since, anomaly.state, anomaly.past)
    reopened = _with_status(anomaly, Status.NEW, f"Back in the snapshot of {as_of}.", now)
    return Carried(Recurrence.REAPPEARED, as_of, reopened.state, reopened.past)


def _with_status(
    anomaly: KnownAnomaly, status: Status, comment: str, now: str, reason: Reason | None = None
) -> KnownAnomaly:
    previous = anomaly.state
    state = replace(
        previous, status=status, version=previous.version + 1, updated_at=now, reason=reason
    )
    entry = {
        "at": now,
        "by": SYSTEM,
        "old_status": str(previous.status),
        "new_status": str(status),
        "comment": comment,
        "version": state.version,
        **({"reason": str(reason)} if reason else {}),
    }
    return replace(anomaly, state=state, past=(*anomaly.past, entry)[-_PAST_KEPT:])
