"""Lists of anomalies, most urgent first. The cost of a call is bounded by its page.

A list within a report walks one partition of the index that fits its filter best; what the index
cannot express is filtered while a bounded number of heads is examined. A list across reports
goes through the ranks, and in each through the reports that have such anomalies, newest first.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from stockwarden.anomalies import keys
from stockwarden.anomalies.heads import anomaly_of
from stockwarden.anomalies.model import (
    Anomaly,
    AnomalyFilter,
    AnomalyPage,
    LocationAnomalies,
    LocationPage,
)
from stockwarden.anomalies.report_access import ReportAccess, ReportView
from stockwarden.anomalies.repository import AnomalyRepository, Lane, Position
from stockwarden.core.errors import BadRequest
from stockwarden.detection.priority import Priority
from stockwarden.identity.access import Caller
from stockwarden.storage.attributes import Item
from stockwarden.storage.cursors import decode_cursor, encode_cursor, is_listed

_EXAMINED_IN_REPORT = 110
_REPORTS_PER_CALL = 10
_LONGEST_KEY = 200


@dataclass
class _Budget:
    """What a call across reports may still do."""

    wanted: int
    examine: int
    reports: int = _REPORTS_PER_CALL

    @property
    def spent(self) -> bool:
        return self.wanted == 0 or self.examine <= 0 or self.reports == 0


@dataclass(frozen=True)
class _Resume:
    """Where a list across reports goes on: at a report of a rank, or inside it."""

    priority: Priority
    listed: str
    generation: str
    position: Position | None


class Listing:
    def __init__(self, repository: AnomalyRepository, reports: ReportAccess) -> None:
        self.repository = repository
        self.reports = reports

    def of_report(
        self, caller: Caller, report_id: str, wanted: AnomalyFilter, cursor: str | None, limit: int
    ) -> AnomalyPage:
        heads, next_cursor = self.heads_of_report(caller, report_id, wanted, cursor, limit)
        return AnomalyPage(anomalies=[anomaly_of(head) for head in heads], next_cursor=next_cursor)

    def heads_of_report(
        self, caller: Caller, report_id: str, wanted: AnomalyFilter, cursor: str | None, limit: int
    ) -> tuple[list[Item], str | None]:
        """Raises NotFound for a report that the caller may not see."""
        report = self.reports.find(caller, report_id)
        if report.partition is None:
            return [], None
        lane = _lane(report.partition, wanted, self._rule_is_rarer(report, wanted))
        scope = f"anomalies|{report.partition}|{wanted.model_dump_json()}"
        stretch = self.repository.walk(
            lane,
            after=_position(lane, decode_cursor(scope, cursor, 2)),
            wanted=limit,
            examine=max(2 * limit + 10, _EXAMINED_IN_REPORT),
        )
        return stretch.heads, _cursor(scope, stretch.position)

    def by_location(
        self, caller: Caller, report_id: str, cursor: str | None, limit: int
    ) -> LocationPage:
        report = self.reports.find(caller, report_id)
        if report.partition is None:
            return LocationPage(locations=[], next_cursor=None)
        lane = Lane("by_location", report.partition, "pk", report.partition, "place")
        scope = f"locations|{report.partition}"
        stretch = self.repository.walk(
            lane, after=_position(lane, decode_cursor(scope, cursor, 2)), wanted=limit, examine=0
        )
        return LocationPage(
            locations=[
                LocationAnomalies(
                    name=keys.location_name(anomalies[0].location),
                    anomalyCount=total,
                    anomalies=anomalies,
                )
                for total, anomalies in _grouped(stretch.heads)
            ],
            next_cursor=_cursor(scope, stretch.position),
        )

    def of_caller(
        self, caller: Caller, wanted: AnomalyFilter, cursor: str | None, limit: int
    ) -> AnomalyPage:
        """Across the caller's own reports."""
        owner = self.reports.owner_key(caller)
        scope = f"anomalies|{owner}|{wanted.model_dump_json()}"
        priorities = [wanted.priority] if wanted.priority else list(Priority)
        resume = _resume(decode_cursor(scope, cursor, 5), priorities)
        if resume:
            priorities = priorities[priorities.index(resume.priority) :]
        budget = _Budget(wanted=limit, examine=limit + 10)
        found: list[Anomaly] = []
        for priority in priorities:
            start = resume.listed if resume and resume.priority is priority else None
            for pointer in self.repository.pointers(
                keys.pointer_partition(owner, priority), start=start, limit=budget.reports + 1
            ):
                position = _position_in(pointer, resume if start == pointer["sk"] else None)
                if not budget.spent:
                    anomalies, position = self._stretch(pointer, wanted, priority, position, budget)
                    found += anomalies
                    if position is None:
                        continue
                next_cursor = _cursor_at(scope, priority, pointer, position)
                return AnomalyPage(anomalies=found, next_cursor=next_cursor)
        return AnomalyPage(anomalies=found, next_cursor=None)

    def _stretch(
        self,
        pointer: Item,
        wanted: AnomalyFilter,
        priority: Priority,
        position: Position | None,
        budget: _Budget,
    ) -> tuple[list[Anomaly], Position | None]:
        lane = _lane(
            keys.partition(pointer["report_id"], pointer["generation"]),
            wanted.model_copy(update={"priority": priority}),
            rule_is_rarer=True,
        )
        stretch = self.repository.walk(
            lane,
            after=_position(lane, [position.sort, position.digest] if position else None),
            wanted=budget.wanted,
            examine=budget.examine,
        )
        budget.wanted -= len(stretch.heads)
        budget.examine -= stretch.examined
        budget.reports -= 1
        return [anomaly_of(head) for head in stretch.heads], stretch.position

    def _rule_is_rarer(self, report: ReportView, wanted: AnomalyFilter) -> bool:
        if not (wanted.status and wanted.rule) or wanted.location:
            return False
        counts = self.repository.counts(report.id)
        return counts.by_rule.get(wanted.rule, 0) < counts.by_status[wanted.status]


