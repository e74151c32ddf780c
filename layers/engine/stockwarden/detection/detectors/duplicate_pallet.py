"""Detector of pallets with more than one row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stockwarden.detection.cost_basis import CostBasis
from stockwarden.detection.detector import detector
from stockwarden.detection.name_lists import MOST_IN_DETAILS, listed
from stockwarden.detection.priority import Priority

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pandas as pd

    from stockwarden.detection.stock import Stock

_PRODUCT = ("product_code", "gtin", "description")
_KIND = ("lot", "receipt_number", "unit")


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
    flood_cause="The column may not be the pallet id.",
)
def duplicate_pallet(stock: Stock) -> pd.DataFrame:
    """One pallet in two places, or with one line twice, was scanned twice or shares its label.

    Ids compare trimmed and upper-cased. Rows of other goods in the same place are a mixed pallet
    and no anomaly: goods differ by product (product_code, else gtin, else description), lot,
    receipt, expiry date or unit. It makes a difference whether the rows agree on the location
    (scanned twice) or not (in two places at once), so the finding says which.
    """
    from stockwarden.detection.categories import as_objects

    repeated = stock.pallets.broadcast(stock.pallets.counts(stock.pallets.index >= 0) > 1, False)
    lines = _lines(stock, repeated)
    places = lines.groupby("pallet")["place"]
    differ = places.transform("min") != places.transform("max")
    lines = lines[differ | lines.duplicated(keep=False)]
    rows = stock.frame.loc[lines.index]
    names = stock.locations.values
    ids = lines["pallet"].tolist()
    codes_of: dict[int, dict[str | None, None]] = {}
    for pallet, code in zip(ids, lines["place"].tolist(), strict=True):
        codes_of.setdefault(pallet, {})[names[code] if code >= 0 else None] = None
    descriptions = {pallet: _where(tuple(codes)) for pallet, codes in codes_of.items()}
    first = {pallet: tuple(codes)[:MOST_IN_DETAILS] for pallet, codes in codes_of.items()}
    return rows.assign(
        times=lines.groupby("pallet")["place"].transform("size"),
        _where=[descriptions[pallet] for pallet in ids],
        locations=as_objects(first[pallet] for pallet in ids),
        locations_differ=[len(codes_of[pallet]) > 1 for pallet in ids],
    )


def _lines(stock: Stock, rows: npt.NDArray[np.bool_]) -> pd.DataFrame:
    """The pallet, the place and the goods of these rows, as numbers; index as in the frame."""
    import numpy as np
    import pandas as pd

    positions = np.flatnonzero(rows)
    columns: dict[str, npt.NDArray[np.int64]] = {
        "pallet": stock.pallets.index[positions],
        "place": stock.locations.index[positions],
    }
    if not len(positions):
        return pd.DataFrame(columns, index=positions)
    columns["product"] = stock.first_of(_PRODUCT).index[positions]
    for field in filter(stock.has, _KIND):
        columns[field] = stock.codes(field).index[positions]
    if stock.has("expiry_date"):
        columns["expiry_date"] = (
            stock.frame["expiry_date"].to_numpy("datetime64[ns]")[positions].view(np.int64)
        )
    return pd.DataFrame(columns, index=positions)


def _where(codes: tuple[str | None, ...]) -> str:
    names = [code or "no location" for code in codes]
    if len(names) == 1:
        return "each time without a location" if codes[0] is None else f"always in {names[0]}"
    return f"in different places: {listed(names)}"
