"""Categories in the catalog table. Every change of one is a change of the tree, whose version it
raises: two changes that are each right, and wrong together, cannot both be made."""

from collections.abc import Sequence

from stockwarden.catalog.references import NONE, unreferenced
from stockwarden.catalog.tree import CategoryTree
from stockwarden.core.errors import StockwardenError
from stockwarden.core.ids import may_be_id
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import catalog as keys
from stockwarden.storage.keys import key_of
from stockwarden.storage.tables import ConditionFailed, Operation, Table, write
from stockwarden.storage.versions import versioned_put

_UNREFERENCED = unreferenced(["items"])


class TreeChanged(StockwardenError):
    """Another change came first: read the tree again, and check again."""

    def __init__(self) -> None:
        super().__init__("The categories have changed meanwhile.")


class CategoryRepository:
    def __init__(self, table: Table) -> None:
        self.table = table

    def find(self, category_id: str) -> Item | None:
        if not may_be_id(category_id):
            return None
        return self.table.get(keys.categories().key(category_id), consistent=True)

    def load_tree(self, *, consistent: bool = True) -> CategoryTree:
        """All categories. The version is read first, so that a change after it is noticed."""
        guard = self.table.get(keys.category_tree(), consistent=True) if consistent else None
        items = self.table.query_all(keys.categories(), consistent=consistent)
        return CategoryTree(items, guard["version"] if guard else 0)

    def add(self, tree: CategoryTree, item: Item, *beside: Operation) -> Item:
        """Stores a new category; `item` is it without its key. Raises TreeChanged."""
        key = keys.categories().key(item["id"])
        self._write(tree, versioned_put(self.table, {**key, **item}, None), *beside)
        return {**key, **item, "version": 1}

    def change(
        self, tree: CategoryTree, before: Item, expression: str, values: Item, *beside: Operation
    ) -> None:
        """Updates the category read with the tree. Raises TreeChanged."""
        when, read = "#version = :read", before["version"]
        update = self.table.update(key_of(before), expression, when=when, read=read, **values)
        self._write(tree, update, *beside)

    def remove(self, tree: CategoryTree, before: Item, beside: Sequence[Operation]) -> None:
        """Deletes a category without items. Raises TreeChanged."""
        deletion = self.table.delete(
            key_of(before),
            when=f"#version = :read AND {_UNREFERENCED}",
            read=before["version"],
            **NONE,
        )
        self._write(tree, deletion, *beside)

    def _write(self, tree: CategoryTree, *operations: Operation) -> None:
        guard = self.table.update(
            keys.category_tree(),
            "SET #version = :next",
            when="#version = :read" if tree.version else "attribute_not_exists(#version)",
            next=tree.version + 1,
            **({"read": tree.version} if tree.version else {}),
        )
        try:
            write(guard, *operations)
        except ConditionFailed as failed:
            raise TreeChanged from failed
