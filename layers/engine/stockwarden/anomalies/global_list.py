"""Lists anomalies across reports. The cost of a call is bounded by its page.

The list goes through the priorities, in each priority through the feeds of pointers that the caller
may read (the caller's own reports, then each shared warehouse), and in each feed through the
reports, newest first; least urgent first is the reverse. A pointer may lead to several reports
(`list_pointers.py`): the newest snapshot of a warehouse, and those under it for anomalies that no
newer one has.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from stockwarden.anomalies.companions import without_companions
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

# A query reads the pointers of a feed or the records of a report: at least half a read unit.
_QUERIES_PER_CALL = 12


@dataclass
class _Budget:
    """The number of anomalies, examined records and queries that a call has left, and of the
    companions that it has left out."""

    remaining: int
    examine: int
    queries: int = _QUERIES_PER_CALL
    left_out: int = 0

    @property
    def spent(self) -> bool:
        return self.remaining == 0 or self.examine <= 0 or self.queries <= 0


@dataclass(frozen=True)
class _Wanted:
    """What is listed: the filter, the order, and whether without companions whose lead is."""

    filter: AnomalyFilter
    order: Order
    grouped: bool


@dataclass(frozen=True)
class _Resume:
    """Where a list across reports continues: at a feed of a priority, a pointer in it, or within
    that: at a generation, and a position in its anomalies."""

    priority: Priority
    feed: str
    listed: str
    generation: str
    position: SortPosition | None


@dataclass(frozen=True)
class _Member:
    """A report that a pointer leads to; anomalies that one of `newer` has are listed there."""

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

    def list_anomalies(
        self,
        caller: Caller,
        anomaly_filter: AnomalyFilter,
        cursor: str | None,
        limit: int,
        warehouse_id: str | None,
        *,
        order: Order,
        grouped: bool = False,
    ) -> AnomalyPage:
        """Lists over the reports of one warehouse, or over the caller's own and all shared ones.

        Raises NotFound for a warehouse that the caller may not see.
        """
        if warehouse_id:
            feeds = [self.reports.feed_of_warehouse(caller, warehouse_id)]
        else:
            feeds = self.reports.feeds(caller)
        anomaly_filter = anomaly_filter.for_user(caller.username)
        scope = (
            f"anomalies|{caller.username}|{warehouse_id}|{order}|{anomaly_filter.model_dump_json()}"
        )
        stops = [
            (priority, feed)
            for priority in ([anomaly_filter.priority] if anomaly_filter.priority else Priority)
            for feed in feeds
        ]
        if order is Order.LEAST_URGENT:
            stops.reverse()
        resume = _resume(decode_cursor(scope, cursor, 6), stops)
        if resume:
            stops = stops[stops.index((resume.priority, resume.feed)) :]
        budget = _Budget(remaining=limit, examine=limit + 10)
        wanted = _Wanted(anomaly_filter, order, grouped)
        anomalies_listed: list[Anomaly] = []
        position: _Resume | None = None
        for priority, feed in stops:
            position = start = _Resume(priority, feed, "", "", None)
            if not budget.spent:
                anomalies, position = self._list_feed(caller, start, wanted, resume, budget)
                anomalies_listed += anomalies
            if position:
                break
            resume = None
        return AnomalyPage(
            anomalies=anomalies_listed,
            left_out=budget.left_out,
            next_cursor=_cursor_at(scope, position) if position else None,
        )

    def _list_feed(
        self,
        caller: Caller,
        start: _Resume,
        wanted: _Wanted,
        resume: _Resume | None,
        budget: _Budget,
    ) -> tuple[list[Anomaly], _Resume | None]:
        """The anomalies of one feed and priority (`start`), and where to continue if the budget
        ended first."""
        budget.queries -= 1
        anomalies_listed: list[Anomaly] = []
        for pointer in self.repository.pointers(
            start.feed,
            start.priority,
            start=resume.listed if resume else None,
            limit=budget.queries + 1,
            backwards=wanted.order is Order.LEAST_URGENT,
        ):
            listed = keys.listed_in(pointer)
            resumed = resume if resume is not None and resume.listed == listed else None
            members = self._members(caller, pointer)
            if wanted.order is Order.LEAST_URGENT:
                members.reverse()
            for member in _members_from(members, resumed):
                position = (
                    resumed.position
                    if resumed and resumed.generation == member.generation
                    else None
                )
                if not budget.spent:
                    anomalies, position = self._list_member(
                        member, wanted, start.priority, position, budget
                    )
                    anomalies_listed += anomalies
                    if position is None:
                        continue
                return anomalies_listed, _Resume(
                    start.priority, start.feed, listed, member.generation, position
                )
        return anomalies_listed, None

    def _members(self, caller: Caller, pointer: Item) -> list[_Member]:
        """The reports of a pointer that have anomalies of its priority; without deleted ones."""
        members = [_Member(pointer["report_id"], pointer["generation"])]
        entries = pointer.get("under", ())
        visible = (
            self.reports.find_many(caller, [member_id for member_id, *_ in entries])
            if entries
            else {}
        )
        newer = list(members)
        for report_id, generation, count in entries:
            if report_id not in visible:
                continue
            member = _Member(report_id, generation, tuple(newer))
            newer.append(member)
            if count:
                members.append(member)
        return members

    def _list_member(
        self,
        member: _Member,
        wanted: _Wanted,
        priority: Priority,
        position: SortPosition | None,
        budget: _Budget,
    ) -> tuple[list[Anomaly], SortPosition | None]:
        index_query = index_query_for(
            keys.generation(member.report_id, member.generation),
            wanted.filter.model_copy(update={"priority": priority}),
            rule_is_rarer=True,
            order=wanted.order,
        )
        scanned = self.repository.scan(
            index_query,
            position=position_in(
                index_query, [position.sort, position.digest] if position else None
            ),
            limit=budget.remaining,
            examine_limit=budget.examine,
        )
        newer_digests: frozenset[str] = frozenset().union(
            *(self.successors.digests(each.report_id, each.generation) for each in member.newer)
        )
        records = [
            record for record in scanned.records if keys.digest_in(record) not in newer_digests
        ]
        if wanted.grouped:
            lines = without_companions(self.repository, records, wanted.filter, newer_digests)
            budget.left_out += len(records) - len(lines)
            records = lines
        budget.remaining -= len(records)
        budget.examine -= scanned.examined
        budget.queries -= 1
        return [anomaly_of(record) for record in records], scanned.position


def _cursor_at(scope: str, resume: _Resume) -> str:
    position = resume.position
    position_parts = [position.sort, position.digest] if position else ["", ""]
    parts = [
        str(resume.priority.rank),
        resume.feed,
        resume.listed,
        resume.generation,
        *position_parts,
    ]
    return encode_cursor(scope, parts)


def _resume(parts: list[str] | None, stops: Sequence[tuple[Priority, str]]) -> _Resume | None:
    """Parses a cursor. Raises BadRequest for a position outside this list, so that a cursor gives
    access to no other feed."""
    if parts is None:
        return None
    rank, feed, listed, generation, sort, digest = parts
    for priority, stop_feed in stops:
        if (str(priority.rank), stop_feed) == (rank, feed) and (not listed or is_listed(listed)):
            position = SortPosition(sort, digest) if sort else None
            return _Resume(priority, feed, listed, generation, position)
    raise damaged_cursor("damaged or too old")


def _members_from(members: list[_Member], resume: _Resume | None) -> list[_Member]:
    """The members from the resumed one on. Raises BadRequest where its generation is gone."""
    if resume is None:
        return members
    for index, member in enumerate(members):
        if member.generation == resume.generation:
            return members[index:]
    if resume.position:
        raise BadRequest("A report was analyzed again meanwhile; start from the first page.")
    return members
