"""Lists of anomalies across reports. The cost of a call is bounded by its page.

They go through the ranks, in each rank through the lanes of pointers that the caller may read (the
own reports, then each shared warehouse), and in each lane through the reports, newest first. Least
urgent first is the same from its end. A pointer may lead to several reports (`pointers.py`): the
newest snapshot of a warehouse, and those under it for what no newer one has.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from stockwarden.anomalies.index_query import SortPosition
from stockwarden.anomalies.model import Anomaly, AnomalyPage
from stockwarden.anomalies.query_plan import index_query_for, position_in
from stockwarden.anomalies.records import anomaly_of
from stockwarden.anomalies.report_access import ReportAccess
from stockwarden.anomalies.repository import AnomalyRepository
from stockwarden.anomalies.requests import AnomalyFilter, Order
from stockwarden.anomalies.triage import Successors
from stockwarden.core.errors import BadRequest
from stockwarden.detection.priority import Priority
from stockwarden.identity.access import Caller
from stockwarden.storage.attributes import Item
from stockwarden.storage.cursors import damaged_cursor, decode_cursor, encode_cursor, is_listed
from stockwarden.storage.keys import anomalies as keys

# Pointers of a lane, or the heads of a report: each costs half a unit at least.
_QUERIES_PER_CALL = 12


@dataclass
class _Budget:
    """What a call across reports may still do."""

    wanted: int
    examine: int
    queries: int = _QUERIES_PER_CALL

    @property
    def spent(self) -> bool:
        return self.wanted == 0 or self.examine <= 0 or self.queries <= 0


@dataclass(frozen=True)
class _Resume:
    """Where a list across reports goes on: at a lane of a rank, a pointer in it, or inside that:
    at a generation, and a position in its anomalies."""

    priority: Priority
    lane: str
    listed: str
    generation: str
    position: SortPosition | None


@dataclass(frozen=True)
class _Member:
    """A report that a pointer leads to, and the newer ones whose anomalies it leaves to them."""

    report_id: str
    generation: str
    newer: Sequence["_Member"] = ()


class GlobalList:
    def __init__(
        self, repository: AnomalyRepository, reports: ReportAccess, successors: Successors
    ) -> None:
        self.repository = repository
        self.reports = reports
        self.successors = successors

    def page(
        self,
        caller: Caller,
        wanted: AnomalyFilter,
        cursor: str | None,
        limit: int,
        warehouse_id: str | None,
        *,
        order: Order,
    ) -> AnomalyPage:
        """Over the reports of one warehouse, or else over the caller's own and all shared ones.

        Raises NotFound for a warehouse that the caller may not see.
        """
        if warehouse_id:
            lanes = [self.reports.lane_of_warehouse(caller, warehouse_id)]
        else:
            lanes = self.reports.lanes(caller)
        wanted = wanted.asked_by(caller.username)
        scope = f"anomalies|{caller.username}|{warehouse_id}|{order}|{wanted.model_dump_json()}"
        stops = [
            (priority, lane)
            for priority in ([wanted.priority] if wanted.priority else Priority)
            for lane in lanes
        ]
        if order is Order.LEAST_URGENT:
            stops.reverse()
        resume = _resume(decode_cursor(scope, cursor, 6), stops)
        if resume:
            stops = stops[stops.index((resume.priority, resume.lane)) :]
        budget = _Budget(wanted=limit, examine=limit + 10)
        found: list[Anomaly] = []
        for priority, lane in stops:
            start = _Resume(priority, lane, "", "", None)
            place: _Resume | None = start
            if not budget.spent:
                anomalies, place = self._along(caller, start, wanted, resume, budget, order=order)
                found += anomalies
            if place:
                return AnomalyPage(anomalies=found, next_cursor=_cursor_at(scope, place))
            resume = None
        return AnomalyPage(anomalies=found, next_cursor=None)

    def _along(
        self,
        caller: Caller,
        start: _Resume,
        wanted: AnomalyFilter,
        resume: _Resume | None,
        budget: _Budget,
        *,
        order: Order,
    ) -> tuple[list[Anomaly], _Resume | None]:
        """What the lane has of the rank that `start` names, and where to go on if the budget ended
        first."""
        budget.queries -= 1
        found: list[Anomaly] = []
        for pointer in self.repository.pointers(
            start.lane,
            start.priority,
            start=resume.listed if resume else None,
            limit=budget.queries + 1,
            backwards=order is Order.LEAST_URGENT,
        ):
            listed = keys.listed_in(pointer)
            inside = resume if resume is not None and resume.listed == listed else None
            members = self._members(caller, pointer)
            if order is Order.LEAST_URGENT:
                members.reverse()
            for member in _from(members, inside):
                at = inside.position if inside and inside.generation == member.generation else None
                if not budget.spent:
                    anomalies, at = self._stretch(
                        member, wanted, start.priority, at, budget, order=order
                    )
                    found += anomalies
                    if at is None:
                        continue
                return found, _Resume(start.priority, start.lane, listed, member.generation, at)
        return found, None

    def _members(self, caller: Caller, pointer: Item) -> list[_Member]:
        """Of its rank. A report that is being deleted is none any more."""
        members = [_Member(pointer["report_id"], pointer["generation"])]
        under = pointer.get("under", ())
        seen = self.reports.find_many(caller, [one for one, *_ in under]) if under else {}
        every = list(members)
        for report_id, generation, has in under:
            if report_id not in seen:
                continue
            member = _Member(report_id, generation, tuple(every))
            every.append(member)
            if has:
                members.append(member)
        return members

    def _stretch(
        self,
        member: _Member,
        wanted: AnomalyFilter,
        priority: Priority,
        position: SortPosition | None,
        budget: _Budget,
        *,
        order: Order,
    ) -> tuple[list[Anomaly], SortPosition | None]:
        lane = index_query_for(
            keys.generation(member.report_id, member.generation),
            wanted.model_copy(update={"priority": priority}),
            rule_is_rarer=True,
            order=order,
        )
        stretch = self.repository.walk(
            lane,
            after=position_in(lane, [position.sort, position.digest] if position else None),
            wanted=budget.wanted,
            examine=budget.examine,
        )
        records = stretch.records
        for newer in member.newer:
            theirs = self.successors.digests(newer.report_id, newer.generation)
            records = [record for record in records if keys.digest_in(record) not in theirs]
        budget.wanted -= len(records)
        budget.examine -= stretch.examined
        budget.queries -= 1
        return [anomaly_of(record) for record in records], stretch.position


def _cursor_at(scope: str, place: _Resume) -> str:
    at = place.position
    inside = [at.sort, at.digest] if at else ["", ""]
    parts = [str(place.priority.rank), place.lane, place.listed, place.generation, *inside]
    return encode_cursor(scope, parts)


def _resume(parts: list[str] | None, stops: Sequence[tuple[Priority, str]]) -> _Resume | None:
    """Only a stop of this list may be named: a cursor opens no other lane."""
    if parts is None:
        return None
    rank, lane, listed, generation, sort, digest = parts
    for priority, known in stops:
        if (str(priority.rank), known) == (rank, lane) and (not listed or is_listed(listed)):
            position = SortPosition(sort, digest) if sort else None
            return _Resume(priority, lane, listed, generation, position)
    raise damaged_cursor("damaged or too old")


def _from(members: list[_Member], inside: _Resume | None) -> list[_Member]:
    """Those that a list has not passed yet."""
    if inside is None:
        return members
    for at, member in enumerate(members):
        if member.generation == inside.generation:
            return members[at:]
    if inside.position:
        raise BadRequest("A report was analyzed again meanwhile; start from the first page.")
    return members
