"""What the catalog says of the goods in a file, as a value: read once, kept with the stock.

Texts are comparable ones, trimmed and in capitals, as `Categories` has them. Imports no pandas.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

ARCHIVED = "archived"


@dataclass(frozen=True)
class CatalogItem:
    """What rules use of an item. `unit` is the code of the unit that it is kept in."""

    id: str
    sku: str
    name: str
    status: str
    unit: str
    storage_class: str | None = None
    shelf_life_days: int | None = None
    demands_lot: bool = False
    demands_expiry: bool = False


@dataclass(frozen=True)
class AskedCodes:
    """The distinct comparable texts of a file that are looked up, the most frequent ones first.

    `day` is that of the inventory; element strings have dates of two digits.
    """

    day: date
    product_codes: Sequence[str] = ()
    gtins: Sequence[str] = ()
    units: Sequence[str] = ()

    @property
    def digest(self) -> str:
        """The same for the same codes and units."""
        return _digest([sorted(self.product_codes), sorted(self.gtins), sorted(self.units)])


@dataclass(frozen=True)
class CatalogItems:
    """The items of a file's codes.

    `by_code` and `by_gtin` give the id of the item for the texts of the product codes and of the
    column of GTINs that have one. `left_out` are texts that were not looked up, because there are
    too many; `similar` has, for some product codes of no item, SKUs that they may be misreadings
    of. `dimensions` says what each known unit measures, by its code.
    """

    items: Mapping[str, CatalogItem] = field(default_factory=dict)
    by_code: Mapping[str, str] = field(default_factory=dict)
    by_gtin: Mapping[str, str] = field(default_factory=dict)
    left_out: frozenset[str] = frozenset()
    similar: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    dimensions: Mapping[str, str] = field(default_factory=dict)

    def to_document(self) -> dict[str, Any]:
        """JSON-able, the same for the same facts."""
        return {
            "items": [
                {name: value for name, value in asdict(item).items() if value}
                for _, item in sorted(self.items.items())
            ],
            "by_code": dict(sorted(self.by_code.items())),
            "by_gtin": dict(sorted(self.by_gtin.items())),
            "left_out": sorted(self.left_out),
            "similar": {code: list(near) for code, near in sorted(self.similar.items())},
            "dimensions": dict(sorted(self.dimensions.items())),
        }

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> "CatalogItems":
        items = (CatalogItem(**fields) for fields in document["items"])
        return cls(
            items={item.id: item for item in items},
            by_code=document["by_code"],
            by_gtin=document["by_gtin"],
            left_out=frozenset(document["left_out"]),
            similar={code: tuple(near) for code, near in document["similar"].items()},
            dimensions=document["dimensions"],
        )

    @cached_property
    def digest(self) -> str:
        """The same for the same facts."""
        return _digest(self.to_document())


def _digest(document: Any) -> str:
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
