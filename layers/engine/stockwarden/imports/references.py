"""Finds what rows name: categories, suppliers, inventory types and units, by id, code or name."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from stockwarden.catalog.categories import CategoryRepository
from stockwarden.catalog.named_records import NamedRecords, folded_name
from stockwarden.catalog.standard_units import STANDARD_UNITS
from stockwarden.catalog.unit_repository import UnitRepository
from stockwarden.catalog.units import Unit, canonical_code
from stockwarden.imports import words
from stockwarden.stock.facts import InventoryFacts
from stockwarden.storage.attributes import Item

_STEP = re.compile(r"\s*[>→»]\s*")
_NEAR = 60.0
_PAGE = 100
_LONGEST = 200
# Of what is looked up: a path has several names.
_LONGEST_PATH = 2000
_SHOWN = 5
# A name is compared to all of its kind, so of many unknown ones only the first get the nearest.
_MOST_COMPARED = 200


class Unknown(ValueError):
    """Nothing is called so, or several things are; the message is for people."""


@dataclass
class _Kind:
    """Records of a kind: `ids` by folded name, `names` by id, and those that are archived."""

    label: str
    names: dict[str, str] = field(default_factory=dict)
    ids: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    archived: set[str] = field(default_factory=set)
    _nearest: dict[str, str] = field(default_factory=dict)

    def add(self, record_id: str, name: str, *spellings: str, archived: bool = False) -> None:
        self.names[record_id] = name
        for spelling in {_folded(each) for each in (name, *spellings)}:
            self.ids[spelling].append(record_id)
        if archived:
            self.archived.add(record_id)

    def find(self, text: str) -> str:
        """Raises Unknown."""
        if text in self.names:
            return text
        folded = _folded(text[:_LONGEST_PATH])
        found = self.ids.get(folded, [])
        if len(found) == 1:
            return found[0]
        if found:
            told = "; ".join(self.names[each] for each in found[:_SHOWN])
            raise Unknown(f"{len(found)} are called “{text[:_LONGEST]}”: {told}. Give the path.")
        raise Unknown(f"There is no {self.label} “{text[:_LONGEST]}”{self._hint(folded)}.")

    def _hint(self, folded: str) -> str:
        """The nearest name, found once."""
        if folded not in self._nearest and len(self._nearest) < _MOST_COMPARED:
            self._nearest[folded] = self._compared(folded)
        return self._nearest.get(folded, "")

    def _compared(self, folded: str) -> str:
        best = process.extractOne(
            folded[:_LONGEST], self.ids.keys(), scorer=fuzz.WRatio, score_cutoff=_NEAR
        )
        return f"; the nearest is “{self.names[self.ids[best[0]][0]]}”" if best else ""


def _folded(text: str) -> str:
    """As names compare, and as steps of a path do, however their arrow is written."""
    return folded_name(_STEP.sub(" > ", text.strip()))


class References:
    """The catalog as it was when an import was checked. All of it is read at once: it is small, and
    a row may name anything."""

    def __init__(self, kinds: Mapping[str, _Kind], units: Mapping[str, Unit]) -> None:
        self._kinds = kinds
        self.units = units
        self.demands: dict[str, InventoryFacts] = {}

    def find(self, field: str, text: str) -> str:
        """The id of a record, or the code of a unit. Raises Unknown."""
        text = words.meant(words.UNITS, text) if field == "unit" else text
        return self._kinds[field].find(canonical_code(text) if field == "unit" else text)

    def refuse_archived(self, field: str, record_id: str) -> None:
        """Raises Unknown for one that is not to be used anew."""
        kind = self._kinds[field]
        if record_id in kind.archived:
            raise Unknown(f"The {kind.label} “{kind.names[record_id]}” is archived.")


class ReferenceReader:
    def __init__(
        self,
        *,
        categories: CategoryRepository,
        suppliers: NamedRecords,
        inventory_types: NamedRecords,
        units: UnitRepository,
    ) -> None:
        self.categories = categories
        self.suppliers = suppliers
        self.inventory_types = inventory_types
        self.units = units

    def read(self) -> References:
        types = self._all(self.inventory_types)
        units = self._units()
        references = References(
            {
                "category": self._category_kind(),
                "supplier": _kind("supplier", self._all(self.suppliers)),
                "inventory_type": _kind("inventory type", types),
                "unit": _unit_kind(units.values()),
            },
            units,
        )
        references.demands = {
            each["id"]: InventoryFacts(
                each["demands_lot"], each["demands_expiry"], each["demands_serial"]
            )
            for each in types
        }
        return references

    def _category_kind(self) -> _Kind:
        """By name, and by path: `Food > Dry`."""
        kind, tree = _Kind("category"), self.categories.load_tree()
        for category in tree.in_order():
            path = " > ".join(tree.names(category["id"]))
            archived = bool(category.get("archived"))
            kind.add(category["id"], path, category["name"], archived=archived)
        return kind

    def _all(self, records: NamedRecords) -> list[Item]:
        found: list[Item] = []
        cursor: str | None = None
        while True:
            page, cursor = records.list_page("imports", _PAGE, cursor)
            found += page
            if cursor is None:
                return found

    def _units(self) -> dict[str, Unit]:
        units = dict(STANDARD_UNITS)
        cursor: str | None = None
        while True:
            page, cursor = self.units.list_page(_PAGE, cursor)
            units |= {unit.code: unit for unit in page}
            if cursor is None:
                return units


def _kind(label: str, records: Sequence[Item]) -> _Kind:
    kind = _Kind(label)
    for each in records:
        kind.add(each["id"], each["name"], archived=bool(each.get("archived")))
    return kind


def _unit_kind(units: Iterable[Unit]) -> _Kind:
    kind = _Kind("unit")
    for unit in units:
        kind.add(unit.code, unit.name)
    return kind
