"""Findings of an evaluation, and the coverage of each rule."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from stockwarden.detection.catalog_items import CatalogItem
from stockwarden.detection.cold_goods import ColdGoodsQuestions
from stockwarden.detection.detector import FindingSubject
from stockwarden.detection.priority import Priority

if TYPE_CHECKING:
    from stockwarden.detection.flood import Flood


@dataclass(frozen=True, slots=True)
class Finding:
    """One anomaly. `evidence` has an entry per cell: sheet, row, column, raw and parsed value.

    `subject_id` and `location` are trimmed and upper-cased, `pallet_id` is the text of the file.
    `fingerprint` is the same for the same rule and subject in any file. `age_hours` is the age of
    the oldest row, None where no row has one. `cells` is the number of all cells where `evidence`
    has only the first ones.

    A flood is about its rule: `subject_id` is the rule's code, `age_hours` the mean of its members,
    and `cost_facts` are what its cost is computed from instead of its details.

    `item` is the item of the catalog that all of its rows are of, if there is one.
    """

    rule: str
    title: str
    priority: Priority
    subject_type: FindingSubject
    subject_id: str
    pallet_id: str | None
    location: str | None
    message: str
    details: dict[str, Any]
    affected_pallets: int
    evidence: list[dict[str, Any]]
    age_hours: float | None = None
    cells: int | None = None
    cost_facts: Mapping[str, Any] = field(default_factory=dict)
    item: CatalogItem | None = None

    @property
    def evidence_total(self) -> int:
        return len(self.evidence) if self.cells is None else self.cells

    @property
    def is_flood(self) -> bool:
        return self.subject_type == "rule"

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
            **({"item": {"id": self.item.id, "sku": self.item.sku}} if self.item else {}),
        }


class FloodSize(NamedTuple):
    """The numbers of subjects that a rule flags and that it judged."""

    subjects: int
    judged: int


@dataclass(frozen=True)
class RuleCoverage:
    """Coverage of one rule. `rows_judged` and the `rows_skipped` add up to the rows.

    `needs` are the missing inputs of a `not_evaluated` rule; a rule that the settings turn off is
    `disabled`. `anomalies` does not count the `suppressed` findings. `flood` is set where one
    anomaly stands for many subjects. `questions` are about skipped rows. `milliseconds` is the
    only value that differs between runs on the same input.
    """

    rule: str
    status: Literal["evaluated", "not_evaluated", "disabled"]
    rows_judged: int = 0
    rows_skipped: dict[str, int] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    anomalies: int = 0
    suppressed: int = 0
    flood: "FloodSize | None" = None
    questions: ColdGoodsQuestions = field(default_factory=ColdGoodsQuestions)
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
            **({"flood": self.flood._asdict()} if self.flood else {}),
            **(self.questions.to_document() if self.questions.asked else {}),
            "milliseconds": round(self.milliseconds, 1),
        }


@dataclass(frozen=True)
class Evaluation:
    """Findings by priority, then rule, then subject; one coverage entry per detector. `floods` has
    the members of each flood among the findings, by rule."""

    findings: list[Finding]
    coverage: list[RuleCoverage]
    floods: "Mapping[str, Flood]" = field(default_factory=dict)
