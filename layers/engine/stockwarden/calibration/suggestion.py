"""Suggests a limit for a rule, from the number of pallets that each limit would have reported.

The suggestion is the strictest limit that at least 95 % of the pallets keep. A limit that would
leave nothing of what is reported now is never suggested: the reported pallets should be checked
first. A snapshot shows the age of pallets at its moment, not their final age, and the reason is
worded accordingly.
"""

from collections.abc import Mapping, Sequence
from math import floor

from stockwarden.calibration.model import Suggestion, Withheld
from stockwarden.detection.detector import Detector
from stockwarden.detection.threshold import Curve, Threshold

MINIMUM = 50
USUAL = 0.95


def suggest(
    detector: Detector,
    threshold: Threshold,
    warehouse_id: str,
    current: float,
    curves: Sequence[Curve],
    *,
    others: int = 0,
) -> Suggestion:
    """`curves` are those of the settings in force; `others` is the number of snapshots that were
    evaluated under other settings or not at all."""
    pallets = sum(curve.population for curve in curves)
    limits = threshold.grid(detector.parameters)
    counts = {
        limit: sum(curve.counts[index] for curve in curves) for index, limit in enumerate(limits)
    }
    suggested = _strictest(counts, pallets, threshold) if pallets >= MINIMUM else None
    anomalies_then = None if suggested is None else counts[suggested]
    basis = _basis_text(pallets, len(curves), others)
    withheld: Withheld | None = None
    if pallets < MINIMUM:
        withheld = "too_few"
        reason = f"{basis} A suggestion needs at least {MINIMUM} pallets."
    elif suggested is None or anomalies_then is None:
        withheld = "too_many"
        loosest = limits[0] if threshold.passes == "below" else limits[-1]
        reason = (
            f"{basis} No limit within its bounds leaves {USUAL:.0%} of them alone: even at "
            f"{_limit_text(loosest, threshold)}, {counts[loosest]} would be reported."
        )
    elif anomalies_then == 0 and _looser(suggested, current, threshold):
        withheld = "nothing"
        reason = (
            f"{basis} The strictest limit that leaves {USUAL:.0%} of them alone, "
            f"{_limit_text(suggested, threshold)}, would report none of what is reported now; "
            "look at that first."
        )
        suggested = anomalies_then = None
    else:
        words = threshold.words.format(limit=suggested, percent=suggested * 100)
        reason = f"{basis} {_percent(1 - anomalies_then / pallets)} of them {words}."
    return Suggestion(
        rule=detector.code,
        warehouse_id=warehouse_id,
        parameter=threshold.parameter,
        unit=threshold.unit,
        current=current,
        suggestion=suggested,
        reason=reason,
        withheld=withheld,
        share=None if anomalies_then is None else round(1 - anomalies_then / pallets, 4),
        anomalies_now=counts.get(current),
        anomalies_then=anomalies_then,
        pallets=pallets,
        snapshots=len(curves),
    )


def _strictest(counts: Mapping[float, int], pallets: int, threshold: Threshold) -> float | None:
    quiet = [limit for limit, count in counts.items() if count <= (1 - USUAL) * pallets]
    if not quiet:
        return None
    return max(quiet) if threshold.passes == "below" else min(quiet)


def _looser(limit: float, than: float, threshold: Threshold) -> bool:
    return limit < than if threshold.passes == "below" else limit > than


def _basis_text(pallets: int, snapshots: int, others: int) -> str:
    inventories = "inventory" if snapshots == 1 else f"{snapshots} inventories"
    text = f"This rule judged {pallets:,} pallets in the last {inventories}"
    if others:
        text += f" ({others} more were judged under other settings, or not at all)"
    return f"{text}."


def _limit_text(limit: float, threshold: Threshold) -> str:
    if threshold.unit == "share":
        return f"{limit * 100:g} %"
    return f"{limit:g} {threshold.unit}".strip()


def _percent(share: float) -> str:
    """A share as text, rounded down: "95 %" is at least 95 %."""
    return f"{floor(share * 1000) / 10:g} %"
