"""How much of each line of an order was moved: received or shipped, and returned."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from stockwarden.core.exact import fraction_text, parse_fraction
from stockwarden.orders.line import OrderLine
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import orders as keys


@dataclass(frozen=True)
class LineProgress:
    """In the item's base unit. `done` is what was received or shipped, whatever was returned."""

    done: Fraction = Fraction(0)
    returned: Fraction = Fraction(0)

    @property
    def returnable(self) -> Fraction:
        return self.done - self.returned

    def open_of(self, line: OrderLine) -> Fraction:
        return max(line.base_quantity - self.done, Fraction(0))

    def with_done(self, more: Fraction) -> "LineProgress":
        return replace(self, done=self.done + more)

    def with_returned(self, more: Fraction) -> "LineProgress":
        return replace(self, returned=self.returned + more)


Progress = Mapping[str, LineProgress]


def progress_of(progress: Progress, line: OrderLine) -> LineProgress:
    return progress.get(line.id, LineProgress())


def open_lines(progress: Progress, lines: Sequence[OrderLine]) -> int:
    """Of how many lines something is open."""
    return sum(progress_of(progress, line).open_of(line) > 0 for line in lines)


def progress_item(order_id: str, progress: Progress) -> Item:
    return {
        **keys.progress(order_id),
        "lines": {
            line_id: [fraction_text(each.done), fraction_text(each.returned)]
            for line_id, each in sorted(progress.items())
        },
    }


def read_progress(item: Mapping[str, Any] | None) -> dict[str, LineProgress]:
    """Nothing was moved of an order whose progress is not stored."""
    stored = item["lines"] if item else {}
    return {
        line_id: LineProgress(parse_fraction(done), parse_fraction(returned))
        for line_id, (done, returned) in stored.items()
    }
