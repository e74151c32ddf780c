"""Use cases of what kits are made of: read, set by managers, and listed."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from stockwarden.audit.entry import COMPANY, Change
from stockwarden.audit.log import AuditLog
from stockwarden.catalog.unit_repository import UnitRepository
from stockwarden.core.clock import Clock, iso
from stockwarden.core.errors import Invalid, NotFound, Unavailable
from stockwarden.core.exact import json_number
from stockwarden.core.ids import may_be_id
from stockwarden.identity.access import Caller, Role, require_company_change, require_role
from stockwarden.kits.components import ComponentRepository, GraphChanged, Line, Record, graph_of
from stockwarden.kits.graph import cycle_in
from stockwarden.kits.model import (
    Component,
    Components,
    ComponentView,
    ItemName,
    Kit,
    KitPage,
)
from stockwarden.stock.head import Head, heads_there, read_head, read_heads
from stockwarden.stock.item_records import name_key
from stockwarden.stock.model import number
from stockwarden.stock.quantities import base_quantity
from stockwarden.storage.attributes import Item
from stockwarden.storage.cursors import decode_cursor, encode_cursor
from stockwarden.storage.keys import kits as keys
from stockwarden.storage.keys import stock as stock_keys
from stockwarden.storage.retries import Backoff, retried
from stockwarden.storage.tables import CONTENDED, Operation, Table
from stockwarden.storage.versions import check_version

_TRIES, _BACKOFF = 12, Backoff(first=0.02, longest=0.5)
_USES_TOLD = 20
# How many kits a page with a text examines.
_MOST_EXAMINED = 400


class KitService:
    def __init__(
        self,
        repository: ComponentRepository,
        units: UnitRepository,
        audit: AuditLog,
        clock: Clock,
    ) -> None:
        self.repository = repository
        self.table: Table = repository.table
        self.units = units
        self.audit = audit
        self.clock = clock

    def find(self, caller: Caller, item_id: str) -> Components:
        """Raises NotFound."""
        require_role(caller, Role.VIEWER)
        return self._view(self._head(item_id), self.repository.find(item_id))

    def save(
        self,
        caller: Caller,
        item_id: str,
        components: Sequence[Component],
        expected_version: int | None,
    ) -> Components:
        """Replaces the components. Raises NotFound, PreconditionFailed, and Invalid for an item or
        a unit that is not there, and for a kit that would contain itself, naming the way round."""
        require_company_change(caller, Role.MANAGER)
        return retried(
            lambda: self._save(caller, item_id, components, expected_version),
            on=GraphChanged,
            tries=_TRIES,
            otherwise=Unavailable(CONTENDED),
            backoff=_BACKOFF,
        )

    def list_kits(
        self, caller: Caller, *, text: str | None, limit: int, cursor: str | None
    ) -> KitPage:
        """One page by name. Each examines a bounded number of kits, so that one with a text may be
        short although more follow."""
        require_role(caller, Role.VIEWER)
        scope = f"kits#{text or ''}"
        parts = decode_cursor(scope, cursor, 1, _may_be_name)
        start = keys.kit_after(parts[0]) if parts else None
        page = self.table.query(
            "#listed_in = :kits",
            index="by_list",
            limit=_MOST_EXAMINED if text else limit,
            start=start,
            kits=keys.KITS,
        )
        wanted = [item for item in page.items if _has(item, text)]
        shown, last = wanted[:limit], page.last_key
        more = last["named"] if last else None
        if len(wanted) > limit:
            more = shown[-1]["named"]
        ids = [stock_keys.item_id_in(item) for item in shown]
        heads = read_heads(self.table, ids)
        records = self.repository.find_many(ids)
        return KitPage(
            kits=[_kit(heads[each], records.get(each, Record())) for each in ids if each in heads],
            next_cursor=encode_cursor(scope, [more]) if more else None,
        )

    def _save(
        self,
        caller: Caller,
        item_id: str,
        components: Sequence[Component],
        expected_version: int | None,
    ) -> Components:
        graph_version = self.repository.graph_version()
        head, before = self._head(item_id, consistent=True), self.repository.find(item_id)
        check_version({"version": before.version}, expected_version, "list of components")
        lines = self._lines(components)
        if list(before.lines) == lines:
            return self._view(head, before)
        self._refuse_cycle(head, lines)
        self.repository.save(
            item_id,
            before,
            lines,
            graph_version=graph_version,
            now=iso(self.clock()),
            beside=[self._entry(caller, item_id, before.lines, lines)],
        )
        return self._view(head, self.repository.find(item_id))

    def _lines(self, components: Sequence[Component]) -> list[Line]:
        """Raises Invalid for an item that is not there, and as `base_quantity`."""
        heads = read_heads(
            self.table,
            [each.item_id for each in components if may_be_id(each.item_id)],
            consistent=True,
        )
        for position, each in enumerate(components):
            if each.item_id not in heads:
                raise Invalid.field(f"/components/{position}/item_id", "There is no such item.")
        codes = {each.unit or heads[each.item_id].unit for each in components}
        units = self.units.find_many(codes | {head.unit for head in heads.values()})
        return [
            Line(
                item_id=each.item_id,
                quantity=each.quantity,
                unit=each.unit or heads[each.item_id].unit,
                base_quantity=base_quantity(
                    heads[each.item_id].unit,
                    each.quantity,
                    each.unit,
                    units,
                    f"/components/{position}",
                ),
                base_unit=heads[each.item_id].unit,
            )
            for position, each in enumerate(components)
        ]

    def _refuse_cycle(self, head: Head, lines: Sequence[Line]) -> None:
        records = self.repository.load({line.item_id for line in lines}, consistent=True)
        records[head.id] = Record(tuple(lines))
        cycle = cycle_in(graph_of(records), head.id)
        if cycle is None:
            return
        names = {each.id: each.name for each in read_heads(self.table, cycle).values()}
        way = " → ".join(names.get(each, each) for each in cycle)
        first = next(number for number, line in enumerate(lines) if line.item_id == cycle[1])
        raise Invalid.field(f"/components/{first}/item_id", f"A kit cannot contain itself: {way}.")

    def _head(self, item_id: str, *, consistent: bool = False) -> Head:
        key = stock_keys.head(item_id)
        item = self.table.get(key, consistent=consistent) if may_be_id(item_id) else None
        if item is None:
            raise NotFound("There is no such item.")
        return read_head(item)

    def _view(self, head: Head, record: Record) -> Components:
        uses = self.repository.uses(head.id, _USES_TOLD)
        heads = heads_there(self.table, [*record.totals, *uses])
        return Components(
            item_id=head.id,
            name=head.name,
            components=[_component(line, heads[line.item_id]) for line in record.lines],
            used_in=[
                ItemName(item_id=each, name=heads[each].name) for each in uses if each in heads
            ],
            updated_at=record.updated_at,
            version=record.version,
        )

    def _entry(
        self, caller: Caller, item_id: str, before: Sequence[Line], after: Sequence[Line]
    ) -> Operation:
        change = Change(
            COMPANY, "kit.changed", f"item/{item_id}", {"components": (_told(before), _told(after))}
        )
        return self.audit.entry(caller.origin, change)


def _component(line: Line, head: Head) -> ComponentView:
    return ComponentView(
        **number("base_quantity", line.base_quantity),
        item_id=line.item_id,
        name=head.name,
        sku=head.sku,
        quantity=json_number(Fraction(line.quantity)),
        unit=line.unit,
        base_unit=line.base_unit,
        is_kit=keys.is_kit(head.item),
    )


def _kit(head: Head, record: Record) -> Kit:
    return Kit(
        **number("quantity", head.quantity),
        id=head.id,
        name=head.name,
        sku=head.sku,
        status=head.status,
        unit=head.unit,
        components=len(record.lines),
    )


def _told(lines: Sequence[Line]) -> list[Mapping[str, str]]:
    return [
        {"item_id": line.item_id, "quantity": f"{line.quantity:f}", "unit": line.unit}
        for line in lines
    ]


def _has(item: Item, text: str | None) -> bool:
    """Whether the text is in the name or the SKU."""
    if not text:
        return True
    return name_key(text) in stock_keys.name_in(item) or text.strip().upper() in item["sku"]


def _may_be_name(text: str) -> bool:
    return 0 < len(text.encode()) <= 1024
