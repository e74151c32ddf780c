"""The query parameters of every list: `def reports(limit: Limit = 20, cursor: Cursor = None)`."""

from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Query

Limit = Annotated[int, Query(ge=1, le=100, description="How many entries at most, 1 to 100.")]
Cursor = Annotated[
    str | None,
    Query(max_length=2048, description="`next_cursor` of the page before; none for the first."),
]
