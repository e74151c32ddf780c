"""Lists of anomalies across reports. The cost of a call is bounded by its page.

They go through the ranks, in each rank through the lanes of pointers that the caller may read (the
own reports, then each shared warehouse), and in each lane through the reports, newest first. Least
urgent first is the same from its end.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from stockwarden.anomalies import keys
from stockwarden.anomalies.heads import anomaly_of
from stockwarden.anomalies.lanes import lane_for, position_in
from stockwarden.anomalies.model import Anomaly, AnomalyPage
from stockwarden.anomalies.report_access import ReportAccess
from stockwarden.anomalies.repository import AnomalyRepository, Position
from stockwarden.anomalies.requests import AnomalyFilter, Order
from stockwarden.core.errors import BadRequest
from stockwarden.detection.priority import Priority
from stockwarden.identity.access import Caller
from stockwarden.storage.attributes import Item
from stockwarden.storage.cursors import decode_cursor, encode_cursor, is_listed

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
    """Where a list across reports goes on: at a lane of a rank, a report in it, or inside that."""

    priority: Priority
    lane: str
    listed: str
    generation: str
    position: Position | None


class Across:
    def __init__(self, repository: AnomalyRepository, reports: ReportAccess) -> None:
        self.repository = repository
        self.reports = reports

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
            place: _Resume | None = _Resume(priority, lane, "", "", None)
            if not budget.spent:
                anomalies, place = self._along(lane, priority, wanted, resume, budget, order=order)
                found += anomalies
            if place:
                return AnomalyPage(anomalies=found, next_cursor=_cursor_at(scope, place))
            resume = None
        return AnomalyPage(anomalies=found, next_cursor=None)

    def _along(
        self,
        lane: str,
        priority: Priority,
        wanted: AnomalyFilter,
        resume: _Resume | None,
        budget: _Budget,
        *,
        order: Order,
    ) -> tuple[list[Anomaly], _Resume | None]:
        """What a lane has of one rank, and where to go on if the budget ended first."""
        budget.queries -= 1
        found: list[Anomaly] = []
        for pointer in self.repository.pointers(
            keys.pointer_partition(lane, priority),
            start=resume.listed if resume else None,
            limit=budget.queries + 1,
            backwards=order is Order.LEAST_URGENT,
        ):
            at_resume = resume is not None and resume.listed == pointer["sk"]
            position = _position_in(pointer, resume if at_resume else None)
            if not budget.spent:
                anomalies, position = self._stretch(
                    pointer, wanted, priority, position, budget, order=order
                )
                found += anomalies
                if position is None:
                    continue
            here = _Resume(priority, lane, pointer["sk"], pointer["generation"], position)
            return found, here
        return found, None

    def _stretch(
        self,
        pointer: Item,
        wanted: AnomalyFilter,
        priority: Priority,
        position: Position | None,
        budget: _Budget,
        *,
        order: Order,
    ) -> tuple[list[Anomaly], Position | None]:
        lane = lane_for(
            keys.partition(pointer["report_id"], pointer["generation"]),
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
        budget.wanted -= len(stretch.heads)
        budget.examine -= stretch.examined
        budget.queries -= 1
        return [anomaly_of(head) for head in stretch.heads], stretch.position


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
            position = Position(sort, digest) if sort else None
            return _Resume(priority, lane, listed, generation, position)
    raise BadRequest("The cursor is damaged or too old; start from the first page.")


def _position_in(pointer: Item, resume: _Resume | None) -> Position | None:
    if resume is None:
        return None
    if resume.position and resume.generation != pointer["generation"]:
        raise BadRequest("A report was analyzed again meanwhile; start from the first page.")
    return resume.position
