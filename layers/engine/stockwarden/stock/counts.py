"""Counts: opened, counted, and posted as the difference to the book at the moment of counting."""

from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction

from stockwarden.audit.entry import Change, warehouse_scope
from stockwarden.core.clock import iso
from stockwarden.core.errors import Invalid, NotFound, StockConflict
from stockwarden.core.exact import fraction_text, json_number, parse_fraction
from stockwarden.core.idempotency import RequestKey
from stockwarden.core.ids import may_be_id
from stockwarden.identity.access import Caller, Role, require_role
from stockwarden.stock.balance import read_balance
from stockwarden.stock.ledger import Ledger
from stockwarden.stock.line import Line
from stockwarden.stock.model import Count, CountLineView, number, place_view
from stockwarden.stock.movement import Kind, Movement
from stockwarden.stock.requests import CountPosting, CountRequest, not_ahead
from stockwarden.stock.service import AuthorizeMoves, place_of
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import at_key
from stockwarden.storage.keys import stock as keys
from stockwarden.storage.keys.stock import Place
from stockwarden.storage.tables import ConditionFailed, Operation, write

_OPEN, _POSTED = "open", "posted"
_NO_SUCH_COUNT = "There is no such count."


class CountService:
    def __init__(self, ledger: Ledger, authorize: AuthorizeMoves) -> None:
        self.ledger = ledger
        self.table = ledger.table
        self.authorize = authorize

    def open(self, caller: Caller, key: RequestKey, request: CountRequest) -> Count:
        """Notes what the book says now. Raises Invalid, Forbidden, NotFound."""
        require_role(caller, Role.OPERATOR)
        warehouse_ids = sorted({line.warehouse_id for line in request.lines})
        for warehouse_id in warehouse_ids:
            self.authorize(caller, warehouse_id)
        places = [(line.item_id, place_of(line)) for line in request.lines]
        for position, each in enumerate(places):
            if each in places[:position]:
                raise Invalid.field(f"/lines/{position}", "This place is in the count already.")
        lines = self._opened_lines(places)
        item: Item = {
            **keys.count(key.id("cnt")),
            "id": key.id("cnt"),
            "payload": key.payload,
            "status": _OPEN,
            "opened_at": iso(self.ledger.clock()),
            "by": caller.user_id,
            "note": request.note,
            "lines": lines,
            "version": 1,
        }
        entries = [
            self.ledger.audit.entry(
                caller.origin,
                Change(
                    warehouse_scope(warehouse_id),
                    "count.opened",
                    f"count/{item['id']}",
                    {"lines": (None, len(lines))},
                ),
            )
            for warehouse_id in warehouse_ids
        ]
        listed = [
            self.table.put(keys.counted(warehouse_id, item["opened_at"], item["id"]))
            for warehouse_id in warehouse_ids
        ]
        try:
            write(
                self.table.put(item, when="attribute_not_exists(#pk)"),
                *listed,
                *entries,
            )
        except ConditionFailed:
            item = self._load(key.id("cnt"))
            key.require_same(item["payload"])
        return _view(item)

    def find(self, caller: Caller, count_id: str) -> Count:
        require_role(caller, Role.VIEWER)
        item = self._load(count_id)
        places = [Place.parse(line["place"]) for line in item["lines"]]
        if not all(caller.reaches(place.warehouse_id) for place in places):
            raise NotFound(_NO_SUCH_COUNT)
        return _view(item)

    def post(self, caller: Caller, key: RequestKey, count_id: str, request: CountPosting) -> Count:
        """Posts all lines as one. Raises Invalid for a line that lacks or is given twice, Conflict
        for a count that is posted already, and as `Ledger.post` does."""
        require_role(caller, Role.OPERATOR)
        item = self._load(count_id)
        places = [Place.parse(line["place"]) for line in item["lines"]]
        zones = {
            warehouse_id: self.authorize(caller, warehouse_id)
            for warehouse_id in sorted({place.warehouse_id for place in places})
        }
        counted = {line.line: line for line in request.lines}
        if len(counted) != len(request.lines) or set(counted) != set(range(1, len(places) + 1)):
            raise Invalid.field(
                "/lines", f"Give what was counted of each of the lines 1 to {len(places)}, once."
            )
        lines = [
            Line(
                pointer=f"/lines/{position}",
                item_id=item["lines"][line.line - 1]["item_id"],
                kind=Kind.COUNT,
                place=places[line.line - 1],
                quantity=line.quantity,
                unit=line.unit,
                effective_at=self._counted_at(line.counted_at, item, position),
                reason=item.get("note"),
                count_id=count_id,
                timezone=zones[places[line.line - 1].warehouse_id],
            )
            for position, line in enumerate(request.lines)
        ]

        def close(movements: Sequence[Movement]) -> list[Operation]:
            return [self._close(item, [line.line for line in request.lines], movements)]

        def check() -> None:
            if self._load(count_id)["status"] != _OPEN:
                raise StockConflict(
                    "This count is posted already.", {"reason": "posted", "count_id": count_id}
                )

        self.ledger.post(caller, key, lines, check=check, beside=close)
        return _view(self._load(count_id))

    def _opened_lines(self, places: Sequence[tuple[str, Place]]) -> list[Item]:
        item_ids = sorted({item_id for item_id, _ in places})
        wanted = [*map(keys.head, item_ids), *(keys.balance(*each) for each in places)]
        stored = self.table.get_many(wanted, consistent=True)
        if self.ledger.recovery.settle(stored):
            stored = self.table.get_many(wanted, consistent=True)
        for position, (item_id, _) in enumerate(places):
            if at_key(stored, keys.head(item_id)) is None:
                raise Invalid.field(f"/lines/{position}/item_id", "There is no such item.")
        return [
            {
                "item_id": item_id,
                "place": place.text,
                "expected": fraction_text(
                    read_balance(at_key(stored, keys.balance(item_id, place))).quantity
                ),
            }
            for item_id, place in places
        ]

    def _counted_at(self, moment: datetime | None, item: Item, position: int) -> str | None:
        if moment is None:
            return None
        if iso(moment) < item["opened_at"] or not not_ahead(moment, self.ledger.clock()):
            raise Invalid.field(
                f"/lines/{position}/counted_at",
                f"It was counted after the count was opened at {item['opened_at']}, and not ahead "
                "of now.",
            )
        return iso(moment)

    def _close(
        self, item: Item, numbers: Sequence[int], movements: Sequence[Movement]
    ) -> Operation:
        lines = [dict(line) for line in item["lines"]]
        for number_, movement in zip(numbers, movements, strict=True):
            lines[number_ - 1] |= {
                "counted": str(movement.given_quantity),
                "counted_unit": movement.given_unit,
                "difference": fraction_text(movement.quantity),
                "movement_id": movement.id,
            }
        return self.table.update(
            keys.count(item["id"]),
            "SET #status = :status, #posted_at = :posted_at, #lines = :lines, #version = :next",
            when="#status = :open AND #version = :read",
            status=_POSTED,
            open=_OPEN,
            posted_at=movements[0].recorded_at,
            lines=lines,
            next=item["version"] + 1,
            read=item["version"],
        )

    def _load(self, count_id: str) -> Item:
        key = keys.count(count_id)
        item = self.table.get(key, consistent=True) if may_be_id(count_id) else None
        if item is None:
            raise NotFound(_NO_SUCH_COUNT)
        return item


def _view(item: Item) -> Count:
    return Count(
        id=item["id"],
        status=item["status"],
        opened_at=item["opened_at"],
        posted_at=item.get("posted_at"),
        note=item.get("note"),
        lines=[_line_view(number_, line) for number_, line in enumerate(item["lines"], start=1)],
        version=item["version"],
    )


def _line_view(number_: int, line: Item) -> CountLineView:
    counted, difference = line.get("counted"), line.get("difference")
    return CountLineView(
        **place_view(Place.parse(line["place"])),
        **number("expected", parse_fraction(line["expected"])),
        line=number_,
        item_id=line["item_id"],
        counted=None if counted is None else json_number(Fraction(counted)),
        counted_unit=line.get("counted_unit"),
        difference=_number(difference),
        movement_id=line.get("movement_id"),
    )


def _number(text: str | None) -> float | int | None:
    return None if text is None else json_number(parse_fraction(text))
