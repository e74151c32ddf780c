import pytest

from stockwarden.core.errors import PreconditionFailed
from stockwarden.storage import clients
from stockwarden.storage.tables import ConditionFailed, Table, write
from stockwarden.storage.versions import (
    check_version,
    delete_versioned,
    put_versioned,
    update_versioned,
)

KEY, OTHER = {"pk": "p", "sk": "thing"}, {"pk": "p", "sk": "other"}


@pytest.fixture
def table(aws):
    return Table(clients.dynamodb(), aws["REPORTS_TABLE"])


@pytest.mark.parametrize(
    ("current", "expected_version"),
    [({"version": 3}, 3), ({"version": 3}, None), (None, 0), (None, None)],
)
def test_the_current_version_is_accepted(current, expected_version):
    check_version(current, expected_version, "thing")


@pytest.mark.parametrize(
    ("current", "expected_version"), [({"version": 3}, 2), ({"version": 3}, 0), (None, 1)]
)
def test_another_version_is_refused(current, expected_version):
    version = current["version"] if current else 0
    with pytest.raises(PreconditionFailed) as raised:
        check_version(current, expected_version, "thing")
    assert raised.value.detail == (
        f"The thing has changed: it is at version {version}, not {expected_version}; read it again."
    )


def test_versions_count_the_changes(table):
    first = put_versioned(table, {**KEY, "n": 1}, None, what="thing")
    assert table.get(KEY) == first == {**KEY, "n": 1, "version": 1}
    second = put_versioned(table, {**KEY, "m": 2}, first, what="thing")
    assert table.get(KEY) == second == {**KEY, "m": 2, "version": 2}
    third = update_versioned(table, second, {"n": 3}, what="thing")
    assert table.get(KEY) == third == {**KEY, "m": 2, "n": 3, "version": 3}
    delete_versioned(table, third, what="thing")
    assert table.get(KEY) is None


CHANGES = {
    "put": lambda table, before, **more: put_versioned(
        table, {**KEY, "n": 9}, before, what="thing", **more
    ),
    "update": lambda table, before, **more: update_versioned(
        table, before, {"n": 9}, what="thing", **more
    ),
    "delete": lambda table, before, **more: delete_versioned(table, before, what="thing", **more),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_of_two_changes_of_one_version_the_second_fails(table, change):
    read = put_versioned(table, {**KEY, "n": 1}, None, what="thing")
    newest = update_versioned(table, read, {"n": 2}, what="thing")
    with pytest.raises(
        PreconditionFailed, match=r"The thing has changed meanwhile; read it again\."
    ):
        change(table, read, beside=[table.put({**OTHER, "n": 1})])
    assert table.get(KEY) == newest
    assert table.get(OTHER) is None


def test_a_concurrent_creation_conflicts(table):
    first = put_versioned(table, {**KEY, "n": 1}, None, what="thing")
    with pytest.raises(PreconditionFailed):
        put_versioned(table, {**KEY, "n": 2}, None, what="thing")
    assert table.get(KEY) == first


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_operations_beside_a_versioned_write_are_atomic(table, change):
    read = put_versioned(table, {**KEY, "n": 1}, None, what="thing")
    with pytest.raises(ConditionFailed):
        change(table, read, beside=[table.check(OTHER, "attribute_exists(#pk)")])
    assert table.get(KEY) == read
    change(table, read, beside=[table.put({**OTHER, "n": 1})])
    assert table.get(KEY) != read
    assert table.get(OTHER) == {**OTHER, "n": 1}


def test_a_delete_on_a_further_condition(table):
    read = put_versioned(table, {**KEY, "members": 2}, None, what="thing")
    condition = "attribute_not_exists(#members) OR #members = :members"
    with pytest.raises(PreconditionFailed):
        delete_versioned(table, read, what="thing", also=condition, members=1)
    write(table.update(KEY, "SET #version = :next", next=5))
    with pytest.raises(PreconditionFailed):
        delete_versioned(table, read, what="thing", also=condition, members=2)
    delete_versioned(table, read | {"version": 5}, what="thing", also=condition, members=2)
    assert table.get(KEY) is None
