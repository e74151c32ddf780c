"""Warehouses of the made-up company: who works there, and where an item stands."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from stockwarden.identity.access import Caller
from tools.sample_layout import bay_name, number_of_bays
from tools.stockroom.catalog import CatalogItem

_ROWS = 1200  # those that the layout of the sample is made for
_LEVELS = "ABCD"
_COLD_AISLES = {"frozen": ("F", 20), "chilled": ("K", 12)}


@dataclass(frozen=True)
class Worker:
    """Somebody who moves stock, from a moment on."""

    caller: Caller
    since: datetime


@dataclass(frozen=True)
class Site:
    """A warehouse with the layout of the sample. `mark` begins the codes of lots that arrive in it;
    nothing was recorded before it was `founded`."""

    warehouse_id: str
    mark: str
    timezone: str
    founded: datetime
    workers: Sequence[Worker]

    def worker(self, chance: random.Random, moment: datetime) -> Caller:
        there = [each.caller for each in self.workers if each.since <= moment]
        return chance.choice(there or [self.workers[0].caller])


def shelf_of(item: CatalogItem, chance: random.Random) -> str:
    """A location of the layout where the item may stand."""
    storage = item.request["storage_class"]
    if storage == "hazardous":
        return f"H-{chance.randint(1, 20):02}"
    level = chance.choice(_LEVELS)
    if storage in _COLD_AISLES:
        aisle, last = _COLD_AISLES[storage]
        return f"{aisle}-{chance.randint(1, last):02}-{level}"
    return f"{bay_name(chance.randint(1, number_of_bays(_ROWS)), _ROWS)}{level}"


def pick_face_of(item: CatalogItem, chance: random.Random) -> str | None:
    """Where loose pieces of an item that moves fast stand."""
    if item.pace != "A" or item.request["storage_class"] != "ambient":
        return None
    return f"PICK-{chance.randint(1, 40):02}"
