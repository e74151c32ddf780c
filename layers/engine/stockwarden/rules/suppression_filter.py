"""Suppressions, and the filter that removes suppressed findings from an evaluation.

A suppression applies to a rule and to the subjects (pallet, location or lot ids) that its pattern
matches, through the day `until`. That day is compared with the snapshot's own, in the warehouse's
time zone, never with today: the same file under the same suppressions gives the same anomalies on
any day.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
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


class ActiveSuppressions:
    """The suppressions valid on a day, the snapshot's date, by rule."""

    def __init__(self, suppressions: Iterable[Suppression], day: date) -> None:
        by_rule: dict[str, list[Suppression]] = {}
        for suppression in suppressions:
            if day <= suppression.until:
                by_rule.setdefault(suppression.rule, []).append(suppression)
        self._by_rule = {
            rule: (
                candidates,
                Automaton(compile_pattern(one.subject_pattern).node for one in candidates),
            )
            for rule, candidates in by_rule.items()
        }

    def find(self, rule: str, subject_ids: Iterable[str]) -> list[Suppression | None]:
        """For each subject the first suppression that matches it."""
        ids = list(subject_ids)
        if rule not in self._by_rule:
            return [None] * len(ids)
        candidates, patterns = self._by_rule[rule]
        matches = patterns.first_matches(comparable_all(ids))
        return [None if match == NO_MATCH else candidates[match] for match in matches]

    def are_suppressed(self, rule: str, subject_ids: Sequence[str]) -> list[bool]:
        """For each subject, whether a suppression matches it."""
        return [suppression is not None for suppression in self.find(rule, subject_ids)]


def suppress(evaluation: Evaluation, suppressions: ActiveSuppressions) -> Suppressed:
    """Removes the findings that a suppression matches; one that several match counts for the first
    of them. Floods stay: they are about no subject."""
    positions_by_rule: dict[str, list[int]] = {}
    for position, finding in enumerate(evaluation.findings):
        if not finding.is_flood:
            positions_by_rule.setdefault(finding.rule, []).append(position)
    matched: dict[int, Suppression] = {}
    for rule, positions in positions_by_rule.items():
        subjects = (evaluation.findings[position].subject_id for position in positions)
        found = suppressions.find(rule, subjects)
        matched |= {
            position: suppression
            for position, suppression in zip(positions, found, strict=True)
            if suppression
        }
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
    return replace(evaluation, findings=remaining, coverage=coverage)
