"""Use cases of report logs: who may read which entries.

An admin reads everything, the manager and the owner of a warehouse what is the warehouse's, and
everybody what is theirs and in no warehouse. Names come from the accounts and warehouses that there
are now, so that those of an erased one have none.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from stockwarden.identity.access import Caller, require_all_warehouses
from stockwarden.operations.report_log_list import LogFilter, ReportLogList
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import KeyRange
from stockwarden.storage.keys import operations as keys

FindNames = Callable[[Collection[str]], Mapping[str, str]]


@dataclass(frozen=True)
class LogPage:
    """`people` and `warehouses` are {id: name} of those that there are."""

    entries: list[Item]
    next_cursor: str | None
    people: Mapping[str, str]
    warehouses: Mapping[str, str]


class ReportLogService:
    """`require_managed` raises NotFound or Forbidden unless the caller manages the warehouse. The
    names of people and of warehouses are found in one read each."""

    def __init__(
        self,
        logs: ReportLogList,
        *,
        require_managed: Callable[[Caller, str], None],
        find_people: FindNames,
        find_warehouses: FindNames,
    ) -> None:
        self._logs = logs
        self._require_managed = require_managed
        self._find_people = find_people
        self._find_warehouses = find_warehouses

    def list_entries(
        self,
        caller: Caller,
        warehouse_id: str | None,
        wanted: LogFilter,
        limit: int,
        cursor: str | None,
    ) -> LogPage:
        """One page, newest first. Raises NotFound and Forbidden for the warehouse, Forbidden for an
        API token of certain warehouses that names none, BadRequest for its cursor."""
        place = self._place(caller, warehouse_id)
        entries, more = self._logs.page(place, wanted, limit=limit, cursor=cursor)
        people = {entry["by"] for entry in entries if entry["by"].startswith("usr_")}
        warehouses = {entry["warehouse_id"] for entry in entries if "warehouse_id" in entry}
        return LogPage(
            entries,
            more,
            self._find_people(people) if people else {},
            self._find_warehouses(warehouses) if warehouses else {},
        )

    def _place(self, caller: Caller, warehouse_id: str | None) -> KeyRange | None:
        """None for all places."""
        if warehouse_id is not None:
            self._require_managed(caller, warehouse_id)
            return keys.warehouse_logs(warehouse_id)
        require_all_warehouses(caller)
        return None if caller.is_admin else keys.personal_logs(caller.user_id)
