"""Reads whole tables, page after page. For tools and checks, never on a request path."""

from collections.abc import Iterator

from stockwarden.storage.attributes import Item, from_attributes
from stockwarden.storage.clients import reachable
from stockwarden.storage.tables import Table


def scan_all(table: Table) -> Iterator[Item]:
    """Every item, as it is when its page is read. Raises Unavailable."""
    pages = table.client.get_paginator("scan").paginate(TableName=table.name, ConsistentRead=True)
    with reachable("The database"):
        for page in pages:
            yield from map(from_attributes, page["Items"])


def scan_without(table: Table, attribute: str, *names: str) -> Iterator[Item]:
    """The attributes `names` of every item that lacks `attribute`. Raises Unavailable."""
    pages = table.client.get_paginator("scan").paginate(
        TableName=table.name,
        FilterExpression="attribute_not_exists(#lacking)",
        ProjectionExpression=", ".join(f"#{name}" for name in names),
        ExpressionAttributeNames={"#lacking": attribute, **{f"#{name}": name for name in names}},
    )
    with reachable("The database"):
        for page in pages:
            yield from map(from_attributes, page["Items"])


def scan(table: Table) -> Iterator[Item]:
    """Every item. Raises Unavailable."""
    with reachable("The database"):
        for page in table.client.get_paginator("scan").paginate(TableName=table.name):
            yield from map(from_attributes, page["Items"])
