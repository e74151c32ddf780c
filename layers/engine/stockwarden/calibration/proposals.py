"""Proposes what to exclude from a rule, from what people said of its anomalies. No pandas.

A proposal is a kind of anomalies, most of which people called false or accepted. Nothing changes by
itself: its settings are sent to PUT /rules/{code} by who may change the rule.
"""

from collections import Counter
from collections.abc import Sequence
from typing import get_args

from stockwarden.anomalies.model import Reason
from stockwarden.calibration.exclusions import Exclusion, Exclusions, text_of
from stockwarden.calibration.judged import EXAMINED, Judged, JudgedAnomalies, Seen
from stockwarden.calibration.model import (
    ExcludedKind,
    Proposal,
    ProposalExample,
    ProposalList,
    ProposalVerdicts,
)
from stockwarden.detection.detector import Detector
from stockwarden.detection.rule_settings import RuleSettings
from stockwarden.identity.access import Caller
from stockwarden.rules.model import RuleChange
from stockwarden.rules.rule_set import document_of
from stockwarden.rules.service import RuleService

MINIMUM = 3
SHARE = 0.8
MOST = 5
KINDS: tuple[ExcludedKind, ...] = get_args(ExcludedKind)
EXAMPLES = 3
_TRIED = 20
# Excluding one real anomaly weighs as much as the last false ones that SHARE allows beside it.
_WEIGHT_OF_REAL = 4
_EXAMPLE = 120
_LOOKED_AT = {
    "descriptions": "whose description has {text}",
    "locations": "at locations {text}",
    "pallets": "of pallets {text}",
}


class ProposalService:
    def __init__(self, rules: RuleService, judged: JudgedAnomalies) -> None:
        self.rules = rules
        self.judged = judged

    def list_proposals(self, caller: Caller, code: str, warehouse_id: str) -> ProposalList:
        """Raises NotFound for an unknown rule or warehouse."""
        settings = self.rules.find_settings(caller, code, warehouse_id)
        detector = self.rules.find_detector(code)
        return propose(detector, settings, warehouse_id, self.judged.read(warehouse_id, detector))


def propose(
    detector: Detector, settings: RuleSettings, warehouse_id: str, judged: Judged
) -> ProposalList:
    """Deterministic, whatever the order of `judged`, and in time linear in it."""
    exclusions = Exclusions(detector, settings)
    anomalies = sorted(judged.anomalies, key=lambda seen: seen.id)
    open_to_change = [seen for seen in anomalies if not exclusions.has(seen)]
    proposals = [
        _proposal(detector, exclusion, open_to_change)
        for exclusion in _best(exclusions, open_to_change, judged.beside)
    ]
    return ProposalList(
        rule=detector.code,
        warehouse_id=warehouse_id,
        proposals=proposals,
        judged=_verdicts(anomalies),
        excluded=len(anomalies) - len(open_to_change),
        unread=sum(not seen.complete for seen in open_to_change),
        unread_real=sum(
            not seen.complete and seen.verdict is Reason.REAL for seen in open_to_change
        ),
        full=exclusions.full,
        reports=judged.reports,
        cut_reports=judged.cut_reports,
        examined=EXAMINED,
    )


def _best(
    exclusions: Exclusions, anomalies: Sequence[Seen], beside: Sequence[Seen]
) -> list[Exclusion]:
    """The exclusions that spare the most, each MINIMUM that those before it do not."""
    ranked = [
        (_rank(len(spared), wrong, exclusion), exclusion, spared)
        for kind in KINDS
        for exclusion in _promising(kind, exclusions, anomalies)
        for spared, wrong in [_covered(exclusion, anomalies)]
        if _is_enough(len(spared), wrong)
        and (exclusion.by_word or _is_special(exclusion, anomalies, beside))
    ]
    chosen: list[Exclusion] = []
    known: set[str] = set()
    for _, exclusion, spared in sorted(ranked, key=lambda entry: entry[0]):
        if len(spared - known) >= MINIMUM and len(chosen) < MOST:
            chosen.append(exclusion)
            known |= spared
    return chosen


