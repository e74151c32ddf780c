"""The files of a report, pinned to the S3 object versions that were sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class InventoryFile:
    """The inventory export, in SOURCE.inventory. `size` is in bytes, `uploaded_at` S3's own time
    in ISO 8601."""

    bucket: str
    key: str
    version_id: str
    size: int
    etag: str
    uploaded_at: str


@dataclass(frozen=True)
class LayoutFile:
    """The report's own layout file, in SOURCE.rules; its name is SOURCE.rules_filename."""

    key: str
    version_id: str
    size: int


def inventory_file_of(source: Mapping[str, Any]) -> InventoryFile | None:
    stored = source.get("inventory")
    return InventoryFile(**stored) if stored else None


def layout_file_of(source: Mapping[str, Any]) -> LayoutFile | None:
    stored = source.get("rules")
    return LayoutFile(**stored) if stored else None
