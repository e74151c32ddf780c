"""Migrates a stack's data to this release's schema: `python -m tools.migrate --stack NAME`.

`make deploy` does it after every deploy. Each table holds the version of its schema in an item of
its own. A release that is older than the data refuses: it would not know what it reads.
"""

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from stockwarden.core.errors import Unavailable
from stockwarden.storage import keys
from stockwarden.storage.attributes import Item, from_attributes
from stockwarden.storage.expressions import assignments
from stockwarden.storage.retries import retried
from stockwarden.storage.tables import CONTENDED, ConditionFailed, Operation, Table, write
from tools.local.failure import StepFailed
from tools.migrations import MIGRATIONS, TABLES, Migration

FIRST_VERSION = 1
_TRIES = 20


def migrate(
    tables: Mapping[str, Table], migrations: Sequence[Migration] = MIGRATIONS
) -> dict[str, int]:
    """{table: number of changed items}. May be repeated, and interrupted anywhere.

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
                _change_item(table, item, migration) for item in _items(table)
            )
            _set_version(table, migration.number)
    for name, table in tables.items():
        _set_version(table, newest_version(name, migrations))
    return changed


def newest_version(table: str, migrations: Sequence[Migration] = MIGRATIONS) -> int:
    numbers = [migration.number for migration in migrations if migration.table == table]
    return max(numbers, default=FIRST_VERSION)


def stored_version(table: Table) -> int:
    item = table.get(keys.schema(), consistent=True)
    return int(item["version"]) if item else FIRST_VERSION


def _set_version(table: Table, version: int) -> None:
    write(table.put({**keys.schema(), "version": version}))


def _items(table: Table) -> Iterator[Item]:
    """Yields every item of the table except its version item, page by page."""
    for page in table.client.get_paginator("scan").paginate(TableName=table.name):
        for attributes in page["Items"]:
            item = from_attributes(attributes)
            if keys.key_of(item) != keys.schema():
                yield item


def _change_item(table: Table, scanned: Item, migration: Migration) -> bool:
    """Whether the item was changed. Reads it again after a concurrent change.

    Raises StepFailed for a migration that changes keys, and Unavailable after many tries.
    """
    key = keys.key_of(scanned)
    newest: list[Item | None] = [scanned]

    def attempt() -> bool:
        item = newest.pop() if newest else table.get(key, consistent=True)
        after = migration.change(dict(item)) if item else None
        if item is None or after is None or after == item:
            return False
        if keys.key_of(after) != key:
            raise StepFailed(
                f"The migration of {migration.table} to {migration.number} changes a key: {key}."
            )
        write(_difference(table, item, after), *migration.beside(table, after))
        return True

    return retried(attempt, on=ConditionFailed, tries=_TRIES, otherwise=Unavailable(CONTENDED))


def _difference(table: Table, before: Item, after: Item) -> Operation:
    """Writes only changed attributes, on condition that they are unchanged in the table."""
    changed = {name: value for name, value in after.items() if before.get(name) != value}
    removed = [name for name in before if name not in after]
    expression, values = assignments({**changed, **dict.fromkeys(removed)})
    conditions = [
        "attribute_exists(#pk)",
        *(
            f"#{name} = :before_{name}" if name in before else f"attribute_not_exists(#{name})"
            for name in [*changed, *removed]
        ),
    ]
    old = {f"before_{name}": before[name] for name in [*changed, *removed] if name in before}
    return table.update(
        keys.key_of(before), expression, when=" AND ".join(conditions), **values, **old
    )


def tables_of(outputs: Mapping[str, str], client: Any) -> dict[str, Table]:
    return {name: Table(client, outputs[f"{name}TableName"]) for name in TABLES}


def main() -> int:
    import boto3

    parser = argparse.ArgumentParser(description="Carry a stack's data to this release's schema.")
    parser.add_argument("--stack", required=True)
    stack = parser.parse_args().stack
    (description,) = boto3.client("cloudformation").describe_stacks(StackName=stack)["Stacks"]
    outputs = {output["OutputKey"]: output["OutputValue"] for output in description["Outputs"]}
    try:
        changed = migrate(tables_of(outputs, boto3.client("dynamodb")))
    except (StepFailed, Unavailable) as failed:
        print(failed, file=sys.stderr)
        return 1
    print("; ".join(f"{name}: {count} items migrated" for name, count in changed.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
