"""Use cases of categories, with permission checks."""

from collections.abc import Callable
from typing import TypeVar

from stockwarden.audit.log import AuditLog
from stockwarden.catalog.categories import CategoryRepository, TreeChanged
from stockwarden.catalog.category_model import (
    Category,
    CategoryPage,
    CategoryPatch,
    CategoryRequest,
    ListedCategory,
)
from stockwarden.catalog.entries import CatalogEntries
from stockwarden.catalog.patches import changed, given_fields
from stockwarden.catalog.references import check_unreferenced, stored
from stockwarden.catalog.tree import CategoryTree
from stockwarden.core.clock import Clock, iso
from stockwarden.core.errors import InUse, NotFound, Unavailable
from stockwarden.core.ids import derived_id, may_be_id, new_id
from stockwarden.identity.access import Caller, Role, require_company_change, require_role
from stockwarden.storage.attributes import Item
from stockwarden.storage.cursors import damaged_cursor, decode_cursor, encode_cursor
from stockwarden.storage.expressions import assignments
from stockwarden.storage.retries import Backoff, retried
from stockwarden.storage.tables import CONTENDED
from stockwarden.storage.versions import check_version

T = TypeVar("T")

# The value of `parent_id` that lists the categories without one.
ROOT = "root"
_TRIES, _BACKOFF = 8, Backoff(first=0.02, longest=0.5)
_FIELDS = ("name", "parent_id", "archived")


class CategoryService:
    def __init__(self, repository: CategoryRepository, clock: Clock, *, audit: AuditLog) -> None:
        self.repository = repository
        self.clock = clock
        self.entries = CatalogEntries(audit, "category", _FIELDS)

    def create(
        self, caller: Caller, request: CategoryRequest, operation_id: str | None
    ) -> Category:
        """Raises Conflict for a sibling's name and for too many, Invalid for a wrong place."""
        require_company_change(caller, Role.MANAGER)
        category_id = derived_id("cat", operation_id) if operation_id else new_id("cat")

        def attempt() -> Item:
            tree = self.repository.load_tree()
            existing = tree.find(category_id)
            if existing:
                return existing
            tree.check_room()
            tree.check_place(None, request.name, request.parent_id)
            tree.check_name(None, request.name, request.parent_id)
            now = iso(self.clock())
            facts = stored(request.model_dump())
            item = {"id": category_id, **facts, "created_at": now, "updated_at": now}
            entry = self.entries.entry(caller, category_id, None, facts)
            return self.repository.add(tree, item, entry)

        return _category(_in_turn(attempt))

    def list_categories(
        self,
        caller: Caller,
        *,
        parent_id: str | None,
        archived: bool | None,
        limit: int,
        cursor: str | None,
    ) -> CategoryPage:
        """One page of all categories, or of those directly below one. Raises BadRequest."""
        require_role(caller, Role.VIEWER)
        scope = f"categories#{parent_id}#{archived}"
        parts = decode_cursor(scope, cursor, 1, may_be_id)
        tree = self.repository.load_tree(consistent=False)
        if parent_id is None:
            categories = tree.in_order()
        else:
            categories = tree.children(None if parent_id == ROOT else parent_id)
        if archived is not None:
            categories = [each for each in categories if each.get("archived", False) is archived]
        first = _position(categories, parts[0]) if parts else 0
        page, rest = categories[first : first + limit], categories[first + limit :]
        return CategoryPage(
            categories=[
                ListedCategory.model_validate({**item, "path": tree.names(item["id"])})
                for item in page
            ],
            next_cursor=encode_cursor(scope, [rest[0]["id"]]) if rest else None,
        )

    def find_category(self, caller: Caller, category_id: str) -> Category:
        """Raises NotFound."""
        require_role(caller, Role.VIEWER)
        item = self.repository.find(category_id)
        if item is None:
            raise _no_such_category()
        return _category(item)

    def change(
        self,
        caller: Caller,
        category_id: str,
        patch: CategoryPatch,
        expected_version: int | None,
    ) -> Category:
        """Renames, moves or archives. Raises as `create`, and PreconditionFailed."""
        require_company_change(caller, Role.MANAGER)
        given = given_fields(patch, removable=["parent_id"])

        def attempt() -> Item:
            tree, before = self._read(category_id, expected_version)
            changes = changed({"archived": False, **before}, given)
            if not changes:
                return before
            after = {**before, **changes}
            if "parent_id" in changes:
                tree.check_place(category_id, after["name"], after["parent_id"])
            if changes.keys() & {"name", "parent_id"}:
                tree.check_name(category_id, after["name"], after.get("parent_id"))
            fields = {**changes, "updated_at": iso(self.clock()), "version": before["version"] + 1}
            entry = self.entries.entry(caller, category_id, before, after)
            self.repository.change(tree, before, *assignments(fields), entry)
            return {**before, **fields}

        return _category(_in_turn(attempt))

    def remove(self, caller: Caller, category_id: str, expected_version: int | None) -> None:
        """Raises Conflict where there are items in it, or categories below."""
        require_company_change(caller, Role.MANAGER)

        def attempt() -> None:
            tree, before = self._read(category_id, expected_version)
            if tree.has_children(category_id):
                raise InUse(
                    f"There are categories below {before['name']}; move or delete them first.",
                    {"categories": len(tree.children(category_id))},
                )
            check_unreferenced(before, ["items"], before["name"])
            entry = self.entries.entry(caller, category_id, before, None)
            self.repository.remove(tree, before, [entry])

        _in_turn(attempt)

    def _read(self, category_id: str, expected_version: int | None) -> tuple[CategoryTree, Item]:
        """Raises NotFound, PreconditionFailed."""
        if not may_be_id(category_id):
            raise _no_such_category()
        tree = self.repository.load_tree()
        before = tree.find(category_id)
        if before is None:
            raise _no_such_category()
        check_version(before, expected_version, "category")
        return tree, before


def _in_turn(attempt: Callable[[], T]) -> T:
    """Repeats what another change of the tree came before."""
    busy = Unavailable(CONTENDED)
    return retried(attempt, on=TreeChanged, tries=_TRIES, otherwise=busy, backoff=_BACKOFF)


def _no_such_category() -> NotFound:
    return NotFound("There is no such category.")


def _position(categories: list[Item], category_id: str) -> int:
    for position, category in enumerate(categories):
        if category["id"] == category_id:
            return position
    raise damaged_cursor("outdated")


def _category(item: Item) -> Category:
    return Category.model_validate(item)
