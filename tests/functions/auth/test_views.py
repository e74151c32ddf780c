"""Saved views: kept by name, for their person alone, with bounds, versions and audit entries."""

from urllib.parse import quote

import pytest

from stockwarden.bootstrap import stores
from stockwarden.operations.personal import PersonalItems
from stockwarden.operations.views import MAX_VIEWS
from stockwarden.storage import clients
from tests.support.audit_entries import entries_of
from tests.support.capacity import measure
from tests.support.failing import BUSY, fail_operation
from tests.support.gateway import ADMIN, OTHER, USER
from tests.support.problems import problem
from tests.support.reports import get, send

VIEW = {"list": "anomalies", "query": {"status": "open", "assignee": "ana", "limits": [1, 2.5]}}

pytestmark = pytest.mark.usefixtures("aws")


def path(name="Urgent"):
    return f"/users/me/views/{quote(name, safe='')}"


def save(name="Urgent", body=VIEW, **options):
    return send("PUT", path(name), json=body, **options)


def names(caller=USER, **query):
    return [
        view["name"] for view in get("/users/me/views", caller=caller, query=query).json["views"]
    ]


def test_a_view_is_saved_read_replaced_and_deleted():
    saved = save()
    assert (saved.status, saved.version) == (200, 1)
    assert saved.json == {
        "name": "Urgent",
        **VIEW,
        "version": 1,
        "updated_at": saved.json["updated_at"],
    }
    assert get(path()).json == saved.json
    again = save(body={"list": "reports", "query": {}})
    assert (again.version, again.json["list"]) == (2, "reports")
    assert get("/users/me/views").json == {"views": [again.json], "next_cursor": None}
    assert send("DELETE", path()).status == 204
    problem(get(path()), 404)
    problem(send("DELETE", path()), 404)


@pytest.mark.parametrize("name", ["Días críticos", "A/B", "100 %", "a%2Fb", "…", "x" * 60])
def test_a_name_may_be_any_line(name):
    assert save(name).json["name"] == name
    assert names() == [name]
    assert send("DELETE", path(name)).status == 204
    assert names() == []


@pytest.mark.parametrize("name", [" ", "x" * 61, "a\u202eb", "a\nb"])
def test_what_is_no_name(name):
    (error,) = problem(save(name), 422)["errors"]
    assert error["pointer"] == "/name"
    problem(get(path(name)), 404)
    problem(send("DELETE", path(name)), 404)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"list": "anomalies"},
        {**VIEW, "list": "pallets"},
        {**VIEW, "query": []},
        {**VIEW, "more": 1},
        {**VIEW, "query": {"q": "x" * 2048}},
    ],
)
def test_what_is_no_view(body):
    problem(save(body=body), 422)
    assert names() == []


def test_nobody_sees_the_views_of_another():
    save()
    for caller in (OTHER, ADMIN):
        problem(get(path(), caller=caller), 404)
        problem(send("DELETE", path(), caller=caller), 404)
        assert names(caller) == []
    assert save(caller=OTHER).version == 1
    assert send("DELETE", path(), caller=OTHER).status == 204
    assert get(path()).json["query"] == VIEW["query"]


def test_a_stale_version_changes_nothing():
    save()
    save(body={**VIEW, "query": {}})
    for stale in ('"1"', '"0"', '"3"'):
        problem(save(headers={"If-Match": stale}), 412)
        problem(send("DELETE", path(), headers={"If-Match": stale}), 412)
    assert get(path()).version == 2
    assert save(headers={"If-Match": '"2"'}).version == 3


def test_there_is_a_most():
    for number in range(MAX_VIEWS):
        assert save(f"{number:02}").status == 200
    problem(save("another"), 409)
    assert save("00", body={**VIEW, "query": {}}).status == 200
    assert send("DELETE", path("00")).status == 204
    assert save("another").status == 200
    first = get("/users/me/views", query={"limit": 30}).json
    rest = names(limit=30, cursor=first["next_cursor"])
    assert len(first["views"]) + len(rest) == MAX_VIEWS


def test_the_audit_log_says_that_and_nothing_of_the_query():
    _, (saved,) = entries_of(save)
    assert (saved.action, saved.scope, saved.actor) == ("view.saved", "company", USER.user_id)
    assert saved.object.startswith(f"view/{USER.user_id}/view_")
    assert set(saved.changes) == {"name", "list", "query"}
    assert "ana" not in str(saved)
    _, left = entries_of(save)
    assert left == []  # nothing has changed
    _, (deleted,) = entries_of(lambda: send("DELETE", path()))
    assert (deleted.action, deleted.object) == ("view.deleted", saved.object)


def test_what_saving_costs():
    with measure(clients.dynamodb()) as units:
        save()
    # The view, the count of views and the audit entry, in one transaction.
    assert [call[0] for call in units.calls] == ["GetItem", "TransactWriteItems"]
    assert (units.reads, units.writes) == (1, 6)


@pytest.mark.parametrize("operation", ["GetItem", "TransactWriteItems"])
def test_a_failure_leaves_all_as_it_was(monkeypatch, operation):
    save()
    for act in (
        lambda: save(body={**VIEW, "query": {}}),
        lambda: save("New"),
        lambda: send("DELETE", path()),
    ):
        with monkeypatch.context() as patch:
            fail_operation(patch, BUSY["dynamodb"][-1], operation)
            answer, left = entries_of(act)
        problem(answer, 503)
        assert left == []
    assert names() == ["Urgent"]
    assert get(path()).json["query"] == VIEW["query"]


def test_all_that_is_kept_for_a_person_is_removed():
    personal = PersonalItems(stores.operations_table())
    save()
    save(caller=OTHER)
    assert personal.remove(USER.user_id) == 2
    assert personal.remove(USER.user_id) == 0
    assert names() == []
    assert names(OTHER) == ["Urgent"]
    assert save().version == 1
