"""The journal of one item: its movements in the order in which they happened, in chunks of as many
as are written together, and what is where after them."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from stockwarden.core.clock import iso
from stockwarden.stock.line import Line
from stockwarden.stock.movement import Kind
from stockwarden.storage.keys.stock import NONE, Place
from tools.stockroom.sites import Site

# One transaction: as many lines at most, from as many days. It has 100 actions at most, and a line
# that comes late, places and lots take some of them.
_MOST_LINES, _MOST_ACTIONS, _MOST_DAYS = 30, 60, 90


@dataclass(frozen=True)
class Chunk:
    """Movements that are written together; or the reversal of one, which is the line `reverses` of
    an earlier chunk (number of the chunk, number of the line, from 0)."""

    moment: datetime
    site: Site
    lines: tuple[Line, ...] = ()
    reverses: tuple[int, int] | None = None


@dataclass
class Life:
    """`quarantined` are lots that are kept back at the end, `archived` whether the item is."""

    chunks: list[Chunk] = field(default_factory=list)
    quarantined: list[str] = field(default_factory=list)
    archived: bool = False

    @property
    def lines(self) -> Iterator[Line]:
        """Those of all chunks; a reversal is none."""
        for chunk in self.chunks:
            yield from chunk.lines


@dataclass
class Lot:
    """`forgotten` is one of which nobody remembers that it is there; `serials` are in stock."""

    code: str
    expires: date | None
    forgotten: bool = False
    serials: list[str] = field(default_factory=list)

    def is_good_at(self, day: date) -> bool:
        return self.expires is None or self.expires > day


class Journal:
    def __init__(self, item_id: str, sites: Sequence[Site], chance: random.Random) -> None:
        self.item_id = item_id
        self.sites = {site.warehouse_id: site for site in sites}
        self.chance = chance
        self.chunks: list[Chunk] = []
        self.stock: dict[Place, Decimal] = {}
        self.lots: dict[str, Lot] = {}
        self.moment = datetime.min
        self._pending: list[Line] = []

    def add(self, kind: Kind, place: Place, quantity: Decimal, **facts: Any) -> None:
        """A line, some time after the one before; `base` is what it changes at the place, in the
        item's unit."""
        base, to = facts.pop("base"), facts.get("to")
        self.moment += timedelta(seconds=self.chance.randint(20, 2400))
        if not self._has_room(1 + len(facts.get("serials", ()))):
            self.close()
        self._pending.append(
            Line(
                pointer=f"/lines/{len(self._pending)}",
                item_id=self.item_id,
                kind=kind,
                place=place,
                quantity=quantity,
                effective_at=iso(self.moment),
                timezone=self.sites[place.warehouse_id].timezone,
                **facts,
            )
        )
        self._change(place, base)
        if to is not None:
            self._change(to, -base)

    def reverse_last(self) -> None:
        """Undoes the line that was added last, which took something away."""
        line = self._pending[-1]
        self.close()
        self.moment += timedelta(minutes=self.chance.randint(5, 90))
        number = len(self.chunks) - 1
        reverses = number, len(self.chunks[number].lines) - 1
        site = self.sites[line.place.warehouse_id]
        self.chunks.append(Chunk(self.moment, site, reverses=reverses))
        self._change(line.place, line.quantity)

    def close(self) -> None:
        """What follows is written by itself."""
        if self._pending:
            last = self._pending[-1]
            site = self.sites[last.place.warehouse_id]
            self.chunks.append(Chunk(_moment_of(last), site, tuple(self._pending)))
            self._pending = []

    def quantity(self) -> Decimal:
        return sum(self.stock.values(), Decimal(0))

    def lot_at(self, place: Place) -> Lot:
        return self.lots[place.lot]

    def new_lot(self, code: str, expires: date | None, *, forgotten: bool = False) -> Lot:
        """The lot with this code; there is one without a code, too."""
        return self.lots.setdefault(code, Lot(code, expires, forgotten))

    def take_serials(self, place: Place, number: int) -> tuple[str, ...]:
        """Serial numbers that leave a place, where pieces have some."""
        lot = self.lot_at(place)
        if place.lot != NONE or not lot.serials:
            return ()
        taken, lot.serials = lot.serials[:number], lot.serials[number:]
        return tuple(taken)

    def _has_room(self, actions: int) -> bool:
        if not self._pending:
            return True
        there = sum(1 + len(line.serials) for line in self._pending)
        return (
            len(self._pending) < _MOST_LINES
            and there + actions <= _MOST_ACTIONS
            and self.moment - _moment_of(self._pending[0]) < timedelta(days=_MOST_DAYS)
        )

    def _change(self, place: Place, change: Decimal) -> None:
        self.stock[place] = self.stock.get(place, Decimal(0)) + change
        if not self.stock[place]:
            del self.stock[place]


def _moment_of(line: Line) -> datetime:
    return datetime.fromisoformat(str(line.effective_at))
