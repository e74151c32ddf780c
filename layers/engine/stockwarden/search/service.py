"""Use case: find things by what somebody types or scans."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from stockwarden.core.clock import Clock
from stockwarden.core.errors import Invalid
from stockwarden.core.words import compact
from stockwarden.identity.access import Caller, Role, require_role
from stockwarden.search.document import IN_SNAPSHOTS, TYPES, Document
from stockwarden.search.highlights import matches_in
from stockwarden.search.model import SearchResult, SearchResults
from stockwarden.search.places import WAREHOUSES, PlaceSearch, Visible
from stockwarden.search.query import Query, parse_query
from stockwarden.search.replica import Replica
from stockwarden.search.terms import SCOPE
from stockwarden.snapshots.item_service import VisibleWarehouse

SHORTEST = 2
_LONGEST_SUBTITLE = 80
# Of a kind of things at least so many are shown, where there are, before others fill the rest.
_LEAST_OF_A_TYPE = 3


class SearchService:
    def __init__(
        self, replica: Replica, places: PlaceSearch, visible: Visible, clock: Clock
    ) -> None:
        self.replica = replica
        self.places = places
        self.visible = visible
        self.clock = clock

    def search(self, caller: Caller, text: str, types: Sequence[str], limit: int) -> SearchResults:
        """What the caller may see of `types`, of all if none are given. Raises Invalid for a text
        that is too short, Forbidden for types that the caller's role does not read."""
        query = parse_query(text, self.clock().date())
        wanted = _readable(caller, types)
        warehouses, more = self._warehouses(caller, wanted)
        index, is_complete = self.replica.refreshed()
        in_index = [kind for kind in wanted if kind not in IN_SNAPSHOTS]
        in_files = [kind for kind in wanted if kind in IN_SNAPSHOTS]
        found = self.places.find(warehouses, query, in_files, limit)
        ranked = [
            [
                _Ranked(document.archived, rank, _view(document, query))
                for rank, document in index.search(query, _scope(caller, kind), limit)
            ]
            for kind in in_index
            if index.has(f"{SCOPE}{compact(kind)}")
        ] + [
            [_Ranked(False, _rank_of(place, query), place) for place in found.get(kind, ())]
            for kind in in_files
        ]
        results = _best(ranked, limit)
        if not results and len(query.prefix) < SHORTEST:
            raise Invalid.field("/q", f"Type {SHORTEST} characters at least, or a whole code.")
        return SearchResults(
            results=results, as_of=index.state[1] or None, partial=more or not is_complete
        )

    def _warehouses(
        self, caller: Caller, wanted: Sequence[str]
    ) -> tuple[Sequence[VisibleWarehouse], bool]:
        if set(IN_SNAPSHOTS).isdisjoint(wanted):
            return (), False
        return self.visible(caller, WAREHOUSES)


class _Ranked(NamedTuple):
    archived: bool
    rank: int
    result: SearchResult


def _readable(caller: Caller, types: Sequence[str]) -> list[str]:
    """Of the types that are asked for, or of all. Raises Forbidden for one that is asked for and
    not the caller's to read."""
    if types and not set(types) <= set(IN_SNAPSHOTS):
        require_role(caller, Role.VIEWER)
    readable = TYPES if caller.role.includes(Role.VIEWER) else IN_SNAPSHOTS
    return [kind for kind in readable if kind in types or not types]


def _scope(caller: Caller, kind: str) -> str:
    """The condition of the index that finds what is of this type, and for the caller to see: of
    orders, as of their list, those that an API token is for."""
    of_type = f'"{SCOPE}{compact(kind)}"'
    if caller.limits is None or caller.limits.warehouses is None or kind != "order":
        return of_type
    owners = [f'"{SCOPE}{compact(each)}"' for each in sorted(caller.limits.warehouses)]
    return f"{of_type} AND ({' OR '.join(owners)})" if owners else f'{of_type} AND ""'


def _rank_of(place: SearchResult, query: Query) -> int:
    return 0 if compact(place.id) == query.prefix else 1


def _best(ranked: Iterable[list[_Ranked]], limit: int) -> list[SearchResult]:
    """The best ones of all lists, each of which is in order, with the first ones of each."""
    lists = [each for each in ranked if each]
    kits = {each.result.id for of_type in lists for each in of_type if each.result.type == "kit"}
    # A kit is an item, and one of the two is enough.
    lists = [
        [each for each in of_type if each.result.type != "item" or each.result.id not in kits]
        for of_type in lists
    ]
    chosen = [each for of_type in lists for each in of_type[:_LEAST_OF_A_TYPE]]
    others = [each for of_type in lists for each in of_type[_LEAST_OF_A_TYPE:]]
    chosen = sorted(chosen, key=_order)[:limit]
    chosen += sorted(others, key=_order)[: limit - len(chosen)]
    return [each.result for each in sorted(chosen, key=_order)]


def _order(ranked: _Ranked) -> tuple[bool, int]:
    return ranked.archived, ranked.rank


def _view(document: Document, query: Query) -> SearchResult:
    return SearchResult.model_validate(
        {
            "type": document.type,
            "id": document.id,
            "title": document.title,
            "subtitle": document.subtitle
            or _shortened(document.texts.get("description", ""))
            or None,
            "code": document.code or None,
            "status": document.status or None,
            "archived": document.archived,
            "warehouse_id": document.warehouse_id or None,
            "matched": matches_in(
                {"title": document.title, **document.texts},
                query.words,
                codes=document.codes,
                prefixes=(*query.codes, query.prefix),
            ),
        }
    )


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_SUBTITLE else f"{line[: _LONGEST_SUBTITLE - 1].rstrip()}…"