def _promising(
    kind: ExcludedKind, exclusions: Exclusions, anomalies: Sequence[Seen]
) -> list[Exclusion]:
    """A bounded number of a kind, by how many anomalies have their text."""
    unwanted, real = Counter[str](), Counter[str]()
    for seen in anomalies:
        (real if seen.verdict is Reason.REAL else unwanted).update(exclusions.texts(kind, seen))
    texts = sorted(
        (text for text, count in unwanted.items() if _is_enough(count, real[text])),
        key=lambda text: (_WEIGHT_OF_REAL * real[text] - unwanted[text], -len(text), text),
    )
    made = (exclusions.with_text(kind, text) for text in texts[:_TRIED])
    return [exclusion for exclusion in made if exclusion]


def _covered(exclusion: Exclusion, anomalies: Sequence[Seen]) -> tuple[frozenset[str], int]:
    """The ids of the unwanted anomalies that it excludes, and the number of real ones."""
    covered = [seen for seen in anomalies if exclusion.covers(seen)]
    spared = frozenset(seen.id for seen in covered if seen.verdict is not Reason.REAL)
    return spared, len(covered) - len(spared)


def _is_enough(unwanted: int, real: int) -> bool:
    return unwanted >= MINIMUM and unwanted >= SHARE * (unwanted + real)


def _rank(unwanted: int, real: int, exclusion: Exclusion) -> tuple[int, int, int, int, str]:
    """Most spared first; of equals by kind, the narrowest, then by the alphabet."""
    text = exclusion.text
    spared = unwanted - _WEIGHT_OF_REAL * real
    return -spared, -unwanted, KINDS.index(exclusion.kind), -len(text), text


def _is_special(exclusion: Exclusion, anomalies: Sequence[Seen], beside: Sequence[Seen]) -> bool:
    """Whether an anomaly of the rule would stay: `P-*` where every pallet is a P- is no kind."""
    return any(
        text_of(exclusion.kind, seen) is not None and not exclusion.covers(seen)
        for group in (anomalies, beside)
        for seen in group
    )


def _proposal(detector: Detector, exclusion: Exclusion, anomalies: Sequence[Seen]) -> Proposal:
    covered = [seen for seen in anomalies if exclusion.covers(seen)]
    verdicts = _verdicts(covered)
    looked_at = _LOOKED_AT[exclusion.kind].format(text=exclusion.text)
    reason = (
        f"{verdicts.of - verdicts.real} of {verdicts.of} judged anomalies {looked_at} were false "
        "or accepted."
    )
    if verdicts.real:
        reason += f" {verdicts.real} that people called real would no longer be found either."
    return Proposal(
        rule=detector.code,
        kind=exclusion.kind,
        text=exclusion.text,
        verdicts=verdicts,
        examples=_examples(exclusion.kind, covered, real=False),
        real_examples=_examples(exclusion.kind, covered, real=True),
        settings=RuleChange(**document_of(exclusion.settings)),
        reason=reason,
    )


def _examples(kind: ExcludedKind, covered: Sequence[Seen], *, real: bool) -> list[ProposalExample]:
    shown = sorted(
        (seen for seen in covered if (seen.verdict is Reason.REAL) is real),
        key=lambda seen: (seen.subject, seen.id),
    )
    return [
        ProposalExample(
            id=seen.id,
            subject=seen.subject[:_EXAMPLE],
            text=(text_of(kind, seen) or "")[:_EXAMPLE] or None,
        )
        for seen in shown[:EXAMPLES]
    ]


def _verdicts(anomalies: Sequence[Seen]) -> ProposalVerdicts:
    count = Counter(seen.verdict for seen in anomalies)
    return ProposalVerdicts(
        real=count[Reason.REAL],
        false_positive=count[Reason.FALSE_POSITIVE],
        accepted=count[Reason.ACCEPTED],
        of=len(anomalies),
    )
