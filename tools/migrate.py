"""Carry the data of a stack to the schema of this release: `python -m tools.migrate --stack NAME`.

`make deploy` does it after every deploy. Each table holds the version of its schema in an item of
its own. A release that is older than the data refuses: it would not know what it reads.
"""

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from stockwarden.storage import keys
from stockwarden.storage.attributes import Item, from_attributes
from stockwarden.storage.tables import ConditionFailed, Table, write
from tools.local.failure import StepFailed
from tools.migrations import MIGRATIONS, TABLES, Migration

FIRST_VERSION = 1


def migrate(
    tables: Mapping[str, Table], migrations: Sequence[Migration] = MIGRATIONS
) -> dict[str, int]:
    """The number of changed items by table. May be repeated, and interrupted anywhere.

    Raises StepFailed, before anything is changed, for a table whose schema is newer.
    """
    versions = {name: stored_version(table) for name, table in tables.items()}
    for name, version in versions.items():
        newest = newest_version(name, migrations)
        if version > newest:
            raise StepFailed(
                f"The {name} table has schema {version}, this release knows {newest}: "
                "deploy a newer one."
            )
    changed = dict.fromkeys(tables, 0)
    for migration in migrations:
        table = tables[migration.table]
        if migration.number > versions[migration.table]:
            changed[migration.table] += sum(
                _change_item(table, key, migration) for key in _keys(table)
            )
            _set_version(table, migration.number)
    for name, table in tables.items():
        _set_version(table, newest_version(name, migrations))
    return changed


def newest_version(table: str, migrations: Sequence[Migration] = MIGRATIONS) -> int:
    own = [migration.number for migration in migrations if migration.table == table]
    return max(own, default=FIRST_VERSION)


def stored_version(table: Table) -> int:
    item = table.get(keys.schema(), consistent=True)
    return int(item["version"]) if item else FIRST_VERSION


def _set_version(table: Table, version: int) -> None:
    write(table.put({**keys.schema(), "version": version}))


def _keys(table: Table) -> Iterator[Item]:
    pages = table.client.get_paginator("scan").paginate(
        TableName=table.name, ProjectionExpression="pk, sk"
    )
    for page in pages:
        for attributes in page["Items"]:
            key = from_attributes(attributes)
            if key != keys.schema():
                yield key


def _change_item(table: Table, key: Item, migration: Migration) -> bool:
    """Whether the item was changed. Read anew where somebody else changes it meanwhile."""
    while True:
        item = table.get(key, consistent=True)
        after = migration.change(dict(item)) if item else None
        if item is None or after is None or after == item:
            return False
        old = {name: value for name, value in item.items() if after.get(name) != value}
        new = [name for name in after if name not in item]
        unchanged = [f"#{name} = :{name}" for name in old]
        absent = [f"attribute_not_exists(#{name})" for name in new]
        condition = " AND ".join(["attribute_exists(#pk)", *unchanged, *absent])
        try:
            write(table.put(after, when=condition, **old))
        except ConditionFailed:
            continue
        return True


def tables_of(outputs: Mapping[str, str], client: Any) -> dict[str, Table]:
    return {name: Table(client, outputs[f"{name}TableName"]) for name in TABLES}


def main() -> int:
    import boto3

    parser = argparse.ArgumentParser(description="Carry a stack's data to this release's schema.")
    parser.add_argument("--stack", required=True)
    stack = parser.parse_args().stack
    (found,) = boto3.client("cloudformation").describe_stacks(StackName=stack)["Stacks"]
    outputs = {one["OutputKey"]: one["OutputValue"] for one in found["Outputs"]}
    try:
        changed = migrate(tables_of(outputs, boto3.client("dynamodb")))
    except StepFailed as failed:
        print(failed, file=sys.stderr)
        return 1
    print("; ".join(f"{name}: {count} items migrated" for name, count in changed.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
