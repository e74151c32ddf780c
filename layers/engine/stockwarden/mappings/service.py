"""What people do with their saved mappings. They are personal; an administrator may name whose."""

from typing import Any

from stockwarden.core.errors import FieldError, Invalid, NotFound
from stockwarden.identity.access import Caller, require_admin
from stockwarden.identity.users import canonical, may_exist
from stockwarden.ingestion.mapping.fields import LABELS, REQUIRED
from stockwarden.mappings.model import SavedMapping, SavedMappingChange, SavedMappingPage
from stockwarden.mappings.repository import MappingRepository
from stockwarden.storage.attributes import Item
from stockwarden.storage.versions import check_version


class MappingService:
    def __init__(self, repository: MappingRepository) -> None:
        self.repository = repository

    def page(
        self, caller: Caller, username: str | None, limit: int, cursor: str | None
    ) -> SavedMappingPage:
        """Raises Forbidden, as every method does, where a user names somebody else."""
        items, more = self.repository.page(_whose(caller, username), limit, cursor)
        return SavedMappingPage(mappings=[_mapping(item) for item in items], next_cursor=more)

    def change(
        self,
        caller: Caller,
        mapping_id: str,
        request: SavedMappingChange,
        username: str | None,
        expected_version: int | None,
    ) -> SavedMapping:
        """Raises NotFound, Invalid for a column that the header lacks, PreconditionFailed."""
        item = self._expected(caller, mapping_id, username, expected_version)
        _check(item, request)
        choice: dict[str, Any] = {**item["choice"], "column_mapping": request.column_mapping}
        if request.date_order:
            choice["date_order"] = request.date_order
        # What the values looked like is known only of the columns as they were mapped then.
        fits = {
            column: fit
            for column, fit in item["fits"].items()
            if request.column_mapping.get(column) == item["choice"]["column_mapping"].get(column)
        }
        changes = {"choice": choice, "fits": fits, "name": request.name or item["name"]}
        return _mapping(self.repository.change(item, changes))

    def remove(
        self, caller: Caller, mapping_id: str, username: str | None, expected_version: int | None
    ) -> None:
        self.repository.remove(self._expected(caller, mapping_id, username, expected_version))

    def _expected(
        self, caller: Caller, mapping_id: str, username: str | None, expected_version: int | None
    ) -> Item:
        item = self.repository.find(_whose(caller, username), mapping_id)
        if item is None:
            raise NotFound("There is no such mapping.")
        check_version(item, expected_version, "mapping")
        return item


def _whose(caller: Caller, username: str | None) -> str:
    if username is None or canonical(username) == caller.username:
        return caller.username
    require_admin(caller)
    if not may_exist(canonical(username)):
        raise Invalid.field("/username", f"There is no user {username!r}.")
    return canonical(username)


def _check(item: Item, request: SavedMappingChange) -> None:
    errors = [
        FieldError(
            f"/column_mapping/{column.replace('~', '~0').replace('/', '~1')}",
            f"The header has no column {column!r}, only {', '.join(item['columns'])}.",
        )
        for column in request.column_mapping
        if column not in item["columns"]
    ]
    errors += [
        FieldError("/column_mapping", f"No column is the {LABELS[field]}.")
        for field in REQUIRED
        if field not in request.column_mapping.values()
    ]
    if errors:
        raise Invalid(errors[0].detail, errors)


def _mapping(item: Item) -> SavedMapping:
    return SavedMapping.model_validate({**item, **item["choice"]})
