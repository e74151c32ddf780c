"""Realistic sites: exports with planted problems among what is normal, for measured precision.

Each site is a generator: a seed gives an export as a file, its layout, and the truth. Every
problem that was planted is in the truth by rule and subject; whatever else is reported is false.
What is normal at a site (part pallets, mixed pallets, goods that came this morning, toys called
FROZEN) is made on purpose, since that is what a rule may take for a problem.
"""

from collections.abc import Callable, Mapping

from tests.sites.cold_store import cold_store
from tests.sites.distributor import distributor
from tests.sites.export import Site
from tests.sites.fresh_food import fresh_food
from tests.sites.production import production
from tests.sites.third_party import third_party
from tests.sites.web_shop import web_shop
from tests.sites.wholesaler import wholesaler
from tests.sites.without_layout import without_layout

SITES: Mapping[str, Callable[[int], Site]] = {
    "3PL": third_party,
    "cold store": cold_store,
    "web shop": web_shop,
    "fresh food": fresh_food,
    "production": production,
    "distributor": distributor,
    "without layout": without_layout,
    "wholesaler": wholesaler,
}

__all__ = ["SITES", "Site"]
