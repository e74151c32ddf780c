"""The query parameters of every list: `def reports(limit: Limit = 20, cursor: Cursor = None)`."""

from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Query

Limit = Annotated[
    int, Query(ge=1, le=100, description="Largest number of entries on a page, 1 to 100.")
]
Cursor = Annotated[
    str | None,
    Query(
        max_length=2048,
        description="`next_cursor` of the previous page; leave it out for the first page.",
    ),
]
