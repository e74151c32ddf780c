"""Lists the anomalies of one report, in either order. The cost of a call is bounded by its page.

A list queries one partition of the index that fits its filter best; the rest of the filter is
applied to a bounded number of examined records.
"""

from collections.abc import Iterator
from itertools import groupby

from stockwarden.anomalies.companions import without_companions
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

    def list_anomalies(
        self,
        caller: Caller,
        report_id: str,
        anomaly_filter: AnomalyFilter,
        cursor: str | None,
        limit: int,
        *,
        order: Order,
        grouped: bool = False,
    ) -> AnomalyPage:
        records, next_cursor = self.list_records(
            caller, report_id, anomaly_filter, cursor, limit, order=order
        )
        listed = records
        if grouped:
            wanted = anomaly_filter.for_user(caller.username)
            listed = without_companions(self.repository, records, wanted)
        return AnomalyPage(
            anomalies=[anomaly_of(record) for record in listed],
            left_out=len(records) - len(listed),
            next_cursor=next_cursor,
        )

    def list_records(
        self,
        caller: Caller,
        report_id: str,
        anomaly_filter: AnomalyFilter,
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
        anomaly_filter = anomaly_filter.for_user(caller.username)
        index_query = index_query_for(
            report.partition, anomaly_filter, self._rule_is_rarer(report, anomaly_filter), order
        )
        scope = f"anomalies|{report.partition}|{order}|{anomaly_filter.model_dump_json()}"
        scanned = self.repository.scan(
            index_query,
            position=position_in(index_query, decode_cursor(scope, cursor, 2)),
            limit=limit,
            examine_limit=max(2 * limit + 10, _EXAMINED_IN_REPORT),
        )
        return scanned.records, _cursor(scope, scanned.position)

    def by_location(
        self, caller: Caller, report_id: str, cursor: str | None, limit: int
    ) -> LocationPage:
        report = self.reports.find(caller, report_id)
        if report.partition is None:
            return LocationPage(locations=[], next_cursor=None)
        index_query = IndexQuery("by_location", report.partition, "pk", report.partition, "place")
        scope = f"locations|{report.partition}"
        scanned = self.repository.scan(
            index_query,
            position=position_in(index_query, decode_cursor(scope, cursor, 2)),
            limit=limit,
            examine_limit=0,
        )
        return LocationPage(
            locations=[
                LocationAnomalies(
                    name=location_name(anomalies[0].location),
                    anomalyCount=total,
                    anomalies=anomalies,
                )
                for total, anomalies in _grouped(scanned.records)
            ],
            next_cursor=_cursor(scope, scanned.position),
        )

    def _rule_is_rarer(self, report: ReportView, anomaly_filter: AnomalyFilter) -> bool:
        if not (anomaly_filter.status and anomaly_filter.rule) or anomaly_filter.location:
            return False
        counts = self.repository.counts(report.id)
        of_status = sum(counts.by_status[status] for status in anomaly_filter.status)
        return counts.by_rule.get(anomaly_filter.rule, 0) < of_status


def _grouped(records: list[Item]) -> Iterator[tuple[int, list[Anomaly]]]:
    """Groups consecutive records by location, with the location's total number of anomalies."""
    for _, group in groupby(
        records, key=lambda record: record["place"].removesuffix(record["urgency"])
    ):
        members = list(group)
        yield members[0]["at_location"], [anomaly_of(record) for record in members]


def _cursor(scope: str, position: SortPosition | None) -> str | None:
    return encode_cursor(scope, [position.sort, position.digest]) if position else None
