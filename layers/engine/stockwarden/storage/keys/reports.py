"""The keys of the reports table.

| item              | pk                        | sk                      |                        |
|-------------------|---------------------------|-------------------------|------------------------|
| summary           | `REPORT#<id>`             | `SUMMARY`               | what lists show        |
| source            | `REPORT#<id>`             | `SOURCE`                | what was given         |
| progress          | `REPORT#<id>`             | `PROGRESS`              | the current job        |
| detail            | `REPORT#<id>`             | `DETAIL`                | the visible analysis   |
| left              | `REPORT#<id>`             | `LEFT`                  | a warehouse it was in  |
| tombstone         | `REPORT#<id>`             | `TOMBSTONE`             | a deleted report       |
| claim             | `OBJECT#<digest>`         | `<version id>`          | whose an object is     |
| export            | `EXPORTS#<report id>`     | `<id>`                  | a file to be fetched   |
| import            | `IMPORT#<id>`             | `IMPORT`                | items of a file        |
| import step       | `IMPORT#<id>`             | `STEP#<run>#<step>`     | what a run has written |
| mapping           | `MAPPINGS#<username>`     | `<fingerprint>`         | learned of one header  |
| warehouse         | `WAREHOUSE#<id>`          | `META`                  | name, time zone, …     |
| layout            | `WAREHOUSE#<id>`          | `LAYOUT#<version>`      | one version of it      |
| member            | `WAREHOUSE#<id>`          | `MEMBER#<username>`     | a role                 |
| rules             | `WAREHOUSE#<id>`          | `RULES`                 | the settings in force  |
| rule version      | `WAREHOUSE#<id>`          | `RULES#<code>#<version>`| one change of a rule   |
| costs             | `WAREHOUSE#<id>`          | `COSTS`                 | the prices             |
| snapshot          | `WAREHOUSE#<id>`          | `SNAPSHOT#<rank>`       | one shown analysis     |
| snapshot order    | `WAREHOUSE#<id>`          | `SNAPSHOTS`             | counts its changes     |
| suppression       | of a warehouse or a user  | `SUPPRESSION#<token>`   | one of them            |
| suppression count | of a warehouse or a user  | `SUPPRESSIONS`          | how many there are     |
| sweep             | `SWEEP`                   | `<prefix of the bucket>`| where it goes on       |
| ledgers verified  | `LEDGER_VERIFICATION`     | `LEDGER_VERIFICATION`   | where it goes on       |
| statistics        | `STATISTICS`              | `LAST`, `RUNNING`       | counts of the company  |

The suppressions of a user are in `SUPPRESSIONS#<username>`. A `<version>` has six digits at least.
A `<rank>` is `<as_of>#<sent_at>#<report id>`, both in UTC, so that ranks sort by time.

The index `by_owner` has as `owner` a `report_owner`, `warehouse_owner`, `member_owner` or the list
of all imports, and as `listed` what sorts there: for all but memberships `<moment>#<id>`.
"""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import KeyRange


def summary(report_id: str) -> Item:
    return parts(report_id).key("SUMMARY")


def source(report_id: str) -> Item:
    return parts(report_id).key("SOURCE")


def progress(report_id: str) -> Item:
    return parts(report_id).key("PROGRESS")


def detail(report_id: str) -> Item:
    return parts(report_id).key("DETAIL")


def left(report_id: str) -> Item:
    return parts(report_id).key("LEFT")


def tombstone(report_id: str) -> Item:
    return parts(report_id).key("TOMBSTONE")


def parts(report_id: str) -> KeyRange:
    return KeyRange(f"REPORT#{report_id}")


def by_part(items: Iterable[Item]) -> dict[str, Item]:
    """{lower-case sort key: item} of a report's items: `summary`, `source`, …"""
    return {item["sk"].lower(): item for item in items}


def is_progress(item: Item) -> bool:
    return bool(item["sk"] == "PROGRESS")


def report_in(item: Item) -> str:
    """The id of the report that one of its parts belongs to."""
    return str(item["pk"]).removeprefix("REPORT#")


def claim(bucket: str, object_key: str, version_id: str) -> Item:
    digest = hashlib.sha256(f"{bucket}/{object_key}".encode()).hexdigest()
    return {"pk": f"OBJECT#{digest}", "sk": version_id}


def exports(report_id: str) -> KeyRange:
    return KeyRange(f"EXPORTS#{report_id}")


def export(report_id: str, export_id: str) -> Item:
    return exports(report_id).key(export_id)


def import_parts(import_id: str) -> KeyRange:
    """The import and its steps."""
    return KeyRange(f"IMPORT#{import_id}")


def item_import(import_id: str) -> Item:
    return import_parts(import_id).key("IMPORT")


def is_item_import(item: Item) -> bool:
    return bool(item["sk"] == "IMPORT")


