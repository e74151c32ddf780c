"""Routes: the search."""

from typing import Annotated

from aws_lambda_powertools.event_handler.api_gateway import Router
from aws_lambda_powertools.event_handler.openapi.params import Query

from stockwarden.bootstrap.catalog import search_service
from stockwarden.http.caller import CurrentCaller
from stockwarden.search.model import ResultType, SearchResults

router = Router()

Text = Annotated[
    str,
    Query(
        min_length=1,
        max_length=500,
        description="Words or their beginnings, a code or number or a part of it, or a GS1 label.",
        examples=["bolt m8 zinc", "W-001", "2026-0042"],
    ),
]
Types = Annotated[
    list[ResultType] | None,
    Query(alias="type", max_length=8, description="Only of these types; may be repeated."),
]
Results = Annotated[int, Query(ge=1, le=50, description="Largest number of results, 1 to 50.")]


@router.get("/search", tags=["Search"], summary="Find things by name, code or number")
def search(
    q: Text, caller: CurrentCaller, *, types: Types = None, limit: Results = 20
) -> SearchResults:
    """Items, categories, suppliers, orders and kits for who reads the catalog; locations, pallets
    and stock lines of the newest snapshots of the warehouses that the caller sees.

    All words must be there, in any order; case, accents and the separators of codes do not matter.
    First comes what has exactly this code, then what has one that begins so, then names, then other
    texts, and at last what is archived. What has just been changed is found within seconds."""
    return search_service().search(caller, q, types or (), limit)
