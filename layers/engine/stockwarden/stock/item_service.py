"""Use cases of items: made, changed, archived or deleted; and quantities given with them."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from stockwarden.audit.changes import differences
from stockwarden.audit.entry import COMPANY, Change
from stockwarden.audit.log import AuditLog
from stockwarden.core.errors import Conflict, InUse, Invalid, NotFound
from stockwarden.core.idempotency import RequestKey
from stockwarden.core.ids import may_be_id
from stockwarden.identity.access import Caller, Role, require_company_change, require_role
from stockwarden.stock.balance import read_balance
from stockwarden.stock.item_list import ItemFilter, ItemList
from stockwarden.stock.item_model import (
    DEFAULT_UNIT,
    ItemChange,
    ItemPage,
    ItemPatch,
    ItemRequest,
    ItemView,
)
from stockwarden.stock.item_records import (
    FIELDS,
    changes_of,
    given_fields,
    listed_fields,
    summary,
    verb_of,
    view,
)
from stockwarden.stock.item_repository import ItemRepository
from stockwarden.stock.kit_uses import refuse_in_kits
from stockwarden.stock.ledger import Ledger
from stockwarden.stock.line import Line
from stockwarden.stock.movement import Kind
from stockwarden.stock.service import AuthorizeMoves
from stockwarden.stock.wording import places_text
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import stock as keys
from stockwarden.storage.keys.stock import Place
from stockwarden.storage.tables import Operation
from stockwarden.storage.versions import check_version

# Gives the id of the company's main warehouse, which is made where it is not there.
MainWarehouse = Callable[[Caller], str]
_NO_SUCH_ITEM = "There is no such item."


class ItemService:
    def __init__(
        self,
        repository: ItemRepository,
        ledger: Ledger,
        audit: AuditLog,
        *,
        authorize: AuthorizeMoves,
        main_warehouse: MainWarehouse,
    ) -> None:
        self.repository = repository
        self.ledger = ledger
        self.audit = audit
        self.authorize = authorize
        self.main_warehouse = main_warehouse
        self.list = ItemList(repository.stock)

    def find(self, caller: Caller, item_id: str) -> ItemView:
        """Raises NotFound, and Forbidden for who may not read the catalog."""
        require_role(caller, Role.VIEWER)
        return view(*self._existing(item_id))

    def list_items(
        self,
        caller: Caller,
        wanted: ItemFilter,
        *,
        backwards: bool,
        limit: int,
        cursor: str | None,
    ) -> ItemPage:
        """One page by name. With filters that fit few items it may be short or empty although more
        follow: each page examines a bounded number."""
        require_role(caller, Role.VIEWER)
        if wanted.warehouse_id is not None and not may_be_id(wanted.warehouse_id):
            raise NotFound("There is no such warehouse.")
        heads, more = self.list.page(wanted, limit=limit, cursor=cursor, backwards=backwards)
        total = self.repository.count(wanted.status) if wanted.only_status else None
        return ItemPage(items=list(map(summary, heads)), next_cursor=more, total=total)

    def create(self, caller: Caller, key: RequestKey, request: ItemRequest) -> ItemView:
        """Makes an item, with a receipt of its quantity if that is not 0: both, or nothing.

        A repetition finds the item that the first request has made. Raises Conflict for a code
        that another item has, Invalid for what it refers to.
        """
        require_company_change(caller, Role.MANAGER)
        item_id = key.id("item")
        made = self.repository.find(item_id, consistent=True)
        if made is not None:
            key.require_same(made[0].get("payload"))
            return view(*made)
        fields = given_fields(request)
        fields.setdefault("status", "active")
        fields.setdefault("unit", DEFAULT_UNIT)
        fields.setdefault("sku", f"SKU-{item_id.removeprefix('item_')[:12].upper()}")
        record, head = self.repository.new_records(item_id, fields)
        record["payload"] = key.payload
        if request.quantity:
            warehouse_id = request.warehouse_id or self.main_warehouse(caller)
            line = Line(
                pointer="",
                item_id=item_id,
                kind=Kind.RECEIPT,
                place=Place(warehouse_id),
                quantity=request.quantity,
                timezone=self.authorize(caller, warehouse_id),
            )
            self._create_with_stock(caller, key, line, (record, head))
        else:
            entry = self._entry(caller, item_id, "created", None, record)
            self.repository.add(record, head, [entry])
        return view(*self._existing(item_id, consistent=True))

    def change(
        self,
        caller: Caller,
        key: RequestKey,
        item_id: str,
        request: ItemChange,
        expected_version: int | None,
    ) -> ItemView:
        """Changes the fields that are given, then counts the quantity if that is given. Raises
        PreconditionFailed, and Conflict where the quantity could be at several places."""
        given = given_fields(request)
        if given or request.quantity is None:
            require_company_change(caller, Role.MANAGER)
        record, head = self._existing(item_id, consistent=True)
        check_version(record, expected_version, "item")
        line = None
        if request.quantity is not None:
            require_role(caller, Role.OPERATOR)
            line = self._count_line(caller, record, request.quantity, request.warehouse_id)
        changes = changes_of(record, given)
        if line is not None and changes:
            self._change_and_count(caller, key, record, changes, line)
        elif line is not None:
            self.ledger.post(caller, key, [line])
        else:
            self._change(caller, record, head, changes)
        return view(*self._existing(item_id, consistent=True))

    def patch(
        self, caller: Caller, item_id: str, request: ItemPatch, expected_version: int | None
    ) -> ItemView:
        """A JSON merge patch."""
        require_company_change(caller, Role.MANAGER)
        record, head = self._existing(item_id, consistent=True)
        check_version(record, expected_version, "item")
        changes = changes_of(record, request.model_dump(mode="python", exclude_unset=True))
        return view(*self._change(caller, record, head, changes))

    def remove(self, caller: Caller, item_id: str, expected_version: int | None) -> None:
        """Deletes an item without history. Raises Conflict for one with: it can be archived."""
        require_company_change(caller, Role.MANAGER)
        record, head = self._existing(item_id, consistent=True)
        check_version(record, expected_version, "item")
        if head["seq"]:
            raise InUse(
                f"{record['name']} has {head['seq']} movements, which are kept. Archive it: "
                'PATCH {"status": "archived"}.',
                {"movements": int(head["seq"])},
            )
        if head.get("in_orders"):
            raise InUse(
                f"{record['name']} stands in orders, which are kept. Archive it: "
                'PATCH {"status": "archived"}.',
                {"orders": self.repository.count_orders(item_id)},
            )
        if self.repository.has_parts(item_id):
            raise InUse(
                f"{record['name']} has suppliers' parts; remove these first, or archive it: "
                'PATCH {"status": "archived"}.',
                {"parts": 1},
            )
        refuse_in_kits(self.repository.stock, head)
        self.repository.remove(record, [self._entry(caller, item_id, "deleted", record, None)])

    def _create_with_stock(
        self, caller: Caller, key: RequestKey, line: Line, records: tuple[Item, Item]
    ) -> None:
        record, head = records
        entry = self._entry(caller, record["id"], "created", None, record)
        self.ledger.post(
            caller,
            key,
            [line],
            # What would fail the transaction for good is told before it is tried again.
            check=lambda: self.repository.check_new(record),
            beside=lambda _: [*self.repository.creation(record), entry],
            new_heads={record["id"]: head},
        )

    def _change(
        self, caller: Caller, record: Item, head: Item, changes: Mapping[str, Any]
    ) -> tuple[Item, Item]:
        if not changes:
            return record, head
        after = {**record, **changes}
        entry = self._entry(caller, record["id"], verb_of(record, after), record, after)
        return self.repository.change(record, changes, [entry])

    def _change_and_count(
        self,
        caller: Caller,
        key: RequestKey,
        record: Item,
        changes: Mapping[str, Any],
        line: Line,
    ) -> None:
        """Both, or nothing."""
        if "unit" in changes:
            raise Invalid.field("/unit", "Change the unit by itself, and then give the quantity.")
        after = self.repository.changed(record, changes)
        entry = self._entry(caller, record["id"], verb_of(record, after), record, after)

        def check() -> None:
            now, _ = self._existing(record["id"], consistent=True)
            check_version(now, record["version"], "item")
            self.repository.check_change(record, after)

        self.ledger.post(
            caller,
            key,
            [line],
            check=check,
            beside=lambda _: [*self.repository.change_operations(record, after), entry],
            head_changes={record["id"]: listed_fields(record["id"], after)},
        )

    def _count_line(
        self, caller: Caller, record: Item, quantity: Decimal, warehouse_id: str | None
    ) -> Line | None:
        """The count that makes the quantity what is given; None where it is that already."""
        place, there = self._only_place(caller, record, warehouse_id)
        timezone = self.authorize(caller, place.warehouse_id)
        if there == quantity:
            return None
        return Line(
            pointer="",
            item_id=record["id"],
            kind=Kind.COUNT,
            place=place,
            quantity=quantity,
            timezone=timezone,
        )

    def _only_place(
        self, caller: Caller, record: Item, warehouse_id: str | None
    ) -> tuple[Place, Any]:
        balances = {
            keys.place_in(item): read_balance(item).quantity
            for item in self.repository.stock.query_all(
                keys.balances(record["id"]), consistent=True
            )
        }
        places = [place for place in balances if warehouse_id in {None, place.warehouse_id}]
        filled = [place for place in places if balances[place]]
        if len(filled) > 1:
            raise Conflict(
                f"{record['name']} is at {len(filled)} places ({places_text(filled)}); count each "
                "of them by POST /movements."
            )
        if filled or len(places) == 1:
            place = (filled or places)[0]
        else:
            place = Place(warehouse_id or self.main_warehouse(caller))
        return place, balances.get(place, 0)

    def _existing(self, item_id: str, *, consistent: bool = False) -> tuple[Item, Item]:
        found = self.repository.find(item_id, consistent=consistent)
        if found is None:
            raise NotFound(_NO_SUCH_ITEM)
        record, head = found
        return record, self.ledger.recovery.settled(head)

    def _entry(
        self,
        caller: Caller,
        item_id: str,
        action: str,
        before: Mapping[str, Any] | None,
        after: Mapping[str, Any] | None,
    ) -> Operation:
        change = Change(
            COMPANY, f"item.{action}", f"item/{item_id}", differences(before, after, FIELDS)
        )
        return self.audit.entry(caller.origin, change)
