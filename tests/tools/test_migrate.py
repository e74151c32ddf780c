"""Migrations: item by item, repeatable, refused by a release that is too old."""

import base64
import json
from pathlib import Path

import boto3
import pytest

from stockwarden.bootstrap import stores
from stockwarden.core.errors import Conflict
from stockwarden.identity.users import UserRepository
from stockwarden.storage import clients
from stockwarden.storage.keys import users as keys
from stockwarden.storage.tables import write
from tests.support.aws import forget
from tests.support.capacity import measure
from tests.support.reports import get
from tools.local.failure import StepFailed
from tools.migrate import migrate, newest_version, stored_version
from tools.migrations import MIGRATIONS, TABLES, Migration

RELEASES = sorted((Path(__file__).parent / "releases").glob("*.json"))


@pytest.fixture
def tables(aws):
    return {
        "Users": stores.users_table(),
        "Reports": stores.reports_table(),
        "Anomalies": stores.anomalies_table(),
    }


def upper(item):
    return {**item, "name": item["name"].upper(), "seen": True} if "name" in item else None


UPPER = Migration("Reports", 2, "names are in capitals", upper)


def fill(table, count=60):
    for number in range(count):
        write(table.put({"pk": f"REPORT#{number}", "sk": "SUMMARY", "name": f"n{number}"}))
        write(table.put({"pk": f"REPORT#{number}", "sk": "SOURCE", "size": number}))


def names(table):
    return {item.get("name") for number in range(60)
            if (item := table.get({"pk": f"REPORT#{number}", "sk": "SUMMARY"}))}  # fmt: skip


def test_every_item_is_changed_once(tables):
    fill(tables["Reports"])
    assert migrate(tables, [UPPER]) == {"Users": 0, "Reports": 60, "Anomalies": 0}
    assert names(tables["Reports"]) == {f"N{number}" for number in range(60)}
    assert {name: stored_version(table) for name, table in tables.items()} == {
        "Users": 1, "Reports": 2, "Anomalies": 1,
    }  # fmt: skip
    assert migrate(tables, [UPPER])["Reports"] == 0


def test_an_interrupted_migration_goes_on(tables):
    fill(tables["Reports"])
    changed = []

    def die_in_the_middle(item):
        if len(changed) == 20:
            raise KeyboardInterrupt
        after = upper(item)
        if after:
            changed.append(after)
        return after

    with pytest.raises(KeyboardInterrupt):
        migrate(tables, [Migration("Reports", 2, "", die_in_the_middle)])
    assert stored_version(tables["Reports"]) == 1
    migrate(tables, [UPPER])
    assert names(tables["Reports"]) == {f"N{number}" for number in range(60)}
    assert stored_version(tables["Reports"]) == 2


def test_what_somebody_changes_meanwhile_is_not_lost(tables):
    reports = tables["Reports"]
    fill(reports, 1)
    meanwhile = ["changed meanwhile"]

    def overtaken(item):
        if "name" in item and meanwhile:
            write(reports.put({**item, "name": meanwhile.pop()}))
        return upper(item)

    migrate(tables, [Migration("Reports", 2, "", overtaken)])
    assert reports.get({"pk": "REPORT#0", "sk": "SUMMARY"})["name"] == "CHANGED MEANWHILE"


def test_concurrent_change_of_another_attribute_is_kept(tables):
    """Only what the migration changes is written."""
    reports = tables["Reports"]
    fill(reports, 1)
    key = {"pk": "REPORT#0", "sk": "SUMMARY"}

    def change_meanwhile(item):
        if "name" in item:
            write(reports.update(key, "SET #version = :seven", seven=7))
        return upper(item)

    migrate(tables, [Migration("Reports", 2, "", change_meanwhile)])
    assert reports.get(key) == {**key, "name": "N0", "seen": True, "version": 7}


def test_migration_removes_attributes_and_keeps_keys(tables):
    reports = tables["Reports"]
    fill(reports, 1)

    def drop_name(item):
        return {name: value for name, value in item.items() if name != "name"}

    assert migrate(tables, [Migration("Reports", 2, "", drop_name)])["Reports"] == 1
    key = {"pk": "REPORT#0", "sk": "SUMMARY"}
    assert reports.get(key) == key
    moving = Migration("Reports", 3, "", lambda item: {**item, "pk": "OTHER#0"})
    with pytest.raises(StepFailed, match="key"):
        migrate(tables, [Migration("Reports", 2, "", drop_name), moving])


