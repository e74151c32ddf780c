"""Detector of pallets with more than one row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stockwarden.detection.cost_basis import CostBasis
from stockwarden.detection.detector import detector
from stockwarden.detection.priority import Priority

if TYPE_CHECKING:
    import pandas as pd

    from stockwarden.detection.stock import Stock


@detector(
    code="duplicate-pallet",
    title="Duplicate pallet",
    priority=Priority.MEDIUM,
    needs={"pallet_id", "location"},
    tolerates=frozenset({"location"}),
    subject="pallet",
    message="{pallet_id} is listed {times} times, {_where}.",
    required_coverage="file",
    cost=CostBasis(minutes=10),
)
def duplicate_pallet(stock: Stock) -> pd.DataFrame:
    """One pallet in several rows is a double scan or a reused label: one of its places is wrong.

    Ids compare trimmed and upper-cased. It makes a difference whether the rows agree on the
    location (scanned twice) or not (in two places at once), so the finding says which.
    """
    from stockwarden.detection.categories import as_objects

    pallets = stock.pallets
    times = pallets.counts(pallets.index >= 0)
    rows = stock.frame[pallets.broadcast(times > 1, False)]
    names = stock.locations.values
    codes_of: dict[int, dict[str | None, None]] = {}
    ids = pallets.index[rows.index].tolist()
    for pallet, code in zip(ids, stock.locations.index[rows.index].tolist(), strict=True):
        codes_of.setdefault(pallet, {})[names[code] if code >= 0 else None] = None
    descriptions = {pallet: _where(tuple(codes)) for pallet, codes in codes_of.items()}
    return rows.assign(
        times=times[ids],
        _where=[descriptions[pallet] for pallet in ids],
        locations=as_objects(tuple(codes_of[pallet]) for pallet in ids),
        locations_differ=[len(codes_of[pallet]) > 1 for pallet in ids],
    )


def _where(codes: tuple[str | None, ...]) -> str:
    names = [code or "no location" for code in codes]
    if len(names) == 1:
        return "each time without a location" if codes[0] is None else f"always in {names[0]}"
    return f"in different places: {', '.join(names)}"