def import_steps(import_id: str, run: int) -> KeyRange:
    """What a run of an import has written: a part of the plan each, or one entry of such a part."""
    return KeyRange(import_parts(import_id).pk, f"STEP#{run:06}#")


def import_step(import_id: str, run: int, step: str) -> Item:
    return import_steps(import_id, run).key(step)


def all_imports() -> str:
    """The `owner` of the imports of the company."""
    return "IMPORTS"


def mappings(username: str) -> KeyRange:
    return KeyRange(f"MAPPINGS#{username}")


def mapping(username: str, fingerprint: str) -> Item:
    return mappings(username).key(fingerprint)


def warehouse(warehouse_id: str) -> Item:
    return {"pk": _warehouse(warehouse_id), "sk": "META"}


def warehouse_parts(warehouse_id: str) -> KeyRange:
    """The warehouse and everything beside it."""
    return KeyRange(_warehouse(warehouse_id))


def layout(warehouse_id: str, version: int) -> Item:
    return {"pk": _warehouse(warehouse_id), "sk": f"LAYOUT#{version:06}"}


def members(warehouse_id: str) -> KeyRange:
    return KeyRange(_warehouse(warehouse_id), "MEMBER#")


def member(warehouse_id: str, username: str) -> Item:
    return members(warehouse_id).key(username)


def rules(warehouse_id: str) -> Item:
    return {"pk": _warehouse(warehouse_id), "sk": "RULES"}


def rule_versions(warehouse_id: str, code: str) -> KeyRange:
    return KeyRange(_warehouse(warehouse_id), f"RULES#{code}#")


def rule_version(warehouse_id: str, code: str, version: int) -> Item:
    return rule_versions(warehouse_id, code).key(f"{version:06}")


def costs(warehouse_id: str) -> Item:
    return {"pk": _warehouse(warehouse_id), "sk": "COSTS"}


def snapshots(warehouse_id: str) -> KeyRange:
    return KeyRange(_warehouse(warehouse_id), "SNAPSHOT#")


def snapshot(warehouse_id: str, rank: str) -> Item:
    return snapshots(warehouse_id).key(rank)


def snapshot_order(warehouse_id: str) -> Item:
    return {"pk": _warehouse(warehouse_id), "sk": "SNAPSHOTS"}


def rank(as_of: str, sent_at: str, report_id: str) -> str:
    """The sort key of a snapshot; the moments as `core.clock.iso` writes them."""
    return f"{as_of}#{sent_at}#{report_id}"


def rank_in(snapshot: Mapping[str, Any]) -> str:
    return str(snapshot["sk"]).removeprefix("SNAPSHOT#")


def as_of_in(rank: str) -> str:
    return rank.partition("#")[0]


def snapshot_report_in(snapshot: Item) -> str:
    """The id of the report that a snapshot shows."""
    return str(snapshot["sk"]).rpartition("#")[2]


def warehouse_in(item: Item) -> str:
    """The id of the warehouse that an item beside it belongs to."""
    return str(item["pk"]).removeprefix("WAREHOUSE#")


def suppressions(warehouse_id: str | None, username: str) -> KeyRange:
    """The suppressions of a warehouse, or of the user if it is None."""
    return KeyRange(_suppressed(warehouse_id, username), "SUPPRESSION#")


def suppression(warehouse_id: str | None, username: str, token: str) -> Item:
    return suppressions(warehouse_id, username).key(token)


def suppression_count(warehouse_id: str | None, username: str) -> Item:
    return {"pk": _suppressed(warehouse_id, username), "sk": "SUPPRESSIONS"}


def ledger_verification() -> Item:
    return {"pk": "LEDGER_VERIFICATION", "sk": "LEDGER_VERIFICATION"}


def sweep(prefix: str) -> Item:
    return {"pk": "SWEEP", "sk": prefix}


def last_statistics() -> Item:
    return {"pk": "STATISTICS", "sk": "LAST"}


def running_statistics() -> Item:
    """Of the count that is not finished."""
    return {"pk": "STATISTICS", "sk": "RUNNING"}


def report_owner(username: str) -> str:
    """The `owner` of a person's reports."""
    return f"REPORTS#{username}"


def warehouse_owner(username: str) -> str:
    """The `owner` of a person's warehouses."""
    return f"WAREHOUSES#{username}"


def member_owner(username: str) -> str:
    """The `owner` of the memberships of a person; their `listed` is the id of the warehouse."""
    return f"MEMBERSHIPS#{username}"


def listed(moment: str, resource_id: str) -> str:
    """The `listed` of a report or a warehouse; `moment` as `core.clock.iso` writes it."""
    return f"{moment}#{resource_id}"


def _warehouse(warehouse_id: str) -> str:
    return f"WAREHOUSE#{warehouse_id}"


def _suppressed(warehouse_id: str | None, username: str) -> str:
    return _warehouse(warehouse_id) if warehouse_id else f"SUPPRESSIONS#{username}"
