"""Findings of an evaluation, and the coverage of each rule."""

from dataclasses import dataclass, field
from typing import Any, Literal

from stockwarden.detection.detector import Subject
from stockwarden.detection.priority import Priority


@dataclass(frozen=True, slots=True)
class Finding:
    """One anomaly. `evidence` has an entry per cell: sheet, row, column, raw and parsed value.

    `subject_id` and `location` are trimmed and upper-cased, `pallet_id` is the text of the file.
    `fingerprint` is the same for the same rule and subject in any file. `age_hours` is the age of
    the oldest row, None where no row has one.
    """

    rule: str
    title: str
    priority: Priority
    subject_type: Subject
    subject_id: str
    pallet_id: str | None
    location: str | None
    message: str
    details: dict[str, Any]
    affected_pallets: int
    evidence: list[dict[str, Any]]
    age_hours: float | None = None

    @property
    def evidence_total(self) -> int:
        return len(self.evidence)

    @property
    def fingerprint(self) -> str:
        return f"{self.rule}|{self.subject_type}|{self.subject_id}"

    def to_document(self) -> dict[str, Any]:
        """JSON-able, with the field names of the API."""
        return {
            "rule": self.rule,
            "title": self.title,
            "priority": self.priority.value,
            "subject": {"type": self.subject_type, "id": self.subject_id},
            "pallet_id": self.pallet_id,
            "location": self.location,
            "message": self.message,
            "details": self.details,
            "affected_pallets": self.affected_pallets,
            "evidence": self.evidence,
            "evidence_total": self.evidence_total,
            "fingerprint": self.fingerprint,
        }


@dataclass(frozen=True)
class RuleCoverage:
    """Coverage of one rule. `rows_judged` and the `rows_skipped` add up to the rows.

    `needs` are the missing inputs of a `not_evaluated` rule; a rule that the settings turn off is
    `disabled`. `anomalies` does not count the `suppressed` findings. `milliseconds` is the only
    value that differs between runs on the same input.
    """

    rule: str
    status: Literal["evaluated", "not_evaluated", "disabled"]
    rows_judged: int = 0
    rows_skipped: dict[str, int] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    anomalies: int = 0
    suppressed: int = 0
    milliseconds: float = 0.0

    def to_document(self) -> dict[str, Any]:
        """JSON-able, for the report."""
        return {
            "rule": self.rule,
            "status": self.status,
            "rows_judged": self.rows_judged,
            "rows_skipped": self.rows_skipped,
            "needs": list(self.needs),
            "anomalies": self.anomalies,
            "suppressed": self.suppressed,
            "milliseconds": round(self.milliseconds, 1),
        }


@dataclass(frozen=True)
class Evaluation:
    """Findings by priority, then rule, then subject; one coverage entry per detector."""

    findings: list[Finding]
    coverage: list[RuleCoverage]
