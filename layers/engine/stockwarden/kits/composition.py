"""A kit with everything in it: what it is made of, and the facts of its items."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from stockwarden.catalog.unit_repository import UnitRepository
from stockwarden.core.errors import Conflict, NotFound
from stockwarden.core.ids import may_be_id
from stockwarden.kits.components import ComponentRepository, Record, graph_of
from stockwarden.kits.graph import Assembling, Graph, Quantities
from stockwarden.stock.head import Head, heads_there, read_heads


@dataclass(frozen=True)
class Composition:
    """`heads` are those of the kit and of all items in it; `steps` the smallest quantity that there
    may be of each, by the decimals of its unit."""

    head: Head
    record: Record
    graph: Graph
    heads: Mapping[str, Head]
    steps: Quantities

    @property
    def components(self) -> dict[str, Fraction]:
        """How much of each component one kit takes."""
        return self.record.totals

    def assembling(self, free: Quantities) -> Assembling:
        return Assembling(self.graph, self.head.id, free, self.steps)


class CompositionReader:
    """Reads at most `MAX_ITEMS` records, in one read for each level, and as many heads."""

    def __init__(self, repository: ComponentRepository, units: UnitRepository) -> None:
        self.repository = repository
        self.table = repository.table
        self.units = units

    def whole(self, item_id: str) -> Composition:
        """With everything in the kit. Raises NotFound for an item that is not there, and Conflict
        as `ComponentRepository.load`, or where the unit of a component has changed since."""
        self._require_id(item_id)
        records = self.repository.load([item_id])
        return self._composed(item_id, records, consistent=False)

    def first_level(self, item_id: str) -> Composition:
        """With its own components, as they are now. Raises as `whole`."""
        self._require_id(item_id)
        record = self.repository.find(item_id)
        return self._composed(item_id, {item_id: record}, consistent=True)

    def _require_id(self, item_id: str) -> None:
        if not may_be_id(item_id):
            raise NotFound("There is no such item.")

    def _composed(
        self, item_id: str, records: Mapping[str, Record], *, consistent: bool
    ) -> Composition:
        ids = {item_id} | {each for record in records.values() for each in record.totals}
        if consistent:
            heads = read_heads(self.table, ids, consistent=True)
        else:
            heads = heads_there(self.table, ids)
        if item_id not in heads:
            raise NotFound("There is no such item.")
        for record in records.values():
            _require_units(record, heads)
        units = self.units.find_many({head.unit for head in heads.values()})
        return Composition(
            head=heads[item_id],
            record=records.get(item_id, Record()),
            graph=graph_of(records),
            heads=heads,
            steps={
                each: Fraction(1, 10 ** units[head.unit].decimals) for each, head in heads.items()
            },
        )


def _require_units(record: Record, heads: Mapping[str, Head]) -> None:
    """The unit of an item without movements can be changed."""
    for line in record.lines:
        head = heads[line.item_id]
        if head.unit != line.base_unit:
            raise Conflict(
                f"{head.name} is kept in {head.unit} now, and was in {line.base_unit} when it "
                "became a component. Set the components of its kits anew."
            )
