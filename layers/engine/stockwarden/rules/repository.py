"""Rule settings of warehouses, stored in the reports table beside the warehouse.

One item per warehouse holds the settings in force (a map by rule code) and its `version`. Each
change of a rule is also written as an immutable history item.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from stockwarden.core.clock import Clock, iso
from stockwarden.core.errors import Invalid, NotFound, Unavailable
from stockwarden.detection.rule_settings import RuleSettings
from stockwarden.rules.rule_set import RuleSet, VersionedSettings, document_of, settings_of
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import reports as keys
from stockwarden.storage.pages import page_of
from stockwarden.storage.retries import retried
from stockwarden.storage.tables import CONTENDED, ConditionFailed, Operation, Table, write
from stockwarden.storage.versions import check_version, versioned_put

# Read by every analysis; reports pin the settings they used in an item of at most 400 KB.
MAX_BYTES = 60_000
_TRIES = 8
_VERSION = re.compile(r"[0-9]{6,}", re.ASCII)


class RuleRepository:
    def __init__(self, table: Table, clock: Clock) -> None:
        self.table = table
        self.clock = clock

    def load_rule_set(self, warehouse_id: str | None) -> RuleSet:
        """The settings in force; all defaults without a warehouse."""
        item = self._current(warehouse_id) if warehouse_id else None
        entries = item["rules"] if item else {}
        return RuleSet({code: _versioned(entry) for code, entry in entries.items()})

    def change_settings(
        self,
        warehouse_id: str,
        code: str,
        settings: RuleSettings | None,
        by: str,
        expected_version: int | None,
        *,
        beside: Callable[[RuleSettings], Sequence[Operation]] = lambda _: (),
    ) -> VersionedSettings:
        """Stores a new version of the rule's settings; None resets them to the defaults. `beside`
        gives what is written with it, from the settings before.

        Raises PreconditionFailed when the version in force is not `expected_version`, NotFound
        for a deleted warehouse, Invalid when all settings together exceed `MAX_BYTES`.
        """

        def attempt() -> VersionedSettings:
            item = self._current(warehouse_id)
            entries: dict[str, Any] = dict(item["rules"]) if item else {}
            before = entries.get(code)
            check_version(before, expected_version, "rule")
            entry = {
                **document_of(settings or RuleSettings()),
                "version": before["version"] + 1 if before else 1,
                "at": iso(self.clock()),
                "by": by,
                "reset": settings is None,
            }
            entries[code] = entry
            _check_size(entries)
            old = settings_of(before) if before else RuleSettings()
            self._write(warehouse_id, item, entries, code, entry, beside=beside(old))
            return _versioned(entry)

        return retried(attempt, on=ConditionFailed, tries=_TRIES, otherwise=Unavailable(CONTENDED))

    def list_versions(
        self, warehouse_id: str, code: str, limit: int, cursor: str | None
    ) -> tuple[list[Item], str | None]:
        """The changes of one rule, newest first."""
        return page_of(
            self.table,
            f"rules#{warehouse_id}#{code}",
            keys.rule_versions(warehouse_id, code),
            limit=limit,
            cursor=cursor,
            valid=_VERSION.fullmatch,
            newest_first=True,
        )

    def _current(self, warehouse_id: str) -> Item | None:
        return self.table.get(keys.rules(warehouse_id), consistent=True)

    def _write(
        self,
        warehouse_id: str,
        before: Item | None,
        entries: Mapping[str, Any],
        code: str,
        entry: Mapping[str, Any],
        *,
        beside: Sequence[Operation],
    ) -> None:
        """Writes settings, history and `beside`. Raises ConditionFailed if they have changed."""
        item = {**keys.rules(warehouse_id), "rules": entries}
        history = {**keys.rule_version(warehouse_id, code, entry["version"]), **entry}
        try:
            write(
                versioned_put(self.table, item, before),
                self.table.put(history, when="attribute_not_exists(#pk)"),
                self.table.check(keys.warehouse(warehouse_id), "attribute_exists(#pk)"),
                *beside,
            )
        except ConditionFailed as failed:
            if 2 in failed.failed:
                raise NotFound("There is no such warehouse.") from failed
            raise


def _versioned(entry: Mapping[str, Any]) -> VersionedSettings:
    return VersionedSettings(settings_of(entry), entry["version"], entry["at"], entry["by"])


def _check_size(entries: Mapping[str, Any]) -> None:
    size = len(json.dumps(entries, ensure_ascii=False).encode())
    if size > MAX_BYTES:
        raise Invalid.field(
            "/scope",
            f"The settings of all rules would need {size // 1000} kB, at most "
            f"{MAX_BYTES // 1000} are kept; use fewer or wider patterns.",
        )
