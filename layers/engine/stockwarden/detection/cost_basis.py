"""The cost basis of a detector: handling minutes, lost share and time, before prices."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CostBasis:
    """`minutes` of handling correct one pallet; `share` (0 to 1) of its value is lost.

    `hours` names the finding's detail with the hours that the pallet occupies a location, or
    `age_hours`. `pallets` names the detail with the number of pallets (default: those affected).
    """

    minutes: float
    share: float = 0
    hours: str | None = None
    pallets: str | None = None
