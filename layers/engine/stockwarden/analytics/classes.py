"""ABC: few items make up most of what is used.

Items are sorted by the value of what was used of them. An item is A as long as those before it
made up less than 80 % of the whole, B as long as less than 95 %, else C. So the item that crosses a
limit still belongs to the class above, and the most used item is A whatever its share.
"""

from collections.abc import Iterator, Sequence

# In hundredths of the whole.
LIMITS = (("A", 80), ("B", 95))
LAST = "C"
CLASSES = (*(name for name, _ in LIMITS), LAST)


def classified(amounts: Sequence[int]) -> Iterator[tuple[str, float]]:
    """The class of each amount, and the share of those before it. The largest amount comes first,
    none is negative."""
    whole, before = sum(amounts), 0
    for amount in amounts:
        name = next((name for name, limit in LIMITS if 100 * before < limit * whole), LAST)
        yield name, before / whole if whole else 1.0
        before += amount
