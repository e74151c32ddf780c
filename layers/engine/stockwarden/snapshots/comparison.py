"""What became of each anomaly from one snapshot of a warehouse to the next. Pure functions.

An anomaly that is present is *new* (never known), *persisting* (open before, or judged to be no
problem), or *reappeared* (known, but resolved or absent before; it is open again). One that is
absent has *vanished*: it is resolved if the snapshot covers it, and otherwise stays as it was,
to persist or to be resolved when a later snapshot does.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from stockwarden.anomalies.model import SYSTEM, Reason, Recurrence, Status
from stockwarden.anomalies.records import Carried, WorkState

_PAST_KEPT = 100
# Resolved as no problem of the stock: that it is found again is no news.
_JUDGED = frozenset({Reason.FALSE_POSITIVE, Reason.ACCEPTED})


class CoverageState(StrEnum):
    """Whether a snapshot that lacks an anomaly shows by that that it is gone. WHOLE: only if it
    has every area that the snapshot before it had."""

    YES = "yes"
    NO = "no"
    WHOLE = "whole"


@dataclass(frozen=True)
class KnownAnomaly:
    """An anomaly as earlier snapshots left it.

    `since`: the as_of that it was first seen at in a row; `seen`: the last one, in `report_id`.
    `past` are its history entries, oldest first. `present`: it is in the previous snapshot.
    `cover` is what the file says that the anomaly is compared with, and that lacks it.
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
    def is_open(self) -> bool:
        return self.state.status is not Status.RESOLVED

    @property
    def persists(self) -> bool:
        """Whether to be found again changes nothing."""
        judged = self.present and self.state.reason in _JUDGED
        return self.is_open or judged


@dataclass(frozen=True)
class VanishedAnomaly:
    """An open anomaly that vanished: to be resolved where it is."""

    report_id: str
    digest: str
    since: str
    comment: str


@dataclass(frozen=True)
class Comparison:
    """`carried` has an entry for each present anomaly, `absent` one for each that is known."""

    carried: Mapping[str, Carried] = field(default_factory=dict)
    gone: tuple[VanishedAnomaly, ...] = ()
    absent: Mapping[str, KnownAnomaly] = field(default_factory=dict)
    uncovered: int = 0

    def count(self, recurrence: Recurrence) -> int:
        return sum(one.recurrence is recurrence for one in self.carried.values())


def compare(
    present: Iterable[str],
    known: Mapping[str, KnownAnomaly],
    covers: Callable[[KnownAnomaly], bool],
    *,
    as_of: str,
    now: str,
) -> Comparison:
    """`present` are digests; `covers` says whether the snapshot would show an anomaly again."""
    carried = {
        digest: _found(known[digest], as_of, now)
        if digest in known
        else Carried(Recurrence.NEW, as_of)
        for digest in present
    }
    gone: list[VanishedAnomaly] = []
    absent: dict[str, KnownAnomaly] = {}
    uncovered = 0
    for digest, before in known.items():
        if digest in carried:
            continue
        absent[digest] = replace(before, present=False)
        if not before.is_open:
            continue
        if covers(before):
            comment = vanished_comment(as_of)
            gone.append(VanishedAnomaly(before.report_id, digest, before.since, comment))
            absent[digest] = replace(
                _moved(before, Status.RESOLVED, comment, now, Reason.VANISHED), present=False
            )
        else:
            uncovered += 1
    return Comparison(carried, tuple(gone), absent, uncovered)


def vanished_comment(as_of: str) -> str:
    return f"No longer in the snapshot of {as_of}."


def covers(areas: Collection[str], areas_before: Collection[str]) -> Callable[[KnownAnomaly], bool]:
    """For `compare`, by what a file that has these areas said of each (`Known.cover`)."""
    whole = set(areas_before).issubset(areas)
    return lambda known: (
        known.cover is CoverageState.YES or (known.cover is CoverageState.WHOLE and whole)
    )


def _found(before: KnownAnomaly, as_of: str, now: str) -> Carried:
    if before.persists:
        return Carried(Recurrence.PERSISTING, before.since, before.state, before.past)
    back = _moved(before, Status.NEW, f"Back in the snapshot of {as_of}.", now)
    return Carried(Recurrence.REAPPEARED, as_of, back.state, back.past)


def _moved(
    before: KnownAnomaly, status: Status, comment: str, now: str, reason: Reason | None = None
) -> KnownAnomaly:
    old = before.state
    state = replace(old, status=status, version=old.version + 1, updated_at=now, reason=reason)
    entry = {
        "at": now,
        "by": SYSTEM,
        "old_status": str(old.status),
        "new_status": str(status),
        "comment": comment,
        "version": state.version,
        **({"reason": str(reason)} if reason else {}),
    }
    return replace(before, state=state, past=(*before.past, entry)[-_PAST_KEPT:])
