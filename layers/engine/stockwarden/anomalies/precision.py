"""Precision of each rule in a warehouse, from the reasons given for resolved anomalies."""

from collections import Counter

from stockwarden.anomalies.model import VERDICTS, Reason
from stockwarden.anomalies.repository import AnomalyRepository
from stockwarden.rules.model import RulePrecision
from stockwarden.storage.attributes import Item
from stockwarden.storage.tables import Table

# The counts of each report (counts.py) are summed per request: half a read unit each, and always
# consistent with the anomalies. Older verdicts say little about today's settings.
REPORTS = 20


def newest_reports(reports: Table, warehouse_id: str) -> list[Item]:
    """The summaries of the newest reports of a warehouse, newest first."""
    return reports.query(
        "#warehouse_id = :warehouse_id",
        index="by_warehouse",
        newest_first=True,
        limit=REPORTS,
        warehouse_id=warehouse_id,
    ).items


class PrecisionService:
    def __init__(self, reports: Table, repository: AnomalyRepository) -> None:
        self.reports = reports
        self.repository = repository

    def list_precisions(self, warehouse_id: str) -> dict[str, RulePrecision]:
        """{rule: precision} over the newest reports; without rules that have no verdict."""
        judged: Counter[tuple[str, Reason]] = Counter()
        report_ids = [summary["id"] for summary in newest_reports(self.reports, warehouse_id)]
        for counts in self.repository.counts_by_report(report_ids).values():
            judged.update(counts.verdicts)
        rules = sorted({rule for (rule, _), count in judged.items() if count})
        # Below 0 where a verdict was withdrawn in a report after it was given in an earlier one.
        return {
            rule: _precision(*(max(0, judged[rule, reason]) for reason in VERDICTS))
            for rule in rules
        }


def _precision(real: int, false_positive: int, data_error: int, accepted: int) -> RulePrecision:
    right = real + accepted
    return RulePrecision(
        real=real,
        false_positive=false_positive,
        data_error=data_error,
        accepted=accepted,
        precision=round(right / (right + false_positive), 4) if right + false_positive else None,
    )
