"""Items to be searched, with the names of the made-up company and many alike."""

from collections.abc import Iterator

from stockwarden.search.document import Document, stamp_of
from tools.stockroom.catalog import items

_COLORS = ("red", "blue", "green", "black", "white", "grey", "clear", "matt", "silver", "gold")
# Of all there are: `Couscous 500 g, Basico`, then `Couscous 500 g, Basico, red 1 box`, …
_ORIGINALS = 2_000


def documents(number: int) -> Iterator[Document]:
    """Three in five have the word "box"; a code and a number are each item's own."""
    originals = items(_ORIGINALS)
    for position in range(number):
        item = originals[position % len(originals)].request
        series = position // len(originals)
        color = _COLORS[series % len(_COLORS)]
        name = item["name"] if not series else f"{item['name']}, {color} {series}"
        yield Document(
            type="item",
            id=f"item_{position:026}",
            stamp=stamp_of("2026-03-02T12:00:00.000Z", 1),
            title=f"{name} box" if position % 5 < 3 else name,
            code=f"{item['sku']}-{series}",
            status="active",
            codes={"sku": f"{item['sku']}-{series}", "gtin": f"{84990000000000 + position}"},
            texts={"description": item["description"]},
        )
