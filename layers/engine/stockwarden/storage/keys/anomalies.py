"""The keys of the anomalies table, and of its indexes.

| item    | pk                         | sk                   |                                  |
|---------|----------------------------|----------------------|----------------------------------|
| record  | `<report id>#<generation>` | `<digest>`           | one anomaly                      |
| history | `<report id>#history`      | `<digest>#<version>` | one change; outlives analyses    |
| counts  | `<report id>`              | `COUNTS`             | of what is visible               |
| marker  | `<report id>`              | `GENERATION#<name>`  | a generation that may be there   |
| pointer | `<feed>#<rank>`            | `<listed>`           | a report with such anomalies     |

A feed is the key of lists across reports: `REPORTS#<username>`, which is the `owner` of the
reports' summaries, or `WAREHOUSE#<id>`. A report has a pointer in its owner's feed, and one more in
its warehouse's, which the owner and the members read alike. Its `<rank>` is that of a priority.

| index       | partition                                 | sorted by                       |
|-------------|-------------------------------------------|---------------------------------|
| by_urgency  | `pk`                                      | `urgency`: `<rank>#<ordinal>`   |
| by_location | `pk`                                      | `place`: location, then urgency |
| by_status   | `pk_status`: `<pk>#<status>`              | `urgency`                       |
| by_rule     | `pk_rule`: `<pk>#<rule>`                  | `urgency`                       |
"""

import hashlib
import re

from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import KeyRange

DIGEST = re.compile(r"[0-9a-f]{20}")
URGENCY = re.compile(r"[0-3]#[0-9]{7}")
URGENCY_LENGTH = len("0#0000000")
_LONGEST_LOCATION = 80
_END_OF_LOCATION = "\x1f"


def generation(report_id: str, name: str) -> str:
    """The partition of the records that one attempt of an analysis writes."""
    return f"{report_id}#{name}"


def records(partition: str) -> KeyRange:
    """`partition` is that of a `generation`."""
    return KeyRange(partition)


def record(partition: str, digest: str) -> Item:
    return records(partition).key(digest)


def generation_in(record: Item) -> str:
    """The partition that the record is in."""
    return str(record["pk"])


def report_in(item: Item) -> str:
    """The id of the report that a record or counts belong to."""
    return str(item["pk"]).partition("#")[0]


def digest_in(item: Item) -> str:
    """The digest in the key of a record, or of a change of its history."""
    return str(item["sk"]).partition("#")[0]


def histories(report_id: str) -> KeyRange:
    """The histories of all anomalies of a report, each oldest first."""
    return KeyRange(f"{report_id}#history")


def history(report_id: str, digest: str) -> KeyRange:
    """The history of an anomaly, oldest first."""
    return KeyRange(f"{report_id}#history", f"{digest}#")


def change(report_id: str, digest: str, version: int) -> Item:
    """The entry of a history that made the anomaly's version."""
    return history(report_id, digest).key(f"{version:06}")


def counts(report_id: str) -> Item:
    return {"pk": report_id, "sk": "COUNTS"}


def markers(report_id: str) -> KeyRange:
    return KeyRange(report_id, "GENERATION#")


def marker(report_id: str, name: str) -> Item:
    return markers(report_id).key(name)


def pointers(feed: str, rank: int) -> KeyRange:
    return KeyRange(f"{feed}#{rank}")


def pointer(feed: str, rank: int, listed: str) -> Item:
    return pointers(feed, rank).key(listed)


def listed_in(pointer: Item) -> str:
    return str(pointer["sk"])


def rank_of(pointer: Item) -> int:
    """The rank of the priority whose anomalies a pointer leads to."""
    return int(str(pointer["pk"]).rpartition("#")[2])


def owner_feed(username: str) -> str:
    return f"REPORTS#{username}"


def warehouse_feed(warehouse_id: str) -> str:
    return f"WAREHOUSE#{warehouse_id}"


def feeds(owner: str, warehouse_id: str | None) -> list[str]:
    """`owner` is the `owner_feed`, as the report's summary holds it."""
    return [owner, warehouse_feed(warehouse_id)] if warehouse_id else [owner]


def by_status(partition: str, status: str) -> str:
    return f"{partition}#{status}"


def by_rule(partition: str, rule: str) -> str:
    return f"{partition}#{rule}"


def status_in(record: Item) -> str:
    return str(record["pk_status"][len(record["pk"]) + 1 :])


def rule_in(record: Item) -> str:
    return str(record["pk_rule"][len(record["pk"]) + 1 :])


def urgency(rank: int, ordinal: int) -> str:
    """A sort key: most urgent first, within a priority in the order of the findings."""
    return f"{urgency_prefix(rank)}{ordinal:07}"


def urgency_prefix(rank: int) -> str:
    return f"{rank}#"


def rank_in(record: Item) -> int:
    return int(record["urgency"][0])


def location_prefix(code: str) -> str:
    """The start of `place`; "" is no location. Long codes are cut, but stay distinct."""
    code = code.replace(_END_OF_LOCATION, " ")
    if len(code.encode()) > _LONGEST_LOCATION:
        cut = code.encode()[: _LONGEST_LOCATION - 20].decode(errors="ignore")
        code = f"{cut}~{hashlib.sha256(code.encode()).hexdigest()[:16]}"
    return code + _END_OF_LOCATION
