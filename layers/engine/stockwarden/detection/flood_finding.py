"""Builds the finding that tells of a flood."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from stockwarden.detection.detector import Detector
from stockwarden.detection.evaluation_scope import Evaluated
from stockwarden.detection.evidence import evidence_fields, evidence_of
from stockwarden.detection.finding import Finding
from stockwarden.detection.flood import Flood
from stockwarden.detection.priority import Priority
from stockwarden.detection.shapes import Shape, commonest_shapes
from stockwarden.detection.stock import Stock
from stockwarden.detection.subjects import subject_codes

# As many cells as an anomaly keeps (anomalies/evidence_file.py): the others are not even built.
_CELLS = 10_000
_SHAPES = 3
_LONGEST_CODE = 30
_NOUNS = {
    "location": "locations",
    "pallet": "pallets",
    "stock_line": "stock lines",
    "product": "products",
}


def flood_finding(
    detector: Detector, evaluated: Evaluated, flood: Flood, priority: Priority | None
) -> Finding:
    """The finding of a flood. `priority` is the user's, and overrides the detector's.

    Its details have the numbers of `subjects` and `judged`, and the commonest `patterns` of their
    codes, or `location_patterns` of where they are; the `example` is of the first one. The facts
    for its cost are the sum over the members (`pallets` of the cost basis) or their mean (`hours`).
    """
    stock = evaluated.stock
    codes = subject_codes(detector, stock)
    rows = evaluated.rows[flood.rows_in(detector, evaluated)]
    positions = rows.index.to_numpy()
    fields = evidence_fields(detector, stock, positions)
    shown = positions[: _CELLS // len(fields)]
    order = np.argsort(codes.index[positions], kind="stable")
    starts = np.flatnonzero(np.diff(codes.index[positions[order]], prepend=-1))
    leads = rows.iloc[order[starts]]
    ages = np.fmax.reduceat(stock.frame["age_hours"].to_numpy()[positions[order]], starts)
    in_places, shapes = _shapes(detector, stock, flood, leads.index.to_numpy())
    return Finding(
        rule=detector.code,
        title=detector.title,
        priority=priority or _most_urgent(detector, leads),
        subject_type="rule",
        subject_id=detector.code,
        pallet_id=None,
        location=None,
        message=_message(detector, flood, shapes, in_places=in_places),
        details={
            "subjects": flood.size,
            "judged": flood.judged,
            "example": _clipped(shapes[0].example),
            "location_patterns" if in_places else "patterns": [
                {
                    "pattern": _clipped(shape.pattern),
                    "count": shape.codes,
                    "example": _clipped(shape.example),
                }
                for shape in shapes
            ],
        },
        affected_pallets=len(np.unique(stock.subjects.codes.index[positions])),
        evidence=evidence_of(stock, fields, shown)(0, len(shown)),
        age_hours=_mean_hours(ages),
        cells=len(positions) * len(fields),
        cost_facts=_cost_facts(detector, leads),
    )


def _most_urgent(detector: Detector, leads: pd.DataFrame) -> Priority:
    if "priority" not in leads.columns:
        return detector.priority
    priorities: list[Priority] = leads["priority"].unique().tolist()
    return min(priorities, key=lambda priority: priority.rank)


def _cost_facts(detector: Detector, leads: pd.DataFrame) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    basis = detector.cost
    if basis.pallets:
        facts[basis.pallets] = int(leads[basis.pallets].sum())
    if basis.hours and basis.hours != "age_hours":
        facts[basis.hours] = _mean_hours(leads[basis.hours].to_numpy(dtype=np.float64))
    return facts


def _mean_hours(hours: npt.NDArray[np.float64]) -> float:
    """As costs count them: a time that is unknown, or in the future, is none."""
    return round(float(np.fmax(hours, 0.0).mean()), 2)


def _shapes(
    detector: Detector, stock: Stock, flood: Flood, leads: npt.NDArray[np.int64]
) -> tuple[bool, list[Shape]]:
    """The shapes of the members' locations (and true) where the rule is about pallets in places,
    and most of them have one; else the shapes of their own codes."""
    ids = [subject_id for members in flood.subjects.values() for subject_id in members]
    is_about_places = "location" in detector.needs or "location" in detector.shows
    if detector.subject != "location" and is_about_places and stock.has("location"):
        places = stock.locations.index[leads]
        known = places[places >= 0].tolist()
        if 2 * len(known) > len(leads):
            names = stock.locations.values
            return True, commonest_shapes([names[place] for place in known], _SHAPES)
    return False, commonest_shapes(ids, _SHAPES)


def _message(detector: Detector, flood: Flood, shapes: Sequence[Shape], *, in_places: bool) -> str:
    nouns = " and ".join(_NOUNS[subject_type] for subject_type in flood.subjects)
    is_all = flood.size == flood.judged
    percent = 100 if is_all else min(round(100 * flood.size / flood.judged), 99)
    quantity = "most" if 2 * shapes[0].codes > flood.size else "many"
    verb = "are in places like" if in_places else "look like"
    return (
        f"{percent} % of the {nouns} ({flood.size:,} of {flood.judged:,}); "
        f"{quantity} {verb} {_clipped(shapes[0].example)}. {detector.flood_cause}"
    ).rstrip()


def _clipped(code: str) -> str:
    return code if len(code) <= _LONGEST_CODE else f"{code[: _LONGEST_CODE - 1]}…"
