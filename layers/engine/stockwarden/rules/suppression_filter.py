"""Findings that people do not want to be told for a while, and how a run leaves them out.

A suppression holds for a rule and for the subjects (pallet, location or lot ids) that its pattern
means, through the day `until`. That day is compared with the snapshot's own, in the warehouse's
time zone, never with today: like the layout, an analysis uses the suppressions that there are, and
the same file under the same suppressions gives the same anomalies on any day.
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
    """What is left of an evaluation, what was taken out of it, and by which suppressions.

    The coverage of `evaluation` counts both. `used` are the suppressions that took out anything:
    without the others, the same file would give the same.
    """

    evaluation: Evaluation
    fingerprints: frozenset[str]
    used: Mapping[Suppression, int]

    def to_document(self) -> list[dict[str, Any]]:
        """JSON-able, for the report."""
        return [
            {
                "id": one.id,
                "rule": one.rule,
                "subject_pattern": one.subject_pattern,
                "until": one.until.isoformat(),
                "reason": one.reason,
                "suppressed": count,
            }
            for one, count in self.used.items()
        ]


def suppress(evaluation: Evaluation, suppressions: Iterable[Suppression], day: date) -> Suppressed:
    """`day` is the snapshot's. Of several suppressions that mean a finding, the first counts it."""
    by_rule: dict[str, list[Suppression]] = {}
    for one in suppressions:
        if day <= one.until:
            by_rule.setdefault(one.rule, []).append(one)
    taken: dict[int, Suppression] = {}
    for rule, candidates in by_rule.items():
        places = [at for at, found in enumerate(evaluation.findings) if found.rule == rule]
        subjects = comparable_all(evaluation.findings[at].subject_id for at in places)
        patterns = Automaton(compile_pattern(one.subject_pattern).node for one in candidates)
        for at, match in zip(places, patterns.first_matches(subjects), strict=True):
            if match != NO_MATCH:
                taken[at] = candidates[match]
    left = [found for at, found in enumerate(evaluation.findings) if at not in taken]
    out = [evaluation.findings[at] for at in sorted(taken)]
    return Suppressed(
        evaluation=_without(evaluation, left, out),
        fingerprints=frozenset(found.fingerprint for found in out),
        used=Counter(taken[at] for at in sorted(taken)),
    )


def _without(evaluation: Evaluation, left: list[Finding], out: list[Finding]) -> Evaluation:
    counts = Counter(found.rule for found in out)
    coverage = [
        replace(one, anomalies=one.anomalies - counts[one.rule], suppressed=counts[one.rule])
        for one in evaluation.coverage
    ]
    return Evaluation(left, coverage)
