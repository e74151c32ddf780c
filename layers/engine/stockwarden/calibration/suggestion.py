"""A limit to propose, from how many pallets each would have reported.

Proposed is the strictest limit that leaves at least 95 % of the pallets alone: what almost
everything keeps to is normal, and what does not is worth a look. A limit that would silence the
rule is never proposed: where it reports more than 5 % now, that is what to look at. A snapshot
shows how old pallets are at that moment, not how old they will become, so the words say exactly
that.
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
    """`curves` are of the settings in force; `others` were of different ones, or not judged."""
    pallets = sum(curve.population for curve in curves)
    limits = threshold.grid(detector.parameters)
    counts = {limit: sum(curve.counts[at] for curve in curves) for at, limit in enumerate(limits)}
    found = _strictest(counts, pallets, threshold) if pallets >= MINIMUM else None
    then = None if found is None else counts[found]
    seen = _seen(pallets, len(curves), others)
    withheld: Withheld | None = None
    if pallets < MINIMUM:
        withheld = "too_few"
        reason = f"{seen} A suggestion needs at least {MINIMUM} pallets."
    elif found is None or then is None:
        withheld = "too_many"
        loosest = limits[0] if threshold.passes == "below" else limits[-1]
        reason = (
            f"{seen} No limit within its bounds leaves {USUAL:.0%} of them alone: even at "
            f"{_shown(loosest, threshold)}, {counts[loosest]} would be reported."
        )
    elif then == 0 and _looser(found, current, threshold):
        withheld = "nothing"
        reason = (
            f"{seen} The strictest limit that leaves {USUAL:.0%} of them alone, "
            f"{_shown(found, threshold)}, would report none of what is reported now; look at "
            "that first."
        )
        found = then = None
    else:
        words = threshold.words.format(limit=found, percent=found * 100)
        reason = f"{seen} {_percent(1 - then / pallets)} of them {words}."
    return Suggestion(
        rule=detector.code,
        warehouse_id=warehouse_id,
        parameter=threshold.parameter,
        unit=threshold.unit,
        current=current,
        suggestion=found,
        reason=reason,
        withheld=withheld,
        share=None if then is None else round(1 - then / pallets, 4),
        anomalies_now=counts.get(current),
        anomalies_then=then,
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


def _seen(pallets: int, snapshots: int, others: int) -> str:
    inventories = "inventory" if snapshots == 1 else f"{snapshots} inventories"
    text = f"This rule judged {pallets:,} pallets in the last {inventories}"
    if others:
        text += f" ({others} more were judged under other settings, or not at all)"
    return f"{text}."


def _shown(limit: float, threshold: Threshold) -> str:
    if threshold.unit == "share":
        return f"{limit * 100:g} %"
    return f"{limit:g} {threshold.unit}".strip()


def _percent(share: float) -> str:
    """Rounded down: "95 %" is never said of less."""
    return f"{floor(share * 1000) / 10:g} %"
