"""The tree of categories, in memory: paths, and the checks of a change. It has 2,000 nodes at most,
50 deep, so a request may read all of it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from stockwarden.catalog.named_records import folded_name
from stockwarden.core.errors import Conflict, Invalid, Taken
from stockwarden.storage.attributes import Item

MAX_DEPTH = 50
MAX_CATEGORIES = 2000


class CategoryTree:
    """`version` is the one of the tree as it was read: that of its last change."""

    def __init__(self, categories: Iterable[Item], version: int) -> None:
        self.version = version
        self._by_id = {category["id"]: category for category in categories}
        self._children: dict[str | None, list[str]] = defaultdict(list)
        for category in self._by_id.values():
            self._children[category.get("parent_id")].append(category["id"])

    def __len__(self) -> int:
        return len(self._by_id)

    def find(self, category_id: str) -> Item | None:
        return self._by_id.get(category_id)

    def path(self, category_id: str | None) -> list[Item]:
        """From the root to the category."""
        upwards: list[Item] = []
        while category_id is not None and len(upwards) <= MAX_DEPTH:
            category = self._by_id[category_id]
            upwards.append(category)
            category_id = category.get("parent_id")
        return upwards[::-1]

    def names(self, category_id: str | None) -> list[str]:
        return [category["name"] for category in self.path(category_id)]

    def has_children(self, category_id: str) -> bool:
        return bool(self._children[category_id])

    def in_order(self) -> list[Item]:
        """All categories: each before what is below it, siblings by name."""
        return list(self._below(None))

    def children(self, parent_id: str | None) -> list[Item]:
        """By name."""
        return sorted((self._by_id[child] for child in self._children[parent_id]), key=_order)

    def check_room(self) -> None:
        """Raises Conflict if there are as many categories as there may be."""
        if len(self) >= MAX_CATEGORIES:
            raise Conflict(f"There are {MAX_CATEGORIES:,} categories, the most there may be.")

    def check_place(self, category_id: str | None, name: str, parent_id: str | None) -> None:
        """Whether a category, None for a new one, may be below `parent_id`. Raises Invalid that
        names the cycle, or says that it would be too deep."""
        if parent_id is None:
            return
        if parent_id not in self._by_id:
            raise Invalid.field("/parent_id", "There is no such category.")
        above = self.path(parent_id)
        ids = [category["id"] for category in above]
        if category_id in ids:
            around = [category["name"] for category in above[ids.index(category_id) :]]
            cycle = " → ".join([name, *around[1:], name])
            raise Invalid.field("/parent_id", f"A category cannot be below itself: {cycle}.")
        depth = len(above) + (self._height(category_id) if category_id else 1)
        if depth > MAX_DEPTH:
            raise Invalid.field(
                "/parent_id", f"It would be {depth} levels deep; {MAX_DEPTH} are the most."
            )

    def check_name(self, category_id: str | None, name: str, parent_id: str | None) -> None:
        """Raises Taken for the name of a sibling."""
        folded = folded_name(name)
        for sibling in self.children(parent_id):
            if sibling["id"] != category_id and folded_name(sibling["name"]) == folded:
                where = " → ".join(self.names(parent_id)) or "the root"
                raise Taken(
                    f"There is a category {sibling['name']!r} below {where} already.", "name"
                )

    def _below(self, parent_id: str | None) -> Iterator[Item]:
        for child in self.children(parent_id):
            yield child
            yield from self._below(child["id"])

    def _height(self, category_id: str) -> int:
        """Levels from the category down, itself included."""
        level, height = [category_id], 0
        while level and height <= MAX_CATEGORIES:
            level = [child for parent in level for child in self._children[parent]]
            height += 1
        return height


def _order(category: Item) -> tuple[Any, ...]:
    return folded_name(category["name"]), category["id"]
