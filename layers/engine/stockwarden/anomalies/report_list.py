"""The anomalies of one report, from either end. The cost of a call is bounded by its page.

A list walks one partition of the index that fits its filter best; what the index cannot express is
filtered while a bounded number of heads is examined.
"""

from collections.abc import Iterator
from itertools import groupby

from stockwarden.anomalies.index_query import IndexQuery, SortPosition
from stockwarden.anomalies.model import (
    Anomaly,
    AnomalyPage,
    LocationAnomalies,
    LocationPage,
    location_name,
)
from stockwarden.anomalies.query_plan import index_query_for, position_in
from stockwarden.anomalies.records import anomaly_of
from stockwarden.anomalies.report_access import ReportAccess, ReportView
from stockwarden.anomalies.repository import AnomalyRepository
from stockwarden.anomalies.requests import AnomalyFilter, Order
from stockwarden.identity.access import Action, Caller
from stockwarden.storage.attributes import Item
from stockwarden.storage.cursors import decode_cursor, encode_cursor

_EXAMINED_IN_REPORT = 110


class ReportAnomalyList:
    def __init__(self, repository: AnomalyRepository, reports: ReportAccess) -> None:
        self.repository = repository
        self.reports = reports

    def of_report(
        self,
        caller: Caller,
        report_id: str,
        wanted: AnomalyFilter,
        cursor: str | None,
        limit: int,
        *,
        order: Order,
    ) -> AnomalyPage:
        records, next_cursor = self.records_of_report(
            caller, report_id, wanted, cursor, limit, order=order
        )
        return AnomalyPage(
            anomalies=[anomaly_of(record) for record in records], next_cursor=next_cursor
        )

    def records_of_report(
        self,
        caller: Caller,
        report_id: str,
        wanted: AnomalyFilter,
        cursor: str | None,
        limit: int,
        *,
        action: Action = Action.SEE,
        order: Order = Order.MOST_URGENT,
    ) -> tuple[list[Item], str | None]:
        """Raises NotFound for a report that the caller may not see, Forbidden for the action."""
        report = self.reports.find(caller, report_id, action)
        if report.partition is None:
            return [], None
        wanted = wanted.asked_by(caller.username)
        lane = index_query_for(report.partition, wanted, self._rule_is_rarer(report, wanted), order)
        scope = f"anomalies|{report.partition}|{order}|{wanted.model_dump_json()}"
        stretch = self.repository.walk(
            lane,
            after=position_in(lane, decode_cursor(scope, cursor, 2)),
            wanted=limit,
            examine=max(2 * limit + 10, _EXAMINED_IN_REPORT),
        )
        return stretch.records, _cursor(scope, stretch.position)

    def by_location(
        self, caller: Caller, report_id: str, cursor: str | None, limit: int
    ) -> LocationPage:
        report = self.reports.find(caller, report_id)
        if report.partition is None:
            return LocationPage(locations=[], next_cursor=None)
        lane = IndexQuery("by_location", report.partition, "pk", report.partition, "place")
        scope = f"locations|{report.partition}"
        stretch = self.repository.walk(
            lane, after=position_in(lane, decode_cursor(scope, cursor, 2)), wanted=limit, examine=0
        )
        return LocationPage(
            locations=[
                LocationAnomalies(
                    name=location_name(anomalies[0].location),
                    anomalyCount=total,
                    anomalies=anomalies,
                )
                for total, anomalies in _grouped(stretch.records)
            ],
            next_cursor=_cursor(scope, stretch.position),
        )

    def _rule_is_rarer(self, report: ReportView, wanted: AnomalyFilter) -> bool:
        if not (wanted.status and wanted.rule) or wanted.location:
            return False
        counts = self.repository.counts(report.id)
        of_status = sum(counts.by_status[status] for status in wanted.status)
        return counts.by_rule.get(wanted.rule, 0) < of_status


def _grouped(records: list[Item]) -> Iterator[tuple[int, list[Anomaly]]]:
    """Neighbours of one location together, with the number that the location has in all."""
    for _, group in groupby(
        records, key=lambda record: record["place"].removesuffix(record["urgency"])
    ):
        members = list(group)
        yield members[0]["at_location"], [anomaly_of(record) for record in members]


def _cursor(scope: str, position: SortPosition | None) -> str | None:
    return encode_cursor(scope, [position.sort, position.digest]) if position else None
