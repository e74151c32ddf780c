"""Plans the index query of a list within a report, and parses the cursor position in it."""

from stockwarden.anomalies.index_query import IndexQuery, SortPosition
from stockwarden.anomalies.model import Status, location_code
from stockwarden.anomalies.requests import AnomalyFilter, Order
from stockwarden.storage.cursors import damaged_cursor
from stockwarden.storage.keys import anomalies as keys

_LONGEST_KEY = 200


def index_query_for(
    pk: str, anomaly_filter: AnomalyFilter, rule_is_rarer: bool, order: Order = Order.MOST_URGENT
) -> IndexQuery:
    """The index partition with the fewest records that do not match, and the filter for those."""
    rank = keys.urgency_prefix(anomaly_filter.priority.rank) if anomaly_filter.priority else ""
    statuses = anomaly_filter.status or ((Status.RESOLVED,) if anomaly_filter.reason else ())
    status = statuses[0] if len(statuses) == 1 else None
    filters = {
        "pk_status": keys.by_status(pk, status) if status else None,
        "pk_rule": keys.by_rule(pk, anomaly_filter.rule) if anomaly_filter.rule else None,
        "assignee": anomaly_filter.assignee,
        "reason": str(anomaly_filter.reason) if anomaly_filter.reason else None,
        "due_date": anomaly_filter.due_before,
    }
    partition_name, prefix = "pk", rank
    if anomaly_filter.location:
        index, prefix = (
            "by_location",
            keys.location_prefix(location_code(anomaly_filter.location)) + rank,
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
        status_values = {
            f"status_{n}": keys.by_status(pk, single_status)
            for n, single_status in enumerate(statuses)
        }
        where.append(f"#pk_status IN ({', '.join(f':{name}' for name in status_values)})")
        values |= status_values
    return IndexQuery(
        index=index,
        pk=pk,
        partition_name=partition_name,
        partition=partition,
        sort_name="place" if anomaly_filter.location else "urgency",
        prefix=prefix,
        where=where,
        values=values,
        backwards=order is Order.LEAST_URGENT,
    )


def position_in(index_query: IndexQuery, parts: list[str] | None) -> SortPosition | None:
    """Raises BadRequest for a key that cannot be in the partition: DynamoDB would reject it."""
    if parts is None:
        return None
    sort, digest = parts
    urgency = sort if index_query.sort_name == "urgency" else sort[-keys.URGENCY_LENGTH :]
    if (
        not sort.startswith(index_query.prefix)
        or len(sort) > _LONGEST_KEY
        or not keys.URGENCY.fullmatch(urgency)
        or not keys.DIGEST.fullmatch(digest)
    ):
        raise damaged_cursor()
    return SortPosition(sort, digest)
