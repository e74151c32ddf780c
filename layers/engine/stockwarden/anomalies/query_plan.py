"""Which index partition a list within a report walks, and where in it a cursor stands."""

from stockwarden.anomalies.index_query import IndexQuery, SortPosition
from stockwarden.anomalies.model import Status, location_code
from stockwarden.anomalies.requests import AnomalyFilter, Order
from stockwarden.storage.cursors import damaged_cursor
from stockwarden.storage.keys import anomalies as keys

_LONGEST_KEY = 200


def index_query_for(
    pk: str, wanted: AnomalyFilter, rule_is_rarer: bool, order: Order = Order.MOST_URGENT
) -> IndexQuery:
    """The partition that holds the fewest other heads, and the filter for those."""
    rank = keys.urgency_prefix(wanted.priority.rank) if wanted.priority else ""
    statuses = wanted.status or ((Status.RESOLVED,) if wanted.reason else ())
    status = statuses[0] if len(statuses) == 1 else None
    filters = {
        "pk_status": keys.by_status(pk, status) if status else None,
        "pk_rule": keys.by_rule(pk, wanted.rule) if wanted.rule else None,
        "assignee": wanted.assignee,
        "reason": str(wanted.reason) if wanted.reason else None,
        "due_date": wanted.due_before,
    }
    partition_name, prefix = "pk", rank
    if wanted.location:
        index, prefix = (
            "by_location",
            keys.location_prefix(location_code(wanted.location)) + rank,
        )
    elif filters["pk_rule"] and (rule_is_rarer or not filters["pk_status"]):
        index, partition_name = "by_rule", "pk_rule"
    elif filters["pk_status"]:
        index, partition_name = "by_status", "pk_status"
    else:
        index = "by_urgency"
    partition = filters.pop(partition_name, None) or pk
    values = {name: value for name, value in filters.items() if value}
    where = [f"#{name} {'<' if name == 'due_date' else '='} :{name}" for name in values]
    if len(statuses) > 1:
        among = {f"status_{n}": keys.by_status(pk, one) for n, one in enumerate(statuses)}
        where.append(f"#pk_status IN ({', '.join(f':{name}' for name in among)})")
        values |= among
    return IndexQuery(
        index=index,
        pk=pk,
        partition_name=partition_name,
        partition=partition,
        sort_name="place" if wanted.location else "urgency",
        prefix=prefix,
        where=where,
        values=values,
        backwards=order is Order.LEAST_URGENT,
    )


def position_in(lane: IndexQuery, parts: list[str] | None) -> SortPosition | None:
    """Raises BadRequest for a key that cannot be in the lane, which DynamoDB would refuse."""
    if parts is None:
        return None
    sort, digest = parts
    urgency = sort if lane.sort_name == "urgency" else sort[-keys.URGENCY_LENGTH :]
    if (
        not sort.startswith(lane.prefix)
        or len(sort) > _LONGEST_KEY
        or not keys.URGENCY.fullmatch(urgency)
        or not keys.DIGEST.fullmatch(digest)
    ):
        raise damaged_cursor()
    return SortPosition(sort, digest)
