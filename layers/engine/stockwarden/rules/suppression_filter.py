"""Suppressions, and the filter that removes suppressed findings from an evaluation.

A suppression applies to a rule and to the subjects (pallet, location or lot ids) that its pattern
matches, through the day `until`. That day is compared with the snapshot's own, in the warehouse's
time zone, never with today: the same file under the same suppressions gives the same anomalies on
any day.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from stockwarden.detection.finding import Evaluation, Finding
from stockwarden.warehouse.layout.automaton import NO_MATCH, Automaton
from stockwarden.warehouse.layout.patterns import comparable_all, compile_pattern


@dataclass(frozen=True)
class Suppression:
    id: str
    rule: str
    subject_pattern: str
    until: date
    reason: str


@dataclass(frozen=True)
class Suppressed:
    """An evaluation without its suppressed findings, and what was suppressed.

    The coverage of `evaluation` counts both. `fingerprints` are those of the suppressed findings.
    `used` counts the findings that each suppression removed; unused suppressions are absent.
    """

    evaluation: Evaluation
    fingerprints: frozenset[str]
    used: Mapping[Suppression, int]

    def to_document(self) -> list[dict[str, Any]]:
        """JSON-able, for the report."""
        return [
            {
                "id": suppression.id,
                "rule": suppression.rule,
                "subject_pattern": suppression.subject_pattern,
                "until": suppression.until.isoformat(),
                "reason": suppression.reason,
                "suppressed": count,
            }
            for suppression, count in self.used.items()
        ]


def suppress(evaluation: Evaluation, suppressions: Iterable[Suppression], day: date) -> Suppressed:
    """Removes findings by the suppressions valid on `day`, the snapshot's date.

    A finding that several suppressions match counts for the first of them."""
    by_rule: dict[str, list[Suppression]] = {}
    for suppression in suppressions:
        if day <= suppression.until:
            by_rule.setdefault(suppression.rule, []).append(suppression)
    matched: dict[int, Suppression] = {}
    for rule, candidates in by_rule.items():
        positions = [
            position for position, finding in enumerate(evaluation.findings) if finding.rule == rule
        ]
        subjects = comparable_all(
            evaluation.findings[position].subject_id for position in positions
        )
        patterns = Automaton(
            compile_pattern(suppression.subject_pattern).node for suppression in candidates
        )
        for position, match in zip(positions, patterns.first_matches(subjects), strict=True):
            if match != NO_MATCH:
                matched[position] = candidates[match]
    remaining = [
        finding for position, finding in enumerate(evaluation.findings) if position not in matched
    ]
    removed = [evaluation.findings[position] for position in sorted(matched)]
    return Suppressed(
        evaluation=_without(evaluation, remaining, removed),
        fingerprints=frozenset(finding.fingerprint for finding in removed),
        used=Counter(matched[position] for position in sorted(matched)),
    )


def _without(
    evaluation: Evaluation, remaining: list[Finding], removed: list[Finding]
) -> Evaluation:
    counts = Counter(finding.rule for finding in removed)
    coverage = [
        replace(
            entry, anomalies=entry.anomalies - counts[entry.rule], suppressed=counts[entry.rule]
        )
        for entry in evaluation.coverage
    ]
    return Evaluation(remaining, coverage)
