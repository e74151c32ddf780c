"""Companions: the anomalies of one report about the same subject, which have one cause as a rule.

The most urgent one leads; its record names the others, its companions, and theirs name it. A list
may be grouped: it then leaves out a companion whose lead is in the same list. A companion whose
lead is not, because it is resolved or of another rule, stays: nothing open disappears.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from stockwarden.anomalies.model import Status, location_code
from stockwarden.anomalies.records import (
    companions_of,
    priority_of,
    reason_of,
    rule_of,
    status_of,
)
from stockwarden.anomalies.repository import AnomalyRepository
from stockwarden.anomalies.requests import AnomalyFilter
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import anomalies as keys

# As many fit into a record of 1 KB; further ones stand by themselves.
MOST = 8


class SubjectGroups:
    """The digests of the anomalies of each subject, to be added most urgent first."""

    def __init__(self) -> None:
        self._digests: dict[tuple[str, str], list[str]] = {}

    def add(self, subject: Mapping[str, Any], digest: str) -> None:
        self._digests.setdefault((subject["type"], subject["id"]), []).append(digest)

    def attributes(self, subject: Mapping[str, Any], digest: str) -> dict[str, str]:
        """What the record of an anomaly stores of its group; nothing if it is alone."""
        lead, *companions = self._digests[subject["type"], subject["id"]][: MOST + 1]
        if digest == lead:
            return {"companions": "".join(companions)} if companions else {}
        return {"lead": lead} if digest in companions else {}


def group_of(repository: AnomalyRepository, record: Item) -> list[Item]:
    """The records of the others of the anomaly's group, most urgent first: at most two reads."""
    pk, lead = keys.generation_in(record), record.get("lead")
    digests = companions_of(record)
    if lead:
        lead_record = repository.record(pk, lead)
        digests = [lead, *(companions_of(lead_record) if lead_record else ())]
    others = [digest for digest in digests if digest != keys.digest_in(record)]
    records = repository.records(pk, others) if others else {}
    return [records[digest] for digest in others if digest in records]


def open_others(repository: AnomalyRepository, record: Item) -> list[Item]:
    """The others of the group that are not resolved."""
    others = group_of(repository, record)
    return [other for other in others if status_of(other) is not Status.RESOLVED]


def without_companions(
    repository: AnomalyRepository,
    records: Sequence[Item],
    anomaly_filter: AnomalyFilter,
    listed_elsewhere: Iterable[str] = (),
) -> list[Item]:
    """The records of one generation without companions whose lead is in the same list: it matches
    the filter, and is not `listed_elsewhere` (digests). Reads the leads, at most one per record."""
    leads = {str(record["lead"]) for record in records if "lead" in record}
    leads -= set(listed_elsewhere)
    if not leads:
        return list(records)
    pk = keys.generation_in(records[0])
    in_list = {
        digest
        for digest, lead in repository.records(pk, sorted(leads), consistent=False).items()
        if matches(lead, anomaly_filter)
    }
    return [record for record in records if record.get("lead") not in in_list]


def matches(record: Item, anomaly_filter: AnomalyFilter) -> bool:
    """Whether a record is in the list of a filter, as `query_plan` queries it."""
    wanted = anomaly_filter
    due_date = record.get("due_date")
    return (
        (not wanted.status or status_of(record) in wanted.status)
        and (not wanted.priority or priority_of(record) is wanted.priority)
        and (not wanted.rule or rule_of(record) == wanted.rule)
        and (not wanted.assignee or record.get("assignee") == wanted.assignee)
        and (not wanted.due_before or (due_date is not None and due_date < wanted.due_before))
        and (not wanted.reason or reason_of(record) is wanted.reason)
        and (
            not wanted.location
            or record["place"].startswith(keys.location_prefix(location_code(wanted.location)))
        )
    )
