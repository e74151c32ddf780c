"""The cost basis of a detector: handling minutes, lost share and time, before prices."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CostBasis:
    """`minutes` of handling put one pallet right; `share` of its value is lost.

    `hours` names the detail of the finding that tells how long the pallet takes up room, or
    `age_hours`. `pallets` names the detail that counts the pallets, by default those affected.
    """

    minutes: float
    share: float = 0
    hours: str | None = None
    pallets: str | None = None
