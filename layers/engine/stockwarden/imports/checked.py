"""What the check of a file says: what is to be done, and what is wrong."""

from dataclasses import dataclass

from stockwarden.imports.fault import Fault
from stockwarden.imports.plan import PlannedItem


@dataclass
class Counts:
    """`movements` are those that change what there is."""

    rows: int = 0
    items: int = 0
    to_create: int = 0
    to_change: int = 0
    unchanged: int = 0
    movements: int = 0


@dataclass
class Checked:
    """`plan` has the items that something is to be done about; it is for use without faults only.
    `unused_places` counts rows with a location or a lot and no quantity, `only_named` the items
    that no code names: each is a new one, whenever the file is imported, and
    `named_by_description` the new ones whose description becomes their name."""

    plan: list[PlannedItem]
    faults: list[Fault]
    counts: Counts
    unused_places: int
    only_named: int
    named_by_description: int