def test_item_that_is_deleted_meanwhile_does_not_come_back(tables):
    reports = tables["Reports"]
    fill(reports, 1)
    key = {"pk": "REPORT#0", "sk": "SOURCE"}

    def mark(item):
        if "size" not in item:
            return None
        write(reports.delete(key))
        return {**item, "marked": True}

    assert migrate(tables, [Migration("Reports", 2, "", mark)])["Reports"] == 0
    assert reports.get(key) is None


def test_migration_reads_pages_not_items(tables):
    fill(tables["Reports"])
    with measure(clients.dynamodb()) as units:
        migrate(tables, [UPPER])
    reads = [operation for operation, _, _ in units.calls if operation == "GetItem"]
    assert len(reads) <= len(tables)


def test_migrations_go_in_their_order_from_where_the_table_is(tables):
    reports = tables["Reports"]
    fill(reports, 1)
    migrate(tables, [UPPER])

    def mark(item):
        return {**item, "name": item["name"] + "!"} if "name" in item else None

    migrate(tables, [UPPER, Migration("Reports", 3, "", mark)])
    assert reports.get({"pk": "REPORT#0", "sk": "SUMMARY"})["name"] == "N0!"


def test_a_release_that_is_older_than_the_data_changes_nothing(tables):
    migrate(tables, [UPPER])
    with pytest.raises(StepFailed, match="Reports table has schema 2, this release knows 1"):
        migrate(tables, [])
    assert stored_version(tables["Reports"]) == 2


def test_the_migrations_of_a_table_are_numbered_without_a_gap():
    for table in TABLES:
        numbers = [migration.number for migration in MIGRATIONS if migration.table == table]
        assert numbers == list(range(2, newest_version(table) + 1))


def test_accounts_of_the_first_release_get_an_id_and_are_listed(tables):
    users = tables["Users"]
    first = {"role": "user", "name": "", "password_hash": "h", "created_at": "", "disabled": False}
    for username, more in {
        "ana": {"role": "admin", "email": "Ana@example.com"},
        "bob": {},
        "root.1": {"role": "admin", "disabled": True},
    }.items():
        write(users.put({**keys.profile(username), **first, "username": username, **more}))
    write(users.put({**keys.session("ses_1"), "username": "ana"}))
    assert migrate(tables)["Users"] == 3
    assert migrate(tables)["Users"] == 0
    repository = UserRepository(users)
    accounts = [repository.find(name) for name in ("ana", "bob", "root.1")]
    assert [(user.role, user.version) for user in accounts] == [
        ("admin", 1),
        ("member", 1),
        ("admin", 1),
    ]
    assert len({user.user_id for user in accounts}) == 3
    assert users.get(keys.person(accounts[1].user_id))["username"] == "bob"
    assert users.get(keys.admins())["usernames"] == {"ana"}
    assert repository.find_by_email("ana@example.com") == accounts[0]
    listed = users.query("#directory = :all", index="directory", all="USERS").items
    assert [item["username"] for item in listed] == ["ana", "bob", "root.1"]
    with pytest.raises(Conflict, match="looks like"):
        repository.add("b0b", "hash")


def stored(value):
    """An attribute in DynamoDB's form; its bytes are base64 in JSON."""
    return {
        kind: base64.b64decode(content) if kind == "B" else content
        for kind, content in value.items()
    }


# What a rule says of itself is the code's, not the data's.
OF_THE_CODE = {"needs", "parameters", "rationale"}


def still_holds(old, now):
    """Whether `now` contains all stored values of `old`; it may have more."""
    if isinstance(old, dict):
        of_the_code = OF_THE_CODE if "rationale" in old else set()
        return isinstance(now, dict) and all(
            name in now and still_holds(value, now[name])
            for name, value in old.items()
            if name not in of_the_code
        )
    if isinstance(old, list):
        return isinstance(now, list) and len(old) == len(now) and all(map(still_holds, old, now))
    return old == now


@pytest.mark.parametrize("path", RELEASES, ids=lambda path: path.stem)
def test_the_data_of_a_release_before_answers_what_it_did(aws, tables, path):
    """Uses the data that `python -m tests.tools.release_data` wrote for each release."""
    release = json.loads(path.read_text(encoding="utf-8"))
    for name, items in release["tables"].items():
        for item in items:
            clients.dynamodb().put_item(
                TableName=tables[name].name,
                Item={attribute: stored(value) for attribute, value in item.items()},
            )
    for key, body in release["objects"].items():
        boto3.client("s3").put_object(Bucket=aws["BUCKET"], Key=key, Body=base64.b64decode(body))
    migrate(tables)
    forget()
    assert release["answers"]
    for address, answer in release["answers"].items():
        now = get(address)
        assert now.status == 200, (address, now.text)
        assert still_holds(answer, now.json), address


def test_there_is_the_data_of_a_release():
    assert RELEASES
