"""How often each rule was right in a warehouse, by the reasons given for resolved anomalies."""

from collections import Counter

from stockwarden.anomalies.model import VERDICTS, Reason
from stockwarden.anomalies.repository import AnomalyRepository
from stockwarden.rules.model import RulePrecision
from stockwarden.storage.tables import Table

# The counts stand with each report (counts.py) and are added up when asked for: at most half a unit
# each, and never out of step with the anomalies. Older verdicts say little about today's settings.
REPORTS = 20


class PrecisionService:
    def __init__(self, reports: Table, repository: AnomalyRepository) -> None:
        self.reports = reports
        self.repository = repository

    def of(self, warehouse_id: str) -> dict[str, RulePrecision]:
        """By rule, over the newest reports; a rule that nobody has judged is not in it."""
        page = self.reports.query(
            "#warehouse_id = :warehouse_id",
            index="by_warehouse",
            newest_first=True,
            limit=REPORTS,
            warehouse_id=warehouse_id,
        )
        judged: Counter[tuple[str, Reason]] = Counter()
        for counts in self.repository.counts_of([summary["id"] for summary in page.items]):
            judged.update(counts.verdicts)
        rules = sorted({rule for (rule, _), count in judged.items() if count})
        # Below 0 where a verdict was taken back in one of them that was given in one before.
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