def _lane(pk: str, wanted: AnomalyFilter, rule_is_rarer: bool) -> Lane:
    """The partition that holds the fewest other heads, and the filter for those."""
    rank = f"{wanted.priority.rank}#" if wanted.priority else ""
    filters = {
        "pk_status": keys.status_partition(pk, wanted.status) if wanted.status else None,
        "pk_rule": keys.rule_partition(pk, wanted.rule) if wanted.rule else None,
        "assignee": wanted.assignee,
    }
    partition_name, prefix = "pk", rank
    if wanted.location:
        index, prefix = "by_location", keys.place_prefix(keys.location_name(wanted.location)) + rank
    elif filters["pk_rule"] and (rule_is_rarer or not filters["pk_status"]):
        index, partition_name = "by_rule", "pk_rule"
    elif filters["pk_status"]:
        index, partition_name = "by_status", "pk_status"
    else:
        index = "by_urgency"
    partition = filters.pop(partition_name, None) or pk
    values = {name: value for name, value in filters.items() if value}
    return Lane(
        index=index,
        pk=pk,
        partition_name=partition_name,
        partition=partition,
        sort_name="place" if wanted.location else "urgency",
        prefix=prefix,
        where=[f"#{name} = :{name}" for name in values],
        values=values,
    )


def _grouped(heads: list[Item]) -> Iterator[tuple[int, list[Anomaly]]]:
    """Neighbours of one location together, with the number that the location has in all."""
    for _, group in groupby(heads, key=lambda head: head["place"].removesuffix(head["urgency"])):
        members = list(group)
        yield members[0]["at_location"], [anomaly_of(head) for head in members]


def _cursor(scope: str, position: Position | None) -> str | None:
    return encode_cursor(scope, [position.sort, position.digest]) if position else None


def _position(lane: Lane, parts: list[str] | None) -> Position | None:
    """Raises BadRequest for a key that cannot be in the lane, which DynamoDB would refuse."""
    if parts is None:
        return None
    sort, digest = parts
    urgency = sort if lane.sort_name == "urgency" else sort[-len("0#0000000") :]
    if (
        not sort.startswith(lane.prefix)
        or len(sort) > _LONGEST_KEY
        or not keys.URGENCY.fullmatch(urgency)
        or not keys.DIGEST.fullmatch(digest)
    ):
        raise BadRequest("The cursor is damaged; start from the first page.")
    return Position(sort, digest)


def _cursor_at(scope: str, priority: Priority, pointer: Item, position: Position | None) -> str:
    place = [position.sort, position.digest] if position else ["", ""]
    return encode_cursor(scope, [str(priority.rank), pointer["sk"], pointer["generation"], *place])


def _resume(parts: list[str] | None, priorities: list[Priority]) -> _Resume | None:
    if parts is None:
        return None
    rank, listed, generation, sort, digest = parts
    priority = next((level for level in priorities if str(level.rank) == rank), None)
    if priority is None or not is_listed(listed):
        raise BadRequest("The cursor is damaged; start from the first page.")
    return _Resume(priority, listed, generation, Position(sort, digest) if sort else None)


def _position_in(pointer: Item, resume: _Resume | None) -> Position | None:
    if resume is None:
        return None
    if resume.position and resume.generation != pointer["generation"]:
        raise BadRequest("A report was analyzed again meanwhile; start from the first page.")
    return resume.position
