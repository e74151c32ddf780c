"""What the search knows of a record of the catalog, an order or a kit: one document.

A document is built from the record as it was written, so it has everything that a result shows and
is found by. Several versions of one record may arrive in any order: `stamp` decides between them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

# Of all kinds of things; those of the newest snapshots are read from files, see `places.py`.
TYPES = ("item", "kit", "category", "supplier", "order", "location", "pallet", "stock_line")
IN_SNAPSHOTS = ("location", "pallet", "stock_line")


@dataclass(frozen=True)
class Document:
    """`codes` and `texts` are {field: text}: what it is found by, beside its title. `code` is what
    a result shows of them. It belongs to the warehouse, or to the company if that is ""."""

    type: str
    id: str
    stamp: str
    title: str = ""
    code: str = ""
    subtitle: str = ""
    status: str = ""
    warehouse_id: str = ""
    archived: bool = False
    gone: bool = False
    codes: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        return f"{self.type}/{self.id}"

    def is_newer_than(self, stamp: str) -> bool:
        """Whether it replaces a document with this stamp. What is gone had the stamp of what was
        there last."""
        return self.stamp >= stamp if self.gone else self.stamp > stamp

    def to_json(self) -> dict[str, Any]:
        """Without what is empty."""
        return {name: value for name in _FIELDS if (value := getattr(self, name))}


_FIELDS = tuple(each.name for each in fields(Document))


def document_of(stored: Mapping[str, Any]) -> Document:
    """The inverse of `Document.to_json`."""
    return Document(**stored)


def stamp_of(created_at: str, version: int) -> str:
    """Sorts the versions of a record, also of one that was deleted and made again by its id."""
    return f"{created_at}#{version:012}"
